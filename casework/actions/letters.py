"""Letters of assurance: what was checked of a practitioner, issued to a school for its single central record.

A letter says what holds on the day of its issue. When something in it changes, the next one takes its place; where
something is missing by then that a school relies on, or the work at the school is over, it is withdrawn.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from .. import audit
from ..access import rules
from ..models import (
    AssuranceLetter,
    Checked,
    DataKey,
    Evidence,
    LetterFacts,
    Placement,
    Practitioner,
    RequirementKind,
    School,
    Service,
    Standing,
    State,
    in_force,
    states_of,
)
from .refusals import StepRefused
from .saving import locked, save_clean
from .school_telling import tell_heads

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Issued:
    """What came of issuing for a whole school: new letters, those that say it all already, and who has none and why."""

    letters: list[AssuranceLetter] = field(default_factory=list)
    unchanged: list[AssuranceLetter] = field(default_factory=list)
    refused: list[tuple[Practitioner, list[str]]] = field(default_factory=list)


@transaction.atomic
def issue(practitioner: Practitioner, school: School, *, by: Any) -> AssuranceLetter:
    """Issue a school's letter about a practitioner who works there or soon will; the one that stands where it says
    the same already. StepRefused with each gap that stops it."""
    current = locked(practitioner, "service", "discipline", "body")
    if not rules.can_issue_letter(by, current, school):
        raise PermissionDenied
    if current.has_ended or not _placements(current).filter(school=school).exists():
        raise StepRefused(f"a placement of {current.name} at {school.name}")
    states = _states(current)
    if gaps := [state.words for state in states if state.stops]:
        raise StepRefused(*gaps)
    former = _standing(current).filter(school=school).first()
    facts = _facts(current, school, _checked(states))
    if former and _says(former, facts):
        return former
    return _next(former, current, school, facts, _holds_until(states), by=by)


@transaction.atomic
def issue_all(school: School, *, by: Any) -> Issued:
    """A letter about everybody who is placed at a school now. Who has a gap gets none, and the others do."""
    if not rules.can_issue_letters(by, school):
        raise PermissionDenied
    issued = Issued()
    placed = Practitioner.objects.filter(in_force(), in_force(prefix="placements__"), placements__school=school)
    for practitioner in placed.distinct().order_by("pk"):
        before = _standing(practitioner).filter(school=school).first()
        try:
            letter = issue(practitioner, school, by=by)
        except PermissionDenied:
            issued.refused.append((practitioner, ["nobody issues a letter about themselves"]))
        except StepRefused as refused:
            issued.refused.append((practitioner, refused.reasons))
        else:
            (issued.unchanged if letter == before else issued.letters).append(letter)
    return issued


@transaction.atomic
def renew(practitioner: Practitioner, *, by: Any) -> None:
    """Something that letters about a practitioner say has changed, or their time at a school has ended: each that says
    something else by now is issued anew where nothing stops it, and withdrawn otherwise. Whoever calls has asked
    whether this person may make the change; a practitioner without letters gets none."""
    if not _standing(practitioner).exists():
        return
    current = locked(practitioner, "service", "discipline", "body")
    states = _states(current)
    checked, stops = _checked(states), any(state.stops for state in states)
    at = set() if current.has_ended else set(_placements(current).values_list("school_id", flat=True))
    for letter in _standing(current).select_related("school__service", "data_key").order_by("school_id"):
        facts = _facts(current, letter.school, checked)
        if stops or letter.school_id not in at:
            _withdraw(letter, by=by)
        elif not _says(letter, facts):
            _next(letter, current, letter.school, facts, _holds_until(states), by=by)


def withdraw_over() -> int:
    """Withdraw the letters that the clock ended and nobody's act: about whoever no longer works at the school, and
    those of which something has run out. One that fails holds up no other. How many were withdrawn."""
    withdrawn = 0
    for letter in _over().order_by("practitioner", "school"):
        try:
            withdrawn += _withdraw_over(letter)
        except Exception:
            logger.exception("letter of assurance %s was not withdrawn, and is tried at the next round", letter.pk)
    return withdrawn


@transaction.atomic
def _withdraw_over(letter: AssuranceLetter) -> bool:
    locked(letter.practitioner)  # as whoever issues or renews does
    current = _over().filter(pk=letter.pk).select_related("school__service").first()
    if current is None:
        return False
    _withdraw(current, by=None)
    return True


def _over() -> QuerySet[AssuranceLetter]:
    """Those that stand and hold no longer."""
    run_out = Q(holds_until__lt=timezone.localdate())
    return AssuranceLetter.objects.standing().filter(run_out | ~Exists(_work()))


def _work() -> QuerySet[Placement]:
    """The placement now or soon of a letter's practitioner at its school."""
    now = timezone.now()
    in_team = Q(practitioner__ends_at=None) | Q(practitioner__ends_at__gt=now)
    of_letter = {"practitioner": OuterRef("practitioner"), "school": OuterRef("school")}
    return Placement.objects.filter(_now_or_soon(), in_team, **of_letter)


