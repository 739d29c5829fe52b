"""Who can see a case, and why: the rules read backwards, for the page that tells it."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from ..models import CaseShare, Referral, SchoolRole, SchoolShare, ServiceRole, Source, in_force
from .roles import SCHOOL_STAFF, Role
from .scope import of


@dataclass(frozen=True)
class Reader:
    """A person, and the reason in words."""

    person: Any
    why: str


def readers_of(referral: Referral) -> list[Reader]:
    """Everyone whose scope opens this case now, each with every reason."""
    now = in_force(timezone.now())
    readers: list[Reader] = []
    if referral.submitted_at:
        codenames = [Role.COORDINATOR.codename, Role.SUPERVISOR.codename]
        rows = ServiceRole.objects.filter(
            now, content_object=referral.school.service, permission__codename__in=codenames
        )
        readers += [
            Reader(row.user, f"{Role.of(row.permission.codename).title} of {row.content_object}")
            for row in rows.select_related("user", "permission", "content_object")
        ]
    elif referral.source == Source.OTHER:
        writes = ServiceRole.objects.filter(now, user=referral.referred_by, content_object=referral.school.service)
        if writes.filter(permission__codename=Role.COORDINATOR.codename).exists():
            readers.append(Reader(referral.referred_by, "Writes it down"))
    staff = [role.codename for role in SCHOOL_STAFF]
    schools = {referral.school_id: referral.school.name} if referral.school_may_see else {}
    schools |= {
        share.school_id: f"{share.school.name}, shared for a time"
        for share in SchoolShare.objects.filter(now, referral=referral).select_related("school")
    }
    school_rows = SchoolRole.objects.filter(now, content_object_id__in=schools, permission__codename__in=staff)
    readers += [
        Reader(row.user, f"{Role.of(row.permission.codename).title}, {schools[row.content_object_id]}")
        for row in school_rows.select_related("user", "permission")
    ]
    readers += [
        Reader(allocation.practitioner.user, "Works the case")
        for allocation in referral.allocations.filter(now, in_force(prefix="practitioner__")).select_related(
            "practitioner__user"
        )
        if allocation.practitioner.user
    ]
    readers += [
        Reader(share.user, f"{share.permission.name} until {timezone.localtime(share.ends_at):%-d %B %Y}")
        for share in CaseShare.objects.filter(now, content_object=referral).select_related("user", "permission")
        if referral.pk in of(share.user).worked | of(share.user).opened_in_emergency
    ]
    blocked = set(referral.pupil.conflict_blocks.filter(now).values_list("user_id", flat=True))
    return [reader for reader in readers if reader.person.is_active and reader.person.pk not in blocked]


def workers_of(referral: Referral) -> list[Any]:
    """Who works a case now: by allocation, or in cover of a colleague."""
    now = in_force(timezone.now())
    allocations = referral.allocations.filter(now).select_related("practitioner__user")
    shares = CaseShare.objects.filter(now, content_object=referral).select_related("user")
    people = [allocation.practitioner.user for allocation in allocations] + [share.user for share in shares]
    return [person for person in dict.fromkeys(people) if person and referral.pk in of(person).worked]
