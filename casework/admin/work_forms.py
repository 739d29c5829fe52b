"""The forms of other work: what is asked depends on what it was."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from ..models import ListItem, ListName, Referral, School, WorkKind
from .acting import OnceForm
from .fields import Fields, RecordField, VersionedForm, entries

ONE_HOUR = 60


class CaseField(RecordField):
    """A case, by its reference."""

    def label_from_instance(self, obj: Referral) -> str:
        return f"{obj.reference} · {obj.get_year_group_display()} · {obj.school.name}"


class TimeForm(OnceForm):
    """When and how long it was."""

    starts_at = Fields.when("When?", required="Enter the day and the time at which it began.")
    minutes = Fields.minutes(
        "How long, in minutes?", 5, 600, required="Enter how many minutes it was.", initial=ONE_HOUR
    )

    def clean_starts_at(self) -> datetime:
        starts_at: datetime = self.cleaned_data["starts_at"]
        if timezone.localdate(starts_at) > timezone.localdate():
            raise forms.ValidationError("This day has not come yet: work is written down when it is done.")
        return starts_at


class ChangeWorkForm(TimeForm, VersionedForm):
    """What can be mended of it."""


class WorkForm(TimeForm):
    """When and how long it was, at which school, and in which case or with which pupils."""

    def __init__(self, *args: Any, kind: ListItem, cases: Any, schools: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        self.members: dict[str, Referral] = {}
        if kind.work_kind == WorkKind.GROUP:
            self._ask_for_members(cases)
        elif kind.work_kind == WorkKind.PARENTS:
            self.fields["referral"] = CaseField(
                cases, missing="Choose the case.", label="In which case?", empty_label="Choose a case"
            )
        elif kind.work_kind != WorkKind.SUPERVISION or kind.charged:
            self._ask_for_school(schools)
            if not kind.work_kind:
                self.fields["referral"] = CaseField(
                    cases, missing="Choose from the list.", label="In which case?", required=False, empty_label="None",
                    help_text="Where it was about one child.",
                )  # fmt: skip

    def _ask_for_school(self, schools: Any) -> None:
        self.fields["school"] = RecordField(
            schools, missing="Choose the school.", label="At which school?", required=self.kind.charged,
            empty_label="Choose a school" if self.kind.charged else "None",
        )  # fmt: skip

    def _ask_for_members(self, cases: Any) -> None:
        """One question for each case: in the group or not, and whether the child came."""
        for case in cases:
            name = f"pupil_{case.uuid}"
            self.members[name] = case
            self.fields[name] = RecordField(
                entries(case.school.service, ListName.ATTENDANCE),
                missing="Choose from the list.",
                label=f"{case.reference} · {case.pupil.short_name} · {case.school.name}",
                required=False,
                empty_label="Not in the group",
            )

    def clean(self) -> dict[str, Any]:
        case, school = self.cleaned_data.get("referral"), self.cleaned_data.get("school")
        if case and school and case.school_id != school.pk:
            self.add_error("referral", "This case is at another school.")
        if self.kind.work_kind == WorkKind.GROUP and not self.group():
            self.add_error(None, "Choose the pupils of the group.")
        return self.cleaned_data

    def group(self) -> dict[Referral, ListItem]:
        """The children of the group, and whether each came."""
        chosen = {case: self.cleaned_data.get(name) for name, case in self.members.items()}
        return {case: attendance for case, attendance in chosen.items() if attendance}

    def answers(self) -> dict[str, Any]:
        """What the action takes."""
        given = {name: self.cleaned_data[name] for name in ("starts_at", "minutes")}
        chosen: dict[str, Referral | School | None] = {
            name: self.cleaned_data.get(name) for name in ("school", "referral")
        }
        return given | chosen | {"group": self.group()}


def this_hour() -> Any:
    """When it began, before anything else is said."""
    return timezone.localtime().replace(minute=0, second=0, microsecond=0)
