"""The demo’s supervision and training: a group every half-term, individual hours, two trainings, what comes next."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from casework.actions import supervision, team_meetings
from casework.actions.supervision_record import Brought, record
from casework.lifecycle import WORKED
from casework.models import (
    Attendance,
    MeetingKind,
    Practitioner,
    Requirement,
    RequirementKind,
    SupervisionItem,
    SupervisionRule,
    TeamMeeting,
)

from .. import usual
from . import ground, mails
from .people import People
from .places import Places
from .told import Told
from .weeks import SchoolWeeks, at

GROUP_EVERY, FIRST_GROUP, GROUPS = 7, 3, 4
INDIVIDUAL_EVERY, INDIVIDUALS = 4, 9
IN_THE_GROUP, AFTERNOON = 90, time(16, 15)
SELDOM, NOT_BROUGHT = "hamish", ("hazelwick", "anger")
OUTSIDE, GO_OUTSIDE = "A supervisor outside the service", ("therapist", "supervisor")
MINUTES = {"yusra": 120}

QUESTIONS = (
    "How do I stay beside the silence without filling it?",
    "What does the adult in me want to put right too soon?",
    "How do we say goodbye when somebody else has left without a word?",
)
REFLECTIONS = (
    "The group heard how much the therapist holds alone here. Two ways of beginning the hour were tried out in words; "
    "the slower one seemed to leave more room. To come back to: who else in school knows the child well.",
    "We stayed with the anger, and with whose it might be. The therapist will ask the teacher what the first ten "
    "minutes after lunch are like, and bring that next time.",
    "What the play repeats was followed step by step. Nothing needs to be explained to the child yet. The ending was "
    "talked about early, so that nobody is surprised by it.",
    "Parents who do not speak with one another pull at the hour as well. The therapist keeps to one sentence for both.",
)
HALL = "Cawdale Primary School, the hall"
TRAINING, NEXT_TRAINING = "Safeguarding, the yearly half-day", "Working with parents who disagree"


@dataclass(frozen=True)
class Team:
    """Who supervises, and whom."""

    practitioners: dict[str, Practitioner]
    people: People

    @property
    def asked(self) -> list[Practitioner]:
        return list(self.practitioners.values())


def write(told: list[Told], places: Places, people: People, weeks: SchoolWeeks) -> None:
    """What Larkwell's team met for in this year, and what is to come; Harbourside has its rules alone."""
    for service in places.services.values():
        SupervisionRule.objects.bulk_create(usual.supervision_rules(service))
    keys = [key for key, one in ground.PRACTITIONERS.items() if one.service == ground.LARKWELL and one.weekly_hours]
    team = Team({key: people.practitioners[key] for key in keys}, people)
    cases = _open_cases(told)
    _individuals(places, team, weeks, cases)
    for number in reversed(range(GROUPS)):
        _group(places, team, weeks, cases, number)
    _next_group(places, team, weeks, cases)
    _trainings(places, team, weeks)
    mails.went_out("meeting_asked", at(weeks.back(0)[0], time(9)))


def _open_cases(told: list[Told]) -> list[Told]:
    """The cases that are worked, but for the one that was not brought for long."""
    worked = [one for one in told if one.allocation and one.referral.status in WORKED]
    ours = [one for one in worked if ground.SCHOOLS[one.case.school].service == ground.LARKWELL]
    return [one for one in ours if (one.case.school, one.case.theme) != NOT_BROUGHT]


def _has_begun(one: Told, day: date) -> bool:
    """Whether its therapist had it by a day."""
    return one.allocation is not None and one.allocation.starts_at < at(day, AFTERNOON)


def _group(places: Places, team: Team, weeks: SchoolWeeks, cases: list[Told], number: int) -> None:
    """A group that has been: some of the cases were brought, others each time, and one therapist was away."""
    day = _day(weeks, FIRST_GROUP + number * GROUP_EVERY, 3)
    turn = [one for place, one in enumerate(cases) if place % GROUPS == number]
    brought = [one.referral for one in turn if _has_begun(one, day)]
    if not brought:
        return
    by = team.people.accounts["supervisor"]
    meeting = _plan(places, team, day)
    supervision.set_agenda(meeting, brought, by=by, version=meeting.version)
    meeting.refresh_from_db()
    there = meeting.attendances.order_by("practitioner__name")
    came = {one.uuid: place != number for place, one in enumerate(there)}
    items = {
        item.uuid: Brought(True, REFLECTIONS[(place + number) % len(REFLECTIONS)])
        for place, item in enumerate(meeting.items.all())
    }
    record(meeting, by=by, version=meeting.version, came=came, items=items)


