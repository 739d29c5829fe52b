"""What happens in the demo: one line a pupil, told in school weeks before the day on which it is made."""

from dataclasses import dataclass
from datetime import time

from casework.lifecycle import Status
from casework.models import HowSoon

LATER = "later"
"""Today's weekday where it is a school day and no Monday, else Tuesday: so that a therapist has hours today."""


@dataclass(frozen=True)
class Case:
    """A pupil and, unless `status` is None, the referral of that pupil.

    `sent` is how many school weeks ago it was sent, or the week of last year, 0 for its first, where `last_year`. The
    `therapist` works it; of one that is only sent, has said yes and waits for the head. `offers` are the days that the
    school has time, 0 for Monday; `speaks` is the family's language where it is not English.
    """

    school: str
    year: str
    theme: str = ""
    status: Status | None = None
    sent: int = 0
    therapist: str = ""
    day: str = "monday"
    hour: time = time(9, 15)
    last_year: bool = False
    weeks: int = 17
    how_soon: HowSoon = HowSoon.TERM
    surgery: str = ""
    kept_from_school: bool = False
    last_hour_unwritten: bool = False
    missed_lately: int = 0
    two_parents: bool = False
    sibling: bool = False
    now_at: str = ""
    shared_with: str = ""
    covered_by: str = ""
    taken_back: bool = False
    asked_by_link: bool = False
    offers: str = ""
    speaks: str = ""


EASTERBY = [
    # 1. A bereaved Year 4 pupil: decided by school and therapist, reviewed, and now a planned ending.
    Case("cawdale", "4", "loss", Status.ENDING, 19, "therapist"),
    # 4. A pupil whose parents will not agree with one another; the mother agrees to CAMHS.
    Case(
        "cawdale",
        "5",
        "apart",
        Status.ACTIVE,
        8,
        "therapist",
        hour=time(10, 30),
        two_parents=True,
        last_hour_unwritten=True,
    ),
    # 3. A Year 6 pupil on the way to secondary school, which sees the case for a time.
    Case("cawdale", "6", "moving", Status.ACTIVE, 14, "therapist", LATER, shared_with="garrowby"),
    Case("cawdale", "1", "quiet", Status.ASSESSMENT, 5, "therapist", LATER, time(10, 30)),
    Case("cawdale", "3", "illness", Status.SUBMITTED, 1, "therapist"),
    Case("cawdale", "4", "friends", Status.SUBMITTED, 1, how_soon=HowSoon.SOON),
    Case("cawdale", "2", "worry", Status.ACCEPTED, 3, asked_by_link=True, offers="02"),
    Case("cawdale", "6", "anger", Status.RETURNED, 3),
    Case("cawdale", "3", "school", Status.DRAFT, 1),
    Case("cawdale", "5", "", Status.DRAFT, 2),
    Case("cawdale", "6", "loss", Status.CLOSED, 5, "therapist", hour=time(11, 30), last_year=True),
    Case("cawdale", "5", "friends", Status.CLOSED, 19, "therapist", hour=time(15, 0), weeks=17),
    Case("cawdale", "4", "self", Status.DECLINED, 14),
    Case("cawdale", "2"),
    Case("cawdale", "4"),
    Case("cawdale", "6"),
    Case("fernhill", "2", "friends", Status.REVIEW, 12, "therapist", hour=time(13, 0)),
    Case("fernhill", "5", "anger", Status.ALLOCATED, 2, "therapist", hour=time(14, 15)),
    Case("fernhill", "3", "worry", Status.ACTIVE, 8, "therapist", LATER, time(13, 0)),
    Case(
        "fernhill", "4", "home", Status.ACTIVE, 11, "therapist", LATER, time(14, 15), taken_back=True, missed_lately=3
    ),
    Case("fernhill", "4", "apart", Status.SUBMITTED, 2, surgery="Coldwell surgery"),
    Case("fernhill", "6", "worry", Status.CLOSED, 2, "therapist", LATER, last_year=True),
    Case("fernhill", "3", "illness", Status.SIGNPOSTED, 10),
    Case("ashdown", "2", "home", Status.ACTIVE, 21, "delphine"),
    Case("ashdown", "5", "home", Status.ACTIVE, 8, "delphine", hour=time(10, 30), sibling=True),
    Case("ashdown", "5", "anger", Status.CLOSED, 8, "delphine", hour=time(13, 0), last_year=True),
    Case("ashdown", "4", "sad", Status.SUBMITTED, 2, how_soon=HowSoon.SOON),
    Case("ashdown", "6", "illness", Status.ACCEPTED, 4, surgery="Coldwell surgery", kept_from_school=True),
    Case("dunmere", "4", "worry", Status.ALLOCATED, 2, "delphine", "tuesday"),
    Case("dunmere", "1", "quiet", Status.ENDING, 19, "delphine", "tuesday", time(10, 30)),
    Case(
        "dunmere",
        "7",
        "moving",
        Status.CLOSED,
        18,
        "delphine",
        "tuesday",
        time(13, 0),
        last_year=True,
        now_at="garrowby",
    ),
    Case("dunmere", "5", "self", Status.ACTIVE, 7, "ottilie", "friday", covered_by="delphine"),
    Case("dunmere", "3", "apart", Status.WITHDRAWN, 5),
]
"""Stories 1, 3 and 4 are at Cawdale, where head, SENDCO and DSL sign in, with the therapist who does."""

