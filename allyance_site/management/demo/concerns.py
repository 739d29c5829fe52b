"""Writes the demo’s two concerns at Cawdale: one that has come back answered, and one that waits for its outcome."""

from dataclasses import dataclass
from datetime import date, time

from casework.models import About, Concern, ConcernEntry, ConcernStatus, Numbering, OutboxMessage

from .keys import new_keys
from .people import People
from .told import Told
from .weeks import SchoolWeeks, at

Kind = ConcernEntry.Kind


@dataclass(frozen=True)
class Story:
    """A concern of one morning: what was said and seen, and what followed at which time of that day."""

    theme: str
    noticed: time
    own_words: str
    seen: str
    opinion: str
    followed: tuple[tuple[Kind, time, str], ...]
    status: ConcernStatus


ANSWERED = Story(
    "apart",
    time(10, 25),
    "“When they shout I get in the wardrobe. On Sunday he pulled me out by my arm.”",
    "Said at the door of the room, before the hour began. Four round marks on the inside of the left upper arm.",
    "Quieter than last week. Watched my face while saying it, as if to see what I would do.",
    (
        (Kind.TOLD, time(10, 40), "Joanna Penhallow, designated safeguarding lead, in her office"),
        (Kind.ACKNOWLEDGED, time(10, 52), ""),
        (
            Kind.DONE,
            time(15, 20),
            "Children’s services were rung at 11:05 and a social worker saw the child at school at 13:30. The child is "
            "with a grandparent tonight, and there is a meeting tomorrow at 9:00. The counselling hour stays.",
        ),
    ),
    ConcernStatus.ANSWERED,
)
WAITING = Story(
    "moving",
    time(14, 5),
    "“A man in my game wants to know which bus I take.”",
    "Showed me two messages on a telephone. Both asked for the name of the school.",
    "",
    (
        (Kind.TOLD, time(14, 15), "Joanna Penhallow, designated safeguarding lead, by telephone"),
        (Kind.ACKNOWLEDGED, time(14, 40), ""),
    ),
    ConcernStatus.ACKNOWLEDGED,
)


def write(told: list[Told], people: People, weeks: SchoolWeeks) -> None:
    """Both in the last whole school week, at its beginning and at its end."""
    week = weeks.back(1)
    keys = new_keys(2)
    for story, day, key in [(ANSWERED, week[0], keys[0]), (WAITING, week[-1], keys[1])]:
        _write(story, day, key, next(one for one in told if _is_of(one, story)), people)


def _is_of(told: Told, story: Story) -> bool:
    return told.case.school == "cawdale" and told.case.theme == story.theme


def _write(story: Story, day: date, key: object, told: Told, people: People) -> None:
    author, dsl = people.accounts["therapist"], people.accounts["dsl"]
    times = {kind: at(day, moment) for kind, moment, _ in story.followed}
    raised_at = times[Kind.TOLD]
    concern = Concern.objects.create(
        reference=Numbering.next(f"C{day:%y}"),
        data_key=key,
        about=About.CHILD,
        school=told.referral.school,
        pupil=told.referral.pupil,
        arose_in=told.referral,
        author=author,
        noticed_at=at(day, story.noticed),
        raised_at=raised_at,
        told_at=times[Kind.TOLD],
        status=story.status,
        status_since=max(times.values()),
        own_words=story.own_words,
        seen=story.seen,
        opinion=story.opinion,
        created_at=raised_at,
    )
    for kind, moment, text in story.followed:
        ConcernEntry.objects.create(
            concern=concern, data_key=key, kind=kind, by=author if kind is Kind.TOLD else dsl, at=at(day, moment),
            text=text, created_at=at(day, moment),
        )  # fmt: skip
    OutboxMessage.objects.create(
        to=dsl, kind="concern_raised", reference=concern.reference, at_least_once=True, attempts=1,
        state=OutboxMessage.State.SENT, made_at=raised_at, due_at=raised_at, sent_at=raised_at,
    )  # fmt: skip
