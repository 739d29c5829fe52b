"""Who hears of a step: those whose move it is now, never who took it, and never one who may not see the referral.

But for a therapist from whom a case was taken: they hear its reference.
"""

from collections.abc import Callable, Iterable
from typing import Any

from .. import outbox
from ..access import rules, scope
from ..access.roles import SCHOOL_STAFF, Role
from ..access.safeguarding import holders
from ..models import AgreementLink, HoursPlan, Placement, Referral, Source, WhoDecides, in_force

Person = Any


def after(step: str, referral: Referral, *, by: Person) -> None:
    """Leave the messages of a step."""
    for kind, recipients in TELLS.get(step, ()):
        tell(kind, recipients(referral), referral=referral, by=by)


def tell(kind: str, people: Iterable[Person], *, referral: Referral, by: Person | None) -> None:
    """Leave one message for each of these people but for who acts, who is nobody where a family answers."""
    acts = by.pk if by else None
    for person in {person.pk: person for person in people if person.pk != acts}.values():
        outbox.put(kind, to=person, reference=referral.reference)


def deciders(referral: Referral) -> list[Person]:
    """Coordinators. Where the school decides: heads and placed therapists; coordinators too where these are not two
    people who can each say yes for a side."""
    coordinators = _those_who(rules.can_accept_referral, holders(Role.COORDINATOR, referral.school), referral)
    if referral.decides is not WhoDecides.SCHOOL:
        return coordinators
    heads = _those_who(rules.can_endorse_for_school, holders(Role.HEAD, referral.school), referral)
    therapists = _those_who(rules.can_endorse_for_therapist, _placed(referral), referral)
    two = heads and therapists and len({person.pk for person in heads + therapists}) > 1
    return heads + therapists if two else heads + therapists + coordinators


def referrers(referral: Referral) -> list[Person]:
    """Who wrote it; where they may no longer see it, whoever may write it now."""
    if wrote := _those_who(rules.can_view_referral, [referral.referred_by], referral):
        return wrote
    staff = [person for role in SCHOOL_STAFF for person in holders(role, referral.school)]
    if referral.source == Source.OTHER:
        staff += holders(Role.COORDINATOR, referral.school)
    return _those_who(rules.can_change_referral, staff, referral)


def therapist(referral: Referral) -> list[Person]:
    """The account of who works the case; none where the therapist has no account."""
    allocation = referral.open_allocation()
    account = allocation and allocation.practitioner.user
    return _those_who(rules.can_view_referral, [account], referral) if account else []


def supervisors(referral: Referral) -> list[Person]:
    """The clinical supervisors of its service, who may object to an allocation."""
    return _those_who(rules.can_view_referral, holders(Role.SUPERVISOR, referral.school), referral)


def after_an_allocation(referral: Referral) -> list[Person]:
    """Whoever must know that an allocation is over before it began: coordinators, the therapist, and who allocated."""
    ended = referral.allocations.select_related("practitioner__user", "allocated_by").first()
    if ended is None:
        return []
    coordinators = _those_who(rules.can_allocate_referral, holders(Role.COORDINATOR, referral.school), referral)
    allocated = _those_who(rules.can_view_referral, [ended.allocated_by], referral)
    return coordinators + allocated + former_therapist(referral)


def former_therapist(referral: Referral) -> list[Person]:
    """The account of who worked the case until now; none where a conflict of interest keeps them away, or they left."""
    ended = referral.allocations.exclude(ends_at=None).select_related("practitioner__user").order_by("-ends_at").first()
    account = ended and ended.practitioner.user
    keeps = account and referral.pupil.conflict_blocks.filter(in_force(), user=account).exists()
    stays = ended and ended.practitioner.is_current() and account and account.is_active
    return [account] if stays and not keeps else []


def workers(referral: Referral) -> list[Person]:
    """Who works the case, and the coordinators: it is theirs to decide how it goes on."""
    coordinators = holders(Role.COORDINATOR, referral.school)
    return therapist(referral) + _those_who(rules.can_close_referral, coordinators, referral)


def tell_of_plan(plan: HoursPlan, *, by: Person) -> None:
    """A plan for a school's hours waits for a yes: those who may give it hear of it."""
    school = plan.school
    people = [person for role in SCHOOL_STAFF for person in holders(role, school)]
    people += [row.practitioner.user for row in placed_at(school.pk)]
    for person in {person.pk: person for person in people if person.pk != by.pk}.values():
        scope.renew(person)
        if rules.can_agree_hours_plan(person, plan):
            outbox.put("hours_plan_proposed", to=person, service=school.service_id)


def who_asked(link: AgreementLink) -> list[Person]:
    """Who made a link; where they may no longer take its answer, whoever decides how the case goes on."""
    made = [link.made_by] if link.made_by.is_active else []
    return _those_who(rules.can_record_agreement, made, link.referral) or workers(link.referral)


TELLS: dict[str, list[tuple[str, Callable[[Referral], list[Person]]]]] = {
    "submit": [("referral_sent", deciders)],
    "return_for_information": [("referral_returned", referrers)],
    "accept": [("referral_decided", referrers)],
    "decline": [("referral_decided", referrers)],
    "signpost": [("referral_decided", referrers)],
    "allocate": [("case_allocated", therapist), ("allocation_made", supervisors)],
    "undo_allocation": [("allocation_undone", former_therapist), ("allocation_undone", supervisors)],
    "object_to_allocation": [("allocation_objected", after_an_allocation)],
    "hand_over": [
        ("case_allocated", therapist),
        ("case_handed_over", former_therapist),
        ("allocation_made", supervisors),
    ],
    "close": [("case_closed", referrers)],
}


def _placed(referral: Referral) -> list[Person]:
    return [row.practitioner.user for row in placed_at(referral.school_id)]


def placed_at(school: int) -> Iterable[Placement]:
    """Who is placed at a school now and has an account."""
    rows = Placement.objects.filter(in_force(), in_force(prefix="practitioner__"), school=school)
    return rows.filter(practitioner__user__isnull=False).select_related("practitioner__user")


def _those_who(may: Callable[[Person, Referral], bool], people: list[Person], referral: Referral) -> list[Person]:
    """Those whom the rule book allows it now: the step that they hear of may just have opened the case to them."""
    for person in people:
        scope.renew(person)
    return [person for person in people if may(person, referral)]
