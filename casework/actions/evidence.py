"""A practitioner's record: evidence is written down and looked up again, and who may wait for it for a time.

Nothing that was written down is changed: what is newer takes its place. Never a copy of what was seen.
"""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit, outbox
from ..access import rules
from ..models import COUNTED, DataKey, Evidence, Practitioner, Requirement, Waiver, states_of
from . import letters
from .evidence_kinds import FIELDS, asked_of
from .refusals import StaleVersion, StepRefused
from .saving import locked, refuse_stale, refuse_unknown, save_clean, tidy

LONGEST_WAIVER = timedelta(days=90)
NOT_YET = "This day has not come yet."


@transaction.atomic
def record(
    practitioner: Practitioner,
    requirement: Requirement,
    *,
    by: Any,
    version: int | None = None,
    seen_on: date | None = None,
    **fields: Any,
) -> Evidence:
    """Write down what was seen. It takes the place of what stood there, which is kept; `version` is that one's, and 0
    where there was none. What it was waited for has come, so that a waiver ends."""
    refuse_unknown(fields, FIELDS)
    person = _of_the_team(practitioner)
    if not rules.can_record_evidence(by, person) or requirement.service_id != person.service_id:
        raise PermissionDenied
    _refuse_not_asked(requirement)
    standing = person.evidence.standing().filter(requirement=requirement).first()
    before = standing.version if standing else 0
    if version is not None and version != before:
        raise StaleVersion(standing) if standing else ValidationError("Nothing stands here yet: open the form again.")
    evidence = Evidence(practitioner=person, requirement=requirement, data_key=_key_of(person), seen_by=by)
    for name, value in tidy(fields).items():
        setattr(evidence, name, value)
    evidence.seen_on = seen_on or timezone.localdate()
    evidence.version = before + 1
    _refuse_incomplete(evidence)
    if standing:
        standing.replaced_at = timezone.now()
        standing.save(update_fields=["replaced_at"])
    save_clean(evidence)
    audit.record("recorded", evidence, by=by, kind=requirement.kind)
    if evidence.until is None or evidence.until >= timezone.localdate():
        for waiver in _waivers(person, requirement):
            _end(waiver, by=by)
    _changed(person, by=by)
    return evidence


@transaction.atomic
def take_back(evidence: Evidence, *, by: Any) -> None:
    """It was written down by mistake: it stands no longer, and what it took the place of stands again."""
    person = locked(evidence.practitioner, "user")
    current = locked(evidence)
    if not rules.can_record_evidence(by, person):
        raise PermissionDenied
    if current.replaced_at:
        raise StaleVersion(current)
    before = person.evidence.filter(requirement=current.requirement_id, version=current.version - 1)
    current.replaced_at = timezone.now()
    current.save(update_fields=["replaced_at"])
    if former := before.filter(replaced_at__isnull=False).order_by("-pk").first():
        former.replaced_at = None
        former.save(update_fields=["replaced_at"])
    audit.record("took back", current, by=by)
    _changed(person, by=by)


@transaction.atomic
def look_up_again(evidence: Evidence, *, by: Any, on: date, version: int | None = None) -> Evidence:
    """On this day the update service or the public register said that it still holds."""
    person = _of_the_team(evidence.practitioner)
    current = locked(evidence, "requirement")
    if not rules.can_record_evidence(by, person):
        raise PermissionDenied
    if version is not None:
        refuse_stale(current, version)
    if current.replaced_at:
        raise StaleVersion(current)
    if not asked_of(current.requirement).looked_up:
        raise StepRefused("something that can be looked up")
    if on > timezone.localdate():
        raise ValidationError({"on": NOT_YET})
    if on < max(current.seen_on, current.checked_on or current.seen_on):
        raise ValidationError({"on": "It was seen or looked up later than that: enter that day or one after it."})
    current.checked_on = on
    current.version += 1
    save_clean(current)
    audit.record("looked up again", current, by=by, kind=current.requirement.kind)
    _changed(person, by=by)
    return current


