"""What a training that was come to counts as: evidence of a requirement, from that day on."""

from typing import Any

from django.utils import timezone

from .. import audit
from ..access import rules
from ..models import DataKey, Evidence, Practitioner, TeamMeeting
from .saving import save_clean


def count(meeting: TeamMeeting, practitioner: Practitioner, *, by: Any) -> None:
    """Whoever came has it from that day on, unless they have a later one. Nobody writes down their own: for whoever
    records the training and came, somebody else of the office does."""
    if meeting.counts_as is None or not rules.can_record_evidence(by, practitioner):
        return
    day = timezone.localdate(meeting.starts_at)
    standing = practitioner.evidence.filter(requirement=meeting.counts_as, replaced_at=None).first()
    if standing and standing.dated >= day:
        return
    if standing:
        _replace(standing, by=by)
    if practitioner.data_key is None:
        practitioner.data_key = DataKey.make()
        practitioner.save(update_fields=["data_key"])
    evidence = Evidence(
        practitioner=practitioner, requirement=meeting.counts_as, data_key=practitioner.data_key, issuer=meeting.led_by,
        level=meeting.title, dated=day, seen_by=by, seen_on=timezone.localdate(),
    )  # fmt: skip
    save_clean(evidence)
    audit.record("added", evidence, by=by)


def take_back(meeting: TeamMeeting, practitioner: Practitioner, *, by: Any) -> None:
    """It was a slip that somebody came: what was counted for it no longer stands."""
    day = timezone.localdate(meeting.starts_at)
    counted = practitioner.evidence.filter(
        requirement=meeting.counts_as, replaced_at=None, dated=day, level=meeting.title
    )
    for evidence in counted.filter(seen_by=by):
        _replace(evidence, by=by)


def _replace(evidence: Evidence, *, by: Any) -> None:
    evidence.replaced_at = timezone.now()
    evidence.version += 1
    evidence.save(update_fields=["replaced_at", "version"])
    audit.record("replaced", evidence, by=by)
