"""A school's safeguarding pack, and the letters that its single central record asks for."""

from typing import Any

from django.db.models import Q, QuerySet

from ...models import AssuranceLetter, Practitioner, School, SchoolPack
from ..roles import SCHOOL_STAFF, Role
from ..scope import Scope, of
from .standing import User, own_schools


def visible_packs(user: User) -> QuerySet[SchoolPack]:
    """Whoever holds a role in the school, therapists who are placed there now, and the coordinator of its service."""
    return SchoolPack.objects.filter(school_id__in=_opened(user))


def visible_pack_schools(user: User) -> QuerySet[School]:
    """The schools whose packs one opens, sent or not."""
    return School.objects.filter(pk__in=_opened(user))


def can_view_packs(user: User, school: School) -> bool:
    """Whether a pack of the school would be in the list."""
    return school.pk in _opened(user)


def can_send_pack(user: User, school: School) -> bool:
    """Its head and SENDCO."""
    return school.pk in of(user).held(*SCHOOL_STAFF)


def can_chase_pack(user: User, school: School) -> bool:
    """That a school owes its pack, in a list that can be taken out: the coordinator of its service."""
    return school.pk in of(user).schools_served(Role.COORDINATOR)


def visible_letters(user: User) -> QuerySet[AssuranceLetter]:
    """Head, SENDCO, DSL and chair of governors: those to their school. Coordinator: the service's. Practitioner: about
    oneself."""
    scope = of(user)
    return AssuranceLetter.objects.filter(
        Q(school_id__in=_receives(scope)) | Q(practitioner_id__in=scope.practitioners)
    )


def visible_letter_schools(user: User) -> QuerySet[School]:
    """Those whose letters one reads; and for a therapist where placed now, there about oneself alone."""
    return School.objects.filter(pk__in=_of_letters(user))


def can_view_letters(user: User, school: School) -> bool:
    """Whether it is in the list."""
    return school.pk in _of_letters(user)


def can_issue_letters(user: User, school: School) -> bool:
    """The coordinator of its service."""
    return school.pk in of(user).schools_served(Role.COORDINATOR)


def can_issue_letter(user: User, practitioner: Practitioner, school: School) -> bool:
    """The coordinator of the service that both belong to; nobody about themselves."""
    own = practitioner.user_id == user.pk
    return not own and practitioner.service_id == school.service_id and can_issue_letters(user, school)


def _of_letters(user: User) -> frozenset[Any]:
    scope = of(user)
    return _receives(scope) | scope.placed_schools


def _receives(scope: Scope) -> frozenset[Any]:
    return own_schools(scope) | scope.schools_served(Role.COORDINATOR)


def _opened(user: User) -> frozenset[Any]:
    scope = of(user)
    return own_schools(scope) | scope.placed_schools | scope.schools_served(Role.COORDINATOR)
