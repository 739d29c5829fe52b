"""Supervision and training: who sees when the team meets, who came, and what was said of a case."""

from django.db.models import Q, QuerySet

from ...models import Attendance, MeetingKind, Referral, SupervisionItem, SupervisionRule, TeamMeeting
from ..roles import Role
from ..scope import of
from .standing import User, supervises, works


def visible_team_meetings(user: User) -> QuerySet[TeamMeeting]:
    """Coordinator and clinical supervisor: the service's. Practitioner: those that they were asked to, or entered."""
    scope = of(user)
    asked = Attendance.objects.filter(practitioner_id__in=scope.practitioners)
    office = Q(service_id__in=scope.held(Role.COORDINATOR, Role.SUPERVISOR))
    own = Q(id__in=asked.values("meeting_id"))
    return TeamMeeting.objects.filter(office | own)


def visible_attendances(user: User) -> QuerySet[Attendance]:
    """Coordinator and clinical supervisor: the service's. Practitioner: one's own."""
    scope = of(user)
    office = Q(meeting__service_id__in=scope.held(Role.COORDINATOR, Role.SUPERVISOR))
    return Attendance.objects.filter(office | Q(practitioner_id__in=scope.practitioners))


def can_change_team_meeting(user: User, meeting: TeamMeeting) -> bool:
    """Training: coordinator and clinical supervisor of the service. Supervision: the clinical supervisor; and of an
    individual one, which may be with somebody from outside, also who entered it for themselves."""
    scope = of(user)
    if meeting.kind == MeetingKind.TRAINING:
        return meeting.service_id in scope.held(Role.COORDINATOR, Role.SUPERVISOR)
    own = meeting.kind == MeetingKind.INDIVIDUAL and meeting.entered_by_id == user.pk
    return meeting.service_id in scope.held(Role.SUPERVISOR) or (own and meeting.service_id in scope.teams)


def can_keep_agenda(user: User, meeting: TeamMeeting) -> bool:
    """The clinical supervisor of the service, for a supervision."""
    return meeting.kind != MeetingKind.TRAINING and meeting.service_id in of(user).held(Role.SUPERVISOR)


def can_read_sheet(user: User, meeting: TeamMeeting) -> bool:
    """The sheet of a supervision, which names no child and no reference: the clinical supervisor, and whoever was asked
    to come."""
    supervision = meeting.kind != MeetingKind.TRAINING
    asked = meeting.attendances.filter(practitioner_id__in=of(user).practitioners)
    return supervision and (can_keep_agenda(user, meeting) or asked.exists())


def visible_supervision_items(user: User) -> QuerySet[SupervisionItem]:
    """Which cases were brought, and what was reflected on: the clinical supervisor of the service, and who works the
    case now."""
    scope = of(user)
    supervised = Q(
        referral__school_id__among=scope.schools_served(Role.SUPERVISOR), referral__submitted_at__isnull=False
    )
    opened = Q(referral_id__in=scope.worked | scope.opened_in_emergency)
    return SupervisionItem.objects.filter(opened | supervised).exclude(referral__pupil_id__in=scope.blocked_pupils)


def can_bring_notes(user: User, item: SupervisionItem) -> bool:
    """Who works the case brings their own process notes of it: until the supervision has been, and for a fortnight
    after, the clinical supervisor reads them without another reason."""
    return works(of(user), item.referral)


def can_write_reflection(user: User, referral: Referral) -> bool:
    """What was reflected on: the clinical supervisor of the service, and who works the case."""
    scope = of(user)
    return supervises(scope, referral) or works(scope, referral)


def visible_supervision_rules(user: User) -> QuerySet[SupervisionRule]:
    """How much supervision each body asks for: coordinator, clinical supervisor and the team."""
    scope = of(user)
    return SupervisionRule.objects.filter(service_id__in=scope.held(Role.COORDINATOR, Role.SUPERVISOR) | scope.teams)


def can_change_supervision_rule(user: User, rule: SupervisionRule) -> bool:
    """Coordinator and clinical supervisor of the service."""
    return rule.service_id in of(user).held(Role.COORDINATOR, Role.SUPERVISOR)
