"""The demo, made on an ordinary day and on days when nobody is at school: whole, plausible, and the same each time."""

import hashlib
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.db.models import Sum
from django.test import override_settings
from django.utils import timezone
from wagtail.models import Site

from allyance_site.management.demo import password
from allyance_site.management.demo.ground import HARBOURSIDE, LARKWELL
from allyance_site.people.demo_accounts import DEMO_ACCOUNTS
from allyance_site.people.models import User
from casework.access import rules
from casework.actions.hours import used
from casework.lifecycle import FINISHED, WORKED, Status
from casework.models import (
    PACK_TEXTS,
    WEEKDAYS,
    AgreementLink,
    Allocation,
    AssuranceLetter,
    DocumentAudience,
    Endorsement,
    Evidence,
    FamilyAgreement,
    HoursEntry,
    HoursLoan,
    HoursRequest,
    LetterFacts,
    OutboxMessage,
    Placement,
    Practitioner,
    Pupil,
    Purpose,
    Referral,
    School,
    SchoolPack,
    SchoolShare,
    Service,
    ServiceAgreement,
    Session,
    StatusChange,
    TeamMeeting,
    Term,
    Work,
    states_of,
)
from casework.reports import diary, hours, packs, reading, statements, supervision, waiting, work
from tests.allyance_site.management.demo_seen import every_text, snapshot
from tests.clock import london

pytestmark = pytest.mark.django_db  # each test in a savepoint of its own, within the build of its day

ADDRESS = "http://127.0.0.1:8000"
DAYS = {
    "a Wednesday in November": london(2026, 11, 18, 11, 0),
    "a Monday at eight": london(2027, 3, 8, 8, 0),
    "a Saturday in November": london(2026, 11, 14, 10, 0),
    "Christmas Day": london(2026, 12, 25, 9, 0),
    "the August holiday": london(2026, 8, 12, 12, 0),
    "1 September": london(2026, 9, 1, 0, 30),
}

NAMES_OF_THE_REAL = {
    "8595a6b8c28b757c", "eae6d77e26d53f8b", "250114cccd47fa66", "2fdcb934131ee2f7", "928ae6fd39ca6be7",
    "6c31d5aa71cccf75", "1271a006be662979", "6f021f0268d5dd0d", "9706987d633e05a0", "e8822a83c1618b09",
    "3df213fcec4adedc", "bd6afb5335713466", "f148389d080cfe85",
}  # fmt: skip
"""Of people and places of the services that this is modelled on, hashed, for they are not to stand here either."""


@dataclass(frozen=True)
class Made:
    """The demo of one day, and what was printed."""

    now: datetime
    printed: str
    password: str


@pytest.fixture(scope="module", params=DAYS, ids=[name.replace(" ", "-") for name in DAYS])
def made(request: Any, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Made]:
    """One build a day, for all tests of this file."""
    settings = override_settings(DEMO=True, DATA_DIR=tmp_path_factory.mktemp("data"))
    now = DAYS[request.param]
    with django_db_blocker.unblock(), settings, time_machine.travel(now, tick=False), transaction.atomic():
        printed = StringIO()
        call_command("demo", address=ADDRESS, stdout=printed)
        yield Made(now, printed.getvalue(), password.current())
        transaction.set_rollback(True)
    cache.clear()  # Wagtail remembers there which site is where


@pytest.fixture
def kept_password(made: Made) -> Iterator[None]:
    """The database takes back what a test changes; the file does not."""
    yield
    password.keep(made.password)


def user(key: str) -> User:
    return User.objects.get(email=f"{key}@allyance.example")


# --- What there is --------------------------------------------------------------------------------


def test_demo_has_a_referral_in_every_status(made):
    assert set(Referral.objects.values_list("status", flat=True)) == set(Status.values)


def test_demo_has_the_places_of_both_services(made):
    schools = School.objects.filter(service__name=LARKWELL)

    assert schools.exclude(cluster=None).count() == 8
    assert schools.filter(cluster=None).count() == 2
    assert set(schools.exclude(cluster=None).values_list("cluster__name", flat=True)) == {"Easterby", "Wendham"}
    assert School.objects.filter(service__name=HARBOURSIDE, cluster__name="Harbourside").count() == 3
    assert Pupil.objects.count() == 64