@transaction.atomic
def renew_all(service: Service, *, by: Any) -> None:
    """What a service requires, or what it or a school of it is called, has changed: every letter is looked at."""
    holding = AssuranceLetter.objects.standing().filter(practitioner__service=service)
    for practitioner in Practitioner.objects.filter(pk__in=holding.values("practitioner")).order_by("pk"):
        renew(practitioner, by=by)


def _next(
    former: AssuranceLetter | None,
    practitioner: Practitioner,
    school: School,
    facts: LetterFacts,
    holds_until: date | None,
    *,
    by: Any,
) -> AssuranceLetter:
    """The next letter in the place of the one that stood."""
    counted = AssuranceLetter.objects.filter(practitioner=practitioner, school=school).order_by("-number")
    last = counted.values_list("number", flat=True).first() or 0
    letter = AssuranceLetter(
        school=school, practitioner=practitioner, number=last + 1, issued_by=by, data_key=DataKey.make(),
        holds_until=holds_until,
    )  # fmt: skip
    letter.facts = facts.as_text()
    if former:
        _replace(former)
    save_clean(letter)
    audit.record("issued", letter, by=by, number=letter.number)
    tell_heads("letter_reissued" if last else "letter_issued", school, by=by)
    return letter


def _withdraw(letter: AssuranceLetter, *, by: Any) -> None:
    _replace(letter)
    audit.record("withdrew", letter, by=by, number=letter.number)
    tell_heads("letter_withdrawn", letter.school, by=by)


def _replace(letter: AssuranceLetter) -> None:
    """It holds no longer; what it says is kept."""
    letter.replaced_at = timezone.now()
    letter.version += 1
    letter.save(update_fields=["replaced_at", "version"])


def _standing(practitioner: Practitioner) -> QuerySet[AssuranceLetter]:
    return AssuranceLetter.objects.standing().filter(practitioner=practitioner)


def _placements(practitioner: Practitioner) -> QuerySet[Placement]:
    """Where somebody works now or soon will."""
    return practitioner.placements.filter(_now_or_soon())


def _now_or_soon() -> Q:
    return Q(ends_at=None) | Q(ends_at__gt=timezone.now()) & Q(ends_at__gt=F("starts_at"))


def _states(practitioner: Practitioner) -> list[State]:
    return states_of([practitioner], timezone.localdate())[practitioner.pk]


def _holds_until(states: Iterable[State]) -> date | None:
    """The first day on which something that it assures of may be over, or what is missing is allowed no longer."""
    counted = (state for state in states if state.is_shown or state.standing is Standing.WAIVED)
    return min((state.until for state in counted if state.until), default=None)


def _says(letter: AssuranceLetter, facts: LetterFacts) -> bool:
    return LetterFacts.of_text(letter.facts).says_the_same(facts)


def _facts(practitioner: Practitioner, school: School, checked: list[Checked]) -> LetterFacts:
    registered = (one.number for one in checked if one.kind == RequirementKind.REGISTRATION and one.is_seen)
    return LetterFacts(
        service=practitioner.service.name,
        school=school.name,
        urn=school.urn,
        practitioner=practitioner.name,
        discipline=practitioner.discipline.label,
        body=practitioner.body.label if practitioner.body else "",
        registration=next(registered, ""),
        checked=tuple(checked),
    )


def _checked(states: list[State]) -> list[Checked]:
    """Each requirement with its evidence; one question for all their numbers."""
    shown = [state.evidence.pk for state in states if state.evidence]
    whole = Evidence.objects.select_related("data_key", "seen_by").in_bulk(shown)
    return [_one(state, whole[state.evidence.pk] if state.evidence else None) for state in states]


def _one(state: State, evidence: Evidence | None) -> Checked:
    name, kind = state.requirement.name, state.requirement.kind
    if evidence is None or not state.is_shown:
        return Checked(name, kind, str(state.standing), is_seen=False, until=state.until)
    return Checked(
        name,
        kind,
        str(Standing.HOLDS),  # that it ends soon is no change
        is_seen=True,
        number=evidence.number,
        level=evidence.level,
        issuer=evidence.issuer,
        dated=evidence.dated,
        until=state.until,
        seen_by=evidence.seen_by.get_full_name(),
        seen_on=evidence.seen_on,
        checked_on=evidence.checked_on,
    )
