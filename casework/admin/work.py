"""Other work, from my day: first what it was, then the few questions that belong to it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from wagtail.admin import messages

from ..access import reading, rules
from ..access.scope import of
from ..actions import work
from ..lifecycle import WORKED
from ..models import ListItem, ListName, School, Work, WorkKind
from .screens import FormScreen, Screen
from .work_forms import ChangeWorkForm, WorkForm, this_hour

TITLE = "Other work"


class ChooseWork(Screen):
    """What it was: a group, a meeting with parents, travel, and what else the service's list has."""

    template_name = "casework/work/choose.html"
    page_title = TITLE
    header_icon = "time"

    def find(self) -> None:
        self.kinds = list(kinds_of(self.request.user))
        if not of(self.request.user).practitioners:
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(kinds=self.kinds, **kwargs)


class RecordWork(FormScreen):
    """Write down one piece of other work."""

    form_class = WorkForm
    page_title = TITLE
    header_icon = "time"
    submit_label = "Save"

    def find(self) -> None:
        self.kind = get_object_or_404(kinds_of(self.request.user), uuid=self.kwargs["uuid"])
        self.page_subtitle = self.kind.label

    def open(self) -> None:
        reading.listed(self.request.user, Work, rows=0, search=False)

    def initial(self) -> dict[str, Any]:
        return {"starts_at": this_hour()}

    def form_options(self) -> dict[str, Any]:
        user, scope = self.request.user, of(self.request.user)
        cases = rules.visible_referrals(user).filter(
            pk__in=scope.worked, status__in=WORKED, school__service=self.kind.service_id
        )
        schools = School.objects.filter(service=self.kind.service_id)
        own = schools.filter(pk__in=scope.placed_schools) | schools.filter(pk__in=cases.values("school_id"))
        with_names = cases.select_related("pupil", "school__service").order_by("school__name", "reference")
        return {"kind": self.kind, "cases": with_names, "schools": own.distinct().order_by("name")}

    def perform(self, form: WorkForm) -> str:
        done = work.record(self.kind, by=self.request.user, **form.answers())
        charged = "charged" if self.kind.charged else "not charged"
        messages.success(self.request, f"{self.kind.label}, {done.minutes} minutes: written down, {charged}.")
        return reverse("wagtailadmin_home")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(all_optional=self.kind.work_kind == WorkKind.GROUP, **kwargs)

    def trail(self) -> list[tuple[str, str]]:
        return [(TITLE, reverse("casework_work"))]


class ChangeWork(FormScreen):
    """Mend one's own, within seven days."""

    form_class = ChangeWorkForm
    page_title = TITLE
    header_icon = "time"

    def find(self) -> None:
        own = rules.visible_own_work(self.request.user).select_related("kind", "practitioner", "referral")
        self.work = get_object_or_404(own, uuid=self.kwargs["uuid"])
        if not rules.can_change_work(self.request.user, self.work):
            raise PermissionDenied
        self.page_subtitle = f"change {self.work.kind.label}"

    def open(self) -> None:
        reading.opened(self.request.user, self.work, referral=self.work.referral)

    def initial(self) -> dict[str, Any]:
        return self.answers_of(self.work) | {"version": self.work.version}

    def answers_of(self, current: Any) -> dict[str, Any]:
        return {"starts_at": current.starts_at, "minutes": current.minutes}

    def perform(self, form: ChangeWorkForm) -> str:
        answers = {name: form.cleaned_data[name] for name in ("version", "starts_at", "minutes")}
        work.change(self.work, by=self.request.user, **answers)
        messages.success(self.request, f"{self.work.kind.label} is changed.")
        return reverse("casework_month", args=[self.work.practitioner.uuid])

    def trail(self) -> list[tuple[str, str]]:
        return [("Month", reverse("casework_month", args=[self.work.practitioner.uuid]))]


def kinds_of(user: Any) -> Any:
    """The kinds of other work of the services in whose team this person is."""
    return ListItem.objects.filter(list=ListName.WORK, active=True, service_id__in=of(user).teams).order_by(
        "service", "position", "label"
    )
