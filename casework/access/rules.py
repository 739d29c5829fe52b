"""The rule book: who may see and do what.

Lists are `visible_<noun>s(user)`; a single record may be seen when it is in its list, so that the two cannot
disagree. `can_<verb>_<noun>(user, record)` answers for acts. A rule's docstring is the rule. An unknown case is a no,
and a conflict-of-interest block beats everything. Nothing here asks whether somebody is a superuser.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from wagtail.permissions import policy_registry

from .. import audit
from ..audit import request
from ..models import (
    Allocation,
    AuditEvent,
    BackupRun,
    Carer,
    Cluster,
    ClusterRole,
    DocumentAudience,
    Enrolment,
    ListItem,
    OutboxMessage,
    Placement,
    Practitioner,
    ProcessNote,
    Pupil,
    Record,
    Referral,
    RoleRow,
    School,
    SchoolRole,
    Service,
    ServiceRole,
    Session,
    Source,
    WhoDecides,
    in_force,
)
from ..sealed import TextKind
from .roles import SCHOOL_STAFF, Role
from .scope import Ids, Scope, of

User = Any
Account = get_user_model()
NOTE_LOCKS_AFTER = timedelta(days=7)
WEBSITE_EDITORS = "Website editor"
TECHNICAL_ADMINISTRATORS = "Technical administrator"


# --- Surfaces -------------------------------------------------------------------------------------


def surfaces(user: User) -> frozenset[str]:
    """Which parts of the admin a person may enter; the union of what their roles open.

    - casework: whoever holds a role, works in a team or has a case now
    - coordination: the coordinator's registers and set-up
    - cms: the coordinator, and the website editors of any site
    - library: whoever may open the library
    - system: technical administrators
    """
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    scope = of(user)
    groups = _groups(user)
    coordinates = bool(scope.held(Role.COORDINATOR))
    opened = {
        "casework": not scope.is_empty,
        "coordination": coordinates,
        "cms": coordinates or any(name.startswith(WEBSITE_EDITORS) for name in groups),
        "library": can_open_library(user),
        "system": TECHNICAL_ADMINISTRATORS in groups,
    }
    return frozenset(name for name, is_open in opened.items() if is_open)


def _groups(user: User) -> frozenset[str]:
    """The names of the groups that a person is in."""
    return request.once(("groups", user.pk), lambda: frozenset(user.groups.values_list("name", flat=True)))


def visible_backups(user: User) -> QuerySet[BackupRun]:
    """When backups were made and whether they hold: coordinators and technical administrators, each of the whole
    installation, for that is what a backup is of. It says nothing of a case."""
    return BackupRun.objects.all() if surfaces(user) & {"coordination", "system"} else BackupRun.objects.none()


# --- The ground: services, clusters, schools, the team --------------------------------------------


def visible_services(user: User) -> QuerySet[Service]:
    """The services in which this person holds a service role."""
    scope = of(user)
    return Service.objects.filter(id__in=scope.schools_of_services)


def visible_clusters(user: User) -> QuerySet[Cluster]:
    """Coordinator and clinical supervisor: the service's clusters. TSL: the clusters that they lead."""
    scope = of(user)
    return Cluster.objects.filter(
        Q(service_id__in=scope.held(Role.COORDINATOR, Role.SUPERVISOR)) | Q(id__in=scope.held(Role.TSL))
    )


def visible_schools(user: User) -> QuerySet[School]:
    """Coordinator and clinical supervisor: the service's schools. TSL: the cluster's. Therapist: where placed now.
    Whoever holds a role in a school: that school."""
    return School.objects.filter(id__in=_schools(of(user)))


def visible_practitioners(user: User) -> QuerySet[Practitioner]:
    """Coordinator and clinical supervisor: the service's team. Head and SENDCO: those placed at their school now.
    Practitioner: oneself."""
    scope = of(user)
    placed = Placement.objects.filter(in_force(scope.at), school_id__in=scope.held(*SCHOOL_STAFF))
    return Practitioner.objects.filter(
        Q(service_id__in=scope.held(Role.COORDINATOR, Role.SUPERVISOR))
        | Q(id__in=scope.practitioners)
        | Q(id__in=placed.values("practitioner_id"))
    )


