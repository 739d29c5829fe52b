"""The demo’s assessments, and what families were sent while they wait."""

from datetime import date, timedelta

from casework.lifecycle import WAITING, Status
from casework.models import (
    Assessment,
    AssessmentPart,
    AssessmentRecipient,
    Basis,
    ListName,
    LookAgain,
    Referral,
    SentMeanwhile,
)

from . import ground, texts
from .history import Historian
from .told import Told
from .weeks import at

A_DAY = timedelta(days=1)
PASSED_ON = 1
"""The case of the first story: its assessment went to early help."""


def write(told: list[Told], historian: Historian) -> None:
    """Assessments of every case that was assessed; leaflets and days to look again for those that wait."""
    for one in told:
        begun = one.when("start_assessment")
        if begun:
            _assess(one, historian, begun.date())
    waiting = [one for one in told if one.referral.status in WAITING]
    SentMeanwhile.objects.bulk_create(_sent(one, historian) for one in waiting if one.number % 2 == 0)
    accepted = [one for one in waiting if one.referral.status == Status.ACCEPTED]
    for one in accepted:
        _look_again(one, historian)


def _assess(told: Told, historian: Historian, day: date) -> None:
    referral, therapist = told.referral, historian.therapist(told.case)
    is_draft = told.status is Status.ASSESSMENT
    written_at = at(day, told.case.hour)
    assessment = Assessment.objects.create(
        referral=referral,
        data_key=referral.data_key,
        held_on=day,
        early_help_reference=f"EHA-{2000 + told.number}" if told.number % 3 == 0 else "",
        written_by=therapist,
        finished_at=None if is_draft else written_at,
        created_at=written_at,
    )
    AssessmentPart.objects.bulk_create(
        AssessmentPart(
            assessment=assessment,
            data_key=referral.data_key,
            position=position,
            heading=heading,
            text="" if is_draft and position > 1 else words[told.number % len(words)],
            created_at=written_at,
        )
        for position, (heading, words) in enumerate(
            zip(referral.school.service.words_of(ListName.ASSESSMENT), texts.ASSESSED, strict=True)
        )
    )
    if told.number < PASSED_ON:
        AssessmentRecipient.objects.create(
            assessment=assessment,
            data_key=referral.data_key,
            name="The family support worker",
            agency="Early help, Easterby",
            shared_on=day,
            basis=Basis.AGREEMENT,
            because="The mother asked for it to be sent, on the day of our meeting.",
            recorded_by=therapist,
            created_at=written_at,
        )


def _sent(told: Told, historian: Historian) -> SentMeanwhile:
    referral = told.referral
    listed = referral.school.service.words_of(ListName.MEANWHILE)
    day = referral.submitted_at.date() + A_DAY
    return SentMeanwhile(
        referral=referral,
        data_key=referral.data_key,
        what=listed[told.number % len(listed)],
        sent_on=day,
        words="With the page of what helps at bedtime." if told.number % 4 == 0 else "",
        recorded_by=referral.referred_by,
        created_at=at(day, told.case.hour),
    )


def _look_again(told: Told, historian: Historian) -> None:
    """Some are to be looked at again by now, the others in a fortnight; one was looked at before."""
    today = historian.weeks.today
    day = today - timedelta(days=4) if told.number % 2 == 0 else today + timedelta(days=14)
    Referral.objects.filter(pk=told.referral.pk).update(look_again_on=day)
    if told.number % 2:
        LookAgain.objects.create(
            referral=told.referral,
            data_key=told.referral.data_key,
            on=day,
            reason="A place on Thursdays may come free; the family would like to wait for it.",
            by=historian.people.coordinator(ground.SCHOOLS[told.case.school].service),
            created_at=at(today - A_DAY, told.case.hour),
        )
