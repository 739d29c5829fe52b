"""Two people for a role: what one asks for is written down apart, and told to those who may say the second yes.

Only `grants.py` makes a role of it.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils import timezone

from .. import audit, outbox
from ..audit import sealer
from ..models import Proposal, School, Service, ServiceRole, in_force
from . import rules
from .roles import Role

NOBODY = (
    "Nobody else here could say the second yes: another coordinator, the clinical supervisor or a trustee, who is not "
    "the person themselves. Ask whoever runs the server to let one person give roles again: the operators’ handbook "
    "says how."
)


def is_needed(on: Model) -> bool:
    """Whether a role on this waits for a second yes."""
    return Service.objects.filter(pk=rules.service_of(on) or 0, two_people_for_roles=True).exists()


def propose_role(role: Role, *, to: Any, on: Model, by: Any, reason: str) -> Proposal:
    """Write down that a role is to be given. ValidationError where it is held or waits already, and where nobody could
    say yes to it. The rule was asked by whoever gives it."""
    service = Service.objects.select_for_update().get(pk=rules.service_of(on) or 0)
    ground = {} if on == service else {"school" if isinstance(on, School) else "cluster": on}
    same = {"user": to, "permission__codename": role.codename, "content_object": on}
    if role.table.objects.filter(in_force(), **same).exists():
        raise ValidationError("This person already holds this role.")
    if waiting().filter(service=service, user=to, role=role.codename, **ground).exists():
        raise ValidationError("This role waits for a second yes already.")
    return _propose(Proposal(service=service, user=to, role=role.codename, reason=reason, proposed_by=by, **ground))


def propose_alone(service: Service, *, by: Any) -> Proposal:
    """Write down that one person is to give roles alone again: that too takes two, or the setting would hold nobody."""
    if waiting().filter(service=service, user=None).exists():
        raise ValidationError({"two_people_for_roles": "That one person gives roles waits for a second yes already."})
    return _propose(Proposal(service=service, proposed_by=by))


def second_people(service: Service, *, apart_from: set[int | None]) -> list[Any]:
    """Those who could say the second yes now."""
    codenames = [role.codename for role in rules.SECOND_PEOPLE]
    rows = ServiceRole.objects.filter(
        in_force(), content_object_id=service.pk, permission__codename__in=codenames, user__is_active=True
    )
    return list(dict.fromkeys(row.user for row in rows.select_related("user") if row.user_id not in apart_from))


def waiting() -> QuerySet[Proposal]:
    """Those that nobody has answered."""
    return Proposal.objects.filter(agreed=None)


def settle(proposal: Proposal, *, yes: bool, by: Any) -> None:
    """Write the answer down."""
    proposal.agreed, proposal.answered_by, proposal.answered_at = yes, by, timezone.now()
    proposal.version += 1
    proposal.save()
    audit.record("agreed" if yes else "did not agree", proposal, by=by, **_detail(proposal))
    sealer.seal_before_answering()
    if not yes and by != proposal.proposed_by:
        outbox.put("role_not_agreed", to=proposal.proposed_by, service=proposal.service_id)


def _propose(proposal: Proposal) -> Proposal:
    second = second_people(proposal.service, apart_from={proposal.proposed_by_id, proposal.user_id})
    if not second:
        raise ValidationError(NOBODY)
    proposal.full_clean()
    proposal.save()
    audit.record("asked for", proposal, by=proposal.proposed_by, **_detail(proposal))
    sealer.seal_before_answering()
    for person in second:
        outbox.put("role_waits", to=person, service=proposal.service_id)
    return proposal


def _detail(proposal: Proposal) -> dict[str, Any]:
    return {"role": proposal.role} if proposal.role else {"setting": "two_people_for_roles"}
