"""Who owes the reading of which library document, and by when: for the library's page and for every report of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from ..models import DocumentAudience, MustRead, Placement, Practitioner, Reading, ServiceRole, in_force
from . import versions
from .roles import Role

GRACE = timedelta(days=30)
"""How long somebody has to read what opens to them, where no day is set or that day had passed."""
OFFICE = (Role.SUPERVISOR, Role.COORDINATOR, Role.SAFEGUARDING_LEAD)


@dataclass(frozen=True)
class Owed:
    """A document that somebody must read and has not said that they have."""

    document: int
    title: str
    parts: str
    due: date
    overdue: bool
    address: UUID
    """Under which its reader says that they have read it."""


class Reader(NamedTuple):
    """Who reads for a service: a person, or a practitioner who has no account yet."""

    person: int | None
    practitioner: int | None
    service: int


class Post(NamedTuple):
    """Why a document is asked of somebody: in the team or placed at a school, or for a role, since a day."""

    person: int | None
    practitioner: int | None
    service: int
    school: int | None
    role: str
    since: date

    @property
    def reader(self) -> Reader:
        return Reader(self.person, None if self.person else self.practitioner, self.service)

    def is_asked(self, audience: DocumentAudience) -> bool:
        """Whether who holds this must read it; the rule of one person is `rules.documents_to_read`."""
        if audience.service_id != self.service:
            return False
        if self.role in (Role.COORDINATOR.codename, Role.SAFEGUARDING_LEAD.codename):
            at_all_schools = self.role == Role.COORDINATOR.codename
            return audience.must_read == MustRead.TEAM and (audience.school_id is None or at_all_schools)
        return bool(audience.must_read) and audience.school_id == self.school


def owed_by(posts: Iterable[Post], day: date) -> dict[Reader, list[Owed]]:
    """What is owed on a day by each who holds one of these posts; what is due first, first. Two questions."""
    held = list(posts)
    audiences = list(asked_on(day, {post.service for post in held}))
    begun: dict[tuple[Reader, DocumentAudience], date] = {}
    for post in held:
        for audience in filter(post.is_asked, audiences):
            key = post.reader, audience
            begun[key] = min(begun.get(key, post.since), post.since)
    read = acknowledged({who.person for who, _ in begun}, audiences)
    owed: dict[Reader, list[Owed]] = defaultdict(list)
    for (who, audience), since in begun.items():
        if (who.person, audience.document_id) not in read:
            owed[who].append(_owed(audience, due_on(audience, since), day))
    return {who: sorted(found, key=lambda one: (one.due, one.title)) for who, found in owed.items()}


def mine(user: Any, day: date) -> dict[int, Owed]:
    """What one person owes, by document."""
    found = owed_by(posts_of_person(user, day), day)
    return {one.document: one for owed in found.values() for one in owed}


def readings_of(user: Any) -> dict[tuple[int, str], Reading]:
    """What one person opened and read, by document and version."""
    return {(one.document_id, one.file_hash): one for one in Reading.objects.filter(person=user)}


def acknowledged(
    people: Collection[int | None], audiences: Collection[DocumentAudience]
) -> dict[tuple[int | None, int], Reading]:
    """Who of these people has read which of these documents as it is now."""
    versions = {audience.document_id: audience.document.file_hash for audience in audiences}
    readings = Reading.objects.filter(
        person__in=[person for person in people if person], document__in=list(versions), acknowledged_at__isnull=False
    )
    return {(one.person_id, one.document_id): one for one in readings if one.file_hash == versions[one.document_id]}


def _owed(audience: DocumentAudience, due: date, day: date) -> Owed:
    document: Any = audience.document
    return Owed(document.pk, document.title, audience.parts, due, due < day, audience.uuid)


def due_on(audience: DocumentAudience, since: date) -> date:
    """The day that is set; where none is, or it opened to somebody later than that, 30 days after it opened to them."""
    opened = max(opened_on(audience), since)
    if audience.read_by and opened <= audience.read_by:
        return audience.read_by
    return opened + GRACE


def opened_on(audience: DocumentAudience) -> date:
    """The first day on which its readers could open it as it is now."""
    document: Any = audience.document
    came = timezone.localdate(max(document.came_at, audience.created_at))
    return max(came, document.valid_from or came)


def asked_on(day: date, services: Collection[int]) -> QuerySet[DocumentAudience]:
    """The documents of services that somebody must read on a day."""
    asked = DocumentAudience.objects.exclude(must_read=MustRead.NOBODY).filter(service__in=services)
    return asked.filter(document__in=versions.holding(day)).select_related("document")


def posts_of_person(user: Any, day: date) -> list[Post]:
    """All that one person holds."""
    return [
        *posts_in_team(Practitioner.objects.filter(_on(day), user=user), day),
        *posts_in_office(ServiceRole.objects.filter(user=user), day),
    ]


def posts_in_team(practitioners: Iterable[Practitioner], day: date) -> Iterator[Post]:
    """What practitioners hold: their place in the team, and their placements on a day."""
    team = {one.pk: one for one in practitioners}
    for one in team.values():
        yield Post(one.user_id, one.pk, one.service_id, None, "", timezone.localdate(one.starts_at))
    for placement in Placement.objects.filter(_on(day), practitioner__in=list(team)):
        one = team[placement.practitioner_id]
        since = timezone.localdate(max(placement.starts_at, one.starts_at))
        yield Post(one.user_id, one.pk, one.service_id, placement.school_id, "", since)


def posts_in_office(roles: Any, day: date) -> Iterator[Post]:
    """What clinical supervisor, coordinator and safeguarding lead hold, of these roles."""
    held = roles.filter(_on(day), permission__codename__in=[role.codename for role in OFFICE], user__is_active=True)
    for row in held.select_related("permission"):
        since = timezone.localdate(row.starts_at)
        yield Post(row.user_id, None, row.content_object_id, None, row.permission.codename, since)


def _on(day: date) -> Q:
    """In force on a day: now, where it is today."""
    today = timezone.now()
    at = today if day == timezone.localdate() else timezone.make_aware(datetime.combine(day, time(12)))
    return in_force(at)
