"""The calendar feed: who makes it, what it says, and that it is gone at once."""

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from casework.models import Absence, Allocation, CalendarFeed
from tests.casework.admin.sending import hidden, send, text_of
from tests.cast import CANARY_WORDS
from tests.clock import london
from tests.factories import AttendanceFactory, PupilFactory, ReferralFactory, TeamMeetingFactory, UserFactory


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with time_machine.travel(london(2026, 11, 20, 8), tick=False):
        yield


@pytest.fixture
def case(cast):
    """A case on Mondays at a quarter past nine."""
    case = ReferralFactory(
        active=True,
        school=cast.school,
        pupil=PupilFactory(school=cast.school),
        practitioner=cast.therapist_practitioner,
    )
    Allocation.objects.filter(referral=case).update(weekday=0, time=time(9, 15), starts_at=london(2026, 9, 7))
    return case


def page_of(cast):
    return reverse("casework_feed", args=[cast.therapist_practitioner.uuid])


def address_of(cast, client_for):
    """Make an address; it is read from the one page that shows it."""
    page = text_of(send(client_for(cast.therapist), page_of(cast)))
    return page.partition('<code class="case-code">')[2].partition("</code>")[0].removeprefix("http://testserver")


def events(address):
    answer = Client().get(address)
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_feed_says_when_and_where_and_nothing_of_a_child(cast, client_for, case):
    address = address_of(cast, client_for)

    answer = Client().get(address)

    first = next(one for one in events(address) if one.start >= timezone.now())
    assert first["summary"] == f"Session – {cast.school.name}"
    assert first.start == london(2026, 11, 23, 9, 15)
    assert first.end - first.start == timedelta(hours=1)
    text = answer.content.decode()
    assert case.reference not in text
    assert case.pupil.first_name not in text
    assert str(case.uuid) not in text
    assert not any(word in text for word in CANARY_WORDS)
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]


def test_feed_leaves_absences_out_and_keeps_its_time_over_the_clock_change(cast, client_for, case):
    Absence.objects.create(
        practitioner=cast.therapist_practitioner, starts_on=date(2026, 11, 23), ends_on=date(2026, 11, 23)
    )
    found = {one.start for one in events(address_of(cast, client_for))}

    assert london(2026, 11, 23, 9, 15) not in found
    assert {london(2026, 11, 30, 9, 15), london(2027, 4, 5, 9, 15) + timedelta(days=7)} <= found
    assert london(2027, 3, 29, 9, 15) not in found  # Easter Monday


def test_feed_is_gone_at_once(cast, client_for, case):
    first = address_of(cast, client_for)
    second = address_of(cast, client_for)
    assert [Client().get(each).status_code for each in (first, second)] == [404, 200]

    cast.therapist_practitioner.placements.update(ends_at=timezone.now())
    assert events(second) == []
    cast.therapist.is_active = False
    cast.therapist.save()
    assert Client().get(second).status_code == 404
    cast.therapist.is_active = True
    cast.therapist.save()
    type(cast.therapist_practitioner).objects.filter(pk=cast.therapist_practitioner.pk).update(ends_at=timezone.now())
    assert Client().get(second).status_code == 404


def test_feed_ends_by_its_button(cast, client_for, case):
    address = address_of(cast, client_for)

    send(client_for(cast.therapist), page_of(cast), end="yes")

    assert Client().get(address).status_code == 404


def test_feeds_secret_is_shown_once_and_not_kept(cast, client_for, case):
    client = client_for(cast.therapist)
    form = hidden(client, page_of(cast))

    first, second = (client.post(page_of(cast), form) for _ in range(2))

    secret = text_of(first).partition("/calendar/")[2].partition(".ics")[0]
    assert len(secret) == 43
    assert second.status_code == 302
    assert secret not in text_of(client.get(page_of(cast)))
    assert CalendarFeed.objects.get().digest != secret


def test_feed_is_made_by_its_practitioner_alone(cast, client_for):
    for who in ("coordinator", "supervisor", "other_therapist", "head", "outsider"):
        assert client_for(getattr(cast, who)).get(page_of(cast)).status_code == 404
    assert Client().get(reverse("calendar_feed", args=["x" * 43])).status_code == 404
    assert Client().post(reverse("calendar_feed", args=["x" * 43])).status_code == 405


def test_address_is_gone_when_the_entry_passes_to_another_account(cast, client_for, case):
    address = address_of(cast, client_for)
    cast.therapist_practitioner.user = UserFactory()
    cast.therapist_practitioner.save()

    assert Client().get(address).status_code == 404


def test_feed_has_supervision_and_training_without_anybodys_name(cast, client_for):
    address = address_of(cast, client_for)
    soon = london(2026, 11, 24, 16)
    meeting = TeamMeetingFactory(
        service=cast.service, starts_at=soon, minutes=90, led_by="Miriam Brandt", place="The hall", title="About Wren"
    )
    cancelled = TeamMeetingFactory(service=cast.service, starts_at=soon, cancelled_at=timezone.now())
    for one in (meeting, cancelled):
        AttendanceFactory(meeting=one, practitioner=cast.therapist_practitioner, came=None)
    AttendanceFactory(
        meeting=TeamMeetingFactory(service=cast.service, starts_at=soon),
        practitioner=cast.other_practitioner,
        came=None,
    )

    (event,) = events(address)

    assert (event["summary"], event["location"]) == ("Group supervision", "The hall")
    assert (event.start, event.end - event.start) == (soon, timedelta(minutes=90))
    text = Client().get(address).content.decode()
    assert "Miriam" not in text and "Wren" not in text
