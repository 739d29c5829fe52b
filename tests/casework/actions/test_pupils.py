"""Adding and changing pupils, the people who care for them, and conflicts of interest."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.access import rules
from casework.actions import pupils
from casework.actions.refusals import StaleVersion, StepRefused
from casework.models import AuditEvent, ConflictBlock, Enrolment, Pupil
from tests.cast import PEOPLE
from tests.factories import ConflictBlockFactory


def add(cast, by, **fields):
    ours = {"school": cast.school, "year_group": "4", "first_name": " Tamsin ", "last_name": "Underhay"}
    return pupils.add(by=by, **ours | {"date_of_birth": date(2018, 5, 1)} | fields)


@pytest.mark.parametrize("part", ["head", "sendco", "coordinator"])
def test_add_makes_a_family_and_an_enrolment(part, cast):
    pupil = add(cast, getattr(cast, part))

    stored = Pupil.objects.get(pk=pupil.pk)
    assert (stored.first_name, stored.service) == ("Tamsin", cast.service)
    assert stored.reference.startswith("P-")
    assert stored.family.data_key.secret()
    enrolment = Enrolment.objects.get(pupil=stored)
    assert (enrolment.school, enrolment.year_group, enrolment.ends_at) == (cast.school, "4", None)
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", "subject_type")) == [
        ("added", "casework.family"),
        ("added", "casework.pupil"),
    ]


def test_add_of_a_child_who_is_known_is_refused_unless_it_is_another(cast, everything):
    add(cast, cast.sendco)
    before = everything()

    with pytest.raises(ValidationError, match="known already"):
        add(cast, cast.head, first_name="Tamsyn", last_name="Under-Hay")

    assert everything() == before
    assert add(cast, cast.head, another_child=True).service == cast.service


@pytest.mark.parametrize("whom", ["blocked", "of another service", "born on another day", "of another name"])
def test_add_is_not_stopped_by_whom_one_must_not_learn_of(cast, whom):
    known = (
        add(cast, cast.outsider, school=cast.hidden_school) if whom == "of another service" else add(cast, cast.head)
    )
    if whom == "blocked":
        ConflictBlockFactory(user=cast.sendco, pupil=known)
    day = {"date_of_birth": date(2018, 5, 2)} if whom == "born on another day" else {}
    name = {"first_name": "Oswin"} if whom == "of another name" else {}

    assert add(cast, cast.sendco, **day, **name) != known


def test_add_a_brother_to_the_family(cast):
    assert add(cast, cast.sendco, family=cast.pupil.family).family == cast.pupil.family


def test_add_to_a_family_that_one_may_not_see(cast, everything):
    before = everything()

    for family in (cast.other_pupil.family, cast.hidden_pupil.family):
        with pytest.raises(PermissionDenied):
            add(cast, cast.sendco, family=family)

    assert everything() == before


def test_add_by_everyone_else(cast, everything):
    before = everything()

    for part in PEOPLE.keys() - {"head", "sendco", "coordinator"}:
        with pytest.raises(PermissionDenied):
            add(cast, getattr(cast, part))

    assert everything() == before


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"first_name": "  "}, "first_name"),
        ({"year_group": "99"}, "year_group"),
        ({"date_of_birth": timezone.localdate() + timedelta(days=2)}, "date_of_birth"),
        ({"date_of_birth": None}, "date_of_birth"),
    ],
)
def test_add_of_what_cannot_be(wrong, field, cast, everything):
    before = everything()

    with pytest.raises(ValidationError) as refused:
        add(cast, cast.sendco, **wrong)

    assert list(refused.value.message_dict) == [field]
    assert everything() == before


def test_change_writes_what_differs_and_names_it(cast):
    after = pupils.change(
        cast.pupil, by=cast.sendco, version=1, first_name="Wrenna", last_name=cast.pupil.last_name, year_group="5"
    )

    stored = Pupil.objects.get(pk=cast.pupil.pk)
    assert (stored.first_name, stored.version, after.version) == ("Wrenna", 2, 2)
    assert Enrolment.objects.get(pupil=stored).year_group == "5"
    assert AuditEvent.objects.get().detail == {"fields": ["first_name", "year_group"]}


def test_change_that_changes_nothing_writes_nothing(cast, everything):
    before = everything()

    pupils.change(cast.pupil, by=cast.sendco, version=1, first_name=cast.pupil.first_name, year_group="4")

    assert everything() == before


def test_change_by_the_coordinator_once_a_referral_shows_the_pupil(cast, case):
    with pytest.raises(PermissionDenied):
        pupils.change(cast.pupil, by=cast.coordinator, version=1, first_name="Wrenna")
    case(submitted=True)

    assert pupils.change(cast.pupil, by=cast.coordinator, version=1, first_name="Wrenna").first_name == "Wrenna"


def test_change_of_the_year_group_of_a_pupil_who_left(cast, case):
    case(submitted=True)
    cast.pupil.enrolments.update(ends_at=timezone.now())

    with pytest.raises(ValidationError) as refused:
        pupils.change(cast.pupil, by=cast.coordinator, version=1, year_group="5")

    assert list(refused.value.message_dict) == ["year_group"]


def test_change_refused(cast, everything):
    before = everything()

    for part in PEOPLE.keys() - {"head", "sendco"}:
        with pytest.raises(PermissionDenied):
            pupils.change(cast.pupil, by=getattr(cast, part), version=1, first_name="X")
    with pytest.raises(StaleVersion):
        pupils.change(cast.pupil, by=cast.sendco, version=7, first_name="X")
    with pytest.raises(TypeError, match="reference"):
        pupils.change(cast.pupil, by=cast.sendco, version=1, reference="P-1")
    with pytest.raises(ValidationError):
        pupils.change(cast.pupil, by=cast.sendco, version=1, last_name=" ")

    assert everything() == before


def test_block_closes_the_record_and_unblock_opens_it(cast, case):
    referral = case(active=True)

    pupils.block(cast.pupil, by=cast.coordinator, person=cast.therapist, reason="relative")
    assert not rules.can_view_referral(cast.therapist, referral)
    ended = pupils.unblock(cast.pupil, by=cast.supervisor, person=cast.therapist)

    assert rules.can_view_referral(cast.therapist, referral)
    assert ConflictBlock.objects.get().ends_at == ended.ends_at
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == ["blocked", "unblocked"]


def test_block_of_oneself_is_said_by_whoever_sees_the_pupil(cast):
    pupils.block(cast.pupil, by=cast.sendco, person=cast.sendco, reason="relative")

    assert not rules.visible_pupils(cast.sendco).filter(pk=cast.pupil.pk).exists()


def test_block_twice(cast, everything):
    pupils.block(cast.pupil, by=cast.coordinator, person=cast.head, reason="relative")
    before = everything()

    with pytest.raises(ValidationError):
        pupils.block(cast.pupil, by=cast.coordinator, person=cast.head, reason="neighbour")

    assert everything() == before


def test_block_and_unblock_refused(cast, everything):
    ConflictBlockFactory(pupil=cast.pupil, user=cast.coordinator)
    before = everything()

    for part in PEOPLE.keys() - {"supervisor"}:
        with pytest.raises(PermissionDenied):
            pupils.block(cast.pupil, by=getattr(cast, part), person=cast.therapist, reason="relative")
        with pytest.raises(PermissionDenied):
            pupils.unblock(cast.pupil, by=getattr(cast, part), person=cast.coordinator)
    with pytest.raises(ValidationError):
        pupils.block(cast.pupil, by=cast.supervisor, person=cast.head, reason="a grudge")
    with pytest.raises(StepRefused):
        pupils.unblock(cast.pupil, by=cast.supervisor, person=cast.head)

    assert everything() == before
