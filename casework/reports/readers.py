"""Who has read a document of the library and who has not, by name; told to those alone who oversee it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef

from ..access import must_read, rules, versions
from ..access.must_read import Post, Reader
from ..models import DocumentAudience, MustRead, Practitioner, Reading, School, ServiceRole, in_force

IN_TEAM = "In the team"
TITLES = {role.codename: role.title for role in must_read.OFFICE}


@dataclass(frozen=True)
class ReaderRow:
    """One person and a document: why it is asked of them, and how far they are."""

    name: str
    why: str
    opened_at: datetime | None = None
    read_at: datetime | None = None
    understood: bool = False
    due: date | None = None
    overdue: bool = False
    has_account: bool = True

    @property
    def standing(self) -> str:
        if self.read_at:
            return "read"
        if self.due is None:
            return "opened"
        return "overdue" if self.overdue else "not yet"


class Readers(NamedTuple):
    """Who must read a document as it is now, and who else opened it or an earlier file of it."""

    asked: list[ReaderRow]
    others: list[ReaderRow]

    @property
    def read(self) -> int:
        return sum(bool(row.read_at) for row in self.asked)


@dataclass(frozen=True)
class ListRow:
    """A document that must be read, how it stands, and how many have read it."""

    title: str
    edition: str
    whose: str
    standing: str
    asked: int
    read: int
    overdue: int
    address: UUID


def readers(user: Any, audience: DocumentAudience, day: date) -> Readers:
    """Who has read a document, who must and has not, and what else is on record of it."""
    holds = bool(audience.must_read) and versions.holding(day).filter(pk=audience.document_id).exists()
    posts = [post for post in _posts([audience.service_id], day) if post.is_asked(audience)] if holds else []
    by_reader: dict[Reader, list[Post]] = defaultdict(list)
    for post in posts:
        by_reader[post.reader].append(post)
    on_record = list(
        rules.visible_readings(user)
        .filter(document=audience.document_id)
        .select_related("person")
        .order_by("opened_at")
    )
    version: Any = audience.document
    now: dict[int | None, Reading] = {one.person_id: one for one in on_record if one.file_hash == version.file_hash}
    names = _names(by_reader)
    asked = [
        _row(
            names[who],
            _why(held, audience.school),
            now.get(who.person),
            must_read.due_on(audience, _first(held)),
            day,
            who,
        )
        for who, held in by_reader.items()
    ]
    required = {who.person for who in by_reader}
    others = [
        ReaderRow(_name(one.person), "This file" if one.file_hash == version.file_hash else "An earlier file",
                  one.opened_at, one.acknowledged_at, one.understood)
        for one in on_record
        if one.person_id not in required or one.file_hash != version.file_hash
    ]  # fmt: skip
    return Readers(sorted(asked, key=lambda row: (bool(row.read_at), not row.overdue, row.name)), others)


def lists(user: Any, day: date) -> list[ListRow]:
    """Every document whose readers this person oversees and that somebody must read, those that are over too."""
    audiences = list(rules.visible_reading_lists(user).exclude(must_read=MustRead.NOBODY).select_related("school"))
    documents = {
        one.pk: one
        for one in versions.documents()
        .filter(pk__in=[audience.document_id for audience in audiences])
        .annotate(is_superseded=versions.superseded(day), holds=Exists(versions.holding(day).filter(pk=OuterRef("pk"))))
    }
    for audience in audiences:
        audience.document = documents[audience.document_id]
    posts = _posts({audience.service_id for audience in audiences}, day)
    people = {post.person for post in posts}
    read = must_read.acknowledged(people, audiences)
    rows = [_list_row(audience, posts, read, day) for audience in audiences]
    return sorted(rows, key=lambda row: (not row.asked, row.title, row.edition))


def _posts(services: Collection[int], day: date) -> list[Post]:
    team = Practitioner.objects.filter(in_force(), service__in=services)
    roles = ServiceRole.objects.filter(content_object__in=services)
    return [*must_read.posts_in_team(team, day), *must_read.posts_in_office(roles, day)]


def _list_row(audience: Any, posts: list[Post], read: dict[Any, Reading], day: date) -> ListRow:
    document = audience.document
    held: dict[Reader, list[Post]] = defaultdict(list)
    for post in posts if document.holds else ():
        if post.is_asked(audience):
            held[post.reader].append(post)
    open_still = [who for who in held if (who.person, document.pk) not in read]
    late = sum(must_read.due_on(audience, _first(held[who])) < day for who in open_still)
    whose = str(audience.school) if audience.school else "The whole team"
    done = len(held) - len(open_still)
    return ListRow(
        document.title, document.edition, whose, versions.standing(document, day), len(held), done, late, audience.uuid
    )


def _row(name: str, why: str, reading: Reading | None, due: date, day: date, who: Reader) -> ReaderRow:
    opened_at, read_at = (reading.opened_at, reading.acknowledged_at) if reading else (None, None)
    understood = bool(reading and reading.understood)
    return ReaderRow(name, why, opened_at, read_at, understood, due, not read_at and due < day, who.person is not None)


def _first(posts: list[Post]) -> date:
    return min(post.since for post in posts)


def _why(posts: list[Post], school: School | None) -> str:
    reasons = [TITLES.get(post.role) or (f"Placed at {school}" if school else IN_TEAM) for post in posts]
    return ", ".join(dict.fromkeys(reasons))


def _names(readers: Iterable[Reader]) -> dict[Reader, str]:
    people = get_user_model()._default_manager.in_bulk([who.person for who in readers if who.person])
    without = Practitioner.objects.in_bulk([who.practitioner for who in readers if who.practitioner])
    return {
        who: _name(people[who.person]) if who.person else without[who.practitioner].name if who.practitioner else ""
        for who in readers
    }


def _name(person: Any) -> str:
    return person.get_full_name() or "no name"
