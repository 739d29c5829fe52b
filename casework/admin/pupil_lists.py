"""Bringing in a school's pupil list: the file, how far it is, what it comes to, and the yes."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from ..access import reading, rules
from ..actions import pupil_lists
from ..actions.pupil_cells import LABELS
from ..actions.pupil_lists import KEPT
from ..actions.refusals import StepRefused
from ..models import PupilList, RowKind, School
from . import pupil_list_facts as facts
from .acting import OnceForm, act, sent_before
from .exporting import CONTENT_TYPES, as_file
from .for_school import ForSchool
from .pupil_list_forms import BringInForm, ListForm
from .screens import FormScreen, Screen

TITLE = "Bring in a pupil list"
State = PupilList.State


class BringIn(ForSchool):
    """The file, for one school; and the lists that are in hand."""

    template_name = "casework/pupil_list/file.html"
    form_class = ListForm
    submit_label = "Check the list"
    page_title = TITLE
    header_icon = "upload"

    def may(self, school: School) -> bool:
        return rules.can_add_pupil(self.request.user, school)

    def form(self, data: Any = None) -> ListForm:
        return ListForm(data, self.request.FILES if data is not None else None)

    def perform(self, form: ListForm) -> str:
        rows = form.cleaned_data["file"]
        return progress_address(pupil_lists.begin(by=self.request.user, school=self.school, rows=rows))

    def trail(self) -> list[tuple[str, str]]:
        return [("Pupils", reverse("casework_pupil_modeladmin_index"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lately = rules.visible_pupil_lists(self.request.user).filter(created_at__gt=timezone.now() - KEPT)
        in_hand = lately.exclude(state=State.STOPPED).select_related("school").defer("rows")
        return super().get_context_data(in_hand=in_hand, labels=list(LABELS.values()), **kwargs)


class EmptyList(Screen):
    """A list with the columns and no pupil, to fill in."""

    def find(self) -> None:
        if self.kwargs["form"] not in CONTENT_TYPES:
            raise Http404
        user = self.request.user
        if not any(rules.can_add_pupil(user, school) for school in rules.visible_schools(user)):
            raise Http404

    def show(self, **context: Any) -> HttpResponse:
        return as_file(self.kwargs["form"], "pupil-list", list(LABELS.values()), [])


class Progress(Screen):
    """How far the worker is; the page asks again by itself, and leads on when there is something to see."""

    template_name = "casework/pupil_list/progress.html"
    page_title = TITLE
    header_icon = "upload"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.pupil_list = visible_list(request.user, self.kwargs["uuid"], with_rows=False)
        if not self.pupil_list.is_at_work:
            return redirect(list_address(self.pupil_list))
        return self.show()

    def trail(self) -> list[tuple[str, str]]:
        return above(self.pupil_list)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.pupil_list
        does = "Brought in" if one.state == State.ADDING else "Checked again" if one.agreed_at else "Checked"
        can_cancel = one.state == State.CHECKING
        return super().get_context_data(
            list=one, does=does, form=OnceForm(auto_id=False) if can_cancel else None, **kwargs
        )


class ListFile(FormScreen):
    """What a list comes to, and the yes to it; afterwards, what was done and what is left."""

    template_name = "casework/pupil_list/list.html"
    form_class = BringInForm
    page_title = TITLE
    header_icon = "upload"

    def find(self) -> None:
        self.pupil_list = visible_list(self.request.user, self.kwargs["uuid"])
        self.rows = self.pupil_list.read_rows()

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.find()
        if self.pupil_list.is_at_work:
            return redirect(progress_address(self.pupil_list))
        can_save = self.is_ready and any(row.is_to_save or row.kind == RowKind.KNOWN for row in self.rows)
        return self.show(form=self.form() if can_save else None)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if done := sent_before(request):
            return done
        self.find()
        return super().post(request, **kwargs) if self.is_ready else redirect(list_address(self.pupil_list))

    @property
    def is_ready(self) -> bool:
        return self.pupil_list.state == State.READY

    def open(self) -> None:
        reading.opened(self.request.user, self.pupil_list)

    def initial(self) -> dict[str, Any]:
        return {"version": self.pupil_list.version}

    def form_options(self) -> dict[str, Any]:
        return {"numbers": [row.number for row in facts.of_kind(self.rows, RowKind.KNOWN)]}

    def perform(self, form: BringInForm) -> str:
        answers = form.cleaned_data
        pupil_lists.bring_in(
            self.pupil_list, by=self.request.user, version=answers["version"], others=answers["others"]
        )
        return progress_address(self.pupil_list)

    def trail(self) -> list[tuple[str, str]]:
        return above(self.pupil_list)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, one, rows = self.request.user, self.pupil_list, self.rows
        kinds = {kind: facts.of_kind(rows, kind) for kind in RowKind}
        pupils = facts.changed_pupils(user, kinds[RowKind.CHANGED])
        self.submit_label = facts.what_a_yes_does(len(kinds[RowKind.NEW]), len(kinds[RowKind.CHANGED]))
        return super().get_context_data(
            list=one,
            new=[facts.as_added(row) for row in kinds[RowKind.NEW]],
            same=len(kinds[RowKind.SAME]),
            changed=[(row, pupils.get(row.pupil or 0), facts.changes_of(row)) for row in kinds[RowKind.CHANGED]],
            known=facts.likenesses(user, one, kinds[RowKind.KNOWN]),
            problems=[(row, facts.problems_of(row)) for row in kinds[RowKind.PROBLEM]],
            gone=facts.not_in(user, one, rows) if self.is_ready else [],
            otherwise=sum(row.reads_otherwise for row in rows),
            most=facts.MOST_SHOWN,
            is_ready=self.is_ready,
            stop=OnceForm(auto_id=False),
            kept_until=timezone.localdate(one.created_at + KEPT),
            **kwargs,
        )


class CancelList(Screen):
    """Drops a list of which nothing is saved, by a button only; its address leads back to the list."""

    def find(self) -> None:
        self.pupil_list = visible_list(self.request.user, self.kwargs["uuid"], with_rows=False)

    def show(self, **context: Any) -> HttpResponse:
        return redirect(list_address(self.pupil_list))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if done := sent_before(request):
            return done
        self.find()
        try:
            return act(request, self.cancel)
        except StepRefused:
            messages.error(request, "This list can no longer be cancelled.")
        return redirect(list_address(self.pupil_list))

    def cancel(self) -> str:
        pupil_lists.cancel(self.pupil_list, by=self.request.user)
        messages.success(self.request, "The list is dropped. Nothing of it was saved.")
        return f"{reverse('casework_pupil_list')}?school={self.pupil_list.school.uuid}"


class RowsLeft(Screen):
    """The rows that need somebody, as a file: what was read, and what to do."""

    def find(self) -> None:
        self.pupil_list = visible_list(self.request.user, self.kwargs["uuid"])
        self.rows = [row for row in self.pupil_list.read_rows() if row.needs_somebody]
        if not self.rows:
            raise Http404

    def show(self, **context: Any) -> HttpResponse:
        user, one = self.request.user, self.pupil_list
        known = {found.row.number: found.known_as for found in facts.likenesses(user, one, self.rows)}
        lines = [
            [*(row.read.get(name, "") for name in LABELS), row.number, self._to_do(row, known[row.number])]
            for row in self.rows
        ]
        reading.taken_out(user, one, form="csv")
        return as_file("csv", "rows-to-mend", [*LABELS.values(), "Row", "What to do"], lines)

    @staticmethod
    def _to_do(row: Any, known_as: list[str]) -> str:
        if known_as:
            return f"Like one who is known: {'; '.join(known_as)}."
        return " ".join(f"{column}: {words}".removeprefix(": ") for column, _, words in facts.problems_of(row))


def visible_list(user: Any, uuid: UUID, *, with_rows: bool = True) -> PupilList:
    """The list of an address; a foreign one answers like a missing one."""
    lists = rules.visible_pupil_lists(user).select_related("school__service", "data_key")
    return get_object_or_404(lists if with_rows else lists.defer("rows"), uuid=uuid)


def list_address(pupil_list: PupilList) -> str:
    return reverse("casework_pupil_list_one", args=[pupil_list.uuid])


def progress_address(pupil_list: PupilList) -> str:
    return reverse("casework_pupil_list_progress", args=[pupil_list.uuid])


def above(pupil_list: PupilList) -> list[tuple[str, str]]:
    """The pages above those of one list."""
    begin = f"{reverse('casework_pupil_list')}?school={pupil_list.school.uuid}"
    return [("Pupils", reverse("casework_pupil_modeladmin_index")), (str(pupil_list.school), begin)]
