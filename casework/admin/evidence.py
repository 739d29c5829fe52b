"""What is done with a practitioner's record: evidence is written down, looked up again, or allowed to wait."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from wagtail.admin import messages

from ..access import reading, rules
from ..actions import evidence
from ..actions.evidence_kinds import Asks, asked_of
from ..models import COUNTED, Evidence, Requirement, Waiver
from .acting import OnceForm
from .evidence_forms import EvidenceForm, LookedUpForm, WaiverForm, usual, usual_waiver
from .practitioner_record import OfPractitioner, record_address
from .screens import FormScreen


class EvidenceScreen(OfPractitioner, FormScreen):
    """A form about one requirement of one practitioner."""

    template_name = "casework/readiness/form.html"
    requirement: Requirement
    standing: Evidence | None

    def find(self) -> None:
        super().find()
        asked = Requirement.objects.filter(service=self.practitioner.service_id, active=True)
        self.requirement = get_object_or_404(asked.exclude(kind__in=COUNTED), uuid=self.kwargs["requirement"])
        self.standing = self.practitioner.evidence.standing().filter(requirement=self.requirement).first()
        self.page_subtitle = f"{self.practitioner.name}, {self.requirement.name}"
        if not self.may():
            raise Http404

    def may(self) -> bool:
        """Whether this person may do it."""
        return rules.can_record_evidence(self.request.user, self.practitioner)

    def open(self) -> None:
        reading.opened(self.request.user, self.practitioner, part=self.page_title.lower())

    @property
    def asks(self) -> Asks:
        return asked_of(self.requirement)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            practitioner=self.practitioner,
            requirement=self.requirement,
            asks=self.asks,
            case_address=record_address(self.practitioner),
            **kwargs,
        )


class RecordEvidence(EvidenceScreen):
    """Write down what was seen."""

    form_class = EvidenceForm
    page_title = "Record evidence"
    submit_label = "Record it"

    def form_options(self) -> dict[str, Any]:
        return {"requirement": self.requirement}

    def initial(self) -> dict[str, Any]:
        return usual(self.practitioner, self.requirement) | {"version": self.standing.version if self.standing else 0}

    def answers_of(self, current: Any) -> dict[str, Any]:
        return {name: getattr(current, name) for name in (*self.asks.names, "seen_on")}

    def perform(self, form: EvidenceForm) -> str:
        evidence.record(
            self.practitioner, self.requirement, by=self.request.user,
            version=form.cleaned_data["version"], **form.answers(),
        )  # fmt: skip
        messages.success(self.request, f"{self.requirement.name} of {self.practitioner.name} is recorded.")
        return record_address(self.practitioner)


class LookUpAgain(EvidenceScreen):
    """Write down that it was looked up, and still holds."""

    form_class = LookedUpForm
    page_title = "Looked up again"
    submit_label = "It still holds"

    standing: Evidence

    def find(self) -> None:
        seen = rules.visible_evidence(self.request.user).select_related("requirement", "practitioner")
        found = get_object_or_404(seen.standing(), uuid=self.kwargs["uuid"])
        self.kwargs |= {"uuid": found.practitioner.uuid, "requirement": found.requirement.uuid}
        super().find()
        if not self.asks.looked_up:
            raise Http404

    def initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate(), "version": self.standing.version}

    def answers_of(self, current: Any) -> dict[str, Any]:
        return {"on": current.checked_on}

    def perform(self, form: LookedUpForm) -> str:
        given = form.cleaned_data
        evidence.look_up_again(self.standing, by=self.request.user, on=given["on"], version=given["version"])
        messages.success(self.request, f"{self.requirement.name} of {self.practitioner.name} was looked up.")
        return record_address(self.practitioner)


class AllowForATime(EvidenceScreen):
    """The clinical supervisor lets somebody take new cases although this is missing."""

    form_class = WaiverForm
    page_title = "Allow for a time"
    submit_label = "Allow it"

    def may(self) -> bool:
        return rules.can_waive(self.request.user, self.practitioner, self.requirement)

    def initial(self) -> dict[str, Any]:
        return usual_waiver()

    def perform(self, form: WaiverForm) -> str:
        given = form.cleaned_data
        evidence.waive(
            self.practitioner, self.requirement, by=self.request.user, reason=given["reason"], until=given["until"]
        )
        words = f"{self.practitioner.name} may take new cases until {given['until']:%-d %B %Y}"
        messages.success(self.request, f"{words} as far as this goes: {self.requirement.name}.")
        return record_address(self.practitioner)


class EndWaiver(OfPractitioner, FormScreen):
    """Take it back, after one question."""

    template_name = "casework/readiness/end_waiver.html"
    form_class = OnceForm
    page_title = "No longer allow it"
    submit_label = "No longer allow it"

    def find(self) -> None:
        waivers = rules.visible_waivers(self.request.user).filter(withdrawn_at=None, until__gte=timezone.localdate())
        related = ("practitioner__service", "requirement", "data_key")
        self.waiver: Waiver = get_object_or_404(waivers.select_related(*related), uuid=self.kwargs["uuid"])
        if not rules.can_end_waiver(self.request.user, self.waiver):
            raise Http404
        self.practitioner = self.waiver.practitioner
        self.page_subtitle = f"{self.practitioner.name}, {self.waiver.requirement.name}"

    def open(self) -> None:
        reading.opened(self.request.user, self.practitioner, part="permission")

    def perform(self, form: OnceForm) -> str:
        evidence.end_waiver(self.waiver, by=self.request.user)
        words = f"{self.waiver.requirement.name} of {self.practitioner.name}: no longer allowed."
        messages.success(self.request, words)
        return record_address(self.practitioner)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(waiver=self.waiver, case_address=record_address(self.practitioner), **kwargs)
