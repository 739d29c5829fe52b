"""Whose move it is, how long it takes, and what is late: counted by the database as the referral itself tells it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.access import scope
from casework.lifecycle import Mover, Status
from casework.models import Referral, WhoDecides
from casework.reports import triage
from tests.factories import PupilFactory, ReferralFactory, ServiceFactory, SessionFactory
from tests.factories.referral import WAYS


def open_ones(cast, **fields):
    ours = {"school": cast.school, "pupil": PupilFactory(school=cast.school), "referred_by": cast.sendco}
    return ReferralFactory(**ours | fields)


def aged(referral, *, sent=0, decided=None, **fields):
    """The same referral, sent and decided so many days ago."""
    now = timezone.now()
    days = {"submitted_at": now - timedelta(days=sent)}
    if decided is not None:
        days["decided_at"] = now - timedelta(days=decided)
    Referral.objects.filter(pk=referral.pk).update(**days, **fields)
    return referral


def seen(cast, referral, *, days):
    return SessionFactory(
        referral=referral,
        practitioner=cast.therapist_practitioner,
        attendance=cast.items["Came"],
        starts_at=timezone.now() - timedelta(days=days),
    )


def row(cast, referral):
    scope.renew(cast.coordinator)
    return next(one for one in triage.rows_of(triage.stuck(cast.coordinator)) if one.case.uuid == referral.uuid)


def clocks(cast, referral):
    return [(clock.words, clock.days, clock.over) for clock in row(cast, referral).clocks]


@pytest.mark.parametrize("decides", WhoDecides)
@pytest.mark.parametrize("of", ["cluster", "service"])
def test_whose_move_is_what_the_referral_says(cast, decides, of):
    part = cast.cluster if of == "cluster" else cast.service
    part.decides = decides
    part.save()
    for status in WAYS:
        traits = {"history": False, "closure_reason": cast.items["Planned ending"]} if status == Status.CLOSED else {}
        open_ones(cast, status=status, **traits)
    kept = {"kept_from_school": True, "referred_by": cast.coordinator}
    open_ones(cast, **kept, submitted=True)
    open_ones(cast, **kept, returned=True)

    words = {WhoDecides.SCHOOL.label: Mover.DECIDERS, WhoDecides.MEETING.label: Mover.MEETING}
    words |= {mover.label: mover for mover in Mover}
    rows = Referral.objects.select_related("school__service", "school__cluster").annotate(whose=triage.whose_move())
    assert {(one.pk, one.whose) for one in rows} == {(one.pk, words[one.next_mover]) for one in rows}


def test_a_decision_is_late_after_what_the_service_set(cast):
    referral = aged(open_ones(cast, submitted=True), sent=14)
    assert clocks(cast, referral) == [("No decision", 14, 0)]
    assert not row(cast, referral).is_late

    cast.service.decide_within = 10
    cast.service.save()

    assert clocks(cast, referral) == [("No decision", 14, 4)]
    assert [one.late for one in triage.shares(triage.standing(cast.coordinator))] == [1]


def test_a_first_session_is_awaited_from_the_decision(cast):
    referral = aged(open_ones(cast, assessment=True), sent=60, decided=45)
    assert clocks(cast, referral) == [("Decided", 15, 0), ("No session", 45, 3)]

    seen(cast, referral, days=40)
    assert clocks(cast, referral) == [("Decided", 15, 0), ("First session", 5, 0), ("Not seen", 40, 19)]


def test_an_hour_in_which_the_child_was_not_seen_is_no_contact(cast):
    referral = aged(open_ones(cast, active=True), sent=60, decided=45)
    SessionFactory(referral=referral, attendance=cast.items["Pupil absent"])
    assert clocks(cast, referral)[-1] == ("No session", 45, 3)


def test_a_case_that_was_opened_again_counts_from_then(cast):
    referral = aged(open_ones(cast, accepted=True), sent=90, decided=2)
    seen(cast, referral, days=50)
    assert clocks(cast, referral)[-1] == ("No session", 2, 0)


@pytest.mark.parametrize(("in_days", "late"), [(1, False), (0, True), (-3, True), (None, True)])
def test_the_day_to_look_again(cast, in_days, late):
    day = None if in_days is None else timezone.localdate() + timedelta(days=in_days)
    referral = aged(open_ones(cast, accepted=True), sent=3, decided=2, look_again_on=day)

    assert row(cast, referral).is_late is late
    assert [one.late for one in triage.shares(triage.standing(cast.coordinator))] == [int(late)]


def test_late_ones_are_those_whose_row_says_so(cast):
    aged(open_ones(cast, submitted=True), sent=15)
    aged(open_ones(cast, discussion=True), sent=2)
    aged(open_ones(cast, accepted=True), sent=50, decided=1, look_again_on=timezone.localdate() + timedelta(days=9))
    aged(open_ones(cast, allocated=True), sent=99, decided=50)
    seen(cast, aged(open_ones(cast, active=True), sent=99, decided=50), days=22)
    seen(cast, aged(open_ones(cast, active=True), sent=99, decided=50), days=21)

    rows = triage.rows_of(triage.stuck(cast.coordinator))
    late = triage.rows_of(triage.stuck(cast.coordinator, late=True))

    assert {one.case.uuid for one in rows if one.is_late} == {one.case.uuid for one in late}
    assert len(late) == sum(share.late for share in triage.shares(triage.standing(cast.coordinator))) == 3
    assert [one.case.since for one in rows] == sorted(one.case.since for one in rows)


def test_one_movers_rows_are_as_many_as_were_counted(cast):
    for trait in ("submitted", "returned", "accepted", "active"):
        open_ones(cast, **{trait: True})
    for share in triage.shares(triage.standing(cast.coordinator)):
        assert triage.stuck(cast.coordinator, whose=share.mover).count() == share.count


@pytest.mark.parametrize("part", ["supervisor", "head", "therapist", "tsl", "outsider"])
def test_what_is_stuck_is_for_who_coordinates_the_service(cast, part):
    referral = open_ones(cast, submitted=True)
    person = getattr(cast, part)
    assert referral.pk not in triage.stuck(person).values_list("pk", flat=True)
    assert sum(share.count for share in triage.shares(triage.standing(person))) == triage.stuck(person).count()


def test_by_status_leaves_the_finished_out(cast):
    open_ones(cast, submitted=True)
    open_ones(cast, submitted=True, kept_from_school=True, referred_by=cast.coordinator)
    open_ones(cast, closed=True)

    found = triage.by_status(triage.standing(cast.coordinator))

    assert [(row.label, row.count) for row in found] == [("Sent", 2)]


def test_questions_do_not_grow_with_the_rows(cast):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            triage.shares(triage.standing(cast.coordinator))
            triage.rows_of(triage.stuck(cast.coordinator, late=True))
        return len(queries)

    ServiceFactory()
    open_ones(cast, active=True)
    scope.of(cast.coordinator)
    first = asked()
    for _ in range(5):
        seen(cast, open_ones(cast, active=True), days=30)
        aged(open_ones(cast, submitted=True), sent=30)
    assert asked() == first
