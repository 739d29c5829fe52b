"""A process note: its author reads it; the clinical supervisor first says why, and the author is told."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ..access import reading, rules
from ..actions import notes
from ..models import ProcessNote
from ..sealed import TextKind
from .acting import OnceForm
from .fields import SealedText
from .screens import RELATED, FormScreen, case_address


class ReasonForm(OnceForm):
    """Why the supervisor opens the note."""

    reason = SealedText(
        "Why do you need to read this note?", TextKind.PROCESS, required="Say why you need to read this note.", rows=3
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = "It is kept with the note, and the author is told that you opened it."


class Note(FormScreen):
    """One process note; the words themselves only for whoever may read it now."""

    template_name = "casework/session/note.html"
    form_class = ReasonForm
    submit_label = "Open the note"
    header_icon = "doc-full"

    def find(self) -> None:
        user = self.request.user
        rows = ProcessNote.objects.filter(session__in=rules.visible_sessions(user)).select_related(
            "author", "data_key", *(f"session__referral__{name}" for name in RELATED)
        )
        self.note = get_object_or_404(rows, uuid=self.kwargs["uuid"])
        self.referral = self.note.session.referral
        self.reads = rules.can_read_process_note(user, self.note)
        if not self.reads and not rules.can_open_process_note(user, self.note):
            raise PermissionDenied
        self.page_title, self.page_subtitle = self.referral.reference, "Process note"

    def open(self) -> None:
        if self.reads:
            reading.opened(self.request.user, self.note, referral=self.referral)

    def show(self, **context: Any) -> HttpResponse:
        response = super().show(**context)
        response["Cache-Control"] = "no-store, private"
        return response

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.find()
        return self.show(form=None if self.reads else self.form())

    def trail(self) -> list[tuple[str, str]]:
        return [(self.referral.reference, case_address(self.referral, "sessions"))]

    def perform(self, form: ReasonForm) -> str:
        notes.open_with_reason(self.note, by=self.request.user, reason=form.cleaned_data["reason"])
        return reverse("casework_note", args=[self.note.uuid])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, session = self.request.user, self.note.session
        text = self.note.text if self.reads else ""
        change = (
            reverse("casework_session_change", args=[session.uuid]) if rules.can_change_session(user, session) else ""
        )
        return super().get_context_data(note=self.note, session=session, text=text, change_address=change, **kwargs)