def visible_placements(user: User) -> QuerySet[Placement]:
    """Coordinator and clinical supervisor: the service's. Head and SENDCO: their school's. Practitioner: one's own."""
    scope = of(user)
    schools = scope.schools_served(Role.COORDINATOR, Role.SUPERVISOR) | scope.held(*SCHOOL_STAFF)
    return Placement.objects.filter(Q(school_id__in=schools) | Q(practitioner_id__in=scope.practitioners))


def visible_list_items(user: User) -> QuerySet[ListItem]:
    """The lists of a service: its coordinator."""
    return ListItem.objects.filter(service_id__in=of(user).held(Role.COORDINATOR))


def visible_audiences(user: User) -> QuerySet[DocumentAudience]:
    """Whom library documents are for: the service's coordinator."""
    return DocumentAudience.objects.filter(service_id__in=of(user).held(Role.COORDINATOR))


def can_change_service(user: User, service: Service) -> bool:
    """Its coordinator."""
    return service.pk in of(user).held(Role.COORDINATOR)


def can_change_cluster(user: User, cluster: Cluster) -> bool:
    """The coordinator of its service."""
    return cluster.service_id in of(user).held(Role.COORDINATOR)


def can_change_school(user: User, school: School) -> bool:
    """The coordinator of its service, within the service's own clusters."""
    own_cluster = school.cluster is None or school.cluster.service_id == school.service_id
    return own_cluster and school.service_id in of(user).held(Role.COORDINATOR)


def can_change_practitioner(user: User, practitioner: Practitioner) -> bool:
    """The coordinator of the service, except for their own entry."""
    return practitioner.user_id != user.pk and practitioner.service_id in of(user).held(Role.COORDINATOR)


def can_change_placement(user: User, placement: Placement) -> bool:
    """The coordinator, where practitioner and school belong to the coordinated service; nobody places themselves."""
    coordinated = of(user).held(Role.COORDINATOR)
    own = placement.practitioner.user_id == user.pk
    return (
        not own
        and placement.school.service_id in coordinated
        and placement.practitioner.service_id == placement.school.service_id
    )


def can_change_list_item(user: User, item: ListItem) -> bool:
    """The coordinator of its service."""
    return item.service_id in of(user).held(Role.COORDINATOR)


def can_change_audience(user: User, audience: DocumentAudience) -> bool:
    """The coordinator of the service; a school must be one of the service's own."""
    own_school = audience.school is None or audience.school.service_id == audience.service_id
    return own_school and audience.service_id in of(user).held(Role.COORDINATOR)


# --- Roles ----------------------------------------------------------------------------------------


def visible_service_roles(user: User) -> QuerySet[ServiceRole]:
    """The coordinator: the service's. Everyone: their own."""
    scope = of(user)
    return ServiceRole.objects.filter(Q(content_object_id__in=scope.held(Role.COORDINATOR)) | Q(user_id=user.pk))


def visible_cluster_roles(user: User) -> QuerySet[ClusterRole]:
    """The coordinator: the service's clusters'. Everyone: their own."""
    scope = of(user)
    return ClusterRole.objects.filter(
        Q(content_object__service_id__in=scope.held(Role.COORDINATOR)) | Q(user_id=user.pk)
    )


def visible_school_roles(user: User) -> QuerySet[SchoolRole]:
    """The coordinator: the service's schools'. Everyone: their own."""
    scope = of(user)
    return SchoolRole.objects.filter(
        Q(content_object_id__in=scope.schools_served(Role.COORDINATOR)) | Q(user_id=user.pk)
    )


def can_give_role(user: User, person: User, on: Model) -> bool:
    """The coordinator of the service that it is held in; nobody to themselves."""
    return person.pk != user.pk and service_of(on) in of(user).held(Role.COORDINATOR)


def can_end_role(user: User, row: RoleRow) -> bool:
    """As it is given; nobody ends their own."""
    return can_give_role(user, row.user, row.content_object)


def can_invite_people(user: User) -> bool:
    """Whoever coordinates a service now. What the invited person sees is said by the roles that they are given."""
    return bool(of(user).held(Role.COORDINATOR))


