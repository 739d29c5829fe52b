"""The roles that were given and ended of late, each with one button that undoes it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from ..access import reading, rules
from ..actions import people
from ..models import Proposal, ServiceRole
from ..reports import role_changes, second_yes
from .acting import OnceForm, act, sent_before
from .screens import Screen


class UndoForm(OnceForm):
    """Says what is undone, so that two who undo it at once do not undo each other."""

    was = forms.ChoiceField(
        choices=[(role_changes.GIVEN, "given"), (role_changes.ENDED, "ended")], widget=forms.HiddenInput
    )


class RoleChanges(Screen):
    """The last fourteen days."""

    template_name = "casework/people/changes.html"
    page_title = "Role changes"
    header_icon = "history"

    def find(self) -> None:
        if not rules.can_invite_people(self.request.user):
            raise Http404
        self.changes = role_changes.changes(self.request.user)

    def open(self) -> None:
        reading.listed(self.request.user, ServiceRole, rows=len(self.changes), search=False)

    def trail(self) -> list[tuple[str, str]]:
        return [("People", reverse("casework_user_modeladmin_index"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        changes = [
            (change, UndoForm(initial={"was": change.was}, auto_id=False) if change.can_be_undone else None)
            for change in self.changes
        ]
        waits = bool(second_yes.waits(self.request.user))
        return super().get_context_data(changes=changes, waits=waits, **kwargs)


class UndoRole(Screen):
    """Undoes one of them, by a button only; its address leads back to them."""

    def find(self) -> None:
        self.row = role_changes.find(self.request.user, self.kwargs["uuid"])
        if self.row is None:
            raise Http404

    def show(self, **context: Any) -> HttpResponse:
        return redirect("casework_role_changes")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if done := sent_before(request):
            return done
        self.find()
        self.sent = UndoForm(request.POST)
        if not self.sent.is_valid():
            raise Http404
        try:
            return act(request, self.undo)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("casework_role_changes")

    def undo(self) -> str:
        was = self.sent.cleaned_data["was"]
        done = "is ended again" if was == role_changes.GIVEN else "is given again"
        if isinstance(people.undo_role(self.row, was=was, by=self.request.user), Proposal):
            done = "waits for a second yes"
        messages.success(self.request, f"{self.row.permission.name} of {self.row.user} {done}.")
        return reverse("casework_role_changes")
