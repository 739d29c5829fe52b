"""Concerns: who hears, who reads, and who may do what. The coordinator reads none, and its subject never does."""

from django.db.models import Q, QuerySet

from ... import audit
from ...models import About, AuditEvent, Concern, OutboxMessage, Referral, School
from ..roles import Role
from ..safeguarding import HEARS, READS_TOO
from ..scope import Ids, Scope, of
from .standing import User, own_schools


def visible_concerns(user: User) -> QuerySet[Concern]:
    """About a child: that school's designated safeguarding leads, the service's clinical supervisor and safeguarding
    lead. About an adult at the school: its head; about the head: its chair of governors; each with the service's
    safeguarding lead. About our own people: the safeguarding lead alone. Its author, while they belong to the service
    or to that school. Never its subject."""
    scope = of(user)
    condition = Q(author_id=scope.person) & (
        Q(school__service_id__in=_services(scope)) | Q(school_id__in=own_schools(scope))
    )
    for about in About:
        schools = _hears_of(scope, about) | scope.schools_served(*READS_TOO[about])
        condition |= Q(about=about, school_id__among=schools) if schools else Q()
    return Concern.objects.filter(condition & ~Q(subject_id=scope.person) & ~Q(pupil_id__in=scope.blocked_pupils))


def can_view_concern(user: User, concern: Concern) -> bool:
    """Whether it is in the list."""
    return visible_concerns(user).filter(pk=concern.pk).exists()


def schools_to_raise_at(user: User, about: About) -> QuerySet[School]:
    """The schools at which a person may raise a concern about somebody: see can_raise_concern."""
    return School.objects.filter(id__in=_raises_at(of(user), about))


def raises_concerns_about(user: User) -> tuple[About, ...]:
    """About whom a person may raise a concern at some school; see can_raise_concern."""
    scope = of(user)
    if _offices(scope) or scope.placed_schools or scope.worked:
        return tuple(About)
    return (About.OURS,) if own_schools(scope) else ()


def can_raise_concern(user: User, school: School, about: About) -> bool:
    """Who works for the service, about anybody: a therapist at the schools where placed, or with a case; coordinator,
    clinical supervisor and safeguarding lead at every school. Whoever holds a role in the school, about our own people:
    other worries of a school go the school's own way."""
    return school.pk in _raises_at(of(user), about)


def can_acknowledge_concern(user: User, concern: Concern) -> bool:
    """Who hears of it, and the service's safeguarding lead; never its author."""
    return _answers(of(user), concern)


def can_answer_concern(user: User, concern: Concern) -> bool:
    """As it is acknowledged: what was done comes back from who hears of it."""
    return _answers(of(user), concern)


def can_close_concern(user: User, concern: Concern) -> bool:
    """As it is acknowledged."""
    return _answers(of(user), concern)


def can_add_to_concern(user: User, concern: Concern) -> bool:
    """Its author: what they told whom, and what they learnt later."""
    return concern.author_id == user.pk and can_view_concern(user, concern)


def can_note_notification(user: User, concern: Concern) -> bool:
    """Whoever reads it, of what they themselves told police, local authority or LADO: the duty is each person's own."""
    return can_view_concern(user, concern)


def can_hold_concern(user: User, concern: Concern) -> bool:
    """That it is kept beyond its time: the service's safeguarding lead."""
    scope = of(user)
    return concern.school_id in scope.schools_served(Role.SAFEGUARDING_LEAD) and can_view_concern(user, concern)


def can_take_out_concern(user: User, concern: Concern) -> bool:
    """As a file for the school's own system: who hears of it, and the service's safeguarding lead, also one that they
    wrote themselves."""
    return _hears(of(user), concern) and can_view_concern(user, concern)


def visible_concern_events(user: User, concern: Concern) -> QuerySet[AuditEvent]:
    """Who opened it, and what was done with it: who hears of it, and the service's safeguarding lead."""
    events = audit.of(concern).filter(subject_type=concern._meta.label_lower)
    return events if can_take_out_concern(user, concern) else events.none()


def visible_concern_messages(user: User, concern: Concern) -> QuerySet[OutboxMessage]:
    """Whether the word of it arrived: whoever reads it."""
    messages = OutboxMessage.objects.filter(reference=concern.reference)
    return messages if can_view_concern(user, concern) else messages.none()


def _hears_of(scope: Scope, about: About) -> Ids:
    """The schools whose concerns about somebody this person hears of."""
    role = HEARS[about]
    return scope.held(role) if role.value.on is School else scope.schools_served(role)


def _hears(scope: Scope, concern: Concern) -> bool:
    heard = _hears_of(scope, About(concern.about)) | scope.schools_served(Role.SAFEGUARDING_LEAD)
    unblocked = concern.pupil_id not in scope.blocked_pupils
    return concern.school_id in heard and concern.subject_id != scope.person and unblocked


def _answers(scope: Scope, concern: Concern) -> bool:
    return _hears(scope, concern) and concern.author_id != scope.person


def _services(scope: Scope) -> Ids:
    """The services that somebody belongs to, by their team or by a role."""
    return scope.teams | frozenset(scope.schools_of_services)


def _offices(scope: Scope) -> Ids:
    """The schools of the services that somebody coordinates, supervises or leads in safeguarding."""
    return scope.schools_served(Role.COORDINATOR, Role.SUPERVISOR, Role.SAFEGUARDING_LEAD)


def _raises_at(scope: Scope, about: About) -> Ids:
    worked = Referral.objects.filter(id__in=scope.worked).values_list("school_id", flat=True)
    ours = _offices(scope) | scope.placed_schools | frozenset(worked)
    return ours | own_schools(scope) if about is About.OURS else ours
