"""Letting the school see another service's referral, once the family agrees."""

from typing import Any

from django import forms
from django.http import Http404
from wagtail.admin import messages

from ..access import reading, rules
from ..actions import referrals
from .fields import CaseForm
from .screens import CaseFormScreen, case_address


class ShowForm(CaseForm):
    """That the family agrees."""

    agrees = forms.BooleanField(
        label="Somebody with parental responsibility agrees that the school sees this referral",
        help_text="Head and SENDCO then read the referral, its answers and what is shared with the school. This cannot "
        "be undone here: what was seen was seen.",
        error_messages={"required": "Tick this once the family has agreed."},
    )


class ShowToSchool(CaseFormScreen):
    """One tick, for the coordinator."""

    form_class = ShowForm
    submit_label = "Let the school see it"
    page_subtitle = "The family agrees"

    def find(self) -> None:
        super().find()
        if not rules.can_show_to_school(self.request.user, self.referral):
            raise Http404
        self.page_title = self.referral.reference

    def open(self) -> None:
        reading.opened(self.request.user, self.referral, part="letting the school see it")

    def form_options(self) -> dict[str, Any]:
        return {"referral": self.referral}

    def initial(self) -> dict[str, Any]:
        return {"version": self.referral.version}

    def perform(self, form: ShowForm) -> str:
        referrals.show_to_school(self.referral, by=self.request.user, version=form.cleaned_data["version"])
        messages.success(self.request, f"{self.referral.reference}: the school sees it now.")
        return case_address(self.referral)
