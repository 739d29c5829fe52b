"""A pack is sent by head or SENDCO, as a new one each time; what was sent before it is kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.actions import packs
from casework.actions.refusals import StaleVersion
from casework.models import PACK_TEXTS, AuditEvent, OutboxMessage, SchoolPack
from tests.factories import PlacementFactory, PractitionerFactory, SchoolYearFactory, UserFactory

pytestmark = pytest.mark.django_db

TEXTS = {name: f"words of {name}" for name in PACK_TEXTS}


def year_from(cast, days, service=None):
    """A school year that begins so many days from now."""
    starts_on = timezone.localdate() + timedelta(days=days)
    return SchoolYearFactory(
        service=service or cast.service, starts_on=starts_on, ends_on=starts_on + timedelta(days=364)
    )


@pytest.fixture
def year(cast):
    return year_from(cast, -30)


def send(cast, year, *, by=None, version=0, **texts):
    return packs.send(cast.school, year, by=by or cast.head, version=version, **TEXTS | texts)


def test_send_writes_a_pack_under_its_own_key_and_says_so(cast, year):
    pack = send(cast, year, lead=" Ms Orchard ")

    assert {name: getattr(pack, name) for name in PACK_TEXTS} == TEXTS | {"lead": "Ms Orchard"}
    assert (pack.number, pack.sent_by, pack.replaced_at) == (1, cast.head, None)
    event = AuditEvent.objects.get(verb="sent")
    assert (event.subject, event.actor, event.detail) == (pack.uuid, cast.head, {"year": str(year), "number": 1})


def test_send_again_adds_one_and_keeps_the_former(cast, year):
    first = send(cast, year)

    second = send(cast, year, by=cast.sendco, version=1, lead="Ms Orchard")

    first.refresh_from_db()
    assert (second.number, first.replaced_at, first.lead) == (2, second.sent_at, "words of lead")
    assert first.data_key_id != second.data_key_id
    assert SchoolPack.objects.standing().get() == second


def test_send_refuses_who_saw_another(cast, year):
    first = send(cast, year)

    for version in (0, 2):
        with pytest.raises(StaleVersion) as refused:
            send(cast, year, version=version)
        assert refused.value.current == first
    assert SchoolPack.objects.count() == 1


@pytest.mark.parametrize(
    "person", ["dsl", "coordinator", "therapist", "supervisor", "other_head", "tsl", "outsider", "hidden_head"]
)
def test_send_is_for_head_and_sendco(cast, year, person):
    with pytest.raises(PermissionDenied):
        send(cast, year, by=getattr(cast, person))


def test_send_is_for_this_year_and_the_next_one_two_months_before(cast, year):
    assert send(cast, year_from(cast, 62)).number == 1
    for days in (63, -365):
        with pytest.raises(ValidationError, match="cannot be sent now"):
            send(cast, year_from(cast, days))
    with pytest.raises(ValidationError, match="cannot be sent now"):
        send(cast, year_from(cast, -30, cast.other_service))


def test_send_needs_each_answer_but_the_last(cast, year):
    with pytest.raises(ValidationError) as refused:
        send(cast, year, deputies=" ", lead="")
    assert set(refused.value.message_dict) == {"deputies", "lead"}
    assert send(cast, year, more="").more == ""


def test_send_takes_no_other_field(cast, year):
    with pytest.raises(TypeError):
        send(cast, year, sent_by=cast.dsl)


def test_send_tells_the_placed_therapists_and_nobody_else(cast, year):
    left = PlacementFactory(practitioner=cast.other_practitioner, school=cast.school)
    left.ends_at = timezone.now()
    left.save()
    inactive = PractitionerFactory(service=cast.service, user=UserFactory(is_active=False))
    PlacementFactory(practitioner=inactive, school=cast.school)
    PlacementFactory(practitioner=PractitionerFactory(service=cast.service, without_account=True), school=cast.school)

    send(cast, year)

    assert [(one.kind, one.to, one.reference) for one in OutboxMessage.objects.all()] == [
        ("pack_sent", cast.therapist, "")
    ]
