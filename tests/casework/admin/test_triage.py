"""The coordinator's page of what is stuck: whose move, since when, and what is late in words."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from allyance_site.management.bench.pages import queries
from casework.admin import triage
from casework.models import AuditEvent, Referral
from tests.casework.admin.sending import text_of
from tests.factories import PupilFactory, ReferralFactory, SessionFactory

ADDRESS = "/admin/triage/"


def waits(cast, *, days, **fields):
    school = fields.pop("school", cast.school)
    referral = ReferralFactory(school=school, pupil=PupilFactory(school=school), referred_by=cast.sendco, **fields)
    then = timezone.now() - timedelta(days=days)
    Referral.objects.filter(pk=referral.pk).update(submitted_at=then, status_since=then)
    return referral


def test_the_longest_wait_stands_first_and_what_is_late_is_said_in_words(cast, client_for):
    younger = waits(cast, days=3, submitted=True)
    older = waits(cast, days=16, submitted=True)

    page = text_of(client_for(cast.coordinator).get(ADDRESS))

    assert page.index(older.reference) < page.index(younger.reference)
    assert "No decision for 16 days <strong>2 days late</strong>" in page
    assert "No decision for 3 days</li>" in page
    assert "Waits for the school and its therapist, 16 days." in page


def test_one_movers_and_the_late_ones(cast, client_for):
    undecided, asked = waits(cast, days=16, submitted=True), waits(cast, days=2, returned=True)
    client = client_for(cast.coordinator)

    schools, late = (text_of(client.get(ADDRESS, query)) for query in ({"whose": "school"}, {"late": "yes"}))

    assert asked.reference in schools and undecided.reference not in schools
    assert undecided.reference in late and asked.reference not in late
    assert "Late: 1" in schools


@pytest.mark.parametrize("asked", [{"whose": "nobody"}, {"whose": "<b>"}, {"p": "x"}, {"p": "99"}, {"late": "no"}])
def test_nonsense_in_the_address_is_an_ordinary_page(cast, client_for, asked):
    referral = waits(cast, days=1, submitted=True)
    page = client_for(cast.coordinator).get(ADDRESS, asked)
    assert page.status_code == 200
    assert (referral.reference in text_of(page)) is (asked.get("whose") != "nobody")


def test_the_page_names_no_child_and_is_put_on_record(cast, client_for):
    waits(cast, days=1, submitted=True, school=cast.school)
    page = text_of(client_for(cast.coordinator).get(ADDRESS))
    assert not [pupil for pupil in Referral.objects.values_list("pupil__last_name", flat=True) if pupil in page]
    event = AuditEvent.objects.filter(verb="listed").latest("pk")
    assert (event.actor, event.detail) == (cast.coordinator, {"rows": 1, "search": False})


@pytest.mark.parametrize("part", ["head", "sendco", "therapist", "supervisor", "tsl"])
def test_the_page_is_not_there_for_anybody_else(cast, client_for, part):
    waits(cast, days=1, submitted=True)
    assert client_for(getattr(cast, part)).get(ADDRESS).status_code == 404


def test_it_comes_in_pages_and_asks_no_more_for_more_rows(cast, client_for, monkeypatch):
    monkeypatch.setattr(triage, "ON_A_PAGE", 4)
    client = client_for(cast.coordinator)
    for days in (1, 2):
        waits(cast, days=days, submitted=True)
    asked = queries(client, ADDRESS)
    for days in range(3, 9):
        SessionFactory(referral=waits(cast, days=days, active=True), attendance=cast.items["Came"])

    assert queries(client, ADDRESS) == asked
    page = text_of(client.get(ADDRESS, {"p": "2"}))
    assert page.count("Waits for") == 4 and "Page 2 of 2" in page


def test_the_page_says_how_long_referring_takes(cast, client_for):
    waits(cast, days=1, submitted=True)
    page = text_of(client_for(cast.coordinator).get(ADDRESS))
    assert "of a pupil who was known already: <strong>too few to say</strong>." in page


def test_the_home_says_how_many_are_late_first(cast, client_for):
    waits(cast, days=16, submitted=True)

    page = text_of(client_for(cast.coordinator).get(reverse("wagtailadmin_home")))

    assert page.index("What is stuck") < page.index("Needs you")
    assert "1 open referral is late" in page
    assert f"{ADDRESS}?late=yes" in page


def test_the_home_says_who_is_to_be_looked_at_again(cast, client_for):
    waits(cast, days=16, accepted=True)
    assert "look again, the day has come" in text_of(client_for(cast.coordinator).get(reverse("wagtailadmin_home")))
