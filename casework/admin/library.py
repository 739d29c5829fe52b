"""The library's screens: saying that a document was read, and who has and has not read it."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from ..access import must_read, reading, rules, versions
from ..actions import library
from ..models import DocumentAudience, Reading
from ..reports import readers
from .acting import OnceForm
from .exporting import as_file
from .fields import Fields
from .screens import FormScreen, Screen

LIBRARY = "/library/"
HEADINGS = ("Person", "Why", "First opened", "Read and understood", "Question answered", "Due", "Standing")


class ReadForm(OnceForm):
    """The tick, and the question where one is asked."""

    file_hash = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, audience: DocumentAudience, reader: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if library.asks(audience):
            answers = [(words, words) for words in audience.answers_for(reader)]
            self.fields["answer"] = Fields.choose(audience.check_question, answers, required="Choose an answer.")
        what = f"{audience.document.title}{f': {audience.parts}' if audience.parts else ''}"
        self.fields["read"] = forms.BooleanField(
            label=f"I have read and understood {what}", error_messages={"required": "Tick this once you have read it."}
        )


class SayRead(FormScreen):
    """What somebody must read, the way to it, and the form that says that it was read."""

    template_name = "casework/library/read.html"
    form_class = ReadForm
    submit_label = "Say that I have read it"
    header_icon = "doc-full"

    def find(self) -> None:
        asked = rules.documents_to_read(self.request.user).select_related("document", "service")
        self.audience: Any = get_object_or_404(asked, uuid=self.kwargs["uuid"])
        document = self.audience.document
        mine = Reading.objects.filter(person=self.request.user, document=document, file_hash=document.file_hash)
        self.reading = mine.first()
        self.page_title = document.title

    def form(self, data: Any = None) -> Any:
        """None once it was said, and before the document was opened."""
        if self.reading is None or self.reading.acknowledged_at:
            return None if data is None else super().form(data)
        return super().form(data)

    def initial(self) -> dict[str, Any]:
        return {"file_hash": self.audience.document.file_hash}

    def form_options(self) -> dict[str, Any]:
        return {"audience": self.audience, "reader": self.request.user}

    def perform(self, form: ReadForm) -> str:
        said = {name: form.cleaned_data[name] for name in ("file_hash", "answer") if name in form.cleaned_data}
        library.acknowledge(self.audience, by=self.request.user, **said)
        messages.success(
            self.request, f"Thank you. It is on record that you have read “{self.audience.document.title}”."
        )
        return reverse("casework_library_read", args=[self.audience.uuid])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        owed = must_read.mine(self.request.user, today).get(self.audience.document_id)
        return super().get_context_data(
            audience=self.audience, document=self.audience.document, reading=self.reading, owed=owed, library=LIBRARY,
            **kwargs,
        )  # fmt: skip


class ReadingLists(Screen):
    """Every document that somebody must read, and how many have."""

    template_name = "casework/library/lists.html"
    page_title = "Who has read what"
    header_icon = "doc-full"

    def find(self) -> None:
        if not rules.can_view_reading_lists(self.request.user):
            raise PermissionDenied
        self.rows = readers.lists(self.request.user, timezone.localdate())

    def open(self) -> None:
        reading.listed(self.request.user, Reading, rows=len(self.rows), search=False)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rows=self.rows, **kwargs)


class WhoHasRead(Screen):
    """Everybody who must read a document: the day on which they did, or by when they are to."""

    template_name = "casework/library/readers.html"
    header_icon = "doc-full"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.find()
        return self.take_out() if request.GET.get("export") == "csv" else self.show()

    def find(self) -> None:
        lists = rules.visible_reading_lists(self.request.user).select_related("document", "service", "school")
        self.audience: Any = get_object_or_404(lists, uuid=self.kwargs["uuid"])
        self.page_title = "Who has read it"
        self.readers = readers.readers(self.request.user, self.audience, timezone.localdate())

    def open(self) -> None:
        reading.opened(self.request.user, self.audience, part="readers")

    def take_out(self) -> HttpResponse:
        reading.taken_out(self.request.user, self.audience, part="readers", form="csv")
        rows = [
            (one.name, one.why, one.opened_at, one.read_at, one.understood, one.due, one.standing)
            for one in (*self.readers.asked, *self.readers.others)
        ]
        return as_file("csv", f"who-has-read-{self.audience.document_id}", HEADINGS, rows)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        every = versions.documents().annotate(is_superseded=versions.superseded(today))
        document = every.get(pk=self.audience.document_id)
        return super().get_context_data(
            audience=self.audience,
            document=document,
            standing=versions.standing(document, today),
            readers=self.readers,
            may_change=rules.can_change_audience(self.request.user, self.audience),
            **kwargs,
        )
