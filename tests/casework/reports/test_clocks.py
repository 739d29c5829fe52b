"""What the school reads of the clocks: the same numbers as the coordinator's, in sentences."""

from datetime import timedelta

from django.utils import timezone

from casework.reports.clocks import clocks_of
from tests.cast import Cast
from tests.factories import ReferralFactory


def sentences(cast: Cast, *, sent: int, decided: int | None = None, seen: tuple[int, ...] = (), **fields) -> list[str]:
    cast.service.decide_within = 10
    now = timezone.now()
    days = {"submitted_at": now - timedelta(days=sent)}
    if decided is not None:
        days["decided_at"] = now - timedelta(days=decided)
    case = ReferralFactory(school=cast.school, pupil=cast.pupil, **days, **fields)
    at = [now - timedelta(days=each) for each in seen] or [None]
    return [clock.for_school for clock in clocks_of(case, at[0], at[-1])]


def test_for_school_says_how_long_and_what_is_usual(cast: Cast) -> None:
    assert sentences(cast, sent=9, submitted=True) == ["Sent 9 days ago; decided as a rule within 10 days"]


def test_for_school_says_today_and_one_day(cast: Cast) -> None:
    assert sentences(cast, sent=1, decided=0, accepted=True) == [
        "Decided 1 day after it was sent",
        "Accepted today; the first session is as a rule within 42 days",
    ]


def test_for_school_of_a_case_in_sessions(cast: Cast) -> None:
    assert sentences(cast, sent=60, decided=50, seen=(40, 6), active=True) == [
        "Decided 10 days after it was sent",
        "First session 10 days after the decision",
        "Last seen 6 days ago; as a rule again within 21 days",
    ]


def test_for_school_of_what_is_finished_or_rests(cast: Cast) -> None:
    assert sentences(cast, sent=9, declined=True) == []
    assert sentences(cast, sent=9, on_hold=True) == []
