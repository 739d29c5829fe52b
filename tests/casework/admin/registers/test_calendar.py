"""The registers of the calendar: who keeps them, what makes no sense, and who hears of an absence."""

from datetime import date, time

import pytest
import time_machine
from django.urls import reverse

from casework.models import Absence, Allocation, ClosedDays, OutboxMessage, SchoolYear, Term
from tests.casework.admin.sending import send, text_of
from tests.clock import london
from tests.factories import ReferralFactory, SchoolYearFactory


def create(model):
    return reverse(f"casework_{model}_modeladmin_create")


def days(first, last):
    return {"starts_on": first, "ends_on": last}


def test_a_coordinator_writes_down_year_terms_and_closed_days(cast, client_for):
    client = client_for(cast.coordinator)

    send(client, create("schoolyear"), service=cast.service.uuid, **days("2026-09-01", "2027-08-31"))
    year = SchoolYear.objects.get(service=cast.service)
    outside = text_of(
        send(client, create("term"), school_year=year.uuid, name="Autumn", **days("2026-08-20", "2026-12-18"))
    )
    send(client, create("term"), school_year=year.uuid, name="Autumn", **days("2026-09-03", "2026-12-18"))
    foreign = text_of(
        send(
            client, create("closeddays"), service=cast.service.uuid, school=cast.hidden_school.uuid, why="Training",
            **days("2026-11-02", "2026-11-02"),
        )
    )  # fmt: skip
    wrong = text_of(
        send(client, create("closeddays"), service=cast.service.uuid, why="Snow", **days("2026-11-03", "2026-11-02"))
    )
    send(
        client, create("closeddays"), service=cast.service.uuid, school=cast.school.uuid, why="Training",
        **days("2026-11-02", "2026-11-02"),
    )  # fmt: skip

    assert "A term lies within its school year" in outside
    assert "Choose from the list." in foreign
    assert "The last day must not be before the first." in wrong
    assert Term.objects.get(school_year=year).name == "Autumn"
    assert ClosedDays.objects.get().school == cast.school


def test_a_practitioner_enters_their_own_absence_and_the_coordinators_are_told(cast, client_for):
    client = client_for(cast.therapist)

    page = text_of(client.get(create("absence")))
    send(client, create("absence"), practitioner=cast.therapist_practitioner.uuid, **days("2026-12-01", "2026-12-04"))
    send(client, create("absence"), practitioner=cast.other_practitioner.uuid, **days("2026-12-01", "2026-12-04"))

    assert cast.other_practitioner.name not in page
    assert Absence.objects.get().practitioner == cast.therapist_practitioner
    assert [(one.kind, one.to) for one in OutboxMessage.objects.all()] == [("colleague_away", cast.coordinator)]


def test_an_absence_is_entered_by_the_coordinator_and_leads_to_cover(cast, client_for):
    case = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)
    Allocation.objects.filter(referral=case).update(weekday=0, time=time(9, 15))
    client = client_for(cast.coordinator)

    send(client, create("absence"), practitioner=cast.therapist_practitioner.uuid, **days("2026-12-07", "2026-12-11"))
    absence = Absence.objects.get()
    inspect = reverse("casework_absence_modeladmin_inspect", args=[absence.uuid])
    pages = {who: text_of(client_for(getattr(cast, who)).get(inspect)) for who in ("coordinator", "supervisor")}

    assert not OutboxMessage.objects.exists()
    cover = reverse("casework_cover", args=[case.uuid])
    assert [cover in page for page in pages.values()] == [True, False]
    assert all(case.reference in page for page in pages.values())
    with time_machine.travel(london(2026, 12, 8, 9), tick=False):
        assert "Away now or soon" in text_of(client_for(cast.coordinator).get(reverse("wagtailadmin_home")))
    for who in ("other_therapist", "head", "outsider"):
        assert client_for(getattr(cast, who)).get(inspect).status_code == 404


@pytest.mark.parametrize("person", ["therapist", "supervisor", "head", "steering"])
def test_the_calendar_is_the_coordinators(cast, client_for, person):
    SchoolYearFactory(service=cast.service)
    client = client_for(getattr(cast, person))
    for model in ("schoolyear", "term", "closeddays"):
        assert client.get(create(model)).status_code == 404
        assert client.get(reverse(f"casework_{model}_modeladmin_index")).status_code == 404


def test_whoever_comes_back_sooner_changes_the_last_day(cast, client_for):
    absence = Absence.objects.create(
        practitioner=cast.therapist_practitioner, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 4)
    )
    edit = reverse("casework_absence_modeladmin_edit", args=[absence.uuid])

    send(client_for(cast.therapist), edit, **days("2026-12-01", "2026-12-02"))

    absence.refresh_from_db()
    assert absence.ends_on == date(2026, 12, 2)
    assert OutboxMessage.objects.filter(kind="colleague_away").count() == 1
