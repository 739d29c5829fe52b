"""Referrals and cases: who refers, decides and takes each step of the lifecycle."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from ...models import (
    Endorsement,
    Enrolment,
    Pupil,
    Referral,
    School,
    Source,
    WhoDecides,
    in_force,
    objection_until,
)
from ..roles import SCHOOL_STAFF, Role
from ..scope import Scope, of
from .standing import User, coordinates, refers, supervises, works

UNDO_WITHIN = timedelta(minutes=10)


def can_add_referral(user: User, school: School) -> bool:
    """Head and SENDCO for their school; the coordinator for another service's referral."""
    scope = of(user)
    return school.pk in scope.held(*SCHOOL_STAFF) | scope.schools_served(Role.COORDINATOR)


def can_refer_for_school(user: User, school: School) -> bool:
    """Head and SENDCO of the school; whoever else may add a referral writes down another service's."""
    return school.pk in of(user).held(*SCHOOL_STAFF)


def can_refer_pupil(user: User, pupil: Pupil, school: School) -> bool:
    """Head and SENDCO: who goes to their school now. The coordinator: any pupil of the service."""
    scope = of(user)
    if pupil.pk in scope.blocked_pupils:
        return False
    if school.pk in scope.schools_served(Role.COORDINATOR) and pupil.service_id in scope.held(Role.COORDINATOR):
        return True
    ours = Enrolment.objects.filter(in_force(scope.at), pupil_id=pupil.pk, school_id=school.pk)
    return school.pk in scope.held(*SCHOOL_STAFF) and ours.exists()


def can_change_referral(user: User, referral: Referral) -> bool:
    """A draft or one that came back: head and SENDCO of its school; the coordinator for another service's referral."""
    scope = of(user)
    return refers(scope, referral) or (referral.source == Source.OTHER and coordinates(scope, referral))


def can_show_to_school(user: User, referral: Referral) -> bool:
    """What the family kept from the school, once they agree: the coordinator."""
    return not referral.school_may_see and coordinates(of(user), referral)


def can_submit_referral(user: User, referral: Referral) -> bool:
    """Whoever may write it."""
    return can_change_referral(user, referral)


def can_endorse_for_school(user: User, referral: Referral) -> bool:
    """Head and SENDCO of its school, where the school and its therapist decide: two people, so not whoever is placed
    there too and has said the therapist's yes."""
    scope = of(user)
    placed = referral.school_id in scope.placed_schools
    return (
        referral.decides is WhoDecides.SCHOOL
        and refers(scope, referral)
        and not (placed and _said_yes(scope, referral, Endorsement.Side.THERAPIST))
    )


def can_endorse_for_therapist(user: User, referral: Referral) -> bool:
    """A therapist who is placed at its school now, where the school and its therapist decide: two people, so not
    whoever has said the school's yes."""
    scope = of(user)
    unblocked = referral.pupil_id not in scope.blocked_pupils
    return (
        unblocked
        and referral.school_may_see
        and referral.decides is WhoDecides.SCHOOL
        and referral.school_id in scope.placed_schools
        and not _said_yes(scope, referral, Endorsement.Side.SCHOOL)
    )


def _said_yes(scope: Scope, referral: Referral, side: Endorsement.Side) -> bool:
    """Whether this person has said the yes of a side, and it was not taken back."""
    yeses = Endorsement.objects.filter(referral_id=referral.pk, side=side, withdrawn_at__isnull=True)
    return yeses.filter(given_by_id=scope.person).exists()


def can_return_for_information_referral(user: User, referral: Referral) -> bool:
    """The coordinator; where the school decides, also its head."""
    scope = of(user)
    heads = (
        referral.decides is WhoDecides.SCHOOL
        and referral.school_id in scope.held(Role.HEAD)
        and refers(scope, referral)
    )
    return coordinates(scope, referral) or heads


def can_put_to_meeting_referral(user: User, referral: Referral) -> bool:
    """The coordinator, where a meeting decides."""
    return referral.decides is WhoDecides.MEETING and coordinates(of(user), referral)


