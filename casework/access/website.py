"""What the website asks of casework: its team in public, and the keeping of what somebody wrote to the service."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from .. import outbox, sealed
from ..models import DataKey, Practitioner, Service, ServiceRole, in_force
from . import rules
from .roles import Role

PLACE = "website.message"
TITLES = frozenset({"dr", "miss", "mr", "mrs", "ms", "mx", "prof"})

Broken = sealed.SealBroken
"""The words of a message cannot be read any more."""


@dataclass(frozen=True)
class Member:
    """All that the public learns of somebody in the team."""

    first_name: str
    discipline: str
    body: str
    public_register: str


def team_of(editors: Iterable[int]) -> list[Member]:
    """The team that may be shown by the website that these groups edit."""
    return [member_of(practitioner) for practitioner in rules.public_team(editors)]


def member_of(practitioner: Practitioner) -> Member:
    """The public part of one practitioner: never a surname, a school or an address."""
    names = [name for name in practitioner.name.split() if name.strip(".").lower() not in TITLES]
    body = practitioner.body
    return Member(
        names[0] if names else practitioner.discipline.label,
        practitioner.discipline.label,
        body.label if body else "",
        body.public_register if body else "",
    )


def seal(words: str, message: UUID) -> tuple[UUID, str]:
    """The address of a new data key, and the words of a message sealed under it."""
    key = DataKey.make()
    return key.uuid, sealed.seal(words, key, PLACE, message)


def unseal(token: str, key: UUID, message: UUID) -> str:
    """The words of a message; `Broken` where its key is gone or it is not its own."""
    return sealed.unseal(token, DataKey.objects.get(uuid=key), PLACE, message)


def destroy(keys: Iterable[UUID]) -> None:
    """Make what was sealed under these keys unreadable, in every backup that holds no older key row."""
    DataKey.objects.filter(uuid__in=list(keys)).update(wrapped=None, destroyed_at=timezone.now())


def tell(editors: Iterable[int]) -> None:
    """Tell the coordinators of the service that a message waits; nothing of it is in the mail."""
    coordinate = ServiceRole.objects.filter(
        in_force(), content_object__editors__in=editors, permission__codename=Role.COORDINATOR.codename
    )
    for role in coordinate.filter(user__is_active=True).select_related("user"):
        outbox.put("website_message", to=role.user)


def two_take_help_down(editors: Iterable[int]) -> bool:
    """Whether the service behind a website wants two people to take its help page down."""
    return Service.objects.filter(editors__in=list(editors), two_people_for_help=True).exists()


def tell_of_help(kind: str, people: Iterable[Any]) -> None:
    """Tell those who look after a website what happens to its help page."""
    for person in people:
        outbox.put(kind, to=person)
