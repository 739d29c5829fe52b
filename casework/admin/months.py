"""A therapist's month: hours by school and kind as a page, and the claim sheet as a file."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from ..access import reading, rules
from ..actions.refusals import StepRefused
from ..models import Work, in_force
from ..reports import month
from .exporting import as_file
from .pdf import pdf_response
from .screens import Screen

TITLE = "Therapists’ months"
HEADINGS = ("When", "School", "What", "Minutes", "Hours", "Charged")


class Months(Screen):
    """Whose month it is to be: the coordinator chooses from the team; anybody else is led to their own."""

    template_name = "casework/work/months.html"
    page_title = TITLE
    header_icon = "time"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.people = list(rules.visible_months(request.user).filter(in_force()).select_related("discipline"))
        if not self.people:
            raise Http404
        if len(self.people) == 1:
            return redirect("casework_month", self.people[0].uuid)
        return self.show()

    def open(self) -> None:
        reading.listed(self.request.user, Work, rows=len(self.people), search=False)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(people=self.people, **kwargs)


class Month(Screen):
    """One month of one practitioner, or the claim sheet of it."""

    template_name = "casework/work/month.html"
    header_icon = "time"

    def find(self) -> None:
        seen = rules.visible_months(self.request.user).select_related("service", "discipline")
        practitioner = get_object_or_404(seen, uuid=self.kwargs["uuid"])
        self.month = month.month(practitioner, self._first())
        self.page_title = f"{practitioner.name}: {self.month.first:%B %Y}"

    def _first(self) -> date:
        try:
            return date.fromisoformat(f"{self.request.GET.get('month', '')}-01")
        except ValueError:
            return timezone.localdate().replace(day=1)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.find()
        making = {"csv": self._csv, "pdf": self._pdf}.get(request.GET.get("export", ""))
        return making() if making else self.show()

    def open(self) -> None:
        reading.opened(self.request.user, self.month.practitioner, part=self._part)

    @property
    def _part(self) -> str:
        return f"month {self.month.first:%Y-%m}"

    def _csv(self) -> HttpResponse:
        lines = self.month.lines
        rows = [(line.at, line.school, line.kind, line.minutes, line.hours, line.charged) for line in lines]
        reading.taken_out(self.request.user, self.month.practitioner, part=self._part, form="csv")
        return as_file("csv", self._name(), HEADINGS, rows)

    def _pdf(self) -> HttpResponse:
        practitioner = self.month.practitioner
        context = {"month": self.month, "service": practitioner.service.name, "reference": self._name()}
        try:
            answer = pdf_response(self.request, "casework/print/claim.html", context, name=self._name())
        except StepRefused as refused:
            messages.error(self.request, refused.words)
            return redirect("casework_month", practitioner.uuid)
        reading.taken_out(self.request.user, practitioner, part=self._part, form="pdf")
        return answer

    def _name(self) -> str:
        return f"claim-sheet-{self.month.first:%Y-%m}"

    def trail(self) -> list[tuple[str, str]]:
        return [(TITLE, reverse("casework_months"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        fresh = rules.visible_own_work(user).filter(uuid__in=[line.work for line in self.month.lines if line.work])
        related = fresh.select_related("practitioner", "referral")
        changeable = {one.uuid for one in related if rules.can_change_work(user, one)}
        return super().get_context_data(month=self.month, changeable=changeable, **kwargs)
