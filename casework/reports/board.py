"""The allocation board: who waits for a therapist in the coordinated services, the most urgent and the oldest first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Min, Prefetch, Q, QuerySet
from django.utils import timezone

from ..access import rules
from ..lifecycle import Status
from ..models import Allocation, Carer, ConflictBlock, FamilyAgreement, HowSoon, Purpose, Referral, Session, in_force
from .fitting import Fit, Offer, fit_of, languages_of
from .room import HoursLeft, left_by_school, said
from .rows import TEXTS, CaseRow, days_since, row_of, with_school
from .team import Room
from .waiting import BY_NEED, coordinated

ORDER = (BY_NEED[0], "submitted_at", "pk")


@dataclass(frozen=True)
class Wanted:
    """What the board is narrowed to; nothing where it is empty."""

    discipline: int | None = None
    day: int | None = None
    school: int | None = None
    language: str = ""
    soon: str = ""

    @property
    def of_therapists(self) -> bool:
        return self.discipline is not None or self.day is not None or bool(self.language)

    def offered(self, offers: Iterable[Offer]) -> list[Offer]:
        """The therapists that are left."""
        return [
            offer
            for offer in offers
            if (self.discipline is None or offer.discipline == self.discipline)
            and (self.day is None or self.day in offer.days)
            and (not self.language or self.language in offer.languages)
        ]


@dataclass(frozen=True)
class Waits:
    """One pupil who waits: for how long, what the school offers, what stands in the way, and who fits."""

    case: CaseRow
    version: int
    days: int
    place: int | None
    offered: str
    languages: str
    hours: HoursLeft
    agrees: bool
    parents_first: bool
    fits: list[Fit]
    not_ready: list[str]


@dataclass(frozen=True)
class Total:
    """How many wait, and for how many days the first of them."""

    count: int
    days: int


def queue(user: Any, wanted: Wanted, offers: list[Offer]) -> QuerySet[Referral]:
    """Who waits, of what is wanted: chosen in the index alone, however many wait."""
    rows = coordinated(user).filter(status=Status.ACCEPTED)
    if wanted.of_therapists:
        rows = rows.filter(school_id__among={offer.school for offer in wanted.offered(offers)})
    if wanted.school is not None:
        rows = rows.filter(school_id=wanted.school)
    if wanted.day is not None:
        rows = rows.filter(Q(offered_days="") | Q(offered_days__contains=str(wanted.day)))
    if wanted.soon:
        rows = rows.filter(how_soon=wanted.soon)
    return rows.order_by(*ORDER)


def total(rows: QuerySet[Referral]) -> Total:
    """All of them, counted."""
    found = rows.order_by().aggregate(count=Count("pk"), oldest=Min("submitted_at"))
    return Total(found["count"], days_since(found["oldest"]) if found["oldest"] else 0)


def page(rows: QuerySet[Referral], start: int, end: int) -> list[Referral]:
    """A stretch of them with all that the board says of each."""
    chosen = list(rows.values_list("pk", flat=True)[start:end])
    found = with_school(Referral.objects.filter(pk__in=chosen))
    related = found.select_related("school__cluster", "school__service", "pupil__family").prefetch_related(
        Prefetch("agreements", FamilyAgreement.objects.select_related("carer")),
        Prefetch("pupil__family__carers", Carer.objects.select_related("data_key")),
    )
    return sorted(related, key=lambda referral: chosen.index(referral.pk))


def rows_of(
    referrals: list[Referral], offers: Iterable[Offer], rooms: Iterable[Room], why_not: Mapping[int, str]
) -> list[Waits]:
    """What the board says of a page: as many queries for fifty as for one. Whom a conflict of interest keeps from a
    pupil is not offered, and nothing says why; who is not ready is not offered either, and it is said."""
    pupils = {referral.pupil_id for referral in referrals}
    blocked = set(
        ConflictBlock.objects.filter(in_force(), pupil_id__in=pupils).values_list("pupil_id", "user_id").distinct()
    )
    knows = set(
        Session.objects.filter(referral__pupil_id__in=pupils, attendance__seen=True)
        .order_by()
        .values_list("referral__pupil_id", "practitioner_id")
        .distinct()
    )
    left = left_by_school({referral.school_id for referral in referrals})
    free = {room.address: room for room in rooms}
    here: dict[int, list[Offer]] = defaultdict(list)
    for offer in offers:
        here[offer.school].append(offer)
    found = []
    for referral in referrals:
        spoken = languages_of(referral)
        placed = [one for one in here[referral.school_id] if (referral.pupil_id, one.account) not in blocked]
        fits = [
            fit_of(
                offer, referral, spoken, free.get(offer.address),
                knows=(referral.pupil_id, offer.practitioner) in knows,
            )
            for offer in placed
            if offer.practitioner not in why_not
        ]  # fmt: skip
        not_ready = [f"{one.name}, {why_not[one.practitioner]}" for one in placed if one.practitioner in why_not]
        found.append(
            Waits(
                case=row_of(referral),
                version=referral.version,
                days=days_since(referral.submitted_at or referral.status_since),
                place=referral.place,
                offered=referral.offered_days_in_words,
                languages=" and ".join(spoken),
                hours=said(left.get(referral.school_id)),
                agrees=referral.agrees_to(Purpose.WORK),
                parents_first=referral.school.service.parents_first,
                fits=sorted(fits, key=lambda fit: fit.rank),
                not_ready=sorted(not_ready),
            )
        )
    return found


def just_allocated(user: Any) -> list[Allocation]:
    """What this person allocated within the last minutes and may still undo."""
    since = timezone.now() - rules.UNDO_WITHIN
    mine = rules.visible_allocations(user).filter(
        in_force(), allocated_by=user, starts_at__gt=since, referral__status=Status.ALLOCATED
    )
    related = mine.select_related("referral__school", "practitioner")
    return list(related.defer(*(f"referral__{text}" for text in TEXTS)))


def minutes_left(allocation: Allocation) -> int:
    """For how many minutes it can still be undone, begun ones counted."""
    left: timedelta = allocation.starts_at + rules.UNDO_WITHIN - timezone.now()
    return max(1, -(-int(left.total_seconds()) // 60))


SOON = [(HowSoon.URGENT.value, "Urgent"), (HowSoon.SOON.value, "Soon"), (HowSoon.TERM.value, "This term")]
