"""A practitioner's record: what is newer takes the place of what stood there, and nothing incomplete is written down."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework import audit
from casework.actions.evidence import end_waiver, look_up_again, record, waive
from casework.actions.evidence_kinds import KINDS
from casework.actions.refusals import StaleVersion, StepRefused
from casework.models import (
    COUNTED,
    DataKey,
    Evidence,
    IfMissing,
    OutboxMessage,
    RequirementKind,
    Standing,
    Waiver,
    states_of,
)
from tests.cast import PEOPLE
from tests.factories import EvidenceFactory, RequirementFactory, WaiverFactory

OFFICE = {"coordinator", "supervisor"}
DBS = {"level": "Enhanced, with the children’s barred list", "number": "001712345678"}


@pytest.fixture
def dbs(cast):
    return RequirementFactory(service=cast.service)


@pytest.fixture
def training(cast):
    return RequirementFactory(service=cast.service, training=True)


@pytest.fixture
def person(cast):
    return cast.therapist_practitioner


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def standing_of(person, requirement):
    states = states_of([person], timezone.localdate())[person.pk]
    return next(state.standing for state in states if state.requirement == requirement)


# --- record


@pytest.mark.parametrize("part", PEOPLE)
def test_record_is_for_coordinator_and_supervisor_of_the_service(cast, dbs, person, everything, part):
    before = everything()
    if part in OFFICE:
        assert record(person, dbs, by=getattr(cast, part), dated=ago(9), **DBS).seen_by == getattr(cast, part)
        return
    with pytest.raises(PermissionDenied):
        record(person, dbs, by=getattr(cast, part), dated=ago(9), **DBS)
    assert everything() == before


def test_record_is_never_of_oneself(cast, dbs, person):
    person.user = cast.coordinator
    person.save()
    with pytest.raises(PermissionDenied):
        record(person, dbs, by=cast.coordinator, dated=ago(9), **DBS)


def test_record_is_of_the_own_service_s_requirements(cast, person):
    with pytest.raises(PermissionDenied):
        record(person, RequirementFactory(service=cast.other_service), by=cast.coordinator, dated=ago(9), **DBS)


def test_record_seals_the_number_and_tells_without_a_detail(cast, dbs, person):
    evidence = record(person, dbs, by=cast.coordinator, dated=ago(9), **DBS)

    person.refresh_from_db()
    assert evidence.data_key == person.data_key and DataKey.objects.filter(pk=person.data_key_id).exists()
    assert "001712345678" not in str(Evidence.objects.values_list())
    assert Evidence.objects.get().number == "001712345678"
    assert (evidence.seen_on, evidence.version) == (timezone.localdate(), 1)
    message = OutboxMessage.objects.get()
    assert (message.kind, message.to, message.reference) == ("record_changed", cast.therapist, "")
    event = audit.of(evidence).get()
    assert (event.verb, event.detail) == ("recorded", {"kind": "dbs"})
    assert standing_of(person, dbs) is Standing.HOLDS


def test_record_takes_the_place_of_what_stood_there_which_is_kept(cast, dbs, person):
    first = record(person, dbs, by=cast.coordinator, version=0, dated=ago(900), **DBS)
    second = record(person, dbs, by=cast.supervisor, version=1, dated=ago(9), **DBS | {"number": "001799999999"})

    first.refresh_from_db()
    assert first.replaced_at is not None and second.replaced_at is None
    assert (first.number, second.number, second.version) == ("001712345678", "001799999999", 2)
    assert first.data_key == second.data_key
    with pytest.raises(StaleVersion):
        record(person, dbs, by=cast.coordinator, version=1, dated=ago(3), **DBS)
    assert Evidence.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"number": ""}, "number"),
        ({"level": "  "}, "level"),
        ({"dated": None}, "dated"),
        ({"dated": ago(-1)}, "dated"),
        ({"seen_on": ago(-1)}, "seen_on"),
        ({"seen_on": ago(10)}, "seen_on"),
        ({"issuer": "Somebody"}, "issuer"),
    ],
)
def test_record_refuses_what_is_incomplete_or_has_not_come(cast, dbs, person, everything, wrong, field):
    before = everything()
    with pytest.raises(ValidationError) as refused:
        record(person, dbs, by=cast.coordinator, **{"dated": ago(9)} | DBS | wrong)
    assert set(refused.value.error_dict) == {field}
    assert everything() == before


def test_record_refuses_a_version_where_nothing_stands(cast, dbs, person):
    with pytest.raises(ValidationError, match="open the form again"):
        record(person, dbs, by=cast.coordinator, version=3, dated=ago(9), **DBS)


def test_record_refuses_a_last_day_before_the_date(cast, person):
    insurance = RequirementFactory(service=cast.service, kind=RequirementKind.INSURANCE, name="Insurance")
    given = {"issuer": "Harrow Vale Mutual", "number": "PL-1", "dated": ago(9)}
    with pytest.raises(ValidationError, match="before the date"):
        record(person, insurance, by=cast.coordinator, expires_on=ago(10), **given)
    with pytest.raises(ValidationError, match="Last day of the cover"):
        record(person, insurance, by=cast.coordinator, **given)
    record(person, insurance, by=cast.coordinator, expires_on=ago(-300), **given)
    assert standing_of(person, insurance) is Standing.HOLDS


def test_each_kind_that_is_written_down_says_what_it_asks():
    assert KINDS.keys() == set(RequirementKind) - COUNTED
    for asks in KINDS.values():
        assert asks.must <= set(asks.names) and "dated" in asks.names


@pytest.mark.parametrize("kind", sorted(COUNTED))
def test_record_refuses_what_the_library_and_the_packs_say(cast, person, kind):
    counted = RequirementFactory(service=cast.service, kind=kind, name="Counted", if_missing=IfMissing.WARNS)
    with pytest.raises(StepRefused):
        record(person, counted, by=cast.coordinator, dated=ago(9))


def test_record_refuses_what_is_no_longer_asked_and_who_has_left(cast, dbs, person):
    dbs.active = False
    dbs.save()
    with pytest.raises(StepRefused, match="still asks"):
        record(person, dbs, by=cast.coordinator, dated=ago(9), **DBS)
    dbs.active = True
    dbs.save()
    person.ends_at = timezone.now()
    person.save()
    with pytest.raises(StepRefused, match="with the service"):
        record(person, dbs, by=cast.coordinator, dated=ago(9), **DBS)


def test_record_ends_the_waiver_that_waited_for_it_only_where_it_holds(cast, training, person):
    waiver = WaiverFactory(practitioner=person, requirement=training, given_by=cast.supervisor)
    record(person, training, by=cast.coordinator, dated=ago(500), issuer="Easterby Partnership")
    waiver.refresh_from_db()
    assert waiver.withdrawn_at is None
    record(person, training, by=cast.coordinator, dated=ago(2), issuer="Easterby Partnership")
    waiver.refresh_from_db()
    assert waiver.withdrawn_at is not None


# --- look_up_again


def test_look_up_again_lengthens_what_holds_for_months(cast, dbs, person):
    dbs.holds_months = 36
    dbs.save()
    evidence = EvidenceFactory(practitioner=person, requirement=dbs, dated=ago(1200), seen_on=ago(1190))
    assert standing_of(person, dbs) is Standing.ENDED

    looked = look_up_again(evidence, by=cast.coordinator, on=ago(1), version=1)

    assert (looked.checked_on, looked.version, looked.replaced_at) == (ago(1), 2, None)
    assert standing_of(person, dbs) is Standing.HOLDS
    assert OutboxMessage.objects.get().kind == "record_changed"
    assert audit.of(evidence).get().verb == "looked up again"


@pytest.mark.parametrize("part", PEOPLE.keys() - OFFICE)
def test_look_up_again_by_everyone_else(cast, dbs, person, part):
    evidence = EvidenceFactory(practitioner=person, requirement=dbs)
    with pytest.raises(PermissionDenied):
        look_up_again(evidence, by=getattr(cast, part), on=ago(1))


def test_look_up_again_refused_changes_nothing(cast, dbs, training, person, everything):
    evidence = EvidenceFactory(practitioner=person, requirement=dbs, checked_on=ago(5))
    replaced = EvidenceFactory(practitioner=person, requirement=dbs, replaced_at=timezone.now())
    taught = EvidenceFactory(practitioner=person, requirement=training)
    before = everything()

    yesterday = ago(1)

    def refused(kind, of, on=yesterday, **options):
        with pytest.raises(kind):
            look_up_again(of, by=cast.coordinator, on=on, **options)

    refused(ValidationError, evidence, on=ago(-1))
    refused(ValidationError, evidence, on=ago(6))
    refused(StaleVersion, evidence, version=2)
    refused(StaleVersion, replaced)
    refused(StepRefused, taught)
    assert everything() == before


# --- waive, end_waiver


def test_waive_lets_through_for_a_time_and_tells(cast, training, person):
    assert standing_of(person, training) is Standing.MISSING

    waiver = waive(person, training, by=cast.supervisor, reason=" The course was cancelled. ", until=ago(-90))

    assert waiver.reason == "The course was cancelled."
    assert "cancelled" not in str(Waiver.objects.values_list())
    assert standing_of(person, training) is Standing.WAIVED
    assert OutboxMessage.objects.get().kind == "record_changed"
    assert audit.of(waiver).get().verb == "allowed for a time"
    again = waive(person, training, by=cast.supervisor, reason="Again.", until=ago(-10))
    waiver.refresh_from_db()
    assert waiver.withdrawn_at is not None and again.withdrawn_at is None


@pytest.mark.parametrize("part", PEOPLE.keys() - {"supervisor"})
def test_waive_by_everyone_else(cast, training, person, part):
    with pytest.raises(PermissionDenied):
        waive(person, training, by=getattr(cast, part), reason="Why", until=ago(-9))


def test_waive_is_never_of_what_nothing_overrides_nor_of_oneself(cast, dbs, training, person):
    with pytest.raises(PermissionDenied):
        waive(person, dbs, by=cast.supervisor, reason="Why", until=ago(-9))
    person.user = cast.supervisor
    person.save()
    with pytest.raises(PermissionDenied):
        waive(person, training, by=cast.supervisor, reason="Why", until=ago(-9))


def test_waive_refused_changes_nothing(cast, training, person, everything):
    before = everything()
    for wrong in ({"reason": " "}, {"until": ago(-91)}, {"until": ago(1)}):
        with pytest.raises(ValidationError):
            waive(person, training, by=cast.supervisor, **{"reason": "Why", "until": ago(-9)} | wrong)
    assert everything() == before
    EvidenceFactory(practitioner=person, requirement=training)
    with pytest.raises(StepRefused, match="something that is missing"):
        waive(person, training, by=cast.supervisor, reason="Why", until=ago(-9))


def test_a_waiver_is_void_once_nothing_overrides_its_requirement(cast, training, person):
    WaiverFactory(practitioner=person, requirement=training)
    training.if_missing = IfMissing.STOPS
    training.save()
    assert standing_of(person, training) is Standing.MISSING


def test_end_waiver_takes_it_back_at_once(cast, training, person):
    waiver = WaiverFactory(practitioner=person, requirement=training)

    end_waiver(waiver, by=cast.supervisor)

    assert standing_of(person, training) is Standing.MISSING
    assert audit.of(waiver).get().verb == "no longer allowed"
    with pytest.raises(StepRefused):
        end_waiver(waiver, by=cast.supervisor)


@pytest.mark.parametrize("part", PEOPLE.keys() - {"supervisor"})
def test_end_waiver_by_everyone_else(cast, training, person, part):
    waiver = WaiverFactory(practitioner=person, requirement=training)
    with pytest.raises(PermissionDenied):
        end_waiver(waiver, by=getattr(cast, part))