def can_invite_again(user: User, person: User) -> bool:
    """Who has lost password or second step: the coordinator of a service where they hold a role, or belong to the
    team; nobody themselves."""
    return person.pk != user.pk and bool(of(user).held(Role.COORDINATOR) & _belongs_to(of(person)))


def visible_people(user: User) -> QuerySet[Any]:
    """The coordinator: whoever holds or held a role in the service, its clusters or its schools, or belongs or belonged
    to its team."""
    scope = of(user)
    served = scope.held(Role.COORDINATOR)
    on_service = ServiceRole.objects.filter(content_object_id__in=served)
    on_cluster = ClusterRole.objects.filter(content_object__service_id__in=served)
    on_school = SchoolRole.objects.filter(content_object_id__in=scope.schools_served(Role.COORDINATOR))
    team = Practitioner.objects.filter(service_id__in=served)
    if not served:
        return Account.objects.none()
    return Account.objects.filter(
        Q(id__in=on_service.values("user_id"))
        | Q(id__in=on_cluster.values("user_id"))
        | Q(id__in=on_school.values("user_id"))
        | Q(id__in=team.filter(user__isnull=False).values("user_id"))
    )


def can_look_after_person(user: User, person: User) -> bool:
    """Take an invitation back, see somebody off who leaves, open a closed account again: the coordinator who has them
    among their people; nobody for themselves."""
    return person.pk != user.pk and visible_people(user).filter(pk=person.pk).exists()


def can_set_up_sign_in(user: User) -> bool:
    """Technical administrators: which schools and trusts people sign in with."""
    return "system" in surfaces(user)


def can_allow_second_step(user: User, service: Service) -> bool:
    """That the second step which people have taken at their school counts for those of a service: its coordinator."""
    return service.pk in of(user).held(Role.COORDINATOR)


def can_rely_on_second_step(user: User, services: QuerySet[Service]) -> bool:
    """On the second step taken at a school: whoever belongs to services that allow it and to no other. Never who looks
    after the system or the website, for theirs is no one service's."""
    groups = _groups(user)
    if TECHNICAL_ADMINISTRATORS in groups or any(name.startswith(WEBSITE_EDITORS) for name in groups):
        return False
    belongs = _belongs_to(of(user))
    return bool(belongs) and belongs <= set(services.values_list("pk", flat=True))


def _belongs_to(scope: Scope) -> Ids:
    """The services where somebody is of the team, or holds a role now on the service, a cluster or a school of it."""
    grounds = (Service, Cluster, School)
    held = {ground: scope.held(*(role for role in Role if role.value.on is ground)) for ground in grounds}
    of_clusters = Cluster.objects.filter(pk__in=held[Cluster]).values_list("service_id", flat=True)
    of_schools = School.objects.filter(pk__in=held[School]).values_list("service_id", flat=True)
    return held[Service] | scope.teams | frozenset(of_clusters) | frozenset(of_schools)


def can_arrange_cover(user: User, referral: Referral) -> bool:
    """The coordinator."""
    return _coordinates(of(user), referral)


def can_share_case(user: User, referral: Referral, person: User) -> bool:
    """Cover: who may arrange it, to a colleague who belongs to the service's team now; nobody to themselves."""
    team = Practitioner.objects.filter(in_force(), user_id=person.pk, service_id=referral.school.service_id)
    return person.pk != user.pk and can_arrange_cover(user, referral) and team.exists()


def can_break_glass(user: User, referral: Referral) -> bool:
    """The clinical supervisor of the service, for themselves, with a reason."""
    return _supervises(of(user), referral)


# --- Pupils and their families --------------------------------------------------------------------


def visible_pupils(user: User) -> QuerySet[Pupil]:
    """Head and SENDCO: who goes to their school now. Everyone: the pupils of the referrals that they may see."""
    scope = of(user)
    ours = Enrolment.objects.filter(in_force(scope.at), school_id__in=scope.held(*SCHOOL_STAFF))
    referred = Referral.objects.filter(_cases(scope, drafts=True)).values("pupil_id")
    pupils = Pupil.objects.exclude(id__in=scope.blocked_pupils)
    if not scope.held(*SCHOOL_STAFF):
        return pupils.filter(id__in=referred)
    return pupils.filter(Q(id__in=ours.values("pupil_id")) | Q(id__in=referred))