def test_demo_has_six_therapists_of_four_disciplines(made):
    placed = Practitioner.objects.filter(service__name=LARKWELL, placements__isnull=False).distinct()

    assert placed.count() == 6
    assert len(set(placed.values_list("discipline__label", flat=True))) == 4


def test_demo_pupils_go_to_school_in_two_years(made):
    for pupil in Pupil.objects.prefetch_related("enrolments"):
        now = [enrolment for enrolment in pupil.enrolments.all() if enrolment.is_current()]
        assert len(now) == 1
    assert Pupil.objects.filter(enrolments__ends_at__lte=made.now).count() > 50


def test_demo_pupils_are_as_old_as_their_year(made):
    eve = date(made.now.year if made.now.month >= 9 else made.now.year - 1, 8, 31)
    for pupil in Pupil.objects.prefetch_related("enrolments"):
        year = next(enrolment.year_group for enrolment in pupil.enrolments.all() if enrolment.ends_at is None)
        assert pupil.age_on(eve) == int(year) + 4


def test_demo_accounts_sign_in_with_the_printed_password(made):
    for account in DEMO_ACCOUNTS:
        person = User.objects.get(email=account.email)
        assert person.is_active
        assert person.check_password(made.password)
        assert account.email in made.printed
    assert made.password in made.printed
    assert len(made.password) >= 14
    assert ADDRESS in made.printed
    assert "http://harbourside.localhost:8000" in made.printed


def test_demo_has_no_superuser_and_no_other_way_in(made):
    cards = {account.email for account in DEMO_ACCOUNTS}

    assert not User.objects.filter(is_superuser=True).exists()
    assert not [person for person in User.objects.exclude(email__in=cards) if person.has_usable_password()]


def test_demo_accounts_enter_what_their_part_says(made):
    entered = {account.key: rules.surfaces(user(account.key)) for account in DEMO_ACCOUNTS}

    assert entered["coordinator"] >= {"casework", "coordination", "cms", "library"}
    assert entered["editor"] == {"cms"}
    assert entered["admin"] == {"system"}
    assert all("casework" in entered[key] for key in entered.keys() - {"editor", "admin"})
    assert all("cms" not in entered[key] for key in entered.keys() - {"editor", "coordinator"})


def test_demo_tells_no_stories_between_services(made):
    for referral in Referral.objects.select_related("school", "pupil"):
        assert referral.school.service_id == referral.pupil.service_id
    tsl = user("tsl")
    assert set(rules.visible_schools(tsl).values_list("service__name", flat=True)) == {HARBOURSIDE}
    seen = rules.visible_referrals(user("coordinator"))
    assert set(seen.values_list("school__service__name", flat=True)) == {LARKWELL}


def test_demo_has_one_therapist_red_one_who_may_wait_and_a_whole_record_of_the_others(made):
    today = timezone.localdate()
    people = list(Practitioner.objects.all())
    states = states_of(people, today)
    assert {len(of_one) for of_one in states.values()} == {8}
    red = {one.name: [state.words for state in states[one.pk] if state.stops] for one in people}
    ended = today - timedelta(days=9)
    assert {name: words for name, words in red.items() if words} == {
        "Ottilie Brance": [f"Insurance: run out on {ended:%-d %B %Y}"]
    }
    standings = {state.standing for of_one in states.values() for state in of_one}
    assert standings == {"in order", "ends soon", "allowed for now", "missing", "run out"}
    for evidence in Evidence.objects.select_related("requirement"):
        evidence.full_clean()
        assert evidence.dated <= evidence.seen_on <= today


# --- The past -------------------------------------------------------------------------------------


def test_demo_every_step_is_one_of_the_lifecycle(made):
    for change in StatusChange.objects.exclude(step="start"):
        transition = getattr(Referral, change.step)._django_fsm.transitions[change.from_status]
        assert transition.target == change.to_status


def test_demo_every_history_leads_to_its_status(made):
    for referral in Referral.objects.prefetch_related("changes"):
        changes = list(referral.changes.all())
        assert changes[0].step == "start"
        assert [change.from_status for change in changes[1:]] == [change.to_status for change in changes[:-1]]
        assert changes[-1].to_status == referral.status
        assert changes[-1].at == referral.status_since <= made.now
        assert [change.at for change in changes] == sorted({change.at for change in changes})


