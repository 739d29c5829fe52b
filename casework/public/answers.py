"""The page on which a family answers by a link: what is asked, what happens with it, who reads it, and three answers.

No login and no cookie: a form counts only where it was sent from this very page, by the browser's own word (Origin,
Sec-Fetch-Site) and by a key that the page was made with. Opening the link spends nothing.
"""

from typing import Any

from allauth.core.internal import ratelimit
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from .. import audit
from ..access import answering
from ..actions import agreement_links
from ..actions.refusals import StepRefused
from ..models import AgreementLink, FamilysAnswer

NO_SCRIPT = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
GONE = 410
ANSWERS = [
    (FamilysAnswer.YES, "Yes, I agree"),
    (FamilysAnswer.NO, "No, I do not agree"),
    (FamilysAnswer.ASK, "I am not sure. Please talk with me first"),
]


class AnswerForm(forms.Form):
    """One of three answers, and who gives it."""

    answer = forms.ChoiceField(
        choices=ANSWERS, widget=forms.RadioSelect, label="Your answer",
        error_messages={"required": "Choose one of the three answers.", "invalid_choice": "Choose one of the three."},
    )  # fmt: skip
    name = forms.CharField(
        max_length=agreement_links.LONGEST_NAME,
        label="Your name",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Write your name."},
    )


def may_be_sent(request: HttpRequest) -> bool:
    """Whether a form comes from a page of this site: the browser says so, and nothing it says is against it."""
    ours = f"{request.scheme}://{request.get_host()}"
    return (
        request.headers.get("Origin") == ours and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    )


@method_decorator(
    [
        csrf_exempt,  # its token would need a cookie: see above for what stands in its place
        sensitive_post_parameters(),
        ratelimit.decorator(app="allauth.account", action="agreement_answer", limit_get=True),
    ],
    name="dispatch",
)
class AnswerPage(View):
    """The page of one link; a forged, used, ended or expired one leads to the same plain words."""

    http_method_names = ["get", "head", "post"]
    link: AgreementLink

    def dispatch(self, request: HttpRequest, *args: Any, token: str, **kwargs: Any) -> HttpResponseBase:
        link = answering.link_of(token)
        if link is None:
            response: HttpResponseBase = self.over()
        else:
            self.link = link
            response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Content-Security-Policy"] = NO_SCRIPT
        return response

    def get(self, request: HttpRequest) -> HttpResponse:
        audit.record("opened", self.link, by=None)
        return self.ask(AnswerForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = AnswerForm(request.POST)
        if not may_be_sent(request):
            return self.ask(form, again="Please press the button on this page itself.", status=403)
        if not answering.is_form_of(self.link, request.POST.get("key", "")):
            return self.ask(form, again="This page was open for a long time. Please send your answer once more.")
        if not form.is_valid():
            return self.ask(form)
        try:
            link = agreement_links.answer(self.link, **form.cleaned_data)
        except StepRefused:  # somebody was quicker with the same link
            return self.over()
        return render(request, "casework/answer/thanks.html", {"link": link})

    def ask(self, form: AnswerForm, *, again: str = "", status: int = 200) -> HttpResponse:
        context = about(self.link) | {"form": form, "key": answering.form_key(self.link), "again": again}
        return render(self.request, "casework/answer/ask.html", context, status=status)

    def over(self) -> HttpResponse:
        return render(self.request, "casework/answer/over.html", status=GONE)


def about(link: AgreementLink) -> dict[str, Any]:
    """What the page says: an initial and the service, and the school only where it refers; never a name."""
    referral = link.referral
    return {
        "initial": referral.pupil.first_name[:1],
        "school": referral.school if referral.school_may_see else None,
        "service": referral.school.service,
        "words": f"casework/agreement/words/{link.purpose}.html",
    }