def visible_carers(user: User, family: int | None = None) -> QuerySet[Carer]:
    """Contact details: head and SENDCO for their school's pupils, the coordinator and who works the case for theirs.
    Where one family is asked for, nobody else's cases are looked through."""
    scope = of(user)
    theirs = {} if family is None else {"pupil__family_id": family}
    staffed = scope.held(*SCHOOL_STAFF)
    ours = Enrolment.objects.filter(in_force(scope.at), school_id__in=staffed, **theirs).values("pupil_id")
    read = _cases(scope, roles=(Role.COORDINATOR,), received=False, emergency=False, drafts=True)
    cases = Referral.objects.filter(read, **theirs).values("pupil_id")
    pupils = Pupil.objects.exclude(id__in=scope.blocked_pupils).filter(Q(id__in=ours) | Q(id__in=cases))
    blocked = Pupil.objects.filter(id__in=scope.blocked_pupils)
    carers = Carer.objects.filter(family_id__in=pupils.values("family_id")).exclude(
        family_id__in=blocked.values("family_id")
    )
    return carers if family is None else carers.filter(family_id=family)


def can_add_pupil(user: User, school: School) -> bool:
    """Head and SENDCO of the school, and the coordinator of its service."""
    scope = of(user)
    return school.pk in scope.held(*SCHOOL_STAFF) | scope.schools_served(Role.COORDINATOR)


def can_change_pupil(user: User, pupil: Pupil) -> bool:
    """Head and SENDCO of the school that the pupil goes to now; the coordinator, where a referral shows the pupil."""
    scope = of(user)
    if pupil.pk in scope.blocked_pupils:
        return False
    ours = Enrolment.objects.filter(in_force(scope.at), pupil_id=pupil.pk, school_id__in=scope.held(*SCHOOL_STAFF))
    if ours.exists():
        return True
    return pupil.service_id in scope.held(Role.COORDINATOR) and visible_pupils(user).filter(pk=pupil.pk).exists()


def can_block_pupil(user: User, pupil: Pupil, person: User) -> bool:
    """Coordinator and clinical supervisor of the service, for anybody; whoever may see the pupil, for themselves."""
    scope = of(user)
    if pupil.pk in scope.blocked_pupils:
        return False
    if pupil.service_id in scope.held(Role.COORDINATOR, Role.SUPERVISOR):
        return True
    return person.pk == user.pk and visible_pupils(user).filter(pk=pupil.pk).exists()


def can_unblock_pupil(user: User, pupil: Pupil, person: User) -> bool:
    """Coordinator and clinical supervisor of the service; nobody for themselves."""
    scope = of(user)
    unblocked = person.pk != user.pk and pupil.pk not in scope.blocked_pupils
    return unblocked and pupil.service_id in scope.held(Role.COORDINATOR, Role.SUPERVISOR)


# --- Referrals and cases: seeing ------------------------------------------------------------------


def visible_referrals(user: User) -> QuerySet[Referral]:
    """Head and SENDCO: their school's, but for those that a family keeps from the school; and, for a time, those
    shared with their school. Coordinator and clinical supervisor: the service's, once sent. Therapist: the cases that
    they work now. Coordinator: also their own drafts. Whoever opened one in an emergency: that one."""
    return Referral.objects.filter(_cases(of(user), drafts=True))


def visible_queue(user: User) -> QuerySet[Referral]:
    """The waiting list in short form. Therapist: the schools where placed now, where the school knows of the referral.
    Head, SENDCO, coordinator and clinical supervisor: what they see of it anyway."""
    scope = of(user)
    placed = Q(school_id__in=scope.placed_schools, school_may_see=True) & ~Q(pupil_id__in=scope.blocked_pupils)
    return Referral.objects.waiting().filter(placed | _cases(scope))


def visible_allocations(user: User) -> QuerySet[Allocation]:
    """Those of the referrals that one may see."""
    return Allocation.objects.filter(_cases(of(user), "referral__"))


