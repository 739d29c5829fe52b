"""The registers of what schools pay and have agreed: rates, agreements with their packages, and requests for hours."""

from django.db.models import Q
from django.urls import reverse

from ...access.rules import Side
from ...actions import service_agreements
from ...charts import plain
from ...models import Band, HoursRequest, Rate, School, ServiceAgreement
from .. import filters
from ..facts import Fact, Look, Shown, day_of
from ..guarded import GuardedModelAdmin
from ..guarded_forms import RecordForm, day
from ..hours_page import hours_address
from ..sections import Entry, Section
from ..service_agreement_acts import AgreementPage
from ..service_agreement_forms import ServiceAgreementForm


def pounds(amount):
    return f"£{amount:,.2f}"


class RateForm(RecordForm):
    """A rate; its service and band are chosen once."""

    fixed = ("service", "band")

    starts_on = day("From", help_text="A rate holds until the band has a newer one. Agreements keep theirs.")

    class Meta:
        model = Rate
        fields = ["service", "band", "amount", "starts_on"]


class Rates(GuardedModelAdmin):
    model = Rate
    base_url_path = "rates"
    menu_icon = "tag"
    form_class = RateForm
    has_page = False
    related = ("service",)
    order = ("band", "-starts_on", "pk")
    empty_words = "No rates yet. An agreement takes the rate of its school’s band."

    facts = {
        "band": Fact("Band", lambda rate: rate.get_band_display().capitalize(), sort=("band",)),
        "amount": Fact("An hour", lambda rate: pounds(rate.amount), sort=("amount",)),
        "from": Fact("From", "starts_on", sort=("starts_on",)),
        "service": Fact("Service", "service"),
    }
    shown = {Side.COORDINATION: Shown("band amount from", file="band amount from service")}
    filters = {"band": filters.of_choices("Band", Band.choices, "band")}


def standing(agreement):
    """Proposed, in force, or replaced by a later version."""
    if agreement.signed_on is None:
        return "Proposed"
    return "Replaced" if agreement.replaced_at else "In force"


class ServiceAgreements(GuardedModelAdmin):
    model = ServiceAgreement
    base_url_path = "service-agreements"
    menu_label = "Agreements with schools"
    menu_icon = "doc-full"
    form_class = ServiceAgreementForm
    related = ("school__service", "school_year")
    searched = ("school__name",)
    order = ("-school_year__starts_on", "school__name", "-number", "pk")
    add_label = "Propose an agreement"
    page_after_saving = True
    empty_words = "No agreements yet. Propose one for a school and a year; its hours count once it is signed."

    facts = {
        "school": Fact("School", lambda agreement: agreement.school.name, sort=("school__name",)),
        "year": Fact("School year", lambda agreement: str(agreement.school_year), sort=("school_year__starts_on",)),
        "version": Fact("Version", "number", minor=True),
        "standing": Fact("Standing", standing, Look.STATUS, strong=lambda agreement: agreement.signed_on is None),
        "hours": Fact("Hours", "hours", sort=("hours",), minor=True),
        "band": Fact("Band", lambda agreement: agreement.get_band_display().capitalize(), minor=True),
        "rate": Fact("An hour", lambda agreement: pounds(agreement.rate), minor=True),
        "includes": Fact("The rate includes", "includes"),
        "subsidy": Fact("Grant or subsidy", lambda agreement: pounds(agreement.subsidy)),
        "subsidy_from": Fact("Paid by", "subsidy_from"),
        "signed": Fact("Signed", "signed_on", sort=("signed_on",), minor=True),
        "replaced": Fact("Replaced", day_of("replaced_at")),
    }
    everything = "school year version standing hours band rate includes subsidy subsidy_from signed replaced"
    shown = {Side.COORDINATION: Shown("school year standing hours band rate signed", everything, everything)}
    filters = {
        "school": filters.of_records("School", School, "school"),
        "standing": filters.of_cases(
            "Standing",
            {
                "proposed": ("Proposed", lambda: Q(signed_on__isnull=True)),
                "in_force": ("In force", lambda: Q(signed_on__isnull=False, replaced_at__isnull=True)),
                "replaced": ("Replaced", lambda: Q(replaced_at__isnull=False)),
            },
        ),
    }

    def inspect_view(self, request, uuid):
        return self._view(AgreementPage, request, uuid=uuid)

    def save(self, record, form, *, by):
        given = form.to_save()
        if record.pk is None:
            return service_agreements.propose(by=by, **given)
        return service_agreements.change(record, by=by, version=form.cleaned_data["version"], **given)

    def said(self, saved, *, added):
        return f"{saved} was {'proposed; the school is told' if added else 'saved'}."

    def sections_of(self, user, record):
        entries = [
            Entry(
                f"{line.get_package_display().capitalize()}: {line.words}",
                "",
                f"{plain(line.hours)} h, {pounds(line.price)}",
            )
            for line in record.lines.all()
        ]
        return [
            Section("Packages", "None: the school buys single hours.", entries),
            Section("Use", "", [Entry("The school’s hours", hours_address(record.school))]),
        ]


class HoursRequests(GuardedModelAdmin):
    model = HoursRequest
    base_url_path = "hours-requests"
    menu_icon = "time"
    has_page = False
    related = ("school", "asked_by", "answered_by")
    searched = ("school__name",)
    empty_words = "No school has asked for extra hours. A head asks from the page of the school’s hours."

    facts = {
        "school": Fact("School", lambda request: request.school.name, sort=("school__name",)),
        "hours": Fact("Hours", "hours", sort=("hours",)),
        "state": Fact(
            "Answer", lambda request: request.get_state_display().capitalize(), Look.STATUS, sort=("state",),
            strong=lambda request: request.state == HoursRequest.State.ASKED,
        ),
        "asked": Fact("Asked", day_of("created_at"), sort=("created_at",), minor=True),
        "answered": Fact("Answered", day_of("answered_at"), sort=("answered_at",), minor=True),
    }  # fmt: skip
    shown = {Side.COORDINATION: Shown("school hours state asked answered", file="school hours state asked answered")}
    filters = {
        "school": filters.of_records("School", School, "school"),
        "state": filters.of_choices("Answer", HoursRequest.State.choices, "state"),
    }

    def address_of(self, record):
        return reverse("casework_hours_request", args=[record.uuid])
