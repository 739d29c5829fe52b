"""Supervision and training: who sees when the team meets, who came, and what was said of a case."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from ...models import (
    Attendance,
    MeetingKind,
    Practitioner,
    ProcessNote,
    Referral,
    SupervisionItem,
    SupervisionRule,
    TeamMeeting,
)
from ..roles import Role
from ..scope import of
from .readiness import visible_fitness
from .standing import User, supervises, works

NOTES_OPEN_FOR = timedelta(days=14)
"""For so long after a supervision the notes that were brought to it are open to the supervisor."""


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
    individual one, which may be with somebody from outside, also who entered it for themselves. Until it is cancelled;
    a supervision that was written up, until the next one has begun."""
    return _leads(user, meeting) and meeting.cancelled_at is None and not _is_settled(meeting)


def can_record_team_meeting(user: User, meeting: TeamMeeting) -> bool:
    """Who came, and what was brought: who may change it, once it has begun."""
    return meeting.has_begun and can_change_team_meeting(user, meeting)


def can_cancel_team_meeting(user: User, meeting: TeamMeeting) -> bool:
    """Who may change it, as long as nobody is down as having come."""
    return can_change_team_meeting(user, meeting) and not meeting.attendances.filter(came=True).exists()


def can_keep_agenda(user: User, meeting: TeamMeeting) -> bool:
    """The clinical supervisor of the service, for a supervision, as long as it may be changed."""
    supervised = meeting.is_supervision and meeting.service_id in of(user).held(Role.SUPERVISOR)
    return supervised and can_change_team_meeting(user, meeting)


def can_bring_case(user: User, meeting: TeamMeeting, referral: Referral) -> bool:
    """To a supervision that may be changed, a case of the same service. The clinical supervisor: any that they
    supervise. Who entered an individual one for themselves: the cases that they work."""
    scope = of(user)
    if meeting.service_id != referral.school.service_id or not meeting.is_supervision:
        return False
    supervised = meeting.service_id in scope.held(Role.SUPERVISOR) and supervises(scope, referral)
    own = _is_own(user, meeting) and works(scope, referral)
    return (supervised or own) and can_change_team_meeting(user, meeting)


def can_read_sheet(user: User, meeting: TeamMeeting) -> bool:
    """The sheet of a supervision, which names no child and no reference: the clinical supervisor, and whoever was asked
    to come."""
    scope = of(user)
    asked = meeting.attendances.filter(practitioner_id__in=scope.practitioners)
    return meeting.is_supervision and (meeting.service_id in scope.held(Role.SUPERVISOR) or asked.exists())


def visible_supervision_items(user: User) -> QuerySet[SupervisionItem]:
    """Which cases were brought, and what was reflected on: the clinical supervisor of the service, who works the case
    now, and whoever opened it in an emergency."""
    scope = of(user)
    supervised = Q(
        referral__school_id__among=scope.schools_served(Role.SUPERVISOR), referral__submitted_at__isnull=False
    )
    opened = Q(referral_id__in=scope.worked | scope.opened_in_emergency)
    return SupervisionItem.objects.filter(opened | supervised).exclude(referral__pupil_id__in=scope.blocked_pupils)


def can_write_reflection(user: User, item: SupervisionItem) -> bool:
    """The question to reflect on, and what was reflected on: the clinical supervisor of the service, and who works the
    case, as long as the supervision may be changed."""
    scope, meeting = of(user), item.meeting
    theirs = supervises(scope, item.referral) or works(scope, item.referral)
    return theirs and meeting.cancelled_at is None and not _is_settled(meeting)


def can_bring_notes(user: User, item: SupervisionItem) -> bool:
    """Who works the case brings their own process notes of it: until the supervision has been, and for a fortnight
    after, the clinical supervisor reads them without another reason. Not to one that they entered for themselves, for
    it may be with somebody from outside."""
    is_open = item.meeting.cancelled_at is None and item.meeting.starts_at > timezone.now() - NOTES_OPEN_FOR
    return is_open and works(of(user), item.referral) and not _is_own(user, item.meeting)


def notes_are_brought(user: User, note: ProcessNote) -> bool:
    """Whether its author has brought it: the case stands on the agenda of a supervision that this person leads as the
    clinical supervisor, that was not cancelled, and that is to come or was within a fortnight."""
    scope = of(user)
    brought = SupervisionItem.objects.filter(
        referral_id=note.session.referral_id,
        notes_brought_by_id=note.author_id,
        meeting__service_id__in=scope.held(Role.SUPERVISOR),
        meeting__cancelled_at__isnull=True,
        meeting__starts_at__gt=scope.at - NOTES_OPEN_FOR,
    )
    return brought.exists()


def visible_supervision_hours(user: User) -> QuerySet[Practitioner]:
    """Whose hours of supervision one reads: theirs whose record of readiness one reads (visible_fitness)."""
    return visible_fitness(user)


def visible_supervision_rules(user: User) -> QuerySet[SupervisionRule]:
    """How much supervision each body asks for: coordinator, clinical supervisor and the team."""
    scope = of(user)
    return SupervisionRule.objects.filter(service_id__in=scope.held(Role.COORDINATOR, Role.SUPERVISOR) | scope.teams)


def can_change_supervision_rule(user: User, rule: SupervisionRule) -> bool:
    """Coordinator and clinical supervisor of the service."""
    return rule.service_id in of(user).held(Role.COORDINATOR, Role.SUPERVISOR)


def _leads(user: User, meeting: TeamMeeting) -> bool:
    scope = of(user)
    if meeting.kind == MeetingKind.TRAINING:
        return meeting.service_id in scope.held(Role.COORDINATOR, Role.SUPERVISOR)
    return meeting.service_id in scope.held(Role.SUPERVISOR) or _is_own(user, meeting)


def _is_own(user: User, meeting: TeamMeeting) -> bool:
    """An individual supervision that this person entered for themselves, while in the team."""
    own = meeting.kind == MeetingKind.INDIVIDUAL and meeting.entered_by_id == user.pk
    return own and meeting.service_id in of(user).teams


def _is_settled(meeting: TeamMeeting) -> bool:
    """It is written up, and the next of its kind, of an individual one with the same people, has begun."""
    if not meeting.is_supervision or meeting.pk is None or not meeting.attendances.exclude(came=None).exists():
        return False
    later = TeamMeeting.objects.filter(
        service=meeting.service_id, kind=meeting.kind, cancelled_at=None,
        starts_at__gt=meeting.starts_at, starts_at__lte=timezone.now(),
    )  # fmt: skip
    if meeting.kind == MeetingKind.INDIVIDUAL:
        later = later.filter(attendances__practitioner__in=meeting.attendances.values("practitioner"))
    return later.exists()
