"""The referral form on paper, for another service to fill in: the questions of every form, and the service's own."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from wagtail.admin import messages

from ..access import rules
from ..actions.refusals import StepRefused
from ..models import HowSoon, ListItem, ListName, Question, QuestionKind, Source
from .pdf import pdf_response
from .question_fields import YES_OR_NO
from .screens import Screen

ABOUT_THE_CHILD = ("First and last name", "Date of birth", "School and year group")
ABOUT_THE_REFERRER = ("Service", "Name and post", "Telephone", "Day")
WORDS = (
    "What have you seen?",
    "What goes well, and what does the child enjoy?",
    "What has been tried, and who else helps?",
    "What does the child say, in their own words?",
)


class ReferralFormPdf(Screen):
    """An empty form of a service; nothing in it is about a child."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        service = get_object_or_404(rules.visible_services(request.user), uuid=kwargs["uuid"])
        if not rules.can_change_service(request.user, service):
            raise Http404
        content = {
            "reference": "Referral form",
            "service": service.name,
            "about_the_child": ABOUT_THE_CHILD,
            "about_the_referrer": ABOUT_THE_REFERRER,
            "how_soon": [soon.label for soon in HowSoon],
            "reasons": ListItem.objects.filter(service=service, list=ListName.REASON, active=True),
            "words": WORDS,
            "questions": [
                (question, choices_of(question)) for question in Question.objects.on_form(service, Source.OTHER)
            ],
        }
        try:
            return pdf_response(request, "casework/print/referral_form.html", content, name="referral-form")
        except StepRefused as refused:
            messages.error(request, refused.words)
            return redirect(reverse("casework_service_modeladmin_index"))


def choices_of(question: Question) -> list[str]:
    """What is ticked on paper; nothing for a question that is answered in words."""
    return list(YES_OR_NO) if question.kind == QuestionKind.YES_NO else question.offered
