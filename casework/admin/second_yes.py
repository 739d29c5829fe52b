"""The page of what waits for a second yes: each with one button that agrees and one that does not."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from wagtail.admin import messages

from ..access import grants, reading, rules, second_yes
from ..models import Proposal
from ..reports import second_yes as report
from .acting import OnceForm, act, sent_before
from .screens import Screen

YES, NO = "yes", "no"


class AnswerForm(OnceForm):
    """One of two buttons."""

    answer = forms.ChoiceField(choices=[(YES, YES), (NO, NO)], widget=forms.HiddenInput)


class SecondYes(Screen):
    """All that wait here. Where nothing waits, there is no such page."""

    template_name = "casework/people/second_yes.html"
    page_title = "Waits for a second yes"
    header_icon = "key"

    def find(self) -> None:
        self.waits = report.waits(self.request.user)
        if not self.waits:
            raise Http404

    def open(self) -> None:
        reading.listed(self.request.user, Proposal, rows=len(self.waits), search=False)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waits = [(one, AnswerForm(auto_id=False) if one.can_refuse else None) for one in self.waits]
        return super().get_context_data(waits=waits, nobody=second_yes.NOBODY, **kwargs)


class AnswerProposal(Screen):
    """Answers one of them, by a button only; its address leads back to them."""

    proposal: Proposal

    def find(self) -> None:
        self.proposal = get_object_or_404(rules.visible_proposals(self.request.user), uuid=self.kwargs["uuid"])

    def show(self, **context: Any) -> HttpResponse:
        return redirect(self.back())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if done := sent_before(request):
            return done
        self.find()
        self.sent = AnswerForm(request.POST)
        if not self.sent.is_valid():
            raise Http404
        try:
            return act(request, self.answer)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect(self.back())

    def answer(self) -> str:
        if self.sent.cleaned_data["answer"] == YES:
            grants.agree(self.proposal, by=self.request.user)
            messages.success(self.request, "You agreed, and it holds from now on. Whoever is concerned is told.")
        else:
            grants.refuse(self.proposal, by=self.request.user)
            messages.success(self.request, "It is not done. Whoever asked for it is told.")
        return self.back()

    def back(self) -> str:
        return reverse("casework_second_yes") if report.waits(self.request.user) else reverse("wagtailadmin_home")