def _next_group(places: Places, team: Team, weeks: SchoolWeeks, cases: list[Told]) -> None:
    """The next one: four cases on its agenda, one with a question and the therapist's own notes."""
    by, therapist = team.people.accounts["supervisor"], team.people.accounts["therapist"]
    meeting = _plan(places, team, _school_day_from(weeks, weeks.today + timedelta(days=10)))
    mine = [one.referral for one in cases if one.case.therapist == "therapist"]
    others = [one.referral for one in cases if one.case.therapist in ("therapist2", "delphine", "yusra")]
    supervision.set_agenda(meeting, [*mine[:2], *others[1:4:2]], by=by, version=meeting.version)
    for item, question in zip(meeting.items.all(), QUESTIONS, strict=False):
        is_mine = item.referral in mine[:1]
        supervision.prepare(
            item, by=therapist if is_mine else by, version=item.version, question=question,
            brings_notes=True if is_mine else None,
        )  # fmt: skip


def _plan(places: Places, team: Team, day: date) -> TeamMeeting:
    by = team.people.accounts["supervisor"]
    return team_meetings.plan(
        places.services[ground.LARKWELL], by=by, kind=MeetingKind.GROUP, starts_at=at(day, AFTERNOON),
        minutes=IN_THE_GROUP, led_by=by.get_full_name(), place="Wendham Library, upstairs room", asked=team.asked,
    )  # fmt: skip


def _individuals(places: Places, team: Team, weeks: SchoolWeeks, cases: list[Told]) -> None:
    """Individual supervision, every fourth school week with the supervisor; one of them comes seldom, and brings
    nothing. The therapist who signs in and the supervisor go to somebody outside."""
    service, accounts = places.services[ground.LARKWELL], team.people.accounts
    everybody = team.practitioners | {"supervisor": team.people.practitioners["supervisor"]}
    meetings, rows, items = [], [], []
    for place, (key, practitioner) in enumerate(everybody.items()):
        outside = key in GO_OUTSIDE
        entered_by = accounts[key if outside else "supervisor"]
        mine = [one for one in cases if one.case.therapist == key and key != SELDOM]
        for number in range(2 if key == SELDOM else INDIVIDUALS):
            day = _day(weeks, 1 + number * INDIVIDUAL_EVERY, place % 4)
            meeting = TeamMeeting(
                service=service, kind=MeetingKind.INDIVIDUAL, starts_at=at(day, time(16, 30)),
                minutes=MINUTES.get(key, 90), led_by=OUTSIDE if outside else entered_by.get_full_name(),
                place="" if outside else "On-line", entered_by=entered_by, created_at=at(day, AFTERNOON),
            )  # fmt: skip
            meetings.append(meeting)
            rows.append(Attendance(meeting=meeting, practitioner=practitioner, came=True))
            brought = [one for one in mine[number::2] if number < 2 and _has_begun(one, day)]
            items += [_talked_over(meeting, one, outside=outside) for one in brought]
    TeamMeeting.objects.bulk_create(meetings)
    Attendance.objects.bulk_create(rows)
    SupervisionItem.objects.bulk_create(items)


def _talked_over(meeting: TeamMeeting, one: Told, *, outside: bool) -> SupervisionItem:
    """A case in an individual supervision; what was said outside is asked nowhere."""
    return SupervisionItem(
        meeting=meeting, referral=one.referral, data_key=one.referral.data_key, position=one.number, brought=True,
        reflected="" if outside else REFLECTIONS[one.number % len(REFLECTIONS)], created_at=meeting.created_at,
    )  # fmt: skip


def _trainings(places: Places, team: Team, weeks: SchoolWeeks) -> None:
    """One that has been, and one to come that counts."""
    service, by = places.services[ground.LARKWELL], team.people.coordinator(ground.LARKWELL)
    been = team_meetings.plan(
        service, by=by, kind=MeetingKind.TRAINING, starts_at=at(_day(weeks, 6, 1), time(13, 0)), minutes=180,
        title=TRAINING, led_by="Brayford Training", place=HALL, asked=team.asked,
    )  # fmt: skip
    there = been.attendances.order_by("practitioner__name")
    record(been, by=by, version=been.version, came={one.uuid: place > 0 for place, one in enumerate(there)})
    team_meetings.plan(
        service, by=by, kind=MeetingKind.TRAINING, minutes=120, title=NEXT_TRAINING, led_by=by.get_full_name(),
        starts_at=at(_school_day_from(weeks, weeks.today + timedelta(days=20)), time(15, 30)), place=HALL,
        asked=team.asked,
        counts_as=Requirement.objects.filter(service=service, kind=RequirementKind.TRAINING, active=True).first(),
    )  # fmt: skip


def _day(weeks: SchoolWeeks, ago: int, weekday: int) -> date:
    """A day of a school week; of a short one the last that there is."""
    week = weeks.back(ago)
    return week[min(weekday, len(week) - 1)]


def _school_day_from(weeks: SchoolWeeks, day: date) -> date:
    """The first school day from a day on, within a term's length; or else that day itself."""
    later = (day + timedelta(days=number) for number in range(60))
    return next((one for one in later if weeks.is_open(one)), day)
