"""What is measured is what is said: the same question both ways, the real pages, the real worker's memory."""

import os
from copy import deepcopy

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from allyance_site import surfaces
from allyance_site.management import growth
from allyance_site.management.bench import FRAME, clock, memory, openings, pages, questions
from casework.models import AuditEvent


@pytest.fixture(scope="module")
def grown(django_db_setup, django_db_blocker):
    """Grown once for the tests of this file, each of which is undone back to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield growth.grow(60).people
        transaction.set_rollback(True)


@pytest.fixture
def people(grown, db, monkeypatch):
    for asker in (openings, pages, questions):
        monkeypatch.setattr(asker, "ROUNDS", 2)  # how sharp a time is, is for a measurement
    return deepcopy(grown)


def test_side_by_side_takes_turns_and_leaves_the_first_round_out():
    called = []

    times = clock.side_by_side(lambda: called.append("one"), lambda: called.append("other"), rounds=3)

    assert called == ["one", "other"] * 4
    assert len(times) == 2


def test_questions_find_the_same_by_the_rules_and_by_hand(people):
    found = {asked["person"]: asked["count"] for asked in questions.measure(people)}

    assert found == {"many": 40, "few": 3, "none": 0, "head": found["head"], "coordinator": 60}
    assert found["head"] >= 43


def test_questions_stop_where_the_two_differ(people, monkeypatch):
    monkeypatch.setitem(questions.MINE, "head", "r.id = 0")

    with pytest.raises(RuntimeError, match="head"):
        list(questions.measure(people))


def test_pages_are_those_that_each_person_opens(people):
    asked = {name: people[name] for name in ("none", "few")}

    seen = {}
    for page in pages.measure(asked):
        seen.setdefault(page["person"], {})[page["page"]] = page

    assert set(seen) == set(asked)
    assert set(seen["none"]) == {FRAME, "home", "referrals"}
    assert "case: overview" in seen["few"]
    assert all(
        page["beyond"] == page["queries"] - seen[name][FRAME]["queries"]
        for name in seen
        for page in seen[name].values()
    )
    assert all(page["ms"] > 0 for name in seen for page in seen[name].values())


def test_pages_that_do_not_open_are_not_measured(people):
    with pytest.raises(RuntimeError, match="404"):
        pages.queries(pages.signed_in(people["few"]), "/admin/cases/")


def test_the_empty_page_is_gone_once_it_is_measured(people):
    with pages.with_an_empty_page() as address:
        assert Client().get(address).status_code == 302
        assert pages.signed_in(people["few"]).get(address).status_code == 200

    assert pages.EMPTY not in surfaces.TABLE[surfaces.CASEWORK]
    assert pages.signed_in(people["few"]).get(address).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse(pages.EMPTY)


def test_openings_put_each_on_record(people):
    taken = openings.measure(people["coordinator"])

    assert AuditEvent.objects.filter(verb="opened", actor=people["coordinator"]).count() > 2
    assert taken["opened"] > 0 < taken["bare"]


def test_memory_reads_what_a_process_held():
    assert 5 < memory.highest(os.getpid()) < 4000


@pytest.mark.django_db
def test_measure_is_refused_where_this_is_no_demo():
    with pytest.raises(CommandError, match="scratch"):
        call_command("measure", cases=1)
