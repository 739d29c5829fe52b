"""What the case file says of each agreement: whether it stands, until when, and what this person may read and do."""

from typing import Any

from ..access import rules
from ..models import FamilyAgreement
from ..sealed import TextKind
from .case_content import Case


def agreement_rows(case: Case) -> list[dict[str, Any]]:
    """Each agreement as far as this person reads it, with the acts that are theirs."""
    return [_row(case, agreement) for agreement in case.agreements]


def _row(case: Case, agreement: FamilyAgreement) -> dict[str, Any]:
    agreement.referral = case.referral
    names = TextKind.CONTACT in case.kinds
    clinical = TextKind.CLINICAL in case.kinds
    withdrawn = agreement.withdrawn_at is not None
    return {
        "agreement": agreement,
        "name": agreement.carer.name if names and agreement.carer else "",
        "state": _state(agreement),
        "competence": agreement.competence if clinical else "",
        "withdrawn_who": agreement.withdrawn_who if names else "",
        "changes": case.acts and not withdrawn and rules.can_change_agreement(case.user, agreement),
        "decides": case.acts
        and withdrawn
        and not agreement.decided_at
        and rules.can_decide_withdrawal(case.user, agreement),
    }


def _state(agreement: FamilyAgreement) -> str:
    if agreement.withdrawn_at:
        return "Taken back"
    if agreement.stands:
        return "Stands"
    if agreement.carer and not agreement.carer.has_parental_responsibility:
        return "Does not count: no parental responsibility is recorded"
    return "To be asked again"