def can_accept_referral(user: User, referral: Referral) -> bool:
    """The coordinator. Where the school decides, two yeses accept it: see the endorsements."""
    return coordinates(of(user), referral)


def can_decline_referral(user: User, referral: Referral) -> bool:
    """As it is returned for information."""
    return can_return_for_information_referral(user, referral)


def can_signpost_referral(user: User, referral: Referral) -> bool:
    """The coordinator."""
    return coordinates(of(user), referral)


def can_allocate_referral(user: User, referral: Referral) -> bool:
    """The coordinator."""
    return coordinates(of(user), referral)


def can_undo_allocation_referral(user: User, referral: Referral) -> bool:
    """Whoever allocated it, for ten minutes, while they may still see the case."""
    scope = of(user)
    sees = coordinates(scope, referral) or refers(scope, referral) or works(scope, referral)
    allocation = referral.allocations.first() if sees else None
    return (
        allocation is not None
        and allocation.allocated_by_id == scope.person
        and allocation.starts_at > timezone.now() - UNDO_WITHIN
    )


def can_object_to_allocation_referral(user: User, referral: Referral) -> bool:
    """The clinical supervisor of its service, until the end of the second working day after the allocation; not to one
    of their own."""
    scope = of(user)
    allocation = referral.allocations.first() if supervises(scope, referral) else None
    return (
        allocation is not None
        and allocation.allocated_by_id != scope.person
        and timezone.localdate() <= objection_until(allocation.starts_at)
    )


def can_start_assessment_referral(user: User, referral: Referral) -> bool:
    """Who works the case."""
    return works(of(user), referral)


def can_start_sessions_referral(user: User, referral: Referral) -> bool:
    """Who works the case."""
    return works(of(user), referral)


def can_start_review_referral(user: User, referral: Referral) -> bool:
    """Who works the case."""
    return works(of(user), referral)


def can_continue_sessions_referral(user: User, referral: Referral) -> bool:
    """Who works the case."""
    return works(of(user), referral)


def can_start_ending_referral(user: User, referral: Referral) -> bool:
    """Who works the case."""
    return works(of(user), referral)


def can_close_referral(user: User, referral: Referral) -> bool:
    """Who works the case, and the coordinator."""
    scope = of(user)
    return works(scope, referral) or coordinates(scope, referral)


def can_reopen_referral(user: User, referral: Referral) -> bool:
    """The coordinator."""
    return coordinates(of(user), referral)


def can_withdraw_referral(user: User, referral: Referral) -> bool:
    """Head and SENDCO of its school, and the coordinator."""
    scope = of(user)
    return refers(scope, referral) or coordinates(scope, referral) or can_change_referral(user, referral)


def can_hold_referral(user: User, referral: Referral) -> bool:
    """Who works the case, and the coordinator."""
    return can_close_referral(user, referral)


def can_resume_referral(user: User, referral: Referral) -> bool:
    """As it is put on hold."""
    return can_close_referral(user, referral)


STEPS: dict[str, Callable[[User, Referral], bool]] = {
    "submit": can_submit_referral,
    "return_for_information": can_return_for_information_referral,
    "put_to_meeting": can_put_to_meeting_referral,
    "accept": can_accept_referral,
    "decline": can_decline_referral,
    "signpost": can_signpost_referral,
    "allocate": can_allocate_referral,
    "undo_allocation": can_undo_allocation_referral,
    "object_to_allocation": can_object_to_allocation_referral,
    "start_assessment": can_start_assessment_referral,
    "start_sessions": can_start_sessions_referral,
    "start_review": can_start_review_referral,
    "continue_sessions": can_continue_sessions_referral,
    "start_ending": can_start_ending_referral,
    "close": can_close_referral,
    "reopen": can_reopen_referral,
    "withdraw": can_withdraw_referral,
    "hold": can_hold_referral,
    "resume": can_resume_referral,
}


def can_step(user: User, referral: Referral, step: str) -> bool:
    """Whether this person may take a step of the lifecycle; no for an unknown one."""
    rule = STEPS.get(step)
    return rule is not None and rule(user, referral)
