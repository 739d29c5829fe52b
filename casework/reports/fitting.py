"""Which therapists fit a pupil who waits, the best first, and why, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from ..access.roles import Role
from ..access.scope import of
from ..models import WEEKDAYS, Placement, Practitioner, Referral, in_force
from .team import Room

ENGLISH = "english"


@dataclass(frozen=True)
class Offer:
    """A therapist at a school, on some weekdays."""

    placement: UUID
    practitioner: int
    address: UUID
    account: int | None
    name: str
    discipline: int
    discipline_label: str
    languages: tuple[str, ...]
    school: int
    days: tuple[int, ...]


@dataclass(frozen=True)
class Fit:
    """A therapist who may take a case, and why."""

    placement: UUID
    words: str
    rank: tuple[Any, ...]


def offers(user: Any) -> list[Offer]:
    """Every placement of the coordinated services that holds now, in one query."""
    services = of(user).held(Role.COORDINATOR)
    placed: QuerySet[Placement] = Placement.objects.filter(
        in_force(), in_force(prefix="practitioner__"), school__service_id__in=services
    )
    rows: Any = placed.order_by().values_list(
        "uuid", "practitioner_id", "practitioner__uuid", "practitioner__user_id", "practitioner__name",
        "practitioner__discipline_id", "practitioner__discipline__label", "practitioner__languages", "school_id",
        *WEEKDAYS,
    )  # fmt: skip
    return [_offer(row) for row in rows]


def practitioners(offers: Iterable[Offer]) -> QuerySet[Practitioner]:
    """Who is placed somewhere."""
    return Practitioner.objects.filter(pk__in={offer.practitioner for offer in offers})


def languages_of(referral: Referral) -> list[str]:
    """The languages besides English of those who care for a pupil; the carers were fetched with their keys."""
    spoken = {carer.language.strip() for carer in referral.pupil.family.carers.all() if carer.language}
    return sorted(language for language in spoken if language.lower() != ENGLISH)


def fit_of(offer: Offer, referral: Referral, spoken: list[str], room: Room | None, *, knows: bool) -> Fit:
    """Why one therapist fits: days first that the school offers, then language, who knows the child, and free hours."""
    offered = {int(day) for day in referral.offered_days}
    days = [day for day in offer.days if day in offered]
    shared = [language for language in spoken if language.lower() in {one.lower() for one in offer.languages}]
    free = room.free if room else Decimal(0)
    parts = [offer.discipline_label.lower(), _when(offer.days, days, bool(offered)), _free(free)]
    if shared:
        parts.append(f"speaks {' and '.join(shared)}")
    if knows:
        parts.append("knows the child")
    misses = (bool(offered) and not days, bool(spoken) and not shared, free <= 0)
    rank = (misses[2], misses[0], not knows, misses[1], -free, offer.name)
    return Fit(offer.placement, f"{offer.name}: {', '.join(parts)}", rank)


def _offer(row: tuple[Any, ...]) -> Offer:
    placement, practitioner, address, account, name, discipline, label, languages, school, *days = row
    here = tuple(day for day, is_here in enumerate(days) if is_here)
    return Offer(placement, practitioner, address, account, name, discipline, label, _listed(languages), school, here)


def _when(here: tuple[int, ...], fitting: list[int], is_asked: bool) -> str:
    if fitting:
        return f"here on {_named(fitting)}, as the school offers"
    return f"here on {_named(here)}{', which the school does not offer' if is_asked else ''}"


def _free(free: Decimal) -> str:
    if free > 0:
        return f"{float(free):g} h a week free"
    return f"{float(-free):g} h a week over" if free else "no hour free"


def _named(days: Any) -> str:
    return " and ".join(WEEKDAYS[day].capitalize() for day in days)


def _listed(languages: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in languages.split(",") if one.strip())
