"""Letters of assurance on screen: a school's list and the button that issues them, one letter, and its PDF."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from ..access import reading, rules
from ..actions import letters as actions
from ..actions.refusals import StepRefused
from ..models import AssuranceLetter, School
from ..reports import letters
from .acting import OnceForm
from .pdf import pdf_response
from .screens import FormScreen, Screen

RELATED = ("school__service", "practitioner", "data_key", "issued_by")


class IssueForm(OnceForm):
    """One button for everybody, or one for each: the button that was pressed says about whom."""

    practitioner = forms.UUIDField(required=False, widget=forms.HiddenInput)


class Letters(FormScreen):
    """About whom a school has a letter, and what stops one; the coordinator issues them here."""

    template_name = "casework/letter/list.html"
    form_class = IssueForm
    page_title = "Letters of assurance"
    header_icon = "doc-full"
    school: School

    def find(self) -> None:
        schools = rules.visible_letter_schools(self.request.user).select_related("service")
        self.school = get_object_or_404(schools, uuid=self.kwargs["uuid"])
        self.rows = letters.at_school(self.request.user, self.school, timezone.localdate())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.find()
        if not rules.can_issue_letters(request.user, self.school):
            raise Http404
        return super().post(request, **kwargs)

    def open(self) -> None:
        held = [row for row in self.rows if row.letter]
        reading.listed(self.request.user, AssuranceLetter, rows=len(held), search=False)

    def perform(self, form: IssueForm) -> str:
        wanted = form.cleaned_data["practitioner"]
        if not wanted:
            self._issue_all()
            return letters_address(self.school)
        row = next((row for row in self.rows if row.practitioner.uuid == wanted), None)
        if row is None:
            raise Http404
        letter = actions.issue(row.practitioner, self.school, by=self.request.user)
        is_new = row.letter is None or row.letter.pk != letter.pk
        said = "is issued. The head is told" if is_new else "says it all already. Nothing was issued"
        messages.success(self.request, f"The letter about {row.name} {said}.")
        return letters_address(self.school)

    def _issue_all(self) -> None:
        issued = actions.issue_all(self.school, by=self.request.user)
        if issued.letters:
            count = len(issued.letters)
            messages.success(self.request, f"{count} letter{'s' if count > 1 else ''} issued. The head is told.")
        elif not issued.refused:
            messages.success(self.request, "Every letter says it all already. Nothing was issued.")
        for practitioner, reasons in issued.refused:
            messages.warning(self.request, f"No letter about {practitioner.name}: {'; '.join(reasons)}.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        return super().get_context_data(
            school=self.school,
            rows=[(row, letters.holds(row.letter, today) if row.letter else "") for row in self.rows],
            may_issue=rules.can_issue_letters(self.request.user, self.school),
            **kwargs,
        )


class LetterScreen(Screen):
    """A letter, for who reads it."""

    header_icon = "doc-full"

    def find(self) -> None:
        found = rules.visible_letters(self.request.user).select_related(*RELATED)
        self.letter: AssuranceLetter = get_object_or_404(found, uuid=self.kwargs["uuid"])
        self.facts = letters.facts_of(self.letter)
        self.page_title = f"Letter of assurance {self.letter.number}"

    def content(self) -> dict[str, Any]:
        """What page and file are made of."""
        letter, today = self.letter, timezone.localdate()
        held = {"holds": letters.holds(letter, today), "is_over": letters.is_over(letter, today)}
        return {"letter": letter, "facts": self.facts} | held


class LetterPage(LetterScreen):
    """What a letter says, as it was issued, and whether it still holds."""

    template_name = "casework/letter/page.html"

    def open(self) -> None:
        reading.opened(self.request.user, self.letter)

    def trail(self) -> list[tuple[str, str]]:
        school = self.letter.school
        if not rules.can_view_letters(self.request.user, school):
            return []
        return [(f"Letters of assurance to {school.name}", letters_address(school))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**self.content(), **kwargs)


class LetterFile(LetterScreen):
    """The same as a PDF for the school's single central record."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.find()
        letter = self.letter
        content = self.content() | {
            "reference": f"Letter of assurance {letter.number}, {timezone.localdate(letter.issued_at):%-d %B %Y}",
            "service": self.facts.service,
        }
        try:
            file = pdf_response(request, "casework/print/letter.html", content, name=file_name(letter))
        except StepRefused as refused:
            messages.error(request, refused.words)
            return redirect("casework_letter", letter.uuid)
        reading.taken_out(request.user, letter, form="pdf")
        return file


def file_name(letter: AssuranceLetter) -> str:
    """By the school's number, the day and a part of its address: no person's name."""
    return f"assurance-{letter.school.urn}-{letter.uuid.hex[:6]}-{letter.number}"


def letters_address(school: Any) -> str:
    """The list of a school's letters."""
    return reverse("casework_letters", args=[school.uuid])
