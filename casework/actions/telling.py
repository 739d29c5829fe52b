"""Who hears of a step: those whose move it is now, never who took it, and never one who may not see the referral."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model

from .. import outbox
from ..access import rules, scope
from ..access.roles import SCHOOL_STAFF, Role
from ..models import AgreementLink, Placement, Referral, Source, WhoDecides, in_force

Person = Any


def after(step: str, referral: Referral, *, by: Person) -> None:
    """Leave the messages of a step."""
    if step not in TELLS:
        return
    kind, recipients = TELLS[step]
    tell(kind, recipients(referral), referral=referral, by=by)


def tell(kind: str, people: Iterable[Person], *, referral: Referral, by: Person | None) -> None:
    """Leave one message for each of these people but for who acts, who is nobody where a family answers."""
    acts = by.pk if by else None
    for person in {person.pk: person for person in people if person.pk != acts}.values():
        outbox.put(kind, to=person, reference=referral.reference)


def deciders(referral: Referral) -> list[Person]:
    """Coordinators. Where the school decides: heads and placed therapists; coordinators too where these are not two
    people who can each say yes for a side."""
    coordinators = _those_who(rules.can_accept_referral, _holders(Role.COORDINATOR, referral.school.service), referral)
    if referral.decides is not WhoDecides.SCHOOL:
        return coordinators
    heads = _those_who(rules.can_endorse_for_school, _holders(Role.HEAD, referral.school), referral)
    therapists = _those_who(rules.can_endorse_for_therapist, _placed(referral), referral)
    two = heads and therapists and len({person.pk for person in heads + therapists}) > 1
    return heads + therapists if two else heads + therapists + coordinators


def referrers(referral: Referral) -> list[Person]:
    """Who wrote it; where they may no longer see it, whoever may write it now."""
    if wrote := _those_who(rules.can_view_referral, [referral.referred_by], referral):
        return wrote
    staff = [person for role in SCHOOL_STAFF for person in _holders(role, referral.school)]
    if referral.source == Source.OTHER:
        staff += _holders(Role.COORDINATOR, referral.school.service)
    return _those_who(rules.can_change_referral, staff, referral)


def therapist(referral: Referral) -> list[Person]:
    """The account of who works the case; none where the therapist has no account."""
    allocation = referral.open_allocation()
    account = allocation and allocation.practitioner.user
    return _those_who(rules.can_view_referral, [account], referral) if account else []


def workers(referral: Referral) -> list[Person]:
    """Who works the case, and the coordinators: it is theirs to decide how it goes on."""
    coordinators = _holders(Role.COORDINATOR, referral.school.service)
    return therapist(referral) + _those_who(rules.can_close_referral, coordinators, referral)


def who_asked(link: AgreementLink) -> list[Person]:
    """Who made a link; where they may no longer take its answer, whoever decides how the case goes on."""
    made = [link.made_by] if link.made_by.is_active else []
    return _those_who(rules.can_record_agreement, made, link.referral) or workers(link.referral)


TELLS: dict[str, tuple[str, Callable[[Referral], list[Person]]]] = {
    "submit": ("referral_sent", deciders),
    "return_for_information": ("referral_returned", referrers),
    "accept": ("referral_decided", referrers),
    "decline": ("referral_decided", referrers),
    "signpost": ("referral_decided", referrers),
    "allocate": ("case_allocated", therapist),
    "close": ("case_closed", referrers),
}


def _holders(role: Role, on: Model) -> list[Person]:
    rows = role.table.objects.filter(in_force(), content_object=on, permission__codename=role.codename)  # type: ignore[misc]
    return [row.user for row in rows.select_related("user")]


def _placed(referral: Referral) -> list[Person]:
    rows = Placement.objects.filter(in_force(), in_force(prefix="practitioner__"), school=referral.school_id)
    rows = rows.filter(practitioner__user__isnull=False)
    return [row.practitioner.user for row in rows.select_related("practitioner__user")]


def _those_who(may: Callable[[Person, Referral], bool], people: list[Person], referral: Referral) -> list[Person]:
    """Those whom the rule book allows it now: the step that they hear of may just have opened the case to them."""
    for person in people:
        scope.renew(person)
    return [person for person in people if may(person, referral)]
