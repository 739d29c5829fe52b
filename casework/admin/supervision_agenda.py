"""The agenda of a supervision, its sheet, what a case is prepared with, and what became of it all."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from wagtail.admin import messages

from ..access import reading, rules
from ..actions import supervision, supervision_record
from ..actions.refusals import StepRefused
from ..models import Referral, SupervisionItem
from ..reports import supervision as agendas
from .pdf import pdf_response
from .screens import RELATED, FormScreen, KeepsWords
from .supervision_forms import AgendaForm, PrepareForm, RecordForm, yes_or_no
from .supervision_pages import OfMeeting, meeting_address

OFFERED = 100


class Agenda(OfMeeting, FormScreen):
    """Every open case with what speaks for bringing it; the clinical supervisor ticks which are to be brought."""

    form_class = AgendaForm
    template_name = "casework/supervision/agenda.html"
    subtitle = "Agenda"
    submit_label = "Save the agenda"

    def find(self) -> None:
        super().find()
        user = self.request.user
        if not rules.can_keep_agenda(user, self.meeting):
            raise PermissionDenied
        stand = list(
            rules.visible_supervision_items(user).filter(meeting=self.meeting).values_list("referral", flat=True)
        )
        found = {one.pk: one for one in agendas.agenda(user, self.meeting.service)}
        ended = Referral.objects.filter(pk__in=[pk for pk in stand if pk not in found])
        if len(stand) > len(found.keys() & set(stand)):
            found |= {one.pk: one for one in agendas.of_cases(user, ended)}
        self.on = [found[pk] for pk in stand]
        others = [one for pk, one in found.items() if pk not in stand]
        self.others, self.more = others[:OFFERED], max(0, len(others) - OFFERED)

    def form_options(self) -> dict[str, Any]:
        return {"on": self.on, "others": self.others}

    def initial(self) -> dict[str, Any]:
        return {"version": self.meeting.version}

    def perform(self, form: AgendaForm) -> str:
        wanted = form.chosen()
        known = Referral.objects.select_related("school", "pupil").in_bulk(wanted)
        cases = [known[pk] for pk in wanted]
        version = form.cleaned_data["version"]
        supervision.set_agenda(self.meeting, cases, by=self.request.user, version=version)
        count = f"{len(cases)} case{'' if len(cases) == 1 else 's'}"
        messages.success(self.request, f"The agenda is saved: {count}.")
        return meeting_address(self.meeting)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        within = self.meeting.service.supervision_within
        return super().get_context_data(within=within, more=self.more, **kwargs)


class Prepare(KeepsWords):
    """Say what is to be reflected on in a case, and bring one's own notes of it."""

    form_class = PrepareForm
    header_icon = "group"
    kept_part = "prepared for supervision"

    def find(self) -> None:
        user = self.request.user
        seen = rules.visible_supervision_items(user).select_related(
            "data_key", "meeting__service", "notes_brought_by", *(f"referral__{name}" for name in RELATED)
        )
        self.item = get_object_or_404(seen, uuid=self.kwargs["uuid"])
        if not rules.can_write_reflection(user, self.item):
            raise PermissionDenied
        self.page_title = self.item.referral.reference
        self.page_subtitle = f"For the supervision of {timezone.localtime(self.item.meeting.starts_at):%-d %B %Y}"

    def open(self) -> None:
        reading.opened(self.request.user, self.item, referral=self.item.referral, part=self.kept_part)

    def form_options(self) -> dict[str, Any]:
        return {"brings": rules.can_bring_notes(self.request.user, self.item)}

    def initial(self) -> dict[str, Any]:
        return self.answers_of(self.item) | {"version": self.item.version}

    def answers_of(self, current: SupervisionItem) -> dict[str, Any]:  # type: ignore[override]
        mine = current.notes_brought_by_id == self.request.user.pk
        return {"question": current.question, "brings_notes": mine}

    def perform(self, form: PrepareForm) -> str:
        answers = {name: form.cleaned_data[name] for name in ("version", "question")}
        brings = form.cleaned_data.get("brings_notes")
        supervision.prepare(self.item, by=self.request.user, brings_notes=brings, **answers)
        messages.success(self.request, f"{self.item.referral.reference}: prepared.")
        return meeting_address(self.item.meeting)

    def trail(self) -> list[tuple[str, str]]:
        return [(str(self.item.meeting), meeting_address(self.item.meeting))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            referral=self.item.referral, case_address=meeting_address(self.item.meeting), **kwargs
        )


class Record(OfMeeting, FormScreen):
    """Write down who came, and of each case what was reflected on: on a phone too."""

    form_class = RecordForm
    template_name = "casework/supervision/record.html"
    subtitle = "Write up"

    def find(self) -> None:
        super().find()
        user = self.request.user
        if not rules.can_record_team_meeting(user, self.meeting):
            raise PermissionDenied
        places = rules.visible_attendances(user).filter(meeting=self.meeting).select_related("practitioner")
        self.places = list(places.order_by("practitioner__name"))
        items = rules.visible_supervision_items(user).filter(meeting=self.meeting)
        self.items = list(items.select_related("data_key", "referral__school"))

    def open(self) -> None:
        super().open()
        for item in self.items:
            if item.reflected:
                reading.opened(self.request.user, item, referral=item.referral, part="what was reflected on")

    def form_options(self) -> dict[str, Any]:
        return {"places": self.places, "items": self.items}

    def initial(self) -> dict[str, Any]:
        return self._answers(self.places, self.items) | {"version": self.meeting.version}

    def answers_of(self, current: Any) -> dict[str, Any]:
        mine = rules.visible_supervision_items(self.request.user).filter(meeting=current)
        return self._answers(list(current.attendances.all()), list(mine.select_related("data_key")))

    @staticmethod
    def _answers(places: list[Any], items: list[SupervisionItem]) -> dict[str, Any]:
        came = {f"came_{one.uuid}": yes_or_no(one.came) for one in places}
        brought = {f"brought_{item.uuid}": yes_or_no(item.brought) for item in items}
        return came | brought | {f"reflected_{item.uuid}": item.reflected for item in items}

    def perform(self, form: RecordForm) -> str:
        version = form.cleaned_data["version"]
        supervision_record.record(self.meeting, by=self.request.user, version=version, **form.answers())
        messages.success(self.request, "It is written up.")
        return meeting_address(self.meeting)


class Sheet(OfMeeting):
    """The sheet of a supervision: letters for children, to be looked at and printed."""

    template_name = "casework/supervision/sheet.html"
    subtitle = "Sheet"

    def find(self) -> None:
        super().find()
        if not rules.can_read_sheet(self.request.user, self.meeting):
            raise PermissionDenied
        self.lines = agendas.sheet(self.request.user, self.meeting)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lines=self.lines, **kwargs)


class SheetFile(Sheet):
    """The same as a file, without the key to its letters."""

    def show(self, **context: Any) -> HttpResponse:
        name = f"supervision-{timezone.localtime(self.meeting.starts_at):%Y-%m-%d}"
        content = {
            "meeting": self.meeting,
            "lines": self.lines,
            "service": self.meeting.service.name,
            "reference": f"{timezone.localtime(self.meeting.starts_at):%-d %B %Y}",
        }
        try:
            answer = pdf_response(self.request, "casework/print/sheet.html", content, name=name)
        except StepRefused as refused:
            messages.error(self.request, refused.words)
            return redirect(meeting_address(self.meeting))
        reading.taken_out(self.request.user, self.meeting, part="sheet", form="pdf")
        return answer
