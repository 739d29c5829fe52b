"""The agenda of supervision: what speaks for bringing a case, in which order, and what the sheet leaves out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import Allocation, Direction, HowSoon
from casework.reports import brought, supervision
from tests.clock import weeks_ago
from tests.factories import (
    AttendanceFactory,
    ConcernFactory,
    ConflictBlockFactory,
    FamilyAgreementFactory,
    PupilFactory,
    ReferralFactory,
    ReviewFactory,
    SessionFactory,
    SupervisionItemFactory,
    TeamMeetingFactory,
)


def a_case(cast, *, weeks=1, **fields):
    """One that its therapist has for so many weeks."""
    pupil = fields.pop("pupil", None) or PupilFactory(school=cast.school)
    status = {} if {"review", "ending", "allocated"} & fields.keys() else {"active": True}
    case = ReferralFactory(school=cast.school, pupil=pupil, practitioner=cast.therapist_practitioner, **status | fields)
    Allocation.objects.filter(referral=case).update(starts_at=weeks_ago(weeks))
    return case


def bring(cast, case, *, weeks, **fields):
    meeting = TeamMeetingFactory(service=cast.service, starts_at=weeks_ago(weeks), **fields)
    return SupervisionItemFactory(meeting=meeting, referral=case)


def agenda(cast, who=None):
    return supervision.agenda(who or cast.supervisor, cast.service)


def reasons(cast):
    (one,) = agenda(cast)
    return one.reasons


def test_agenda_is_of_open_cases_of_the_supervised_service(cast):
    case = a_case(cast)
    ReferralFactory(accepted=True, school=cast.school, pupil=PupilFactory(school=cast.school))
    ReferralFactory(closed=True, school=cast.school, pupil=PupilFactory(school=cast.school))

    assert [one.pk for one in agenda(cast)] == [case.pk]
    assert supervision.agenda(cast.supervisor, cast.other_service) == []
    for person in (cast.coordinator, cast.therapist, cast.head, cast.outsider):
        assert agenda(cast, person) == []


def test_agenda_leaves_out_a_blocked_pupil(cast):
    case = a_case(cast)
    ConflictBlockFactory(user=cast.supervisor, pupil=case.pupil)
    assert agenda(cast) == []


def test_agenda_counts_from_when_it_was_last_brought(cast):
    case = a_case(cast, weeks=20)
    bring(cast, case, weeks=12)
    bring(cast, case, weeks=3)
    bring(cast, case, weeks=1, cancelled_at=timezone.now())

    (one,) = agenda(cast)

    assert (one.weeks, one.is_late) == (3, False)
    assert one.since == "brought 3 weeks ago"


def test_agenda_counts_from_the_allocation_where_it_never_was(cast):
    a_case(cast, weeks=8)
    (one,) = agenda(cast)
    assert (one.weeks, one.is_late) == (8, True)
    assert one.since == "never brought; with its therapist for 8 weeks"


def test_agenda_does_not_count_what_was_only_planned(cast):
    case = a_case(cast, weeks=8)
    item = bring(cast, case, weeks=1)
    item.brought = None
    item.save()
    assert agenda(cast)[0].is_late


@pytest.mark.parametrize(("weeks", "late"), [(7, False), (8, True)])
def test_agenda_is_late_after_the_weeks_that_the_service_has_set(cast, weeks, late):
    a_case(cast, weeks=weeks)
    assert agenda(cast)[0].is_late is late


def test_agenda_says_that_the_last_review_was_harder(cast):
    case = a_case(cast)
    ReviewFactory(referral=case, direction=Direction.HARDER, held_on=timezone.localdate() - timedelta(days=30))
    assert reasons(cast) == ["harder than before, at the last review"]
    ReviewFactory(referral=case, direction=Direction.SAME, held_on=timezone.localdate())
    assert reasons(cast) == []


def test_agenda_says_how_many_were_missed(cast):
    case = a_case(cast)
    for number in range(3):
        SessionFactory(referral=case, not_seen=True, starts_at=timezone.now() - timedelta(days=number))
    assert reasons(cast) == ["3 sessions missed in a row"]


def test_agenda_says_that_it_is_urgent_or_about_to_end(cast):
    a_case(cast, ending=True, how_soon=HowSoon.URGENT)
    assert reasons(cast) == ["referred as urgent", "about to end"]


def test_agenda_says_that_a_concern_is_open_where_the_supervisor_sees_it(cast):
    case = a_case(cast)
    concern = ConcernFactory(school=cast.school, pupil=case.pupil, author=cast.therapist)
    assert reasons(cast) == ["a concern about the pupil is open"]
    concern.delete()
    ConcernFactory(school=cast.school, pupil=case.pupil, author=cast.therapist, answered=True)
    assert reasons(cast) == []


def test_agenda_says_that_the_family_took_its_agreement_back(cast):
    case = a_case(cast)
    case.agreements.all().delete()
    FamilyAgreementFactory(referral=case, taken_back=True)
    assert reasons(cast) == ["the family took its agreement back: decide how it goes on"]


def test_agenda_says_how_long_it_lasts(cast):
    case = a_case(cast)
    for number in range(25):
        SessionFactory(referral=case, attendance=cast.items["Came"], starts_at=weeks_ago(number))
    (one,) = agenda(cast)
    assert one.reasons == ["more than 24 sessions"]
    assert one.length == "25 sessions in 25 weeks"


def test_agenda_is_late_first_then_by_reasons_then_by_length(cast):
    plain = a_case(cast)
    urgent = a_case(cast, how_soon=HowSoon.URGENT)
    late = a_case(cast, weeks=9)
    longer = a_case(cast)
    SessionFactory(referral=longer, attendance=cast.items["Came"])
    assert [one.pk for one in agenda(cast)] == [late.pk, urgent.pk, longer.pk, plain.pk]


@pytest.mark.one_database
def test_agenda_asks_as_much_for_many_as_for_one(cast, django_assert_num_queries):
    def grow(times):
        for _ in range(times):
            case = a_case(cast)
            ReviewFactory(referral=case, direction=Direction.HARDER)
            SessionFactory(referral=case, attendance=cast.items["Came"])
            bring(cast, case, weeks=2)

    grow(1)
    with django_assert_num_queries(13) as few:  # eight ask what the supervisor holds, which a request does once
        agenda(cast)
    grow(9)
    with django_assert_num_queries(len(few.captured_queries)):
        assert len(agenda(cast)) == 10


# --- Not brought in time


def test_not_brought_is_the_longest_wait_first(cast):
    a_case(cast)
    long, longer = a_case(cast, weeks=10), a_case(cast, weeks=12)
    rows = brought.rows_of(brought.not_brought(cast.supervisor, cast.service))
    assert [(row.case.reference, row.since) for row in rows] == [
        (longer.reference, "never brought; with its therapist for 12 weeks"),
        (long.reference, "never brought; with its therapist for 10 weeks"),
    ]


def test_shares_are_by_therapist_and_add_up(cast):
    a_case(cast)
    a_case(cast, weeks=10)
    other = ReferralFactory(
        active=True, school=cast.school, pupil=PupilFactory(school=cast.school), practitioner=cast.other_practitioner
    )
    bring(cast, other, weeks=2)
    ReferralFactory(closed=True, school=cast.school, pupil=PupilFactory(school=cast.school))

    found = {one.therapist: (one.in_time, one.whole) for one in brought.shares(cast.supervisor, cast.service)}

    assert found == {cast.therapist_practitioner.name: (1, 2), cast.other_practitioner.name: (1, 1)}
    assert brought.shares(cast.coordinator, cast.service) == []


# --- The sheet


@pytest.fixture
def meeting(cast):
    """The therapist and a colleague are asked; two cases stand on the agenda."""
    meeting = TeamMeetingFactory(service=cast.service, starts_at=timezone.now() + timedelta(days=1))
    for practitioner in (cast.therapist_practitioner, cast.other_practitioner):
        AttendanceFactory(meeting=meeting, practitioner=practitioner, came=None)
    for position, fields in ((0, {"how_soon": HowSoon.URGENT}), (2, {})):
        case = a_case(cast, **fields)
        ConcernFactory(school=cast.school, pupil=case.pupil, author=cast.therapist)
        SupervisionItemFactory(
            meeting=meeting, referral=case, position=position, brought=None, reflected="", question="What is new?"
        )
    return meeting


def test_sheet_names_no_case_to_a_colleague(cast, meeting):
    lines = supervision.sheet(cast.other_therapist, meeting)

    assert [line.letter for line in lines] == ["A", "C"]
    assert [line.reference for line in lines] == ["", ""]
    assert lines[0].question == "What is new?"
    assert lines[0].discipline == "Play therapist"


def test_sheet_names_ones_own_to_who_sees_them(cast, meeting):
    references = [item.referral.reference for item in meeting.items.all()]
    for person in (cast.therapist, cast.supervisor):
        assert [line.reference for line in supervision.sheet(person, meeting)] == references


def test_sheet_says_nothing_of_concerns(cast, meeting):
    for person in (cast.other_therapist, cast.supervisor):
        assert supervision.sheet(person, meeting)[0].reasons == ["referred as urgent"]


def test_sheet_is_empty_for_who_may_not_read_it(cast, meeting):
    for person in (cast.coordinator, cast.head, cast.outsider, cast.hidden_therapist):
        assert supervision.sheet(person, meeting) == []


def test_letter_of_goes_on_after_z():
    assert [supervision.letter_of(number) for number in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]