def visible_sessions(user: User) -> QuerySet[Session]:
    """Those of the referrals that one may see: when it was, and how long. What was written has rules of its own."""
    return Session.objects.filter(_cases(of(user), "referral__"))


def visible_events(user: User) -> QuerySet[AuditEvent]:
    """Who opened and changed a case: coordinator and clinical supervisor, for their service's cases, once sent."""
    scope = of(user)
    schools = scope.schools_served(Role.COORDINATOR, Role.SUPERVISOR)
    sent = AuditEvent.objects.filter(referral__school_id__in=schools, referral__submitted_at__isnull=False)
    return sent.exclude(referral__pupil_id__in=scope.blocked_pupils)


def visible_messages(user: User) -> QuerySet[OutboxMessage]:
    """Whether a message arrived: the coordinator, for those about the service's sent referrals, and for the word of a
    role to whoever holds one in the service."""
    scope = of(user)
    services, schools = scope.held(Role.COORDINATOR), scope.schools_served(Role.COORDINATOR)
    if not services:
        return OutboxMessage.objects.none()
    sent = Referral.objects.filter(school_id__in=schools, submitted_at__isnull=False).exclude(
        pupil_id__in=scope.blocked_pupils
    )
    holders = (
        Q(to__in=ServiceRole.objects.filter(content_object_id__in=services).values("user_id"))
        | Q(to__in=ClusterRole.objects.filter(content_object__service_id__in=services).values("user_id"))
        | Q(to__in=SchoolRole.objects.filter(content_object_id__in=schools).values("user_id"))
    )
    return OutboxMessage.objects.filter(Q(reference__in=sent.values("reference")) | Q(holders, reference=""))


def can_view_referral(user: User, referral: Referral) -> bool:
    """Whether it is in the list."""
    return visible_referrals(user).filter(pk=referral.pk).exists()


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
    if _refers(scope, referral) or _coordinates(scope, referral):
        kinds |= {TextKind.REFERRAL, TextKind.CONTACT, TextKind.SCHOOL}
    if _works(scope, referral):
        kinds |= {TextKind.REFERRAL, TextKind.CONTACT, TextKind.SCHOOL, TextKind.CLINICAL}
    if _supervises(scope, referral) or referral.pk in scope.opened_in_emergency:
        kinds |= {TextKind.REFERRAL, TextKind.SCHOOL, TextKind.CLINICAL}
    if referral.pk in scope.received:
        kinds |= {TextKind.SCHOOL}
    return frozenset(kinds)


def can_see_as_school(user: User, referral: Referral) -> bool:
    """What the school is shown of a case, and of what is being written in it: who works the case, and the
    coordinator. It is never more than they read themselves."""
    scope = of(user)
    return _works(scope, referral) or _coordinates(scope, referral)


def can_read_outcomes(user: User, referral: Referral) -> bool:
    """Review outcomes and the ending summary: whoever reads clinical text, and the coordinator."""
    return TextKind.CLINICAL in readable_kinds(user, referral) or _coordinates(of(user), referral)


# --- Referrals and cases: steps -------------------------------------------------------------------


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
    return _refers(scope, referral) or (referral.source == Source.OTHER and _coordinates(scope, referral))


def can_submit_referral(user: User, referral: Referral) -> bool:
    """Whoever may write it."""
    return can_change_referral(user, referral)


def can_record_agreement(user: User, referral: Referral) -> bool:
    """Whoever may write it, the coordinator, and who works the case."""
    scope = of(user)
    return can_change_referral(user, referral) or _coordinates(scope, referral) or _works(scope, referral)


def can_endorse_for_school(user: User, referral: Referral) -> bool:
    """Head and SENDCO of its school, where the school and its therapist decide."""
    return referral.decides is WhoDecides.SCHOOL and _refers(of(user), referral)


def can_endorse_for_therapist(user: User, referral: Referral) -> bool:
    """A therapist who is placed at its school now, where the school and its therapist decide."""
    scope = of(user)
    unblocked = referral.pupil_id not in scope.blocked_pupils
    return (
        unblocked
        and referral.school_may_see
        and referral.decides is WhoDecides.SCHOOL
        and referral.school_id in scope.placed_schools
    )


