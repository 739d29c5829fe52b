"""What a reader finds in the library: to read first, then what is new, then everything by whose it is."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from casework.models import MustRead, Reading
from cms import shelves
from cms.library import LibraryDocument
from cms.shelves import TEAM_SHELF, Line, on_shelves
from tests.factories import DocumentAudienceFactory, PractitionerFactory

DAY = timedelta(days=1)
NEWEST = date(2026, 9, 7)


@pytest.fixture
def today():
    return timezone.localdate()


def ago(days):
    """Noon of a day, so that no change of the clocks makes it another."""
    return timezone.make_aware(datetime.combine(timezone.localdate() - days * DAY, time(12)))


def put(cast, title, **fields):
    """A document of the team that came 200 days ago."""
    at = fields.pop("came_at", ago(200))
    audience = DocumentAudienceFactory(**{"service": cast.service, "document__title": title, "created_at": at} | fields)
    LibraryDocument.objects.filter(pk=audience.document_id).update(came_at=at)
    audience.document.refresh_from_db()
    return audience


def read(person, audience, *, said=True):
    at = timezone.now()
    return Reading.objects.create(
        person=person, document=audience.document, file_hash=audience.document.file_hash, opened_at=at,
        acknowledged_at=at if said else None,
    )  # fmt: skip


def joined(person, days):
    person.date_joined = ago(days)
    person.save()


def titles(lines):
    return [line.document.title for line in lines]


def test_on_shelves_puts_the_team_first_then_schools_newest_first(db):
    def line(title, dated=None, school=None, service="Larkwell"):
        document = LibraryDocument(title=title, dated=dated)
        document.school_name, document.service_name = school, service
        return Line(document)

    old, new, map_of = line("Old", NEWEST.replace(year=2024)), line("New", NEWEST), line("Map", NEWEST, "Cawdale")
    assert on_shelves([map_of, old, new]) == [(TEAM_SHELF, [new, old]), ("Cawdale", [map_of])]
    theirs = line("Theirs", NEWEST, service="Harbourside")
    assert [shelf.heading for shelf in on_shelves([old, theirs])] == [
        f"{TEAM_SHELF}: Harbourside",
        f"{TEAM_SHELF}: Larkwell",
    ]


def test_room_says_what_is_to_be_read_with_what_is_due_first_first(cast, today):
    put(cast, "Later", must_read=MustRead.PRACTITIONERS, read_by=today + 5 * DAY)
    put(cast, "Late", must_read=MustRead.PRACTITIONERS, parts="Part one", read_by=today - 2 * DAY)
    done = put(cast, "Done", must_read=MustRead.PRACTITIONERS)
    put(cast, "Not asked")
    read(cast.therapist, done)
    cast.therapist_practitioner.starts_at = ago(300)
    cast.therapist_practitioner.save()

    room = shelves.room(cast.therapist)

    assert titles(room.to_read) == ["Late", "Later"]
    assert (room.to_read[0].days_late, room.to_read[0].owed.parts) == (2, "Part one")
    (shelf,) = room.shelves
    assert {line.document.title for line in shelf.lines if line.read_at} == {"Done"}


def test_room_asks_nothing_of_whoever_must_not_read(cast):
    put(cast, "School", school=cast.school, must_read=MustRead.PRACTITIONERS)
    assert titles(shelves.room(cast.therapist).to_read) == ["School"]
    assert shelves.room(cast.head).to_read == []
    assert titles(line for shelf in shelves.room(cast.head).shelves for line in shelf.lines) == ["School"]


@pytest.mark.parametrize(
    ("came", "joined_ago", "opened", "is_new"),
    [
        (10, 300, False, True),
        (10, 300, True, False),
        (91, 300, False, False),
        (10, 5, False, False),
    ],
)
def test_room_calls_new_what_came_lately_and_since_one_is_here_and_was_not_opened(
    cast, came, joined_ago, opened, is_new
):
    joined(cast.therapist, joined_ago)
    audience = put(cast, "Paper", came_at=ago(came))
    if opened:
        read(cast.therapist, audience, said=False)
    assert titles(shelves.room(cast.therapist).new) == (["Paper"] if is_new else [])


def test_room_calls_new_a_file_that_was_changed(cast):
    joined(cast.therapist, 300)
    audience = put(cast, "Paper")
    read(cast.therapist, audience, said=False)
    LibraryDocument.objects.filter(pk=audience.document_id).update(file_hash="another", came_at=timezone.now())
    assert titles(shelves.room(cast.therapist).new) == ["Paper"]


def test_about_finds_titles_with_every_word_among_ones_own(cast):
    put(cast, "Lone working policy")
    put(cast, "Working with parents")
    put(cast, "Lone working at Brackenfield", school=cast.other_school)
    put(cast, "Lone working elsewhere", service=cast.other_service)
    found = shelves.about(cast.therapist, "WORKING lone")
    assert [titles(shelf.lines) for shelf in found] == [["Lone working policy"]]
    assert shelves.about(cast.therapist, "nothing like it") == []


def test_room_asks_as_many_questions_for_many_documents_as_for_one(cast, django_assert_max_num_queries):
    PractitionerFactory(service=cast.other_service, user=cast.therapist)
    for number in range(6):
        put(cast, f"Paper {number}", must_read=MustRead.PRACTITIONERS, school=cast.school if number % 2 else None)
    with django_assert_max_num_queries(9):
        shelves.room(cast.therapist)
