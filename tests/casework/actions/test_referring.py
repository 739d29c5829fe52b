"""Starting a referral, and changing it while it is a draft."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.access import rules
from casework.access.roles import Role
from casework.actions import referrals
from casework.actions.refusals import AlreadyReferred, StaleVersion, StepRefused
from casework.lifecycle import Status
from casework.models import AuditEvent, OutboxMessage, Referral, Source, StatusChange
from tests.cast import PEOPLE
from tests.factories import (
    ConflictBlockFactory,
    ListItemFactory,
    PupilFactory,
    SchoolRoleFactory,
    ServiceRoleFactory,
)

TEXTS = {"concerns": "Very quiet.", "strengths": "Draws.", "tried": "A check-in.", "own_words": "I miss him."}


def start(cast, by, **fields):
    ours = {"school": cast.school, "pupil": cast.pupil, "year_group": "4"}
    return referrals.start(by=by, **ours | fields)


def surgery(cast, by, **fields):
    return start(cast, by, source=Source.OTHER, source_name="Coldwell surgery", **fields)


@pytest.mark.parametrize("part", ["head", "sendco"])
def test_start_makes_a_draft_with_a_key_and_a_history(part, cast):
    person = getattr(cast, part)

    referral = start(cast, person, reasons=[cast.items["Bereavement"]], how_soon="soon", **TEXTS)

    stored = Referral.objects.get(pk=referral.pk)
    assert stored.reference.startswith(f"R{timezone.localdate():%y}-")
    assert (stored.status, stored.referred_by, stored.submitted_at) == (Status.DRAFT, person, None)
    assert {name: getattr(stored, name) for name in TEXTS} == TEXTS
    assert list(stored.reasons.all()) == [cast.items["Bereavement"]]
    change = StatusChange.objects.get(referral=stored)
    assert (change.step, change.to_status, change.data_key) == ("start", Status.DRAFT, stored.data_key)
    event = AuditEvent.objects.get(verb="added")
    assert (event.actor, event.referral, event.detail) == (person, stored, {})
    assert not OutboxMessage.objects.exists()


def test_start_gives_each_its_own_key_and_number(cast):
    first = start(cast, cast.head)
    second = start(cast, cast.head, pupil=PupilFactory(school=cast.school))

    assert first.data_key != second.data_key
    assert first.reference != second.reference


def test_start_by_everyone_else(cast, everything):
    before = everything()

    for part in PEOPLE.keys() - {"head", "sendco"}:
        with pytest.raises(PermissionDenied):
            start(cast, getattr(cast, part))

    assert everything() == before


def test_start_of_another_services_referral_by_the_coordinator(cast):
    referral = surgery(cast, cast.coordinator, school_may_see=False)

    assert rules.can_view_referral(cast.coordinator, referral)
    assert not rules.can_view_referral(cast.head, referral)


def test_start_of_another_services_referral_of_a_pupil_who_goes_elsewhere(cast):
    """The coordinator may know of a move before the school does; a school refers none but its own."""
    assert surgery(cast, cast.coordinator, pupil=cast.other_pupil).school == cast.school
    with pytest.raises(PermissionDenied):
        surgery(cast, cast.head, pupil=PupilFactory(school=cast.other_school))


def test_start_of_what_the_writer_could_not_see(cast, everything):
    before = everything()

    with pytest.raises(PermissionDenied):
        surgery(cast, cast.head, school_may_see=False)

    assert everything() == before


def test_start_for_a_pupil_whom_one_must_not_see(cast, everything):
    ConflictBlockFactory(user=cast.sendco, pupil=cast.pupil)
    ConflictBlockFactory(user=cast.coordinator, pupil=cast.pupil)
    before = everything()

    with pytest.raises(PermissionDenied):
        start(cast, cast.sendco)
    with pytest.raises(PermissionDenied):
        surgery(cast, cast.coordinator)

    assert everything() == before


def test_start_for_a_pupil_of_another_school_or_service(cast, everything):
    before = everything()

    for pupil in (cast.other_pupil, cast.hidden_pupil):
        with pytest.raises(PermissionDenied):
            start(cast, cast.sendco, pupil=pupil)
    with pytest.raises(PermissionDenied):
        surgery(cast, cast.coordinator, pupil=cast.hidden_pupil)

    assert everything() == before


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"year_group": "99"}, "year_group"),
        ({"how_soon": "never"}, "how_soon"),
        ({"source": Source.OTHER}, "__all__"),
        ({"source_name": "Coldwell surgery"}, "__all__"),
        ({"school_may_see": False}, None),
    ],
)
def test_start_with_what_cannot_be(wrong, field, cast, everything):
    before = everything()

    with pytest.raises((ValidationError, PermissionDenied)) as refused:
        start(cast, cast.head, **wrong)

    assert field is None or list(refused.value.message_dict) == [field]
    assert everything() == before


@pytest.mark.parametrize("entry", ["of the other service", "of another list", "switched off"])
def test_start_with_a_reason_that_is_none(entry, cast, everything):
    items = {
        "of the other service": lambda: ListItemFactory(service=cast.other_service),
        "of another list": lambda: cast.items["Planned ending"],
        "switched off": lambda: ListItemFactory(service=cast.service, label="Old", active=False),
    }
    item = items[entry]()
    before = everything()

    with pytest.raises(ValidationError) as refused:
        start(cast, cast.head, reasons=[item])

    assert list(refused.value.message_dict) == ["reasons"]
    assert everything() == before


def test_start_a_second_time_names_the_first_to_who_may_see_it(cast):
    first = start(cast, cast.sendco)

    with pytest.raises(ValidationError, match=first.reference):
        start(cast, cast.head)


def test_start_of_a_pupil_whom_the_family_keeps_from_the_school_gives_nothing_away(cast):
    known = surgery(cast, cast.coordinator, school_may_see=False)

    second = start(cast, cast.sendco)

    assert second.status == Status.DRAFT
    assert known not in rules.visible_referrals(cast.sendco)


def test_start_by_the_coordinator_beside_the_schools_draft_gives_no_reference_away(cast):
    first = start(cast, cast.sendco)

    with pytest.raises(AlreadyReferred) as refused:
        surgery(cast, cast.coordinator)

    assert refused.value.known is None
    assert first.reference not in str(refused.value)
    assert surgery(cast, cast.coordinator, school_may_see=False).status == Status.DRAFT


def test_a_second_coordinator_is_told_of_the_one_that_the_family_keeps_from_the_school(cast):
    other = ServiceRoleFactory(role=Role.COORDINATOR, content_object=cast.service).user
    surgery(cast, cast.coordinator, school_may_see=False)

    with pytest.raises(AlreadyReferred):
        surgery(cast, other, school_may_see=False)


def test_show_to_school_and_reopen_beside_one_that_is_open(cast, case, everything):
    kept, old = case(kept_from_school=True, returned=True, referred_by=cast.coordinator), case(closed=True)
    start(cast, cast.sendco)
    before = everything()

    with pytest.raises(AlreadyReferred):
        referrals.show_to_school(kept, by=cast.coordinator, version=1)
    with pytest.raises(AlreadyReferred):
        referrals.change(kept, by=cast.coordinator, version=1, school_may_see=True)
    with pytest.raises(AlreadyReferred):
        referrals.reopen(old, by=cast.coordinator, version=1, note="The family asked.")

    assert everything() == before


def test_start_again_once_the_first_is_finished(cast, case):
    case(closed=True)

    assert start(cast, cast.sendco).status == Status.DRAFT


def test_start_of_a_schools_own_referral_by_someone_of_two_schools(cast):
    """A coordinator who is a SENDCO too refers the pupils of her school, and no other's."""
    SchoolRoleFactory(role=Role.SENDCO, user=cast.coordinator, content_object=cast.other_school)

    assert start(cast, cast.coordinator, school=cast.other_school, pupil=cast.other_pupil).source == Source.SCHOOL
    with pytest.raises(ValidationError, match="does not go to this school"):
        start(cast, cast.coordinator, school=cast.other_school, pupil=cast.pupil)


