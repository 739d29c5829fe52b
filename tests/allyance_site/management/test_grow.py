"""Bulk data for measuring: as many cases as asked for, going on where it stopped, whole, and never beside real people."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count, F, Q

from allyance_site.management import growth
from allyance_site.people.models import User
from casework import sealed
from casework.access import rules
from casework.lifecycle import Status
from casework.models import Allocation, Carer, HoursEntry, Pupil, Referral, School, Service, Session, StatusChange
from tests.factories import ServiceFactory

CASES = 120


@pytest.fixture
def demo(settings):
    settings.DEMO = True


@pytest.fixture
def grown(db):
    return growth.grow(CASES)


def person(name):
    return User.objects.get(first_name=name, last_name=growth.NAME)


@pytest.mark.django_db
def test_grow_is_refused_where_this_is_no_demo():
    with pytest.raises(CommandError, match="no demo"):
        call_command("grow", cases=1)

    assert not Service.objects.exists()


@pytest.mark.django_db
def test_grow_is_refused_beside_a_service_of_ones_own(demo):
    ServiceFactory()

    with pytest.raises(CommandError, match="real people"):
        call_command("grow", cases=1)

    assert not Referral.objects.exists()


@pytest.mark.django_db
def test_grow_goes_on_where_it_stopped(demo, monkeypatch):
    monkeypatch.setattr(growth, "PIECE", 7)
    said = StringIO()

    call_command("grow", cases=10, stdout=said)
    first = set(Referral.objects.values_list("pk", flat=True))
    call_command("grow", cases=17, stdout=said)
    call_command("grow", cases=5, stdout=said)

    assert Referral.objects.count() == Pupil.objects.count() == Carer.objects.count() == 17
    assert first < set(Referral.objects.values_list("pk", flat=True))
    assert Service.objects.count() == 1
    assert "17 of 17 cases" in said.getvalue()


def test_grow_gives_each_piece_whole_or_not_at_all(db, monkeypatch):
    monkeypatch.setattr(growth, "PIECE", 4)
    calls = []

    def add(grown, first, size):
        if calls:
            raise RuntimeError
        calls.append(first)
        add_cases(grown, first, size)

    add_cases = growth.add_cases
    monkeypatch.setattr(growth, "add_cases", add)
    with pytest.raises(RuntimeError):
        growth.grow(8)

    assert Referral.objects.count() == Pupil.objects.count() == 4


def test_grow_leaves_rows_that_the_database_and_the_models_accept(grown):
    connection.check_constraints()
    for model in (Referral, Allocation, Session, StatusChange, Pupil, Carer):
        for record in model.objects.select_related():
            record.full_clean(exclude=["concerns", "strategies", "name", "data_key", "status"])
            record.validate_constraints()


def test_grow_writes_histories_that_lead_to_where_the_case_stands(grown):
    for case in Referral.objects.prefetch_related("changes"):
        steps = [(change.from_status, change.to_status) for change in case.changes.all()]
        assert [before for before, _ in steps] == [Status.DRAFT, *(after for _, after in steps[:-1])]
        assert steps[-1][1] == case.status
        assert [change.at for change in case.changes.all()][-1] == case.status_since


def test_grow_seals_its_text_and_the_text_opens(grown):
    with connection.cursor() as cursor:
        cursor.execute("SELECT concerns FROM casework_referral UNION ALL SELECT strategies FROM casework_session")
        assert all(token.startswith(sealed.MARK) for (token,) in cursor.fetchall())

    assert all("tearful at lunch" in case.concerns for case in Referral.objects.select_related("data_key"))
    assert all("tearful at lunch" in session.strategies for session in Session.objects.select_related("data_key"))
    assert {carer.name for carer in Carer.objects.select_related("data_key")} == {"A Carer"}


def test_grow_books_an_hour_of_its_school_for_each_session(grown):
    entries = HoursEntry.objects.filter(kind="session", school=F("session__referral__school"))

    assert entries.count() == Session.objects.count() == -entries.total()
    assert HoursEntry.objects.filter(kind="agreed").count() == School.objects.count()


def test_grow_makes_people_with_many_few_and_no_cases(grown):
    seen = {name: rules.visible_referrals(person(name)).count() for name in ("many", "few", "none", "coordinator")}

    assert seen == {"many": 40, "few": 3, "none": 0, "coordinator": CASES}
    assert rules.visible_referrals(person("head")).count() >= 43
    assert set(rules.visible_referrals(person("head")).values_list("school", flat=True)) == {
        School.objects.order_by("pk")[0].pk
    }


def test_grow_gives_its_accounts_no_password(grown):
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_grow_gives_numbers_that_the_next_record_does_not_meet(grown):
    numbers = set(Referral.objects.values_list("pk", flat=True))
    growth.grow(CASES + 1)

    ServiceFactory()
    assert Referral.objects.exclude(pk__in=numbers).count() == 1


def test_grow_gives_a_case_that_is_worked_one_open_allocation(grown):
    worked = Referral.objects.worked().annotate(open=Count("allocations", filter=Q(allocations__ends_at=None)))

    assert {case.open for case in worked} == {1}
    assert not Allocation.objects.filter(referral__status=Status.CLOSED, ends_at=None).exists()
