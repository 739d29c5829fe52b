"""A practitioner's record: what was seen of all that is asked of them, and what is done with it."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from ..access import reading, rules
from ..actions.evidence_kinds import asked_of
from ..models import Evidence, Practitioner, Requirement, RequirementKind
from ..reports import readiness
from .screens import Screen

TITLE = "Readiness"
SHOWN_OF_A_NUMBER = 4


def record_address(practitioner: Practitioner) -> str:
    """The page of a practitioner's record."""
    return reverse("casework_practitioner_record", args=[practitioner.uuid])


def masked(number: str) -> str:
    """A number by its end."""
    return f"…{number[-SHOWN_OF_A_NUMBER:]}" if len(number) > SHOWN_OF_A_NUMBER else number


class OfPractitioner(Screen):
    """A page about one practitioner whose record this person reads."""

    header_icon = "user"
    practitioner: Practitioner

    def find(self) -> None:
        self.practitioner = self.readable(uuid=self.kwargs["uuid"])

    def readable(self, **which: Any) -> Practitioner:
        found = rules.visible_fitness(self.request.user).select_related("service", "body", "discipline", "user")
        practitioner: Practitioner = get_object_or_404(found, **which)
        return practitioner

    def trail(self) -> list[tuple[str, str]]:
        return [(f"Record of {self.practitioner.name}", record_address(self.practitioner))]


class PractitionerRecord(OfPractitioner):
    """All that stands in it, and how it stands today."""

    template_name = "casework/readiness/record.html"
    page_title = "Record"

    def find(self) -> None:
        super().find()
        self.page_subtitle = self.practitioner.name

    def trail(self) -> list[tuple[str, str]]:
        return [(TITLE, reverse("casework_readiness"))] if rules.can_view_readiness(self.request.user) else []

    def open(self) -> None:
        reading.opened(self.request.user, self.practitioner, part="record")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, today = self.request.user, timezone.localdate()
        kept, no_longer = readiness.record_of(self.practitioner, today)
        may_record = rules.can_record_evidence(user, self.practitioner)
        return super().get_context_data(
            practitioner=self.practitioner,
            fitness=readiness.Fitness(self.practitioner, [one.state for one in kept]),
            kept=[self._told(one, may_record=may_record) for one in kept],
            no_longer=[(row, _facts(row, whole=False)) for row in no_longer],
            is_own=self.practitioner.user_id == user.pk,
            **kwargs,
        )

    def _told(self, kept: readiness.Kept, *, may_record: bool) -> dict[str, Any]:
        requirement, standing = kept.state.requirement, kept.standing
        waiver = kept.state.waiver
        return {
            "state": kept.state,
            "mark": kept.state.mark,
            "facts": _facts(standing, whole=True) if standing else [],
            "before": [(row, _facts(row, whole=False)) for row in kept.before],
            "register": self._register(requirement),
            "reason": waiver.reason if waiver else "",
            "record": _address("casework_evidence_record", self.practitioner, requirement) if may_record else "",
            "look_up": reverse("casework_evidence_look_up", args=[standing.uuid])
            if may_record and standing and asked_of(requirement).looked_up
            else "",
            "allow": _address("casework_evidence_waive", self.practitioner, requirement)
            if not kept.state.is_in_order and rules.can_waive(self.request.user, self.practitioner, requirement)
            else "",
            "end": reverse("casework_waiver_end", args=[waiver.uuid])
            if waiver and rules.can_end_waiver(self.request.user, waiver)
            else "",
        }

    def _register(self, requirement: Requirement) -> str:
        """Where anybody can look the registration up."""
        body = self.practitioner.body
        return body.public_register if body and requirement.kind == RequirementKind.REGISTRATION else ""


def _address(name: str, practitioner: Practitioner, requirement: Requirement) -> str:
    return reverse(name, args=[practitioner.uuid, requirement.uuid])


def _facts(row: Evidence, *, whole: bool) -> list[tuple[str, Any]]:
    """What was written down, each with its label; a number whole, or by its end."""
    asks = asked_of(row.requirement)
    facts = [(getattr(asks, name), getattr(row, name)) for name in asks.names if name != "number"]
    if asks.number and row.number:
        facts.insert(1, (asks.number, row.number if whole else masked(row.number)))
    facts.append(("Looked up again", row.checked_on))
    return [(label, value) for label, value in facts if value]
