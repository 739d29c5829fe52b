"""Writes the demo’s referrals with their past, as the actions would have left them if taken on those days."""

from datetime import datetime, time, timedelta
from typing import Any

from allyance_site.people.models import User
from casework.lifecycle import Status
from casework.models import (
    WEEKDAYS,
    Allocation,
    Answer,
    DataKey,
    Endorsement,
    HowSoon,
    ListName,
    Numbering,
    Referral,
    Review,
    Source,
    StatusChange,
    WhoDecides,
)

from .. import usual
from . import consent, ground, texts
from .children import Child, year_then
from .keys import new_keys
from .people import People
from .places import Places
from .plot import LATER, Case
from .told import Told, tell
from .weeks import SchoolWeeks, at, year_of

A_DAY, TWO_HOURS = timedelta(days=1), timedelta(hours=2)
REVIEW_AT = time(16, 0)
DECISIONS = {Status.ACCEPTED, Status.DECLINED, Status.SIGNPOSTED}


class Historian:
    """Writes all cases of the plot."""

    def __init__(self, places: Places, people: People, weeks: SchoolWeeks) -> None:
        self.places, self.people, self.weeks = places, people, weeks

    def write(self, children: list[Child]) -> list[Told]:
        """The referrals and what belongs to them, but for the sessions."""
        told = tell(children, self.places, self.weeks)
        keys = iter(new_keys(len(told)))
        for one in sorted(told, key=lambda one: one.started_at):
            one.referral = self._referral(one, next(keys))
        Referral.objects.bulk_create(one.referral for one in sorted(told, key=lambda one: one.started_at))
        self._reasons(told)
        consent.write(told, self.weeks)
        Answer.objects.bulk_create(answer for one in told for answer in self._answers(one))
        StatusChange.objects.bulk_create(change for one in told for change in self._changes(one))
        Endorsement.objects.bulk_create(yes for one in told for yes in self._endorsements(one))
        for one in told:
            one.allocation = self._allocation(one)
        Allocation.objects.bulk_create(one.allocation for one in told if one.allocation)
        Review.objects.bulk_create(review for one in told for review in self._reviews(one))
        return told

    def therapist(self, case: Case) -> User:
        """The account of who works a case."""
        return self.people.accounts[case.therapist]

    def weekday(self, case: Case) -> int:
        """The day of its weekly hour, 0 for Monday."""
        day = self.people.later if case.day == LATER else case.day
        return WEEKDAYS.index(day)

    def _referral(self, told: Told, key: DataKey) -> Referral:
        case, status = told.case, told.status
        school = self.places.schools[case.school]
        theme = texts.THEMES.get(case.theme)
        variant = told.number % 2
        years_ago = self.weeks.year - year_of(told.started_at.date())
        closed_at = told.when("close")
        return Referral(
            reference=Numbering.next(f"R{told.started_at:%y}"),
            data_key=key,
            pupil=told.child.pupil,
            school=school,
            year_group=year_then(case.year, years_ago),
            source=Source.OTHER if case.surgery else Source.SCHOOL,
            source_name=case.surgery,
            school_may_see=not case.kept_from_school,
            referred_by=self._referrer(case),
            how_soon=case.how_soon,
            offered_days=case.offers,
            urgent_because=texts.URGENT if case.how_soon == HowSoon.URGENT else "",
            concerns=theme.concerns[variant] if theme else "",
            strengths=_turn(texts.STRENGTHS, told.number),
            tried=_turn(texts.TRIED, told.number) if status is not Status.DRAFT else "",
            own_words=theme.own_words[variant] if theme and status is not Status.DRAFT else "",
            status=status,
            resumes_to=Status.ACTIVE if status is Status.ON_HOLD else "",
            submitted_at=told.when("submit"),
            decided_at=next((instant for step, instant in told.steps if step.to in DECISIONS), None),
            closed_at=closed_at,
            status_since=told.steps[-1][1] if told.steps else told.started_at,
            closure_reason=self._closure(told) if closed_at else None,
            ending_summary=_turn(texts.SUMMARIES, told.number) if closed_at else "",
            created_at=told.started_at,
        )

    def _referrer(self, case: Case) -> User:
        if case.surgery:
            return self.people.coordinator(ground.SCHOOLS[case.school].service)
        return self.people.referrer(case.school)

    def _closure(self, told: Told) -> Any:
        service = self.places.schools[told.case.school].service
        return self.places.item(service, ListName.CLOSURE, _turn(usual.CLOSURES[:3], told.number))

    def _reasons(self, told: list[Told]) -> None:
        rows = []
        for one in told:
            if theme := texts.THEMES.get(one.case.theme):
                reason = self.places.item(one.referral.school.service, ListName.REASON, theme.reason)
                rows.append(Referral.reasons.through(referral=one.referral, listitem=reason))
        Referral.reasons.through.objects.bulk_create(rows)

    def _answers(self, told: Told) -> list[Answer]:
        """What was answered before it was sent; a draft has not come so far."""
        if told.status is Status.DRAFT:
            return []
        service = told.referral.school.service
        return [
            Answer(
                referral=told.referral,
                question=question,
                data_key=told.referral.data_key,
                asked=question.words,
                asked_version=question.version,
                text=_turn(texts.ANSWERS[question.position], told.number),
                created_at=told.started_at,
            )
            for question in self.places.questions[service.pk]
        ]

    def _changes(self, told: Told) -> list[StatusChange]:
        rows = [self._change(told, "start", Status.DRAFT, Status.DRAFT, told.started_at)]
        for step, instant in told.steps:
            rows.append(self._change(told, step.name, rows[-1].to_status, step.to, instant))
        return rows

    def _change(self, told: Told, step: str, before: str, after: str, instant: datetime) -> StatusChange:
        return StatusChange(
            referral=told.referral,
            data_key=told.referral.data_key,
            step=step,
            from_status=before,
            to_status=after,
            by=self._taker(told, step),
            at=instant,
            note=texts.STEP_NOTES.get(step, ""),
            created_at=instant,
        )

    def _taker(self, told: Told, step: str) -> User:
        """Who referred, who coordinates, or the therapist: whose yes accepts where the school decides."""
        if step in ("start", "submit", "withdraw"):
            return told.referral.referred_by
        therapist_accepts = bool(told.case.therapist) and told.referral.decides is WhoDecides.SCHOOL
        by_coordinator = {"return_for_information", "put_to_meeting", "decline", "signpost"}
        if step in by_coordinator or (step in ("accept", "allocate") and not therapist_accepts):
            return self.people.coordinator(ground.SCHOOLS[told.case.school].service)
        return self.therapist(told.case)

    def _endorsements(self, told: Told) -> list[Endorsement]:
        """Both yeses where school and therapist accepted; the therapist's alone where it waits for the head."""
        sent, accepted = told.when("submit"), told.when("accept")
        if sent is None or not told.case.therapist or told.referral.decides is not WhoDecides.SCHOOL:
            return []
        therapist = self.therapist(told.case)
        if accepted is None:
            return [self._yes(told, Endorsement.Side.THERAPIST, therapist, sent + TWO_HOURS)]
        return [
            self._yes(told, Endorsement.Side.SCHOOL, self.people.head(told.case.school), accepted - A_DAY),
            self._yes(told, Endorsement.Side.THERAPIST, therapist, accepted),
        ]

    def _yes(self, told: Told, side: str, by: User, instant: datetime) -> Endorsement:
        return Endorsement(referral=told.referral, side=side, given_by=by, created_at=instant)

    def _allocation(self, told: Told) -> Allocation | None:
        allocated_at = told.when("allocate")
        if allocated_at is None:
            return None
        return Allocation(
            referral=told.referral,
            practitioner=self.people.practitioners[told.case.therapist],
            weekday=self.weekday(told.case),
            time=told.case.hour,
            starts_at=allocated_at,
            ends_at=told.referral.closed_at,
            allocated_by=self._taker(told, "allocate"),
            created_at=allocated_at,
        )

    def _reviews(self, told: Told) -> list[Review]:
        """One for each review that is behind the case; one that has just come into review has none yet."""
        rows = []
        for position, (step, _) in enumerate(told.steps[:-1]):
            if step.name == "start_review":
                day = self.weeks.back(step.ago)[-1]
                turn = told.number + position
                rows.append(
                    Review(
                        referral=told.referral,
                        data_key=told.referral.data_key,
                        held_on=day,
                        outcome=_turn(texts.OUTCOMES, turn),
                        direction=_turn(texts.DIRECTIONS, turn),
                        for_school=_turn(texts.FOR_SCHOOL, turn),
                        recorded_by=self.therapist(told.case),
                        created_at=at(day, REVIEW_AT),
                    )
                )
        return rows


def _turn(choices: Any, number: int) -> Any:
    return choices[number % len(choices)]
