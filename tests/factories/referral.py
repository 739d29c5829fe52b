"""Referrals in every status, with the rows that lead there."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from casework.lifecycle import WORKED, Status
from casework.models import (
    AgreementLink,
    FamilyAgreement,
    Method,
    Purpose,
    Referral,
    Review,
    Source,
    StatusChange,
    YearGroup,
)

from .allocation import AllocationFactory
from .base import RowFactory
from .data_key import DataKeyFactory
from .list_item import ListItemFactory
from .pupil import PupilFactory
from .service import SchoolFactory
from .user import UserFactory

SENT = [("submit", Status.SUBMITTED)]
ACCEPTED = [*SENT, ("accept", Status.ACCEPTED)]
ALLOCATED = [*ACCEPTED, ("allocate", Status.ALLOCATED)]
ASSESSED = [*ALLOCATED, ("start_assessment", Status.ASSESSMENT)]
ACTIVE = [*ASSESSED, ("start_sessions", Status.ACTIVE)]
IN_REVIEW = [*ACTIVE, ("start_review", Status.REVIEW)]
ENDING = [*IN_REVIEW, ("start_ending", Status.ENDING)]

WAYS: dict[Status, list[tuple[str, Status]]] = {
    Status.DRAFT: [],
    Status.SUBMITTED: SENT,
    Status.RETURNED: [*SENT, ("return_for_information", Status.RETURNED)],
    Status.DISCUSSION: [*SENT, ("put_to_meeting", Status.DISCUSSION)],
    Status.ACCEPTED: ACCEPTED,
    Status.ALLOCATED: ALLOCATED,
    Status.ASSESSMENT: ASSESSED,
    Status.ACTIVE: ACTIVE,
    Status.REVIEW: IN_REVIEW,
    Status.ENDING: ENDING,
    Status.CLOSED: [*ENDING, ("close", Status.CLOSED)],
    Status.DECLINED: [*SENT, ("decline", Status.DECLINED)],
    Status.SIGNPOSTED: [*SENT, ("signpost", Status.SIGNPOSTED)],
    Status.WITHDRAWN: [*SENT, ("withdraw", Status.WITHDRAWN)],
    Status.ON_HOLD: [*ACTIVE, ("hold", Status.ON_HOLD)],
}
"""The steps by which a referral comes to each status."""

DECIDED = {Status.ACCEPTED, Status.DECLINED, Status.SIGNPOSTED}


def _when(row: Any, reaches: set[Status]) -> Any:
    """When the way to its status passed one of these; a week lies between two steps, and the last was now."""
    way = WAYS[row.status]
    passed = [number for number, (_, to) in enumerate(way) if to in reaches]
    return timezone.now() - timedelta(weeks=len(way) - 1 - passed[0]) if passed else None


class ReferralFactory(RowFactory):
    """A draft of a school, or by trait a referral further on: `ReferralFactory(active=True)`.

    It comes with the family's agreement (unless `agreed=False`), its history, and where its status needs them a review
    and an allocation, to `practitioner` if you name one.
    """

    class Meta:
        model = Referral

    class Params:
        submitted = factory.Trait(status=Status.SUBMITTED)
        returned = factory.Trait(status=Status.RETURNED)
        discussion = factory.Trait(status=Status.DISCUSSION)
        accepted = factory.Trait(status=Status.ACCEPTED)
        allocated = factory.Trait(status=Status.ALLOCATED)
        assessment = factory.Trait(status=Status.ASSESSMENT)
        active = factory.Trait(status=Status.ACTIVE)
        review = factory.Trait(status=Status.REVIEW)
        ending = factory.Trait(status=Status.ENDING)
        closed = factory.Trait(status=Status.CLOSED)
        declined = factory.Trait(status=Status.DECLINED)
        signposted = factory.Trait(status=Status.SIGNPOSTED)
        withdrawn = factory.Trait(status=Status.WITHDRAWN)
        on_hold = factory.Trait(status=Status.ON_HOLD)
        other_source = factory.Trait(source=Source.OTHER, source_name="Coldwell surgery")
        kept_from_school = factory.Trait(other_source=True, school_may_see=False)
        is_closed = factory.LazyAttribute(lambda row: row.status == Status.CLOSED)

    school = factory.SubFactory(SchoolFactory)
    pupil = factory.SubFactory(PupilFactory, school=factory.SelfAttribute("..school"))
    status = Status.DRAFT
    reference = factory.Sequence(lambda n: f"R26-{5000 + n}")
    data_key = factory.SubFactory(DataKeyFactory)
    referred_by = factory.SubFactory(UserFactory)
    year_group = YearGroup.Y4
    concerns = "Very quiet since the autumn half-term."
    strengths = "Draws for hours, kind to younger children."
    tried = "A daily check-in with the class teacher."
    own_words = "I miss my grandad."
    resumes_to = factory.LazyAttribute(lambda row: Status.ACTIVE if row.status == Status.ON_HOLD else "")
    submitted_at = factory.LazyAttribute(lambda row: _when(row, {Status.SUBMITTED}))
    decided_at = factory.LazyAttribute(lambda row: _when(row, DECIDED))
    closed_at = factory.LazyAttribute(lambda row: _when(row, {Status.CLOSED}))
    status_since = factory.LazyFunction(timezone.now)
    closure_reason = factory.Maybe(
        "is_closed",
        yes_declaration=factory.SubFactory(
            ListItemFactory, closure=True, service=factory.SelfAttribute("..school.service")
        ),
        no_declaration=None,
    )

    @factory.post_generation
    def agreed(referral: Referral, create: bool, extracted: bool | None, **_: Any) -> None:
        """A carer's agreement, where the pupil's family has a carer who can give one."""
        carer = referral.pupil.family.carers.filter(has_parental_responsibility=True).first() if create else None
        if carer is not None and extracted is not False:
            FamilyAgreementFactory(referral=referral, carer=carer)

    @factory.post_generation
    def practitioner(referral: Referral, create: bool, extracted: Any, **_: Any) -> None:
        """Who works it, or worked it until it was closed."""
        holds = referral.status in WORKED or referral.resumes_to in WORKED
        if create and (holds or referral.status == Status.CLOSED):
            given = {"practitioner": extracted} if extracted is not None else {}
            since = _when(referral, {Status.ALLOCATED})
            AllocationFactory(referral=referral, starts_at=since, ends_at=referral.closed_at, **given)

    @factory.post_generation
    def history(referral: Referral, create: bool, extracted: bool | None, **_: Any) -> None:
        """The steps to its status, the last of them just now, and the review that an ending needs."""
        if not create or extracted is False:
            return
        way = WAYS[Status(referral.status)]
        since = [referral.status_since - timedelta(weeks=len(way) - 1 - number) for number in range(len(way))]
        before = [Status.DRAFT, *(to for _, to in way)]
        StatusChange.objects.bulk_create(
            StatusChangeFactory.build(
                referral=referral, step=step, from_status=before[number], to_status=to, by=referral.referred_by,
                at=since[number], data_key=referral.data_key,
            )
            for number, (step, to) in enumerate(way)
        )  # fmt: skip
        if Status.ENDING in before:
            ReviewFactory(referral=referral, created_at=since[before.index(Status.REVIEW) - 1])


class FamilyAgreementFactory(RowFactory):
    """A carer of the pupil agreed to the work in person, today, for a year."""

    class Meta:
        model = FamilyAgreement

    class Params:
        taken_back = factory.Trait(
            withdrawn_at=factory.LazyFunction(timezone.now),
            withdrawn_on=factory.LazyFunction(timezone.localdate),
            withdrawn_how=Method.SPOKEN,
            withdrawal_recorded_by=factory.SelfAttribute("referral.referred_by"),
        )

    referral = factory.SubFactory(ReferralFactory, agreed=False)
    data_key = factory.SelfAttribute("referral.data_key")
    purpose = Purpose.WORK
    carer = factory.LazyAttribute(lambda agreement: agreement.referral.pupil.family.carers.first())
    method = Method.SPOKEN
    agreed_on = factory.LazyFunction(timezone.localdate)
    review_on = factory.LazyAttribute(lambda agreement: agreement.agreed_on + timedelta(days=365))
    recorded_by = factory.SelfAttribute("referral.referred_by")


class AgreementLinkFactory(RowFactory):
    """A link for the mother about the work, which works for two weeks."""

    class Meta:
        model = AgreementLink

    referral = factory.SubFactory(ReferralFactory, agreed=False)
    data_key = factory.SelfAttribute("referral.data_key")
    carer = factory.LazyAttribute(lambda link: link.referral.pupil.family.carers.first())
    purpose = Purpose.WORK
    made_by = factory.SelfAttribute("referral.referred_by")
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


def take_back(referral: Referral) -> None:
    """The family takes back whatever it agreed to."""
    referral.agreements.update(
        withdrawn_at=timezone.now(), withdrawn_on=timezone.localdate(), withdrawn_how=Method.SPOKEN,
        withdrawal_recorded_by=referral.referred_by,
    )  # fmt: skip


class StatusChangeFactory(RowFactory):
    """A step that was taken just now."""

    class Meta:
        model = StatusChange

    referral = factory.SubFactory(ReferralFactory)
    data_key = factory.SelfAttribute("referral.data_key")
    step = "submit"
    from_status = Status.DRAFT
    to_status = Status.SUBMITTED
    by = factory.SelfAttribute("referral.referred_by")
    at = factory.LazyFunction(timezone.now)


class ReviewFactory(RowFactory):
    """A review that was held and written down today."""

    class Meta:
        model = Review

    referral = factory.SubFactory(ReferralFactory, review=True)
    data_key = factory.SelfAttribute("referral.data_key")
    held_on = factory.LazyFunction(timezone.localdate)
    outcome = "More able to say what helps."
    for_school = "The quiet corner helps after lunch."
    recorded_by = factory.SelfAttribute("referral.referred_by")
