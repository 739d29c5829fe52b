"""The only writer of role and share rows. Each act asks the rule, is audited, and tells the person."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from .. import audit, outbox
from ..audit import sealer
from ..lifecycle import FINISHED
from ..models import (
    CaseShare,
    OutboxMessage,
    Proposal,
    Purpose,
    Referral,
    RoleRow,
    School,
    SchoolShare,
    Service,
    ServiceRole,
    in_force,
)
from . import rules, second_yes
from .roles import Role

LIBRARY_READERS = "Library readers"
OF_PROPOSAL = ("service__editors", "cluster", "school", "user", "proposed_by")
FIRST_IS_GONE = "Whoever asked for this could not do it any more: say no, and another coordinator asks for it."


@transaction.atomic
def give_role(
    role: Role, *, to: Any, on: Model, by: Any, reason: str = "", starts_at: datetime | None = None
) -> RoleRow | Proposal:
    """Give a role. `by` is None only where no person acts: the first coordinator of a service, by command.

    Where the service wants two people for it, it waits for the second one's yes instead, and opens nothing.
    ValidationError when it is held already, or their account is closed; PermissionDenied when the rule says no.
    """
    _refuse_wrong(role, to=to, on=on, by=by)
    if by is not None and second_yes.is_needed(on):
        return second_yes.propose_role(role, to=to, on=on, by=by, reason=reason)
    row = _give(role, to=to, on=on, by=by, reason=reason, starts_at=starts_at)
    audit.record("gave role", row, by=by, role=role.codename)
    sealer.seal_before_answering()
    if by is not None:
        _tell("role_given", row, by=by)
    return row


@transaction.atomic
def agree(proposal: Proposal, *, by: Any) -> None:
    """The second yes: the role is given now, by who asked for it; or one person gives roles alone from now on.

    ValidationError where it was answered, and where who asked for it could not give it any more.
    """
    proposal = _lock_waiting(proposal)
    if not rules.can_agree_to_proposal(by, proposal):
        raise PermissionDenied
    first = proposal.proposed_by
    second_yes.settle(proposal, yes=True, by=by)
    if proposal.user is None:
        if not rules.can_change_service(first, proposal.service):
            raise ValidationError(FIRST_IS_GONE)
        let_one_person_give(proposal.service, by=by)
        return
    role, on = Role.of(proposal.role), proposal.on
    try:
        _refuse_wrong(role, to=proposal.user, on=on, by=first)
    except PermissionDenied:
        raise ValidationError(FIRST_IS_GONE) from None
    row = _give(role, to=proposal.user, on=on, by=first, reason=proposal.reason)
    audit.record("gave role", row, by=by, role=role.codename)
    sealer.seal_before_answering()
    _tell("role_given", row, by=by)


@transaction.atomic
def refuse(proposal: Proposal, *, by: Any) -> None:
    """A no, or that who asked takes it back: nothing is given. ValidationError where it was answered."""
    proposal = _lock_waiting(proposal)
    if not rules.can_refuse_proposal(by, proposal):
        raise PermissionDenied
    second_yes.settle(proposal, yes=False, by=by)


def let_one_person_give(service: Service, *, by: Any) -> None:
    """No second yes is needed for the service's roles any more. `by` is None for the operator's command alone."""
    service.two_people_for_roles = False
    service.version += 1
    service.save()
    audit.record("changed", service, by=by, fields=["two_people_for_roles"])
    sealer.seal_before_answering()


def _lock_waiting(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related(*OF_PROPOSAL)
    current = rows.get(pk=proposal.pk)
    if current.agreed is not None:
        raise ValidationError("This was answered already.")
    return current


def _refuse_wrong(role: Role, *, to: Any, on: Model, by: Any) -> None:
    if by is not None and not rules.can_give_role(by, to, on):
        raise PermissionDenied
    if not isinstance(on, role.value.on):
        raise ValidationError(f"{role.title} is not a role of {on}.")
    if not to.is_active:
        raise ValidationError("Their account is closed: open it again first.")


def _give(role: Role, *, to: Any, on: Model, by: Any, reason: str, starts_at: datetime | None = None) -> RoleRow:
    permission = Permission.objects.get(codename=role.codename, content_type__app_label="casework")
    row = role.table(
        user=to,
        permission=permission,
        given_by=by,
        reason=reason,
        starts_at=starts_at or timezone.now(),
    )
    row.content_object = on
    row.full_clean(exclude=["given_by"])
    row.save()
    join_library(to)
    if role is Role.COORDINATOR and isinstance(on, Service) and on.editors:
        to.groups.add(on.editors)
    return row


@transaction.atomic
def end_role(row: RoleRow, *, by: Any) -> None:
    """End a role now. Its history stays. ValidationError for a role that has ended: its end is not moved."""
    if not rules.can_end_role(by, row):
        raise PermissionDenied
    row = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.has_ended:
        raise ValidationError("This role has ended already.")
    _end(row)
    _leave_editors(row)
    audit.record("ended role", row, by=by, role=row.permission.codename)
    sealer.seal_before_answering()
    _tell("role_ended", row, by=by)


@transaction.atomic
def give_again(row: RoleRow, *, by: Any) -> RoleRow | Proposal:
    """Undo the end of a role: it is given anew, by all that giving asks. ValidationError when it is held already."""
    role = Role.of(row.permission.codename)
    return give_role(role, to=row.user, on=row.content_object, by=by, reason=row.reason)


@transaction.atomic
def cover_case(referral: Referral, *, to: Any, by: Any, until: datetime, reason: str) -> CaseShare:
    """Open a case to a colleague who covers it for a time. ValidationError for a case that is finished."""
    if not rules.can_share_case(by, referral, to):
        raise PermissionDenied
    _check_running(referral)
    return _share(referral, "cover", to=to, by=by, until=until, reason=reason)


@transaction.atomic
def end_cover(referral: Referral, *, by: Any) -> None:
    """Close a case, with its work, to those who cover it. The step that ends the work has asked the rule."""
    for share in CaseShare.objects.filter(
        content_object=referral, permission__codename="cover", ends_at__gt=timezone.now()
    ):
        _end(share)
        audit.record("ended cover", share, by=by, referral=referral)


@transaction.atomic
def end_shares(person: Any, *, by: Any) -> None:
    """Close what a colleague covers in the services where `by` arranges cover: they leave."""
    for share in CaseShare.objects.filter(user=person, ends_at__gt=timezone.now()).select_related(
        "content_object__school"
    ):
        if rules.can_arrange_cover(by, share.content_object):
            _end(share)
            audit.record("ended cover", share, by=by, referral=share.content_object)


@transaction.atomic
def break_glass(referral: Referral, *, by: Any, until: datetime, reason: str) -> CaseShare:
    """Open a case in an emergency, with a reason."""
    if not rules.can_break_glass(by, referral):
        raise PermissionDenied
    return _share(referral, "break_glass", to=by, by=by, until=until, reason=reason)


@transaction.atomic
def share_with_school(referral: Referral, school: School, *, by: Any, until: datetime, reason: str) -> SchoolShare:
    """Open a case to another school of the service for a time, as the family agreed.

    ValidationError without the family's agreement to just this, for a case that is finished, without a reason, or until
    a time that is past.
    """
    if not rules.can_allocate_referral(by, referral) or school.service_id != referral.school.service_id:
        raise PermissionDenied
    _check_running(referral)
    if not Referral.objects.get(pk=referral.pk).agrees_to(Purpose.YEAR_7):
        raise ValidationError("This waits for the family's agreement to going on in Year 7 at the next school.")
    _check_reason(reason)
    if until <= timezone.now():
        raise ValidationError("Choose a day to come.")
    share = SchoolShare.objects.create(referral=referral, school=school, given_by=by, ends_at=until, reason=reason)
    audit.record("shared with school", share, by=by, referral=referral)
    return share


@transaction.atomic
def end_school_shares(referral: Referral, *, by: Any) -> None:
    """Close a case to the schools that it is shared with: the family took its agreement to that back. The action that
    wrote that down has asked the rule."""
    for share in SchoolShare.objects.filter(referral=referral, ends_at__gt=timezone.now()):
        share.ends_at = max(timezone.now(), share.starts_at)
        share.version += 1
        share.save()
        audit.record("ended share with school", share, by=by, referral=referral)


def join_library(person: Any) -> None:
    """Let a person through Wagtail's own check on the library's pages; what opens there, the rules say."""
    person.groups.add(Group.objects.get_or_create(name=LIBRARY_READERS)[0])


def _tell(kind: str, row: RoleRow, *, by: Any) -> None:
    """Tell the person, and everybody who may undo it; nobody twice of what a waiting message says already.

    Who cannot sign in yet hears of it by their invitation.
    """
    service = rules.service_of(row.content_object)
    others = ServiceRole.objects.filter(
        in_force(), content_object_id=service, permission__codename=Role.COORDINATOR.codename
    ).exclude(user__in=[by.pk, row.user_id])
    told = [("role_changed", other.user) for other in others.select_related("user")]
    if row.user.has_usable_password():
        told.append((kind, row.user))
    for what, person in told:
        waiting = OutboxMessage.objects.filter(kind=what, to=person, service=service, state=OutboxMessage.State.WAITING)
        if not waiting.exists():
            outbox.put(what, to=person, service=service)


def _share(referral: Referral, codename: str, *, to: Any, by: Any, until: datetime, reason: str) -> CaseShare:
    _check_reason(reason)
    permission = Permission.objects.get(codename=codename, content_type__app_label="casework")
    share = CaseShare(
        user=to, permission=permission, content_object=referral, given_by=by, ends_at=until, reason=reason
    )
    share.save()
    audit.record("shared case", share, by=by, referral=referral, share=codename)
    sealer.seal_before_answering()
    return share


def _check_running(referral: Referral) -> None:
    if Referral.objects.select_for_update().get(pk=referral.pk).status in FINISHED:
        raise ValidationError("This case is finished: there is nothing to share.")


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise ValidationError("Say why.")


def _leave_editors(row: RoleRow) -> None:
    """Who no longer coordinates a service no longer edits its website."""
    if row.permission.codename == Role.COORDINATOR.codename and row.content_object.editors:
        row.user.groups.remove(row.content_object.editors)


def _end(row: RoleRow) -> None:
    row.ends_at = max(timezone.now(), row.starts_at)
    row.save()