def test_demo_every_case_has_what_its_status_needs(made):
    for referral in Referral.objects.select_related("school"):
        works = referral.status in WORKED or referral.resumes_to in WORKED
        assert (referral.open_allocation() is not None) == works
        rests = referral.status in {Status.DRAFT, Status.ON_HOLD, *FINISHED}
        assert referral.agrees_to(Purpose.WORK) or referral.family_withdrew or rests
        assert referral.status != Status.DISCUSSION or referral.agrees_to(Purpose.MEETING)
        shared = SchoolShare.objects.filter(referral=referral).exists()
        assert referral.agrees_to(Purpose.YEAR_7) == shared
        assert bool(referral.concerns) or referral.status == Status.DRAFT
        assert referral.status != Status.ENDING or referral.reviews.exists()
        assert bool(referral.ending_summary) == (referral.status == Status.CLOSED)


def test_demo_tells_of_agreements_that_ask_for_somebody(made):
    withdrawn = FamilyAgreement.objects.to_decide().get()
    disagrees = FamilyAgreement.objects.exclude(disagreement="").get()
    assert withdrawn.withdrawn_at <= made.now
    assert disagrees.disagreement_decision and disagrees.referral.agrees_to(Purpose.CAMHS)
    assert AgreementLink.objects.get().waits


def test_demo_a_draft_shows_what_is_missing(made):
    missing = [
        (bool(draft.concerns), draft.agrees_to(Purpose.WORK)) for draft in Referral.objects.filter(status=Status.DRAFT)
    ]

    assert sorted(missing) == [(False, True), (True, False)]


def test_demo_weekly_hours_are_on_days_of_the_placement(made):
    for allocation in Allocation.objects.select_related("practitioner", "referral"):
        placement = Placement.objects.get(practitioner=allocation.practitioner, school=allocation.referral.school_id)
        assert getattr(placement, WEEKDAYS[allocation.weekday])


def test_demo_sessions_are_past_school_days_within_the_work(made):
    terms = list(Term.objects.filter(school_year__service__name=LARKWELL).values_list("starts_on", "ends_on"))
    for session in Session.objects.select_related("referral"):
        allocation = session.referral.allocations.get()
        day = timezone.localdate(session.starts_at)
        assert day < made.now.date()
        assert any(first <= day <= last for first, last in terms)
        assert allocation.starts_at < session.starts_at
        assert allocation.ends_at is None or session.starts_at < allocation.ends_at
        assert session.practitioner_id == allocation.practitioner_id
        assert hasattr(session, "process_note") == session.attendance.seen


def test_demo_ledger_is_the_sum_of_what_it_comes_from(made):
    """Every figure of a year reconciles: hours agreed, lent, topped up and carried over, less what was charged."""
    entries = HoursEntry.objects.all()
    sums = {row["kind"]: row["sum"] for row in entries.values("kind").annotate(sum=Sum("hours")).order_by()}
    signed = ServiceAgreement.objects.in_force()
    agreed = sum(one.hours + sum(line.hours for line in one.lines.all()) for one in signed)
    charged = Session.objects.filter(attendance__charged=True, group=None)
    other = Work.objects.filter(kind__charged=True, school__isnull=False)

    assert sums["agreed"] == agreed
    assert sums["work"] == -sum(used(work.minutes) for work in other)
    assert sums["session"] == -charged.count() and {session.minutes for session in charged} == {60}
    assert sums["lent"] == -sums["borrowed"] == -sum(loan.hours for loan in HoursLoan.objects.filter(state="agreed"))
    assert sums["carried"] == 0 and sums["top_up"] == 6
    assert set(sums) == {"agreed", "session", "lent", "borrowed", "carried", "top_up", "work"}
    assert entries.total() == sum(sums.values())
    assert not entries.filter(created_at__gt=made.now).exists()


