"""Agreements: who sees what a family agreed to, records it, takes an answer, and decides after one was taken back."""

from django.db.models import QuerySet

from ...models import AgreementLink, FamilyAgreement, Referral
from ..roles import Role
from ..scope import of
from .standing import User, cases_of, coordinates, works
from .steps import can_change_referral


def visible_agreements(user: User) -> QuerySet[FamilyAgreement]:
    """What a family agreed to, and took back: those of the referrals that one may see, but not of one that is only
    shared with one's school."""
    read = cases_of(of(user), "referral__", received=False, drafts=True)
    agreements: QuerySet[FamilyAgreement] = FamilyAgreement.objects.filter(read)
    return agreements


def visible_agreement_links(user: User) -> QuerySet[AgreementLink]:
    """Questions to a family by link, and the answers: head and SENDCO for their school's referrals, the coordinator and
    who works the case for theirs."""
    read = cases_of(of(user), "referral__", roles=(Role.COORDINATOR,), received=False, emergency=False, drafts=True)
    return AgreementLink.objects.filter(read)


def can_record_agreement(user: User, referral: Referral) -> bool:
    """Whoever may write it, the coordinator, and who works the case; they too ask the family by a link or on paper."""
    scope = of(user)
    return can_change_referral(user, referral) or coordinates(scope, referral) or works(scope, referral)


def can_change_agreement(user: User, agreement: FamilyAgreement) -> bool:
    """What the child says, who disagrees, until when it holds, and that it is taken back: whoever may record it."""
    return can_record_agreement(user, agreement.referral)


def can_decide_withdrawal(user: User, agreement: FamilyAgreement) -> bool:
    """How the work goes on after the family took its agreement back: who works the case, and the coordinator."""
    scope = of(user)
    return works(scope, agreement.referral) or coordinates(scope, agreement.referral)


def can_settle_agreement_link(user: User, link: AgreementLink) -> bool:
    """Whether an answer by link counts, and that a link works no longer: whoever may record the agreement."""
    return can_record_agreement(user, link.referral)
