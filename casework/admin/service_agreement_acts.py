"""What is done with a school's agreement besides changing it: it is signed, and proposed again."""

from decimal import Decimal
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from ..access import reading, rules
from ..actions import service_agreements
from ..models import SchoolYear, ServiceAgreement
from ..reports import hours
from ..reports.hours_words import about
from .acting import OnceForm
from .fields import Fields, RecordField, VersionedForm
from .guarded_pages import Inspect
from .hours_asking import hours_field
from .screens import FormScreen


class AgreementPage(Inspect):
    """An agreement with what can be done with it."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        user, agreement = self.request.user, self.object
        buttons = [*super().header_buttons]
        if rules.can_sign_service_agreement(user, agreement):
            address = reverse("casework_service_agreement_sign", args=[agreement.uuid])
            buttons.append(HeaderButton("Signed", url=address, icon_name="check", priority=20))
        elif rules.can_propose_service_agreement(user, agreement.school):
            address = reverse("casework_service_agreement_again", args=[agreement.uuid])
            buttons.append(HeaderButton("Propose again", url=address, icon_name="redirect", priority=20))
        return buttons


class AgreementScreen(FormScreen):
    """A form about one agreement, for the coordinator."""

    header_icon = "doc-full"

    def find(self) -> None:
        found = rules.visible_service_agreements(self.request.user)
        related = ("school__service", "school_year")
        self.agreement: ServiceAgreement = get_object_or_404(found.select_related(*related), uuid=self.kwargs["uuid"])
        if not rules.can_propose_service_agreement(self.request.user, self.agreement.school):
            raise Http404
        self.page_subtitle = str(self.agreement)

    def open(self) -> None:
        reading.opened(self.request.user, self.agreement, part=self.page_title.lower())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(agreement=self.agreement, case_address=page_of(self.agreement), **kwargs)


class SignForm(VersionedForm):
    """The day."""

    signed_on = Fields.date(
        "Signed on", required="Give the day on which both had signed.",
        help_text="Its hours are the school’s from now on. After that only a new version changes it.",
    )  # fmt: skip


class SignAgreement(AgreementScreen):
    """Write down that school and service have signed."""

    form_class = SignForm
    page_title = "Sign the agreement"
    submit_label = "It is signed"

    def find(self) -> None:
        super().find()
        if not rules.can_sign_service_agreement(self.request.user, self.agreement):
            raise Http404

    def initial(self) -> dict[str, Any]:
        return {"version": self.agreement.version, "signed_on": timezone.localdate()}

    def perform(self, form: SignForm) -> str:
        given = form.cleaned_data
        service_agreements.sign(
            self.agreement, by=self.request.user, version=given["version"], signed_on=given["signed_on"]
        )
        messages.success(self.request, f"{self.agreement}: signed, and its hours are booked.")
        return page_of(self.agreement)


class AgainForm(OnceForm):
    """For which year, and how many hours."""

    school_year = RecordField(SchoolYear.objects.none(), missing="Choose a year.", label="School year")
    hours = hours_field("Hours")

    def __init__(self, *args: Any, years: Any, use: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_year"].queryset = years
        self.fields["hours"].help_text = use


class ProposeAgain(AgreementScreen):
    """A new version in mid-year, or the renewal for the next, which starts from this year's use."""

    form_class = AgainForm
    page_title = "Propose again"
    submit_label = "Propose it"

    def find(self) -> None:
        super().find()
        if self.agreement.signed_on is None:
            raise Http404
        self.use = _use(self.request.user, self.agreement)

    def form_options(self) -> dict[str, Any]:
        year = self.agreement.school_year
        years = SchoolYear.objects.filter(service=self.agreement.school.service_id, starts_on__gte=year.starts_on)
        words = f"At this year’s pace the school uses about {about(self.use)}." if self.use else ""
        return {"years": years.order_by("starts_on"), "use": f"{words} Band, packages and subsidy stay as they are."}

    def initial(self) -> dict[str, Any]:
        year = self.agreement.school_year
        after = SchoolYear.objects.filter(service=self.agreement.school.service_id, starts_on__gt=year.ends_on)
        following = after.order_by("starts_on").first()
        return {"school_year": following or year, "hours": self.use or self.agreement.hours}

    def perform(self, form: AgainForm) -> str:
        given = form.cleaned_data
        proposed = service_agreements.renew(
            self.agreement, by=self.request.user, school_year=given["school_year"], hours=given["hours"]
        )
        messages.success(self.request, f"{proposed}: proposed. Change what differs, and sign it when both have.")
        return page_of(proposed)


def _use(user: Any, agreement: ServiceAgreement) -> Decimal | None:
    """What the school will have used of the agreement's year at its pace so far, without its packages' hours."""
    day = min(max(timezone.localdate(), agreement.school_year.starts_on), agreement.school_year.ends_on)
    figures = hours.of_school(user, agreement.school, day)
    if figures is None or figures.in_july is None:
        return figures.used.quantize(Decimal(1)) if figures and figures.used else None
    return (figures.given - figures.in_july).quantize(Decimal(1))


def page_of(agreement: ServiceAgreement) -> str:
    """The agreement's page."""
    return reverse("casework_serviceagreement_modeladmin_inspect", args=[agreement.uuid])