def test_demo_tells_of_a_school_whose_hours_run_short(made):
    coordinator = User.objects.get(email="coordinator@allyance.example")
    figures = {one.name: one for one in hours.of_schools(coordinator)}
    short = figures["Brackenfield Primary School"]

    assert HoursRequest.objects.get(state="asked").school.name == short.name
    assert {name: one.left for name, one in figures.items() if one.left < 0} == {}
    assert {one.band for one in ServiceAgreement.objects.all()} == {"cluster", "reduced", "outside"}
    if made.now.month == 11:
        assert short.standing is hours.Standing.SHORT
    months = statements.months(coordinator, School.objects.get(name=short.name))
    made_of = [statements.statement(coordinator, School.objects.get(name=short.name), month) for month in months]
    assert (
        sum(line.hours for one in made_of for line in one.lines)
        == HoursEntry.objects.filter(school__name=short.name).total()
    )


def test_demo_one_school_owes_its_pack_and_has_last_years(made):
    day = made.now.date()
    owed = packs.owed(School.objects.all(), day)

    assert [one.school.name for one in owed] == ["Brackenfield Primary School"]
    assert not packs.is_of(packs.shown(user("therapist2"), owed[0].school, day), day)
    assert not SchoolPack.objects.filter(sent_at__gt=made.now).exists()
    for pack in SchoolPack.objects.all():
        assert all(getattr(pack, text) for text in PACK_TEXTS)


def test_demo_two_schools_have_letters_of_assurance(made):
    standing = AssuranceLetter.objects.filter(replaced_at=None)

    assert {letter.school.name for letter in standing} == {"Cawdale Primary School", "Brackenfield Primary School"}
    assert all(LetterFacts.of_text(letter.facts).seen for letter in standing)
    assert not OutboxMessage.objects.filter(kind="letter_issued").exclude(state="sent").exists()


def test_demo_closed_cases_are_of_last_year_and_of_lately(made):
    closed = Referral.objects.filter(status=Status.CLOSED)
    september = london(made.now.year if made.now.month >= 9 else made.now.year - 1, 9, 1)

    assert closed.filter(closed_at__lt=september).count() >= 6
    assert closed.filter(created_at__lt=made.now).count() == closed.count()


# --- What people find -----------------------------------------------------------------------------


def test_demo_therapist_has_a_day_at_two_schools(made):
    found = diary.diary(user("therapist"))

    assert {slot.school for slot in found.slots} == {"Cawdale Primary School", "Fernhill Primary School"}
    assert found.next_day is not None
    assert 3 <= len(found.next_hours) <= 4
    assert found.without_hour == []


def test_demo_therapist_has_hours_today_on_a_school_day(made):
    found = diary.diary(user("therapist"))
    terms = Term.objects.on(made.now.date()).filter(school_year__service__name=LARKWELL)

    at_school = terms.exists() and made.now.weekday() < 5
    assert bool(found.hours_today) == at_school
    assert not any(hour.written for hour in found.hours_today)


def test_demo_one_hour_is_not_written_up_where_that_is_lately(made):
    found = diary.diary(user("therapist"))
    others = [diary.diary(user(key)).not_written for key in ("therapist2", "delphine", "hamish", "yusra", "ottilie")]

    expected = 0 if made.now.month in (8, 9) else 1
    assert len(found.not_written) == expected
    assert others == [[]] * 5


def test_demo_therapist_has_a_case_to_review(made):
    therapist = user("therapist")

    assert work.reviews_due(therapist).rows
    assert rules.visible_referrals(therapist).filter(status=Status.REVIEW).exists()


def test_demo_therapists_see_different_cases(made):
    first, second = (set(rules.visible_referrals(user(key))) for key in ("therapist", "therapist2"))

    assert first
    assert second
    assert not first & second


def test_demo_head_is_waited_for(made):
    asked = waiting.for_schools_yes(user("head"))
    said = Endorsement.objects.filter(side=Endorsement.Side.THERAPIST, referral__status=Status.SUBMITTED)

    assert len(asked) == 2
    assert said.get().referral.reference in {row.reference for row in asked}


def test_demo_heads_see_their_own_school_alone(made):
    for key, school in [("head", "Cawdale Primary School"), ("head2", "Brackenfield Primary School")]:
        seen = rules.visible_referrals(user(key))
        assert set(seen.values_list("school__name", flat=True)) == {school}
        assert seen.exclude(status__in=FINISHED).count() > 4


def test_demo_head_does_not_see_what_the_family_keeps_from_the_school(made):
    kept = Referral.objects.get(school_may_see=False)

    assert not rules.can_view_referral(user("head.ashdown"), kept)
    assert rules.can_view_referral(user("coordinator"), kept)


