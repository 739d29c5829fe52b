"""Referrals and cases: who sees what of one, and who may let another in."""

from django.db.models import Q, QuerySet

from ...models import (
    Allocation,
    AuditEvent,
    OutboxMessage,
    Practitioner,
    Referral,
    Session,
    in_force,
)
from ...sealed import TextKind
from ..roles import Role
from ..scope import of
from .standing import User, cases_of, coordinates, refers, supervises, works


def visible_referrals(user: User) -> QuerySet[Referral]:
    """Head and SENDCO: their school's, but for those that a family keeps from the school; and, for a time, those
    shared with their school. Coordinator and clinical supervisor: the service's, once sent. Therapist: the cases that
    they work now. Coordinator: also their own drafts. Whoever opened one in an emergency: that one."""
    return Referral.objects.filter(cases_of(of(user), drafts=True))


def visible_queue(user: User) -> QuerySet[Referral]:
    """The waiting list in short form. Therapist: the schools where placed now, where the school knows of the referral.
    Head, SENDCO, coordinator and clinical supervisor: what they see of it anyway."""
    scope = of(user)
    placed = Q(school_id__in=scope.placed_schools, school_may_see=True) & ~Q(pupil_id__in=scope.blocked_pupils)
    return Referral.objects.waiting().filter(placed | cases_of(scope))


def visible_allocations(user: User) -> QuerySet[Allocation]:
    """Those of the referrals that one may see."""
    return Allocation.objects.filter(cases_of(of(user), "referral__"))


def visible_sessions(user: User) -> QuerySet[Session]:
    """Those of the referrals that one may see: when it was, and how long. What was written has rules of its own."""
    return Session.objects.filter(cases_of(of(user), "referral__"))


def visible_events(user: User) -> QuerySet[AuditEvent]:
    """Who opened and changed a case: coordinator and clinical supervisor, for their service's cases, once sent."""
    scope = of(user)
    schools = scope.schools_served(Role.COORDINATOR, Role.SUPERVISOR)
    sent = AuditEvent.objects.filter(referral__school_id__in=schools, referral__submitted_at__isnull=False)
    return sent.exclude(referral__pupil_id__in=scope.blocked_pupils)


def can_view_events(user: User, referral: Referral) -> bool:
    """Those of a case: whoever sees any of it in the list."""
    scope = of(user)
    served = referral.school_id in scope.schools_served(Role.COORDINATOR, Role.SUPERVISOR)
    return served and referral.submitted_at is not None and referral.pupil_id not in scope.blocked_pupils


def visible_messages(user: User) -> QuerySet[OutboxMessage]:
    """Whether a message arrived: the coordinator, for those about the service's sent referrals, and for the word of a
    role in the service."""
    scope = of(user)
    services, schools = scope.held(Role.COORDINATOR), scope.schools_served(Role.COORDINATOR)
    if not services:
        return OutboxMessage.objects.none()
    sent = Referral.objects.filter(school_id__in=schools, submitted_at__isnull=False).exclude(
        pupil_id__in=scope.blocked_pupils
    )
    return OutboxMessage.objects.filter(Q(reference__in=sent.values("reference")) | Q(service_id__in=services))


def can_view_referral(user: User, referral: Referral) -> bool:
    """Whether it is in the list."""
    return visible_referrals(user).filter(pk=referral.pk).exists()


def can_learn_of_referral(user: User, referral: Referral) -> bool:
    """That one is being written of this pupil, and nothing else of it: the coordinator of its service, while it is not
    sent yet."""
    scope = of(user)
    coordinated = referral.school_id in scope.schools_served(Role.COORDINATOR)
    return referral.submitted_at is None and coordinated and referral.pupil_id not in scope.blocked_pupils


def readable_kinds(user: User, referral: Referral) -> frozenset[TextKind]:
    """Which kinds of text of a case this person reads. Process notes are never among them: see can_read_process_note.

    - referral text: own head and SENDCO, coordinator, supervisor, who works the case
    - contact: own head and SENDCO, coordinator, who works the case
    - school text: own head and SENDCO, a school it is shared with, coordinator, supervisor, who works the case
    - clinical: who works the case, supervisor, whoever opened it in an emergency
    """
    scope = of(user)
    if referral.pupil_id in scope.blocked_pupils:
        return frozenset()
    kinds: set[TextKind] = set()
    if refers(scope, referral) or coordinates(scope, referral):
        kinds |= {TextKind.REFERRAL, TextKind.CONTACT, TextKind.SCHOOL}
    if works(scope, referral):
        kinds |= {TextKind.REFERRAL, TextKind.CONTACT, TextKind.SCHOOL, TextKind.CLINICAL}
    if supervises(scope, referral) or referral.pk in scope.opened_in_emergency:
        kinds |= {TextKind.REFERRAL, TextKind.SCHOOL, TextKind.CLINICAL}
    if referral.pk in scope.received:
        kinds |= {TextKind.SCHOOL}
    return frozenset(kinds)


def can_see_as_school(user: User, referral: Referral) -> bool:
    """What the school is shown of a case, and of what is being written in it: who works the case, and the
    coordinator. It is never more than they read themselves."""
    scope = of(user)
    return works(scope, referral) or coordinates(scope, referral)


def can_read_outcomes(user: User, referral: Referral) -> bool:
    """Review outcomes and the ending summary: whoever reads clinical text, and the coordinator."""
    return TextKind.CLINICAL in readable_kinds(user, referral) or coordinates(of(user), referral)


def can_arrange_cover(user: User, referral: Referral) -> bool:
    """The coordinator."""
    return coordinates(of(user), referral)


def can_share_case(user: User, referral: Referral, person: User) -> bool:
    """Cover: who may arrange it, to a colleague who belongs to the service's team now; nobody to themselves. What is
    missing in the colleague's record stops a new case and no cover."""
    team = Practitioner.objects.filter(in_force(), user_id=person.pk, service_id=referral.school.service_id)
    return person.pk != user.pk and can_arrange_cover(user, referral) and team.exists()


def can_break_glass(user: User, referral: Referral) -> bool:
    """The clinical supervisor of the service, for themselves, with a reason."""
    return supervises(of(user), referral)
