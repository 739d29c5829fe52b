from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.access.roles import Role
from casework.models import OutboxMessage
from casework.reports import messages
from tests.cast import CANARIES, Cast
from tests.factories import ReferralFactory, SchoolRoleFactory

State = OutboxMessage.State


def message(cast: Cast, **fields: Any) -> OutboxMessage:
    fields.setdefault("state", State.FAILED)
    fields.setdefault("kind", "referral_returned")
    fields.setdefault("to", cast.sendco)
    return OutboxMessage.objects.create(**fields)


def test_lost_are_messages_about_the_services_referrals(cast: Cast) -> None:
    sent = ReferralFactory(submitted=True, school=cast.school, pupil=cast.pupil)
    message(cast, reference=sent.reference)
    message(cast, reference=sent.reference, state=State.SENT)
    message(cast, reference=CANARIES["referral_reference"], to=cast.hidden_head)

    (lost,) = messages.lost(cast.coordinator)

    assert (lost.to, lost.what, lost.reference) == (
        "Leila Garside",
        "A referral came back with a question",
        sent.reference,
    )


def test_lost_tells_of_a_role_that_nobody_heard_of(cast: Cast) -> None:
    message(cast, kind="role_given", to=cast.head, service=cast.service, state=State.UNKNOWN)
    message(cast, kind="role_given", to=cast.hidden_head, service=cast.other_service)

    assert [lost.to for lost in messages.lost(cast.coordinator)] == ["Priya Elwood"]


def test_lost_says_nothing_of_a_role_that_its_person_was_given_in_another_service(cast: Cast) -> None:
    SchoolRoleFactory(role=Role.HEAD, user=cast.head, content_object=cast.hidden_school)
    message(cast, kind="role_given", to=cast.head, service=cast.other_service)

    assert messages.lost(cast.coordinator) == []


def test_lost_tells_of_one_that_waits_for_a_mail_server_which_is_down(cast: Cast) -> None:
    message(cast, kind="role_given", to=cast.head, service=cast.service, state=State.WAITING, attempts=1)
    message(cast, kind="role_given", to=cast.sendco, service=cast.service, state=State.WAITING, attempts=2)

    (lost,) = messages.lost(cast.coordinator)

    assert (lost.to, lost.state) == ("Leila Garside", "tried 2 times, and the mail server did not take it yet")


def test_lost_forgets_after_two_weeks(cast: Cast) -> None:
    message(cast, kind="role_given", to=cast.head, service=cast.service, due_at=timezone.now() - timedelta(days=15))

    assert messages.lost(cast.coordinator) == []


def test_lost_is_for_the_coordinator(cast: Cast) -> None:
    sent = ReferralFactory(submitted=True, school=cast.school, pupil=cast.pupil)
    message(cast, reference=sent.reference)

    for person in (cast.sendco, cast.head, cast.supervisor, cast.therapist, cast.outsider):
        assert messages.lost(person) == []
