"""What a training that was come to counts as: evidence of a requirement, from that day on."""

from typing import Any

from django.utils import timezone

from ..access import rules
from ..models import Practitioner, TeamMeeting
from . import evidence


def count(meeting: TeamMeeting, practitioner: Practitioner, *, by: Any) -> None:
    """Whoever came has it from that day on, unless they have a later one. Nobody writes down their own: for whoever
    records the training and came, somebody else of the office does."""
    requirement = meeting.counts_as
    if requirement is None or not requirement.active or not rules.can_record_evidence(by, practitioner):
        return
    day = timezone.localdate(meeting.starts_at)
    standing = practitioner.evidence.standing().filter(requirement=requirement).first()
    if practitioner.is_current() and not (standing and standing.dated >= day):
        led_by = meeting.led_by or meeting.service.name
        evidence.record(practitioner, requirement, by=by, issuer=led_by, level=meeting.title, dated=day)


def take_back(meeting: TeamMeeting, practitioner: Practitioner, *, by: Any) -> None:
    """It was a slip that somebody came: what was counted for it no longer stands, whoever of the office had written it
    down. Nobody takes back their own."""
    if not rules.can_record_evidence(by, practitioner):
        return
    day = timezone.localdate(meeting.starts_at)
    counted = practitioner.evidence.standing().filter(requirement=meeting.counts_as, dated=day, level=meeting.title)
    for one in counted:
        evidence.take_back(one, by=by)
