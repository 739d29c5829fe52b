"""Registers: who opens, adds to, changes and exports which, and reads its history."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Model, QuerySet

from ... import audit
from ...models import (
    Absence,
    Allocation,
    AuditEvent,
    ClosedDays,
    Cluster,
    ClusterRole,
    Concern,
    DocumentAudience,
    HoursRequest,
    ListItem,
    Placement,
    Practitioner,
    Pupil,
    Question,
    Rate,
    Record,
    Referral,
    Requirement,
    School,
    SchoolRole,
    SchoolYear,
    Service,
    ServiceAgreement,
    ServiceRole,
    Session,
    SupervisionRule,
    Term,
)
from ..roles import SCHOOL_STAFF, Role
from ..scope import Face, of
from .calendar import (
    can_change_absence,
    can_change_closed_days,
    can_change_school_year,
    can_change_term,
    visible_absences,
    visible_closed_days,
    visible_school_years,
    visible_terms,
)
from .cases import visible_allocations, visible_referrals, visible_sessions
from .concerns import visible_concerns
from .ground import (
    can_change_audience,
    can_change_cluster,
    can_change_list_item,
    can_change_placement,
    can_change_practitioner,
    can_change_question,
    can_change_school,
    can_change_service,
    service_of,
    visible_audiences,
    visible_clusters,
    visible_list_items,
    visible_placements,
    visible_practitioners,
    visible_questions,
    visible_schools,
    visible_services,
)
from .hours import (
    can_change_rate,
    can_change_service_agreement,
    visible_hours_requests,
    visible_rates,
    visible_service_agreements,
)
from .people import (
    Account,
    can_end_role,
    can_invite_people,
    can_look_after_person,
    visible_cluster_roles,
    visible_people,
    visible_school_roles,
    visible_service_roles,
)
from .pupils import can_change_pupil, visible_pupils
from .readiness import can_change_requirement, visible_requirements
from .sessions import can_change_session
from .standing import User
from .steps import can_change_referral
from .supervision import can_change_supervision_rule, visible_supervision_rules


class Side(StrEnum):
    """A side of the work that a person may stand on; each register names what it shows to which."""

    COORDINATION = "coordination"
    SUPERVISION = "supervision"
    SCHOOL = "school"
    THERAPY = "therapy"
    OTHER = "other"


ROLES: dict[Side, tuple[Role, ...]] = {
    Side.COORDINATION: (Role.COORDINATOR,),
    Side.SUPERVISION: (Role.SUPERVISOR,),
    Side.SCHOOL: SCHOOL_STAFF,
    Side.THERAPY: (),
}
ROLES[Side.OTHER] = tuple(set(Role).difference(*ROLES.values()))


def sides(user: User) -> frozenset[Side]:
    """The sides that a person stands on, by what they hold now.

    - coordination: the coordinator
    - supervision: the clinical supervisor
    - school: head and SENDCO
    - therapy: who belongs to the team or works a case
    - other: whoever holds any other role
    """
    scope = of(user)
    works = {Side.THERAPY} if scope.practitioners or scope.worked else set()
    return frozenset(works.union(side for side, roles in ROLES.items() if scope.held(*roles)))


def seen_from(user: User, side: Side) -> Face:
    """This person on one side alone: what they see there, and nothing that another side of theirs is shown."""
    return Face(user.pk, of(user).only(ROLES[side], work=side is Side.THERAPY))


def can_view_history(user: User, record: Model) -> bool:
    """What happened to an entry of a register, and who opened it: the coordinator of its service, but for a blocked
    pupil."""
    scope = of(user)
    unblocked = not (isinstance(record, Pupil) and record.pk in scope.blocked_pupils)
    return unblocked and service_of(_ground_of(record)) in scope.held(Role.COORDINATOR)


def visible_history(user: User, record: Record) -> QuerySet[AuditEvent]:
    """The events of an entry, for those who may view its history; those of a case are visible_events."""
    events = audit.of(record).filter(subject_type=record._meta.label_lower)
    return events if can_view_history(user, record) else events.none()


@dataclass(frozen=True)
class Register:
    """The rules of one register.

    `listed` opens it, `added` offers a new entry, `changed` allows a change to one, `exported` takes it out.
    """

    visible: Callable[[User], QuerySet[Any]]
    listed: Callable[[User], bool]
    added: Callable[[User], bool]
    changed: Callable[[User, Any], bool]
    exported: Callable[[User], bool]


def _held_by(*roles: Role, team: bool = False) -> Callable[[User], bool]:
    def rule(user: User) -> bool:
        scope = of(user)
        return bool(scope.held(*roles)) or (team and bool(scope.practitioners or scope.worked))

    return rule


def _never(*_: Any) -> bool:
    return False


_coordinator = _held_by(Role.COORDINATOR)
_office = _held_by(Role.COORDINATOR, Role.SUPERVISOR)
_office_and_team = _held_by(Role.COORDINATOR, Role.SUPERVISOR, team=True)
_adds_absences = _held_by(Role.COORDINATOR, team=True)
_office_and_school = _held_by(Role.COORDINATOR, Role.SUPERVISOR, *SCHOOL_STAFF)
_casework = _held_by(Role.COORDINATOR, Role.SUPERVISOR, *SCHOOL_STAFF, team=True)
_of_a_school = _held_by(
    Role.COORDINATOR, Role.SUPERVISOR, Role.TSL, Role.HEAD, Role.SENDCO, Role.DSL, Role.CHAIR, team=True
)
_safeguarding = _held_by(Role.SUPERVISOR, Role.SAFEGUARDING_LEAD, Role.HEAD, Role.DSL, Role.CHAIR, team=True)
_takes_out = _held_by(Role.COORDINATOR, *SCHOOL_STAFF)
_refers_or_coordinates = _held_by(Role.COORDINATOR, *SCHOOL_STAFF)


REGISTERS: dict[type[Model], Register] = {
    Account: Register(visible_people, _coordinator, can_invite_people, can_look_after_person, _never),
    Service: Register(visible_services, _coordinator, _never, can_change_service, _coordinator),
    Cluster: Register(
        visible_clusters,
        _held_by(Role.COORDINATOR, Role.SUPERVISOR, Role.TSL),
        _coordinator,
        can_change_cluster,
        _coordinator,
    ),
    School: Register(visible_schools, _of_a_school, _coordinator, can_change_school, _coordinator),
    Practitioner: Register(
        visible_practitioners, _office_and_school, _coordinator, can_change_practitioner, _coordinator
    ),
    Placement: Register(visible_placements, _casework, _coordinator, can_change_placement, _coordinator),
    Pupil: Register(visible_pupils, _casework, _refers_or_coordinates, can_change_pupil, _takes_out),
    Referral: Register(visible_referrals, _casework, _refers_or_coordinates, can_change_referral, _takes_out),
    Allocation: Register(visible_allocations, _casework, _never, _never, _takes_out),
    Session: Register(visible_sessions, _casework, _never, can_change_session, _takes_out),
    Concern: Register(visible_concerns, _safeguarding, _safeguarding, _never, _never),
    ServiceRole: Register(visible_service_roles, _coordinator, _coordinator, can_end_role, _coordinator),
    ClusterRole: Register(visible_cluster_roles, _coordinator, _coordinator, can_end_role, _coordinator),
    SchoolRole: Register(visible_school_roles, _coordinator, _coordinator, can_end_role, _coordinator),
    ListItem: Register(visible_list_items, _coordinator, _coordinator, can_change_list_item, _coordinator),
    Question: Register(visible_questions, _coordinator, _coordinator, can_change_question, _coordinator),
    Rate: Register(visible_rates, _coordinator, _coordinator, can_change_rate, _coordinator),
    ServiceAgreement: Register(
        visible_service_agreements, _coordinator, _coordinator, can_change_service_agreement, _coordinator
    ),
    HoursRequest: Register(visible_hours_requests, _coordinator, _never, _never, _coordinator),
    SchoolYear: Register(visible_school_years, _coordinator, _coordinator, can_change_school_year, _coordinator),
    Term: Register(visible_terms, _coordinator, _coordinator, can_change_term, _coordinator),
    ClosedDays: Register(visible_closed_days, _coordinator, _coordinator, can_change_closed_days, _coordinator),
    Absence: Register(visible_absences, _office_and_team, _adds_absences, can_change_absence, _never),
    Requirement: Register(visible_requirements, _coordinator, _coordinator, can_change_requirement, _coordinator),
    DocumentAudience: Register(visible_audiences, _coordinator, _coordinator, can_change_audience, _coordinator),
    SupervisionRule: Register(visible_supervision_rules, _office, _office, can_change_supervision_rule, _never),
}
"""Nothing is a register that is not in this table."""


def _ground_of(record: Model) -> Model:
    """What an entry of a register belongs to: a placement or an agreement to a school, a role to where it is held."""
    if isinstance(record, Placement | ServiceAgreement):
        return record.school
    if isinstance(record, Term):
        return record.school_year
    if isinstance(record, Absence):
        return record.practitioner
    if isinstance(record, ServiceRole | ClusterRole | SchoolRole):
        return record.content_object
    return record
