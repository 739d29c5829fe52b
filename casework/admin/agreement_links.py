"""Asking a family by a link or on paper, and looking at what was answered before it counts."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from wagtail.admin import messages

from ..access import answering, reading, rules
from ..actions import agreement_links
from ..actions.refusals import StepRefused
from ..lifecycle import FINISHED
from ..models import Purpose
from .agreement_forms import AskForm
from .agreements import TAB
from .fields import CaseForm
from .pdf import pdf_response
from .screens import RELATED, CaseFormScreen, CaseScreen, case_address


class AskFamily(CaseFormScreen):
    """A link for one carer about one purpose, for whoever may record the answer."""

    template_name = "casework/agreement/ask.html"
    form_class = AskForm
    page_subtitle = "Ask the family by a link"
    submit_label = "Make the link"
    header_icon = "link"

    def find(self) -> None:
        super().find()
        if self.referral.status in FINISHED or not rules.can_record_agreement(self.request.user, self.referral):
            raise Http404
        self.page_title = self.referral.reference

    def open(self) -> None:
        reading.opened(self.request.user, self.referral, part=self.page_subtitle.lower())

    def form_options(self) -> dict[str, Any]:
        return {"referral": self.referral, "user": self.request.user}

    def perform(self, form: AskForm) -> str:
        link = agreement_links.make(self.referral, by=self.request.user, **form.answers())
        return reverse("casework_agreement_link", args=[link.uuid])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(purposes=Purpose.choices, **kwargs)


class LinkForm(CaseForm):
    """Which of the buttons was pressed."""


class FamilyLink(CaseFormScreen):
    """One link: what to give to the family while it works, and the answer until somebody has looked at it."""

    template_name = "casework/agreement/link.html"
    form_class = LinkForm
    page_subtitle = "Asked by a link"
    header_icon = "link"

    def find(self) -> None:
        rows = rules.visible_agreement_links(self.request.user).select_related(
            "carer__data_key", "data_key", "made_by", "settled_by", *(f"referral__{name}" for name in RELATED)
        )
        self.link = get_object_or_404(rows, uuid=self.kwargs["uuid"])
        self.referral = self.link.referral
        if not rules.can_settle_agreement_link(self.request.user, self.link):
            raise Http404
        self.page_title = self.referral.reference

    def open(self) -> None:
        reading.opened(self.request.user, self.link, part=self.page_subtitle.lower())

    def form_options(self) -> dict[str, Any]:
        return {"referral": self.referral}

    def initial(self) -> dict[str, Any]:
        return {"version": self.link.version}

    def perform(self, form: LinkForm) -> str:
        act, by = self.request.POST.get("act", ""), self.request.user
        if act == "end":
            agreement_links.end(self.link, by=by)
        elif act in ("counts", "aside"):
            version = form.cleaned_data["version"]
            agreement_links.settle(self.link, by=by, version=version, counts=act == "counts")
        else:
            raise ValidationError("Choose what to do with it.")
        messages.success(self.request, f"{self.referral.reference}: {DONE[act]}.")
        return case_address(self.referral, TAB)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        address = ""
        if self.link.is_open:
            path = reverse("agreement_answer", args=[answering.token_of(self.link)])
            address = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path
        stands = any(one.carer_id == self.link.carer_id for one in self.referral.standing_agreements(self.link.purpose))
        return super().get_context_data(link=self.link, link_address=address, takes_back=stands, **kwargs)


DONE = {"end": "the link no longer works", "counts": "the answer counts", "aside": "the answer is set aside"}


class PaperForm(CaseScreen):
    """The same question on paper."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.find()
        purpose = self.kwargs["purpose"]
        if purpose not in Purpose.values or not rules.can_record_agreement(request.user, self.referral):
            raise Http404
        reading.opened(request.user, self.referral, part="a form to print")
        referral = self.referral
        context = {
            "reference": referral.reference,
            "initial": referral.pupil.first_name[:1],
            "school": referral.school if referral.school_may_see else None,
            "service": referral.school.service,
            "words": f"casework/agreement/words/{purpose}.html",
        }
        try:
            return pdf_response(
                request, "casework/agreement/paper.html", context, name=f"{referral.reference}-{purpose}"
            )
        except StepRefused as refused:
            messages.error(request, refused.words)
            return redirect(case_address(self.referral, TAB))
