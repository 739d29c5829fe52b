"""A referral as a file: what was asked and answered, for whoever reads referral text, on record as taken out."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from ..access import reading, rules
from ..actions.refusals import StepRefused
from ..sealed import TextKind
from .case_content import Case
from .pdf import pdf_response
from .referral_texts import texts_of
from .screens import CaseScreen, case_address


class ReferralPdf(CaseScreen):
    """The referral's own texts and answers, under its reference; never a session, a note or a contact."""

    def find(self) -> None:
        super().find()
        if TextKind.REFERRAL not in rules.readable_kinds(self.request.user, self.referral):
            raise Http404

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.find()
        referral, case = self.referral, Case(request.user, self.referral)
        content = {
            "referral": referral,
            "reference": referral.reference,
            "service": referral.school.service.name,
            "texts": [text for text in texts_of(referral) if text.words],
            "reasons": referral.ticked["reasons"],
            "agreement": case.agreement,
        }
        try:
            file = pdf_response(request, "casework/print/referral.html", content, name=referral.reference)
        except StepRefused as refused:
            messages.error(request, refused.words)
            return redirect(case_address(referral, "referral"))
        reading.taken_out(request.user, referral, part="the referral", form="pdf")
        return file
