"""Agreements on a screen: recording one, writing more about it, taking it back, deciding how the work goes on."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from ..access import reading, rules
from ..actions import agreements, families
from ..lifecycle import FINISHED, Status
from ..models import FamilyAgreement, Method, Purpose
from .agreement_forms import AgreementForm, DecideForm, MoreForm, WithdrawForm, more_of
from .as_school import SeenBySchool
from .refer import ReferralPart
from .screens import RELATED, case_address

TAB = "agreements"


class Agree(ReferralPart):
    """Step 3 of a referral, and of a running case any purpose that comes up: who agreed."""

    template_name = "casework/refer/agree.html"
    form_class = AgreementForm
    page_subtitle = "The family’s agreement"
    school_tabs = (TAB, "family")
    part = 3

    def may(self) -> bool:
        may_be_agreed = self.referral.status not in FINISHED - {Status.CLOSED}
        return may_be_agreed and rules.can_record_agreement(self.request.user, self.referral)

    def form_options(self) -> dict[str, Any]:
        return {"referral": self.referral, "user": self.request.user, "asks_purpose": not self.is_writable()}

    def initial(self) -> dict[str, Any]:
        wanted = self.request.GET.get("purpose", "")
        purpose = wanted if wanted in Purpose.values else Purpose.WORK
        return {"agreed_on": timezone.localdate(), "purpose": purpose}

    def write(self, form: AgreementForm) -> FamilyAgreement:
        user, referral = self.request.user, self.referral
        carer = form.cleaned_data["carer"]
        if form.adds_carer:
            carer = families.add_carer(referral.pupil.family, by=user, pupil=referral.pupil, **form.new_carer())
        return agreements.agree(referral, by=user, carer=carer, **form.answers())

    def perform(self, form: AgreementForm) -> str:
        self.write(form)
        if not self.is_writable():
            return case_address(self.referral, TAB)
        return self.next_address(reverse("casework_step", args=[self.referral.uuid, "submit"]))


class AgreementScreen(SeenBySchool):
    """A page about one agreement, for whoever may act on it."""

    header_icon = "clipboard-list"
    done: str

    def find(self) -> None:
        rows = rules.visible_agreements(self.request.user).select_related(
            "carer", "data_key", *(f"referral__{name}" for name in RELATED)
        )
        self.agreement = get_object_or_404(rows, uuid=self.kwargs["uuid"])
        self.referral = self.agreement.referral
        if not self.may():
            raise Http404
        self.page_title = self.referral.reference

    def may(self) -> bool:
        """Whether this is this person's to do."""
        return rules.can_change_agreement(self.request.user, self.agreement)

    def open(self) -> None:
        reading.opened(self.request.user, self.agreement, part=self.page_subtitle.lower())

    def form_options(self) -> dict[str, Any]:
        return {"referral": self.referral}

    def initial(self) -> dict[str, Any]:
        return {"version": self.agreement.version}

    def perform(self, form: Any) -> str:
        self.write(form)
        messages.success(self.request, f"{self.referral.reference}: {self.done}.")
        return case_address(self.referral, TAB)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(agreement=self.agreement, **kwargs)


class ChangeAgreement(AgreementScreen):
    """More about an agreement; who agreed to what stays as it was written."""

    template_name = "casework/agreement/change.html"
    form_class = MoreForm
    page_subtitle = "Change an agreement"
    school_tabs = (TAB,)
    done = "the agreement is changed"

    def initial(self) -> dict[str, Any]:
        return super().initial() | more_of(self.agreement)

    def answers_of(self, current: FamilyAgreement) -> dict[str, Any]:
        return more_of(current)

    def write(self, form: MoreForm) -> FamilyAgreement:
        version = form.cleaned_data["version"]
        return agreements.change(self.agreement, by=self.request.user, version=version, **form.answers())


class WithdrawAgreement(AgreementScreen):
    """The family takes an agreement back."""

    template_name = "casework/agreement/withdraw.html"
    form_class = WithdrawForm
    page_subtitle = "Take an agreement back"
    submit_label = "Write it down"
    done = "it is written down that the family takes the agreement back"

    def initial(self) -> dict[str, Any]:
        return super().initial() | {"on": timezone.localdate(), "how": Method.SPOKEN}

    def write(self, form: WithdrawForm) -> FamilyAgreement:
        version = form.cleaned_data["version"]
        return agreements.withdraw(self.agreement, by=self.request.user, version=version, **form.answers())


class DecideWithdrawal(AgreementScreen):
    """How the work goes on after the family took its agreement back."""

    template_name = "casework/agreement/decide.html"
    form_class = DecideForm
    page_subtitle = "Decide how the work goes on"
    submit_label = "Save what was decided"
    school_tabs = (TAB,)
    done = "what was decided is written down"

    def may(self) -> bool:
        return rules.can_decide_withdrawal(self.request.user, self.agreement)

    def write(self, form: DecideForm) -> FamilyAgreement:
        given = {name: form.cleaned_data[name] for name in ("version", "decision")}
        return agreements.decide(self.agreement, by=self.request.user, **given)
