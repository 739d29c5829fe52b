"""A case in which every kind of text says a word of its own, to see which kinds somebody is shown."""

from casework.models import Referral
from tests.cast import Cast
from tests.factories import (
    CarerFactory,
    ProcessNoteFactory,
    ReferralFactory,
    ReviewFactory,
    SessionFactory,
    StatusChangeFactory,
)

WORDS = {
    "referral": "quillmark",
    "step": "sandwick",
    "school": "brindlefen",
    "clinical": "ostervane",
    "contact": "pellimore",
    "process": "tarnwick",
    "progress": "lindelow",
}


def worded_case(cast: Cast) -> Referral:
    """The case, in review at the cast's school."""
    CarerFactory(family=cast.pupil.family, name=WORDS["contact"])
    case = ReferralFactory(
        review=True,
        school=cast.school,
        pupil=cast.pupil,
        practitioner=cast.therapist_practitioner,
        referred_by=cast.sendco,
        concerns=WORDS["referral"],
    )
    StatusChangeFactory(referral=case, note=WORDS["step"])
    session = SessionFactory(
        referral=case,
        attendance=cast.items["Came"],
        strategies=WORDS["school"],
        practitioner=cast.therapist_practitioner,
    )
    ProcessNoteFactory(session=session, text=WORDS["process"], author=cast.therapist)
    ReviewFactory(referral=case, outcome=WORDS["clinical"], for_school=WORDS["progress"])
    return case
