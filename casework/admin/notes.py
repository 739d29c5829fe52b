"""A process note: its author reads it, writes it late and adds to it; the clinical supervisor first says why, and the
author is told."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from ..access import reading, rules
from ..actions import notes
from ..models import ProcessNote
from ..sealed import TextKind
from .acting import OnceForm
from .fields import SealedText
from .screens import RELATED, CaseFormScreen, FormScreen, case_address


class ReasonForm(OnceForm):
    """Why the supervisor opens the note."""

    reason = SealedText(
        "Why do you need to read this note?", TextKind.PROCESS, required="Say why you need to read this note.", rows=3
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = "It is kept with the note, and the author is told that you opened it."


class NoteForm(OnceForm):
    """Words of a note's own author."""

    text = SealedText("Process note", TextKind.PROCESS, required="Write the note.", rows=8)


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
        adds = reverse("casework_note_add", args=[self.note.uuid]) if rules.can_add_to_note(user, self.note) else ""
        additions = self.note.additions.select_related("data_key", "written_by") if self.reads else []
        return super().get_context_data(
            note=self.note,
            session=session,
            text=text,
            change_address=change,
            add_address=adds,
            additions=additions,
            **kwargs,
        )


class WriteNote(CaseFormScreen):
    """The note of a session that was left for later."""

    form_class = NoteForm
    submit_label = "Save the note"
    header_icon = "edit"
    kept_part = "note left for later"

    def find(self) -> None:
        sessions = rules.visible_sessions(self.request.user).select_related(
            "process_note", *(f"referral__{name}" for name in RELATED)
        )
        self.session = get_object_or_404(sessions, uuid=self.kwargs["uuid"])
        self.referral = self.session.referral
        if not rules.can_write_note(self.request.user, self.session):
            raise PermissionDenied
        self.page_title = self.referral.reference
        self.page_subtitle = f"Note of {timezone.localtime(self.session.starts_at):%-d %B %Y}"

    def open(self) -> None:
        reading.opened(self.request.user, self.session, referral=self.referral, part=self.kept_part)

    def perform(self, form: NoteForm) -> str:
        notes.write(self.session, by=self.request.user, text=form.cleaned_data["text"])
        messages.success(self.request, "The note is saved.")
        return case_address(self.referral, "sessions")


class AddToNote(CaseFormScreen):
    """An addition to a note that is locked."""

    form_class = NoteForm
    submit_label = "Add"
    header_icon = "edit"
    kept_part = "addition to a note"

    def find(self) -> None:
        found = ProcessNote.objects.filter(session__in=rules.visible_sessions(self.request.user)).select_related(
            *(f"session__referral__{name}" for name in RELATED)
        )
        self.note = get_object_or_404(found, uuid=self.kwargs["uuid"])
        self.referral = self.note.session.referral
        if not rules.can_add_to_note(self.request.user, self.note):
            raise PermissionDenied
        self.page_title, self.page_subtitle = self.referral.reference, "Add to the note"

    def open(self) -> None:
        reading.opened(self.request.user, self.note, referral=self.referral, part=self.kept_part)

    def perform(self, form: NoteForm) -> str:
        notes.add(self.note, by=self.request.user, text=form.cleaned_data["text"])
        messages.success(self.request, "Your words are added to the note.")
        return reverse("casework_note", args=[self.note.uuid])