def can_return_for_information_referral(user: User, referral: Referral) -> bool:
    """The coordinator; where the school decides, also its head."""
    scope = of(user)
    heads = (
        referral.decides is WhoDecides.SCHOOL
        and referral.school_id in scope.held(Role.HEAD)
        and _refers(scope, referral)
    )
    return _coordinates(scope, referral) or heads


def can_put_to_meeting_referral(user: User, referral: Referral) -> bool:
    """The coordinator, where a meeting decides."""
    return referral.decides is WhoDecides.MEETING and _coordinates(of(user), referral)


def can_accept_referral(user: User, referral: Referral) -> bool:
    """The coordinator. Where the school decides, two yeses accept it: see the endorsements."""
    return _coordinates(of(user), referral)


def can_decline_referral(user: User, referral: Referral) -> bool:
    """As it is returned for information."""
    return can_return_for_information_referral(user, referral)


def can_signpost_referral(user: User, referral: Referral) -> bool:
    """The coordinator."""
    return _coordinates(of(user), referral)


def can_allocate_referral(user: User, referral: Referral) -> bool:
    """The coordinator."""
    return _coordinates(of(user), referral)


def can_start_assessment_referral(user: User, referral: Referral) -> bool:
    """Who works the case."""
    return _works(of(user), referral)


def can_start_sessions_referral(user: User, referral: Referral) -> bool:
    """Who works the case."""
    return _works(of(user), referral)


def can_start_review_referral(user: User, referral: Referral) -> bool:
    """Who works the case."""
    return _works(of(user), referral)


def can_continue_sessions_referral(user: User, referral: Referral) -> bool:
    """Who works the case."""
    return _works(of(user), referral)


def can_start_ending_referral(user: User, referral: Referral) -> bool:
    """Who works the case."""
    return _works(of(user), referral)


def can_close_referral(user: User, referral: Referral) -> bool:
    """Who works the case, and the coordinator."""
    scope = of(user)
    return _works(scope, referral) or _coordinates(scope, referral)


def can_reopen_referral(user: User, referral: Referral) -> bool:
    """The coordinator."""
    return _coordinates(of(user), referral)


def can_withdraw_referral(user: User, referral: Referral) -> bool:
    """Head and SENDCO of its school, and the coordinator."""
    scope = of(user)
    return _refers(scope, referral) or _coordinates(scope, referral) or can_change_referral(user, referral)


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


# --- Sessions and notes ---------------------------------------------------------------------------


def can_record_session(user: User, referral: Referral) -> bool:
    """Who works the case."""
    return _works(of(user), referral)


def can_record_review(user: User, referral: Referral) -> bool:
    """Who works the case."""
    return _works(of(user), referral)


def can_change_session(user: User, session: Session) -> bool:
    """Who recorded it, for seven days, while they work the case. An entry of the team may pass to another account, and
    a note stays its author's: a session with somebody else's note is not theirs to change."""
    scope = of(user)
    fresh = timezone.now() < session.created_at + NOTE_LOCKS_AFTER
    if not (fresh and session.practitioner_id in scope.practitioners and _works(scope, session.referral)):
        return False
    note = getattr(session, "process_note", None)
    return note is None or note.author_id == user.pk


def can_read_process_note(user: User, note: ProcessNote) -> bool:
    """Its author, while they work the case. The clinical supervisor, on the day that they gave a reason."""
    scope = of(user)
    referral = note.session.referral
    if referral.pupil_id in scope.blocked_pupils:
        return False
    if note.author_id == user.pk:
        return _works(scope, referral)
    return _supervises(scope, referral) and note.openings.filter(opened_by_id=user.pk, ends_at__gt=scope.at).exists()


def can_open_process_note(user: User, note: ProcessNote) -> bool:
    """The clinical supervisor of the service, with a reason that the author is told."""
    return note.author_id != user.pk and _supervises(of(user), note.session.referral)


# --- The library ----------------------------------------------------------------------------------