def test_demo_documents_open_to_those_they_are_for(made):
    titles = {
        key: set(rules.visible_documents(user(key)).values_list("title", flat=True))
        for key in ("therapist", "therapist2", "head", "head2", "coordinator", "tsl", "editor")
    }

    assert DocumentAudience.objects.count() == 8
    assert len(titles["coordinator"]) == 7  # with what is to come, without the edition that is withdrawn
    assert "Sessions by video" in titles["coordinator"] - titles["therapist"]
    assert len(titles["therapist"]) == len(titles["therapist2"]) == 5
    assert titles["head"] == {"Cawdale: whom to tell, and where"}
    assert titles["head2"] == {"Brackenfield: whom to tell, and where"}
    assert titles["tsl"] == titles["editor"] == set()


def test_demo_has_one_who_is_behind_and_one_who_has_something_to_read(made):
    today = timezone.localdate(made.now)
    team = Practitioner.objects.filter(service__name=LARKWELL).select_related("user")
    owed = {one.user.email.split("@")[0]: reading.owed([one], today)[one.pk] for one in team}
    assert [one.title for one in owed["therapist"]] == ["How we keep children safe"]
    assert "Keeping children safe: statutory guidance" in [one.title for one in owed["hamish"]]
    assert owed["supervisor"] == owed["therapist2"] == []


def test_demo_receiving_school_sees_a_case_for_a_time(made):
    share = SchoolShare.objects.get()

    assert share.school.name == "Garrowby Village College"
    assert share.ends_at > made.now
    assert rules.can_view_referral(user("head.garrowby"), share.referral)


# --- Words ----------------------------------------------------------------------------------------


def test_demo_names_nobody_and_no_place_of_the_real_services(made):
    words = {word.lower() for text in every_text() for word in re.findall(r"\w+", text)}

    assert [word for word in words if hashlib.sha256(word.encode()).hexdigest()[:16] in NAMES_OF_THE_REAL] == []


def test_demo_diagnoses_nobody(made):
    wrong = re.compile(
        r"abnormal|improved because|diagnos|disorder|depress|autis|adhd|ocd\b|ptsd|syndrome|patholog", re.I
    )
    found = {match.group() for text in every_text() for match in wrong.finditer(text.replace("No diagnosis", ""))}

    assert found == set()


# --- The command ----------------------------------------------------------------------------------


def test_demo_run_again_changes_nothing(made):
    before = snapshot()
    printed = StringIO()

    call_command("demo", address=ADDRESS, stdout=printed)

    assert snapshot() == before
    assert Service.objects.count() == 2
    assert made.password in printed.getvalue()


def test_demo_run_again_takes_another_password_and_port(made, kept_password, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "blue kettle on the moon")

    call_command("demo", address="http://127.0.0.1:8123", stdout=StringIO())

    assert user("head").check_password("blue kettle on the moon")
    assert password.current() == "blue kettle on the moon"
    assert set(Site.objects.values_list("port", flat=True)) == {8123}


def test_demo_password_is_readable_by_its_owner_alone(made):
    assert stat.S_IMODE(password.kept_in().stat().st_mode) == 0o600


def test_the_team_is_supervised_and_trained(made):
    supervisor = User.objects.get(email__startswith="supervisor@")
    larkwell = Service.objects.get(name=LARKWELL)
    coming = TeamMeeting.objects.filter(service=larkwell, starts_at__gt=made.now).order_by("starts_at")

    assert [meeting.kind for meeting in coming] == ["group", "training"]
    assert coming[0].items.count() == 4
    assert coming[0].items.exclude(question="").count() == 3
    assert coming[0].items.exclude(notes_brought_by=None).count() == 1
    assert len(supervision.sheet(supervisor, coming[0])) == 4
    past = TeamMeeting.objects.filter(service=larkwell, starts_at__lt=made.now)
    assert not past.filter(attendances__came=None).exists()
    assert {meeting.kind for meeting in past} == {"group", "individual", "training"}
    assert any(
        one.since.startswith("never brought") and one.is_late for one in supervision.agenda(supervisor, larkwell)
    )
    assert not OutboxMessage.objects.filter(kind__startswith="meeting", state="waiting").exists()
