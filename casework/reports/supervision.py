"""The agenda of supervision: every open case, since when it was not brought, and what else speaks for bringing it.

Why a case asks to be brought is one list of reasons. What is measured one day is one more of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Min, OuterRef, QuerySet, Subquery

from ..access import rules
from ..lifecycle import Status
from ..models import (
    Allocation,
    ConcernStatus,
    Direction,
    HowSoon,
    Referral,
    Review,
    Service,
    Session,
    SupervisionItem,
    TeamMeeting,
    in_force,
)
from . import missed
from .brought import late_before, since_in_words, supervised, weeks_since, with_brought
from .rows import CaseRow, row_of, with_school
from .work import LONG, times_seen

MOST = 500
OPEN_CONCERNS = (ConcernStatus.RAISED, ConcernStatus.ACKNOWLEDGED)


@dataclass(frozen=True)
class Known:
    """What is known of a case besides its own row."""

    therapist: str = ""
    discipline: str = ""
    direction: str = ""
    concern: bool = False
    withdrawn: bool = False


@dataclass(frozen=True)
class Candidate:
    """A case that may be brought: how long it has not been, how long it lasts, and what else speaks for it."""

    case: CaseRow
    pk: int
    therapist: str
    discipline: str
    since: str
    weeks: int
    is_late: bool
    sessions: int
    lasts: int | None
    reasons: list[str] = field(default_factory=list)

    @property
    def length(self) -> str:
        """How long it lasts, in words."""
        if not self.sessions or self.lasts is None:
            return "no session yet"
        sessions, weeks = self.sessions, self.lasts + 1
        return f"{sessions} session{'' if sessions == 1 else 's'} in {weeks} week{'' if weeks == 1 else 's'}"


@dataclass(frozen=True)
class Reason:
    """What may speak for bringing a case: in words, or none. On the sheet that colleagues read stands nothing that the
    rules keep from them."""

    words: Callable[[Any, Known], str]
    on_sheet: bool = True


def _harder(case: Any, known: Known) -> str:
    return "harder than before, at the last review" if known.direction == Direction.HARDER else ""


def _missed(case: Any, known: Known) -> str:
    run = case.missed or 0
    return f"{run} sessions missed in a row" if run >= case.school.service.missed_in_a_row else ""


def _urgent(case: Any, known: Known) -> str:
    return "referred as urgent" if case.how_soon == HowSoon.URGENT else ""


def _concern(case: Any, known: Known) -> str:
    return "a concern about the pupil is open" if known.concern else ""


def _withdrawn(case: Any, known: Known) -> str:
    return "the family took its agreement back: decide how it goes on" if known.withdrawn else ""


def _ending(case: Any, known: Known) -> str:
    return "about to end" if case.status == Status.ENDING else ""


def _long(case: Any, known: Known) -> str:
    return f"more than {LONG} sessions" if case.times_seen > LONG else ""


REASONS = (
    Reason(_harder),
    Reason(_missed),
    Reason(_urgent),
    Reason(_concern, on_sheet=False),
    Reason(_withdrawn, on_sheet=False),
    Reason(_ending),
    Reason(_long),
)


def agenda(user: Any, service: Service) -> list[Candidate]:
    """Every open case of a service that this person supervises: what was not brought in time first, then by how much
    speaks for it, then by how long it lasts. Of more than a team can ever bring, those that wait longest."""
    cases = list(_counted(supervised(user, service)).order_by("waits_since", "pk")[:MOST])
    concerned, withdrawn = _with_open_concern(user), _withdrawn_agreements(user)
    known = _known_of(cases)
    found = [
        _candidate(case, known[case.pk], concern=case.pupil_id in concerned, withdrawn=case.pk in withdrawn)
        for case in cases
    ]
    return sorted(found, key=_first)


def of_cases(user: Any, cases: QuerySet[Referral]) -> list[Candidate]:
    """The same of some cases, open or not, as they stand on an agenda, in no order."""
    rows = list(_counted(cases))
    known = _known_of(rows)
    return [_candidate(case, known[case.pk]) for case in rows]


@dataclass(frozen=True)
class Line:
    """One case on the sheet: its letter, and nothing by which a child can be told."""

    letter: str
    year: str
    discipline: str
    length: str
    reasons: list[str]
    question: str
    reference: str = ""


def sheet(user: Any, meeting: TeamMeeting) -> list[Line]:
    """The sheet of a supervision, for who may read it, and for nobody else a line. Only who sees a case is told its
    reference."""
    if not rules.can_read_sheet(user, meeting):
        return []
    items = list(meeting.items.select_related("data_key").defer("reflected").order_by("position", "pk"))
    known = {one.pk: one for one in of_cases(user, Referral.objects.filter(supervision_items__meeting=meeting))}
    own = set(rules.visible_supervision_items(user).filter(meeting=meeting).values_list("pk", flat=True))
    return [_line(item, known[item.referral_id], shown=item.pk in own) for item in items]


def letter_of(position: int) -> str:
    """A, B … Z, then AA, AB …"""
    more, last = divmod(position, 26)
    return (letter_of(more - 1) if more else "") + chr(ord("A") + last)


def _line(item: SupervisionItem, one: Candidate, *, shown: bool) -> Line:
    return Line(
        letter=letter_of(item.position),
        year=one.case.year,
        discipline=one.discipline,
        length=one.length,
        reasons=one.reasons,
        question=item.question,
        reference=one.case.reference if shown else "",
    )


def _first(one: Candidate) -> tuple[bool, int, int, int, int]:
    return (not one.is_late, -len(one.reasons), -one.weeks, -one.sessions, one.pk)


def _counted(cases: QuerySet[Referral]) -> Any:
    """With all that can be counted, in one question."""
    seen = Session.objects.filter(referral=OuterRef("pk"), attendance__seen=True).order_by().values("referral")
    last_review = Review.objects.filter(referral=OuterRef("pk")).order_by("-held_on", "-pk").values("pk")[:1]
    return missed.with_run(with_brought(with_school(cases))).annotate(
        times_seen=times_seen(),
        first_session=Subquery(seen.annotate(first=Min("starts_at")).values("first")),
        last_review=Subquery(last_review),
    )


def _known_of(cases: list[Any]) -> dict[int, Known]:
    """Who works each, and where its last review says that it goes: only these reviews are opened."""
    held = Allocation.objects.filter(in_force(), referral__in=[case.pk for case in cases])
    people = {
        pk: (name, discipline)
        for pk, name, discipline in held.order_by("starts_at").values_list(
            "referral_id", "practitioner__name", "practitioner__discipline__label"
        )
    }
    last = Review.objects.filter(pk__in=[case.last_review for case in cases if case.last_review]).exclude(direction="")
    reviews = last.select_related("data_key").only("uuid", "referral_id", "direction", "data_key")
    directions = {review.referral_id: review.direction for review in reviews}
    return {case.pk: Known(*people.get(case.pk, ("", "")), directions.get(case.pk, "")) for case in cases}


def _candidate(case: Any, known: Known, *, concern: bool | None = None, withdrawn: bool = False) -> Candidate:
    """Without a word of concerns it is made for the sheet."""
    for_sheet = concern is None
    known = Known(known.therapist, known.discipline, known.direction, bool(concern), withdrawn)
    reasons = [reason.words(case, known) for reason in REASONS if reason.on_sheet or not for_sheet]
    first_session: datetime | None = case.first_session
    return Candidate(
        case=row_of(case),
        pk=case.pk,
        therapist=known.therapist,
        discipline=known.discipline,
        since=since_in_words(case.waits_since, case.last_brought),
        weeks=weeks_since(case.waits_since),
        is_late=case.waits_since < late_before(case.school.service),
        sessions=case.times_seen,
        lasts=weeks_since(first_session) if first_session else None,
        reasons=[words for words in reasons if words],
    )


def _with_open_concern(user: Any) -> set[int | None]:
    """Pupils about whom a concern is open that this person may see anyway."""
    seen = rules.visible_concerns(user).filter(status__in=OPEN_CONCERNS)
    return set(seen.exclude(pupil=None).values_list("pupil_id", flat=True))


def _withdrawn_agreements(user: Any) -> set[int]:
    agreements: Any = rules.visible_agreements(user)
    return set(agreements.to_decide().values_list("referral_id", flat=True))