def visible_documents(user: User) -> QuerySet[Any]:
    """A team's documents: its practitioners, coordinator, clinical supervisor and safeguarding lead. A school's:
    whoever is placed there now, whoever holds a role in it, and the coordinator. A document without readers: nobody.
    Each comes with `school_name`, which is None for a team's."""
    scope = of(user)
    teams = scope.teams | scope.held(Role.COORDINATOR, Role.SUPERVISOR, Role.SAFEGUARDING_LEAD)
    schools = scope.placed_schools | _own_schools(scope) | scope.schools_served(Role.COORDINATOR)
    audiences = DocumentAudience.objects.filter(Q(school=None, service_id__in=teams) | Q(school_id__in=schools))
    documents = apps.get_model(settings.WAGTAILDOCS_DOCUMENT_MODEL).objects.filter(
        id__in=audiences.values("document_id")
    )
    school_name = DocumentAudience.objects.filter(document_id=OuterRef("pk")).values("school__name")[:1]
    named: QuerySet[Any] = documents.annotate(school_name=Subquery(school_name))
    return named


def can_open_document(user: User, document: Any) -> bool:
    """Whether it is in the list."""
    return visible_documents(user).filter(pk=document.pk).exists()


def can_open_library(user: User) -> bool:
    """Whoever belongs to a team or a school, and the coordinator: what they find there is visible_documents."""
    scope = of(user)
    teams = scope.teams | scope.held(Role.COORDINATOR, Role.SUPERVISOR, Role.SAFEGUARDING_LEAD)
    return bool(teams or scope.placed_schools or _own_schools(scope))


def unassigned_documents(user: User) -> QuerySet[Any]:
    """Library documents that are nobody's yet, to be given their readers: a coordinator, among the files that they look
    after, since those of another service lie in its own collection."""
    model = apps.get_model(settings.WAGTAILDOCS_DOCUMENT_MODEL)
    if not of(user).held(Role.COORDINATOR):
        return model.objects.none()  # type: ignore[no-any-return]
    kept: QuerySet[Any] = policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, ["change"])
    return kept.exclude(id__in=DocumentAudience.objects.values("document_id"))


# --- Registers: who opens, adds to and exports which ----------------------------------------------


class Side(StrEnum):
    """A side of the work that a person may stand on; each register names what it shows to which."""

    COORDINATION = "coordination"
    SUPERVISION = "supervision"
    SCHOOL = "school"
    THERAPY = "therapy"
    OTHER = "other"


def sides(user: User) -> frozenset[Side]:
    """The sides that a person stands on, by what they hold now.

    - coordination: the coordinator
    - supervision: the clinical supervisor
    - school: head and SENDCO
    - therapy: who belongs to the team or works a case
    - other: whoever holds any other role
    """
    scope = of(user)
    stands = {
        Side.COORDINATION: bool(scope.held(Role.COORDINATOR)),
        Side.SUPERVISION: bool(scope.held(Role.SUPERVISOR)),
        Side.SCHOOL: bool(scope.held(*SCHOOL_STAFF)),
        Side.THERAPY: bool(scope.practitioners or scope.worked),
        Side.OTHER: bool(set(scope.roles) - {Role.COORDINATOR, Role.SUPERVISOR, *SCHOOL_STAFF}),
    }
    return frozenset(side for side, there in stands.items() if there)


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
_office_and_school = _held_by(Role.COORDINATOR, Role.SUPERVISOR, *SCHOOL_STAFF)
_casework = _held_by(Role.COORDINATOR, Role.SUPERVISOR, *SCHOOL_STAFF, team=True)
_of_a_school = _held_by(
    Role.COORDINATOR, Role.SUPERVISOR, Role.TSL, Role.HEAD, Role.SENDCO, Role.DSL, Role.CHAIR, team=True
)
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
    ServiceRole: Register(visible_service_roles, _coordinator, _coordinator, can_end_role, _coordinator),
    ClusterRole: Register(visible_cluster_roles, _coordinator, _coordinator, can_end_role, _coordinator),
    SchoolRole: Register(visible_school_roles, _coordinator, _coordinator, can_end_role, _coordinator),
    ListItem: Register(visible_list_items, _coordinator, _coordinator, can_change_list_item, _coordinator),
    DocumentAudience: Register(visible_audiences, _coordinator, _coordinator, can_change_audience, _coordinator),
}
"""Nothing is a register that is not in this table."""


