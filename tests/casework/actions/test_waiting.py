"""The day to look again at who waits, and what the family was sent meanwhile."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.actions import referrals, waiting
from casework.actions.refusals import StaleVersion, StepRefused
from casework.models import AuditEvent, ListItem, ListName, LookAgain, Referral, SentMeanwhile
from tests.cast import PEOPLE
from tests.factories import PupilFactory

TODAY = timezone.localdate
SENDERS = {"coordinator", "head", "sendco"}


def look(referral, by, *, days=30, version=None, reason=" The music therapist has room in March. "):
    on = TODAY() + timedelta(days=days)
    return waiting.look_again(referral, by=by, version=version or referral.version, on=on, reason=reason)


def sent(referral, by, *, what="A leaflet", days=0, words=" On sleep. "):
    return waiting.sent(referral, by=by, what=what, sent_on=TODAY() - timedelta(days=days), words=words)


def test_accepting_sets_the_day_by_the_services_own_setting(cast, case):
    cast.service.look_again_after = 10
    cast.service.save()
    referral = case(submitted=True)

    accepted = referrals.accept(referral, by=cast.coordinator, version=1)

    assert Referral.objects.get(pk=accepted.pk).look_again_on == TODAY() + timedelta(days=10)


def test_who_no_longer_waits_is_not_looked_at_again(cast, case):
    accepted = referrals.accept(case(submitted=True), by=cast.coordinator, version=1)
    referrals.allocate(accepted, by=cast.coordinator, version=2, practitioner=cast.therapist_practitioner)
    assert Referral.objects.get(pk=accepted.pk).look_again_on is None


def test_look_again_moves_the_day_and_keeps_why(cast, case):
    referral = case(accepted=True)

    look(referral, cast.coordinator)

    stored = Referral.objects.get(pk=referral.pk)
    kept = LookAgain.objects.get()
    assert (stored.look_again_on, stored.version) == (TODAY() + timedelta(days=30), 2)
    assert (kept.reason, kept.by) == ("The music therapist has room in March.", cast.coordinator)
    assert kept.data_key == referral.data_key
    assert AuditEvent.objects.get().verb == "set a day to look again"


@pytest.mark.parametrize("part", sorted(PEOPLE.keys() - {"coordinator"}))
def test_look_again_is_the_coordinators(cast, case, everything, part):
    referral = case(accepted=True)
    before = everything()
    with pytest.raises(PermissionDenied):
        look(referral, getattr(cast, part))
    assert everything() == before


@pytest.mark.parametrize(("wrong", "field"), [({"days": 0}, "on"), ({"reason": "  "}, "reason")])
def test_look_again_on_what_is_no_day_to_come_or_without_a_reason(cast, case, everything, wrong, field):
    referral = case(accepted=True)
    before = everything()
    with pytest.raises(ValidationError) as refused:
        look(referral, cast.coordinator, **wrong)
    assert list(refused.value.message_dict) == [field]
    assert everything() == before


def test_look_again_of_an_older_version_or_of_one_that_does_not_wait(cast, case):
    with pytest.raises(StepRefused, match="waits for a therapist"):
        look(case(submitted=True), cast.coordinator)
    with pytest.raises(StaleVersion):
        look(case(pupil=PupilFactory(school=cast.school), accepted=True), cast.coordinator, version=7)


def test_sent_is_kept_in_the_lists_words(cast, case):
    entry = ListItem.objects.create(service=cast.service, list=ListName.MEANWHILE, label="Our sleep leaflet")
    referral = case(accepted=True)

    sent(referral, cast.sendco, what="Our sleep leaflet")
    entry.label = "Another"
    entry.save()

    kept = SentMeanwhile.objects.get()
    assert (kept.what, kept.words, kept.recorded_by) == ("Our sleep leaflet", "On sleep.", cast.sendco)
    assert kept.data_key == referral.data_key


@pytest.mark.parametrize("part", sorted(PEOPLE))
def test_sent_is_put_down_by_coordinator_and_school(cast, case, everything, part):
    referral = case(submitted=True)
    before = everything()
    if part in SENDERS:
        assert sent(referral, getattr(cast, part)).recorded_by == getattr(cast, part)
        return
    with pytest.raises(PermissionDenied):
        sent(referral, getattr(cast, part))
    assert everything() == before


@pytest.mark.parametrize(("wrong", "field"), [({"days": -1}, "sent_on"), ({"what": "A parcel"}, "what")])
def test_sent_of_what_is_none(cast, case, everything, wrong, field):
    referral = case(accepted=True)
    before = everything()
    with pytest.raises(ValidationError) as refused:
        sent(referral, cast.coordinator, **wrong)
    assert list(refused.value.message_dict) == [field]
    assert everything() == before


def test_sent_to_a_family_that_does_not_wait(cast, case):
    with pytest.raises(StepRefused, match="waits"):
        sent(case(active=True), cast.coordinator)
