"""The therapists' other time in the demo: groups, meetings and travel, a closed day and an absence."""

from datetime import date, time, timedelta

from casework.actions import notes, work
from casework.models import Absence, Allocation, ClosedDays, ListItem, ListName

from .. import usual
from . import ground, texts
from .people import People
from .places import Places
from .told import Told
from .weeks import SchoolWeeks, at

MONDAY = 0
AWAY_IN, AWAY_FOR = timedelta(days=3), timedelta(days=4)


def write(told: list[Told], places: Places, people: People, weeks: SchoolWeeks) -> None:
    """What the therapist who signs in did besides the weekly hours, and what keeps others from theirs."""
    _closed(places, people, weeks)
    Absence.objects.create(
        practitioner=people.practitioners["hamish"],
        starts_on=weeks.today + AWAY_IN,
        ends_on=weeks.today + AWAY_IN + AWAY_FOR,
    )
    apart, quiet, new = (_case(told, school, theme) for school, theme in ground.PARENTS_FIRST)
    Allocation.objects.filter(referral__in=[one.referral for one in (quiet, new)]).update(parents_first=True)
    day = [week[0] for week in (weeks.back(number) for number in range(7))]
    writer = _Writer(places, people)
    writer.write(usual.PARENTS, day[5], time(12, 0), 45, case=apart)
    writer.write(usual.PARENTS, day[3], time(12, 0), 45, case=quiet)
    writer.write(usual.AGENCIES, day[4], time(15, 30), 60, case=apart)
    writer.write(usual.ADVICE, day[3], time(15, 30), 30, school="cawdale")
    for number in (1, 2, 3):
        writer.write(usual.TRAVEL, day[number], time(12, 15), 30)
    for number in (2, 4):
        writer.group(day[number], [_case(told, "fernhill", theme) for theme in ("friends", "worry")])


class _Writer:
    """Writes as the therapist who signs in."""

    def __init__(self, places: Places, people: People) -> None:
        self.places = places
        self.by = people.accounts["therapist"]

    def write(
        self, label: str, day: date, hour: time, minutes: int, *, case: Told | None = None, school: str = ""
    ) -> None:
        work.record(
            self._kind(label), by=self.by, starts_at=at(day, hour), minutes=minutes,
            referral=case.referral if case else None, school=self.places.schools.get(school),
        )  # fmt: skip

    def group(self, day: date, cases: list[Told]) -> None:
        """One that all came to."""
        came = self.places.item(self.places.services[ground.LARKWELL], ListName.ATTENDANCE, usual.CAME)
        members = {one.referral: came for one in cases}
        group = work.record(
            self._kind(usual.GROUP), by=self.by, starts_at=at(day, time(11, 30)), minutes=60, group=members
        )
        for session, text in zip(group.sessions.select_related("referral"), texts.NOTES, strict=False):
            notes.write(session, by=self.by, text=text)

    def _kind(self, label: str) -> ListItem:
        return self.places.item(self.places.services[ground.LARKWELL], ListName.WORK, label)


def _closed(places: Places, people: People, weeks: SchoolWeeks) -> None:
    """A training day at Cawdale, on a day on which the therapist is elsewhere anyway."""
    days = [day for day in weeks.back(5) if day.weekday() != MONDAY and f"{day:%A}".lower() != people.later]
    ClosedDays.objects.create(
        service=places.services[ground.LARKWELL], school=places.schools["cawdale"], starts_on=days[-1],
        ends_on=days[-1], why="Training day",
    )  # fmt: skip


def _case(told: list[Told], school: str, theme: str) -> Told:
    """The case that the therapist works at a school."""
    return next(
        one for one in told
        if (one.case.school, one.case.theme, one.case.therapist) == (school, theme, "therapist") and one.allocation
        and not one.when("close")
    )  # fmt: skip
