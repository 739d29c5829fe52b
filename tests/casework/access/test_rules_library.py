"""The library's rules: who must read what, whose reading is seen by whom, and its own pages."""

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from casework.access import must_read, rules
from casework.access.roles import Role
from casework.models import MustRead, Reading
from tests.factories import DocumentAudienceFactory
from tests.factories.role import ServiceRoleFactory

PRACTITIONERS, TEAM = MustRead.PRACTITIONERS, MustRead.TEAM


@pytest.fixture
def lead(cast):
    """Somebody who is the service's safeguarding lead and nothing else."""
    return ServiceRoleFactory(role=Role.SAFEGUARDING_LEAD, content_object=cast.service).user


@pytest.fixture
def audiences(cast):
    made = {
        "practitioners": {"must_read": PRACTITIONERS},
        "team": {"must_read": TEAM},
        "school": {"must_read": PRACTITIONERS, "school": cast.school},
        "school team": {"must_read": TEAM, "school": cast.school},
        "nobody": {},
        "hidden": {"must_read": TEAM, "service": cast.other_service},
    }
    return {name: DocumentAudienceFactory(**{"service": cast.service} | fields) for name, fields in made.items()}


def test_documents_to_read(cast, audiences, lead):
    asked = {
        part: {name for name, audience in audiences.items() if audience in rules.documents_to_read(person)}
        for part, person in (cast.people() | {"lead": lead}).items()
    }
    assert asked["therapist"] == {"practitioners", "team", "school", "school team"}
    assert asked["other_therapist"] == {"practitioners", "team"}
    assert asked["supervisor"] == {"practitioners", "team"}
    assert asked["coordinator"] == {"team", "school team"}
    assert asked["lead"] == {"team"}
    assert asked["outsider"] == asked["hidden_therapist"] == {"hidden"}
    others = {"head", "other_head", "sendco", "dsl", "tsl", "steering", "editor", "technical", "hidden_head"}
    assert all(asked[part] == set() for part in others)


def test_documents_to_read_are_those_that_the_reports_count(cast, audiences, lead):
    """One person's rule and the list of everybody who must read are made apart, and say the same."""
    today = timezone.localdate()
    for person in (*cast.people().values(), lead):
        owed = {one.address for one in must_read.mine(person, today).values()}
        assert owed == {audience.uuid for audience in rules.documents_to_read(person)}


def test_documents_to_read_open_to_whoever_must_read_them(cast, audiences, lead):
    for person in (*cast.people().values(), lead):
        for audience in rules.documents_to_read(person):
            assert rules.can_open_document(person, audience.document)


def test_can_acknowledge_document_ends_with_the_placement(cast, audiences):
    assert rules.can_acknowledge_document(cast.therapist, audiences["school"])
    cast.placement.ends_at = timezone.now()
    cast.placement.save()
    assert not rules.can_acknowledge_document(cast.therapist, audiences["school"])


def test_visible_readings_and_reading_lists(cast, audiences):
    readings = {
        part: Reading.objects.create(person=getattr(cast, part), document=audiences[name].document, file_hash="a")
        for part, name in [("therapist", "practitioners"), ("other_therapist", "team"), ("outsider", "hidden")]
    }
    audiences["team"].document.withdrawn_on = timezone.localdate()
    audiences["team"].document.save()

    def seen(part):
        return {who for who, one in readings.items() if one in rules.visible_readings(getattr(cast, part))}

    assert seen("coordinator") == seen("supervisor") == {"therapist", "other_therapist"}
    assert seen("therapist") == {"therapist"}
    assert seen("outsider") == {"outsider"}
    assert seen("head") == seen("editor") == seen("steering") == set()
    for part, person in cast.people().items():
        ours = {"coordinator": 5, "supervisor": 5, "outsider": 1}.get(part, 0)
        assert rules.visible_reading_lists(person).count() == ours
        assert rules.can_view_reading_lists(person) is bool(ours)


def test_library_pages_are_the_teams_and_written_by_the_coordinator(cast, lead):
    group, theirs = Group.objects.create(name="Ours"), Group.objects.create(name="Theirs")
    cast.service.editors, cast.other_service.editors = group, theirs
    cast.service.save(), cast.other_service.save()
    people = cast.people() | {"lead": lead}

    def who(rule, editors):
        return {part for part, person in people.items() if rule(person, editors)}

    team = {"coordinator", "supervisor", "therapist", "other_therapist", "lead"}
    assert who(rules.can_read_library_pages, [group.pk]) == team
    assert who(rules.can_read_library_pages, [theirs.pk]) == {"outsider", "hidden_therapist"}
    assert who(rules.can_read_library_pages, []) == set()
    assert who(rules.can_write_library_pages, [group.pk]) == {"coordinator"}
    assert who(rules.can_write_library_pages, [theirs.pk]) == {"outsider"}
