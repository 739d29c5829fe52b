"""The register of practitioners: the therapists and the clinical supervisor."""

from django import forms
from django.urls import reverse
from django.utils import timezone

from ...access import rules
from ...access.rules import REGISTERS, Side
from ...models import ListName, Placement, Practitioner, in_force
from ...reports import readiness
from .. import filters
from ..facts import Fact, Look, Shown, day_of
from ..guarded import GuardedModelAdmin
from ..guarded_forms import RecordForm
from ..people import account_of
from ..practitioner_record import record_address
from ..school_sections import letters_about
from ..sections import Entry, Section

LISTS = {"discipline": ListName.DISCIPLINE, "body": ListName.BODY}
"""The fields that are chosen from a list."""


class PractitionerForm(RecordForm):
    """A practitioner, and the account that they sign in with, by its e-mail address."""

    fixed = ("service",)

    email = forms.EmailField(
        label="E-mail address of the account",
        required=False,
        help_text="Leave empty for somebody who does not sign in yet.",
        error_messages={"invalid": "Enter an e-mail address like name@school.example."},
    )

    class Meta:
        model = Practitioner
        fields = ["service", "name", "discipline", "body", "weekly_hours", "on_website"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.user_id:
            self.initial["email"] = self.instance.user.email

    def choices_for(self, name, field):
        visible = super().choices_for(name, field)
        if name not in LISTS:
            return visible
        visible = visible.filter(list=LISTS[name])
        return visible.filter(active=True) if self.is_new else visible.filter(service=self.instance.service_id)

    def clean_weekly_hours(self):
        hours = self.cleaned_data["weekly_hours"]
        if hours < 0:
            raise forms.ValidationError("Hours cannot be below nought.")
        return hours

    def clean(self):
        cleaned = super().clean()
        self.account = account_of(self, cleaned.get("email", ""), "email")
        if self.account and self.account.pk == self.user.pk:
            self.add_error("email", "Nobody enters themselves: another coordinator does it.")
        return cleaned

    def to_save(self):
        fields = super().to_save() | {"user": self.account}
        del fields["email"]
        return fields

    def answers_of(self, record):
        return super().answers_of(record) | {"email": record.user.email if record.user else ""}


class Practitioners(GuardedModelAdmin):
    model = Practitioner
    base_url_path = "practitioners"
    menu_icon = "user"
    form_class = PractitionerForm
    ends = True
    end_question = "Their placements and their view of cases end with it. What they wrote stays."
    related = ("service", "discipline", "body", "user")
    order = ("name", "pk")
    page_after_saving = True
    empty_words = "No practitioners yet. Add the therapists and the clinical supervisor."

    facts = {
        "name": Fact("Name", "name", sort=("name",), sought=("name",)),
        "discipline": Fact("Discipline", "discipline", sort=("discipline__label",), sought=("discipline__label",)),
        "body": Fact("Professional body", "body", sort=("body__label",), minor=True),
        "on_website": Fact("On the website", "on_website", Look.TICK, minor=True),
        "weekly_hours": Fact("Hours a week", "weekly_hours", sort=("weekly_hours",), minor=True),
        "account": Fact(
            "Signs in as", lambda practitioner: practitioner.user.email if practitioner.user else "", minor=True
        ),
        "service": Fact("Service", "service"),
        "from": Fact("From", day_of("starts_at")),
        "until": Fact("Until", day_of("ends_at"), sort=("ends_at",), minor=True),
    }
    shown = {
        Side.COORDINATION: Shown(
            "name discipline weekly_hours account until",
            "name discipline body weekly_hours account on_website service from until",
            "name discipline body weekly_hours account on_website from until",
        ),
        Side.SUPERVISION: Shown("name discipline weekly_hours", "name discipline weekly_hours from until"),
        Side.SCHOOL: Shown("name discipline", "name discipline"),
    }
    filters = {"standing": filters.standing()}

    def sections_of(self, user, record):
        placements = (
            REGISTERS[Placement]
            .visible(user)
            .filter(in_force(), practitioner=record)
            .select_related("school", "practitioner")
        )
        entries = [
            Entry(
                placement.school.name,
                reverse("casework_placement_modeladmin_inspect", args=[placement.uuid]),
                placement.days,
            )
            for placement in placements
        ]
        placed = Section("Placed at", "Placed nowhere now.", entries)
        return [*self._record_of(user, record), placed, *letters_about(user, record)]

    def _record_of(self, user, record):
        """How they stand and the way to their record, for who reads it."""
        if not rules.visible_fitness(user).filter(pk=record.pk).exists():
            return []
        words = readiness.fitness(record, timezone.localdate()).words
        return [Section("For a new case", "", [Entry(words, record_address(record), "their record")])]