@transaction.atomic
def waive(practitioner: Practitioner, requirement: Requirement, *, by: Any, reason: str, until: date) -> Waiver:
    """Let somebody take new cases until a day although this is missing. It takes the place of one that stands."""
    person = _of_the_team(practitioner)
    if not rules.can_waive(by, person, requirement):
        raise PermissionDenied
    _refuse_not_asked(requirement)
    today = timezone.localdate()
    if not reason.strip():
        raise ValidationError({"reason": "Say why it can wait."})
    if not today <= until <= today + LONGEST_WAIVER:
        last = today + LONGEST_WAIVER
        raise ValidationError({"until": f"Choose a day from today to {last:%-d %B %Y}: longer is not allowed at once."})
    state = next(one for one in states_of([person], today)[person.pk] if one.requirement == requirement)
    if state.is_shown:
        raise StepRefused(f"something that is missing, and {requirement.name} is {state.standing}")
    for standing in _waivers(person, requirement):
        _end(standing, by=by)
    waiver = Waiver(
        practitioner=person, requirement=requirement, data_key=_key_of(person), given_by=by, until=until
    )  # fmt: skip
    waiver.reason = reason.strip()
    save_clean(waiver)
    audit.record("allowed for a time", waiver, by=by, kind=requirement.kind)
    _changed(person, by=by)
    return waiver


@transaction.atomic
def end_waiver(waiver: Waiver, *, by: Any) -> Waiver:
    """Take it back before its last day."""
    person = locked(waiver.practitioner)
    current = locked(waiver)
    if not rules.can_end_waiver(by, current):
        raise PermissionDenied
    if current.withdrawn_at or current.until < timezone.localdate():
        raise StepRefused("a permission that still holds")
    _end(current, by=by)
    _changed(person, by=by)
    return current


def _changed(person: Practitioner, *, by: Any) -> None:
    """Their record is another: they hear so, and not what stands in it, and schools' letters say what holds now."""
    letters.renew(person, by=by)
    if person.user and person.user.is_active and person.user_id != by.pk:
        outbox.put("record_changed", to=person.user, service=person.service_id)


def _of_the_team(practitioner: Practitioner) -> Practitioner:
    """Their row, which whoever writes in their record waits for; nothing more is collected of who has left."""
    person = locked(practitioner, "user")
    if person.has_ended:
        raise StepRefused("somebody who is with the service")
    return person


def _refuse_not_asked(requirement: Requirement) -> None:
    if requirement.kind in COUNTED:
        raise StepRefused("something that is written down: the library and the schools’ packs say this themselves")
    if not requirement.active:
        raise StepRefused("something that the service still asks for")


def _refuse_incomplete(evidence: Evidence) -> None:
    """All that its kind must have, and no day that has not come or comes in the wrong order."""
    asked, today = asked_of(evidence.requirement), timezone.localdate()
    wrong = {name: f"Fill in “{getattr(asked, name)}”." for name in asked.must if not getattr(evidence, name)}
    wrong |= {name: "This is not asked." for name in FIELDS if name not in asked.names and getattr(evidence, name)}
    if evidence.dated is None:
        wrong["dated"] = f"Fill in “{asked.dated}”."
    elif evidence.dated > today:
        wrong["dated"] = NOT_YET
    elif evidence.seen_on < evidence.dated:
        wrong["seen_on"] = "It cannot have been seen before the date on it."
    if evidence.seen_on > today:
        wrong["seen_on"] = NOT_YET
    if evidence.dated and evidence.expires_on and evidence.expires_on < evidence.dated:
        wrong["expires_on"] = "The last day is before the date on it."
    if wrong:
        raise ValidationError(wrong)


def _key_of(person: Practitioner) -> DataKey:
    """The key of their record, made with the first row of it."""
    if person.data_key is None:
        person.data_key = DataKey.make()
        person.save(update_fields=["data_key"])
    return person.data_key


def _waivers(person: Practitioner, requirement: Requirement) -> Any:
    return person.waivers.filter(requirement=requirement, withdrawn_at__isnull=True, until__gte=timezone.localdate())


def _end(waiver: Waiver, *, by: Any) -> None:
    waiver.withdrawn_at = timezone.now()
    waiver.version += 1
    waiver.save(update_fields=["withdrawn_at", "version"])
    audit.record("no longer allowed", waiver, by=by)