def test_start_across_two_services_by_someone_who_coordinates_both(cast):
    ServiceRoleFactory(role=Role.COORDINATOR, user=cast.coordinator, content_object=cast.other_service)

    with pytest.raises(ValidationError, match="another service"):
        surgery(cast, cast.coordinator, pupil=cast.hidden_pupil)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETURNED])
def test_change_writes_what_differs_and_names_it(status, cast, case):
    referral = case(status=status)

    after = referrals.change(
        referral, by=cast.head, version=1, concerns=" Cries at playtime. ", tried=referral.tried,
        reasons=[cast.items["Friendships"]],
    )  # fmt: skip

    stored = Referral.objects.get(pk=referral.pk)
    assert (stored.concerns, stored.version, after.version) == ("Cries at playtime.", 2, 2)
    assert list(stored.reasons.all()) == [cast.items["Friendships"]]
    assert AuditEvent.objects.get().detail == {"fields": ["concerns", "reasons"]}


def test_change_leaves_alone_what_is_not_named(cast, case):
    referral = case()
    referral.reasons.add(cast.items["Bereavement"])

    after = referrals.change(referral, by=cast.sendco, version=1, how_soon="soon")

    assert (after.how_soon, after.concerns) == ("soon", referral.concerns)
    assert list(after.reasons.all()) == [cast.items["Bereavement"]]


def test_change_that_changes_nothing_writes_nothing(cast, case, everything):
    referral = case()
    before = everything()

    referrals.change(referral, by=cast.sendco, version=1, concerns=referral.concerns, reasons=[])

    assert everything() == before


def test_change_keeps_a_reason_that_was_switched_off_since(cast, case):
    referral = case()
    old = ListItemFactory(service=cast.service, label="Old")
    referral.reasons.add(old)
    old.active = False
    old.save()

    after = referrals.change(referral, by=cast.sendco, version=1, reasons=[old, cast.items["Bereavement"]])

    assert set(after.reasons.all()) == {old, cast.items["Bereavement"]}


def test_change_refused(cast, case, everything):
    referral, sent = case(), case(pupil=PupilFactory(school=cast.school), submitted=True)
    kept = surgery(cast, cast.coordinator, pupil=PupilFactory(school=cast.school))
    before = everything()

    for part in PEOPLE.keys() - {"head", "sendco"}:
        with pytest.raises(PermissionDenied):
            referrals.change(referral, by=getattr(cast, part), version=1, concerns="Mine.")
    with pytest.raises(StaleVersion):
        referrals.change(referral, by=cast.sendco, version=2, concerns="Mine.")
    with pytest.raises(StepRefused, match="“Sent”"):
        referrals.change(sent, by=cast.sendco, version=1, concerns="Mine.")
    with pytest.raises(TypeError, match="status"):
        referrals.change(referral, by=cast.sendco, version=1, status=Status.ACCEPTED)
    with pytest.raises(ValidationError):
        referrals.change(referral, by=cast.sendco, version=1, year_group="99")
    with pytest.raises(PermissionDenied):  # the head would shut herself out
        referrals.change(kept, by=cast.head, version=1, school_may_see=False)

    assert everything() == before