# --- What the rules are made of -------------------------------------------------------------------


def _schools(scope: Scope) -> frozenset[int]:
    return (
        scope.schools_served(Role.COORDINATOR, Role.SUPERVISOR)
        | scope.cluster_schools
        | scope.placed_schools
        | _own_schools(scope)
    )


def _own_schools(scope: Scope) -> frozenset[int]:
    return scope.held(Role.HEAD, Role.SENDCO, Role.DSL, Role.CHAIR)


def _cases(
    scope: Scope,
    prefix: str = "",
    roles: tuple[Role, ...] = (Role.COORDINATOR, Role.SUPERVISOR),
    *,
    received: bool = True,
    emergency: bool = True,
    drafts: bool = False,
) -> Q:
    """The condition on a referral, or on its rows, that the scope opens: by the ids it holds, so any plan is by key.
    With `drafts`, also those that a coordinator is writing for another service.

    Only what is held becomes a part of it: for somebody with nothing it is `id in ()`, which asks no database.
    """
    ids = (
        scope.worked
        | (scope.received if received else frozenset())
        | (scope.opened_in_emergency if emergency else frozenset())
    )
    own = scope.held(*SCHOOL_STAFF)
    served = scope.schools_served(*roles)
    condition = Q()
    if own:
        condition |= Q(**{f"{prefix}school_id__among": own, f"{prefix}school_may_see": True})
    if served:
        shown = Q(**{f"{prefix}submitted_at__isnull": False})
        if drafts:
            shown |= _own_drafts(scope, served, prefix)
        condition |= Q(**{f"{prefix}school_id__among": served}) & shown
    if ids or not condition:
        condition |= Q(**{f"{prefix}id__in": ids})
    if scope.blocked_pupils:
        condition &= ~Q(**{f"{prefix}pupil_id__in": scope.blocked_pupils})
    return condition


def _own_drafts(scope: Scope, among: frozenset[int], prefix: str) -> Q:
    """The drafts that a coordinator is writing for another service, among the referrals of these schools."""
    mine = Q(**{f"{prefix}referred_by_id": scope.person, f"{prefix}source": Source.OTHER})
    coordinated = scope.schools_served(Role.COORDINATOR)
    return mine if coordinated == among else mine & Q(**{f"{prefix}school_id__among": coordinated})


def _refers(scope: Scope, referral: Referral) -> bool:
    """Head or SENDCO of its school, where the school may see it."""
    return (
        referral.school_may_see
        and referral.school_id in scope.held(*SCHOOL_STAFF)
        and referral.pupil_id not in scope.blocked_pupils
    )


def _coordinates(scope: Scope, referral: Referral) -> bool:
    """The coordinator of its service: once sent, or when it is another service's that they write down themselves."""
    mine = referral.source == Source.OTHER and referral.referred_by_id == scope.person
    sent_or_mine = referral.submitted_at is not None or mine
    return (
        sent_or_mine
        and referral.school_id in scope.schools_served(Role.COORDINATOR)
        and referral.pupil_id not in scope.blocked_pupils
    )


def _supervises(scope: Scope, referral: Referral) -> bool:
    """The clinical supervisor of its service, once it was sent."""
    return (
        referral.submitted_at is not None
        and referral.school_id in scope.schools_served(Role.SUPERVISOR)
        and referral.pupil_id not in scope.blocked_pupils
    )


def _works(scope: Scope, referral: Referral) -> bool:
    """Who works the case now."""
    return referral.pk in scope.worked and referral.pupil_id not in scope.blocked_pupils


def _ground_of(record: Model) -> Model:
    """What an entry of a register belongs to: a placement to its school, a role to what it is held on."""
    if isinstance(record, Placement):
        return record.school
    if isinstance(record, ServiceRole | ClusterRole | SchoolRole):
        return record.content_object
    return record


def service_of(thing: Model) -> int | None:
    """The service that a service, a cluster, a school or another entry belongs to."""
    return thing.pk if isinstance(thing, Service) else getattr(thing, "service_id", None)