WENDHAM = [
    Case("brackenfield", "5", "worry", Status.ACTIVE, 8, "therapist2"),
    Case("brackenfield", "4", "sad", Status.ACTIVE, 19, "therapist2", hour=time(10, 30)),
    Case("brackenfield", "6", "moving", Status.REVIEW, 12, "therapist2", "tuesday"),
    Case("brackenfield", "1", "quiet", Status.SUBMITTED, 1),
    Case("brackenfield", "5", "apart", Status.ACCEPTED, 2, how_soon=HowSoon.URGENT, offers="13", speaks="Polish"),
    Case("brackenfield", "6", "loss", Status.CLOSED, 4, "therapist2", hour=time(13, 0), last_year=True),
    Case("brackenfield", "3", "self", Status.ALLOCATED, 2, "ottilie", "thursday"),
    Case("elmstead", "3", "quiet", Status.ACTIVE, 7, "therapist2", "wednesday"),
    Case("elmstead", "2", "school", Status.ON_HOLD, 9, "therapist2", "wednesday", time(10, 30)),
    Case("elmstead", "4", "friends", Status.WITHDRAWN, 6),
    Case("hazelwick", "6", "anger", Status.REVIEW, 12, "hamish", "wednesday"),
    Case("hazelwick", "5", "apart", Status.CLOSED, 16, "hamish", "wednesday", time(10, 30), last_year=True),
    Case("inglethorpe", "4", "illness", Status.ACTIVE, 14, "yusra", "tuesday"),
    Case("inglethorpe", "6", "self", Status.DECLINED, 20),
    Case("inglethorpe", "3", "worry", Status.CLOSED, 11, "yusra", "tuesday", time(10, 30), last_year=True),
]

BUYING_IN = [
    Case("garrowby", "8", "self", Status.ASSESSMENT, 5, "therapist2", "thursday"),
    Case("garrowby", "9", "sad", Status.ACTIVE, 11, "hamish"),
    Case("garrowby", "10", "home", Status.ACTIVE, 37, "hamish", hour=time(10, 30)),
    Case("garrowby", "7", "illness", Status.SIGNPOSTED, 8),
    Case("jubilee", "5", "friends", Status.ACTIVE, 9, "yusra", "thursday"),
    Case("jubilee", "3", "loss", Status.ASSESSMENT, 5, "yusra", "thursday", time(10, 30)),
]

HARBOUR = [
    # 2. A Year 5 pupil whom a surgery refers; the meeting decides here.
    Case("kittiwake", "5", "worry", Status.DISCUSSION, 3, surgery="Harbour Road surgery"),
    Case("lantern", "4", "anger", Status.DISCUSSION, 2, how_soon=HowSoon.SOON),
    Case("marram", "3", "apart", Status.SUBMITTED, 1),
    Case("kittiwake", "6", "loss", Status.ACTIVE, 9, "beth"),
    Case("lantern", "3", "friends", Status.CLOSED, 9, "beth", "wednesday", last_year=True),
    Case("kittiwake", "1", "quiet", Status.ACCEPTED, 4),
]

WAITING = [
    Case("dunmere", "2", "sad", Status.ACCEPTED, 5, offers="14"),
    Case("hazelwick", "3", "friends", Status.ACCEPTED, 6, how_soon=HowSoon.SOON, offers="01"),
    Case("jubilee", "4", "worry", Status.ACCEPTED, 3, offers="34", speaks="Arabic"),
    Case("garrowby", "8", "anger", Status.ACCEPTED, 4),
]
"""Who fills the allocation board, beside those who wait in the lists above."""

CASES = [*EASTERBY, *WENDHAM, *BUYING_IN, *HARBOUR, *WAITING]
