"""Words that were kept of a case which had closed to their author by then."""

from django.db.models import Q, QuerySet

from ...models import KeptWords
from ...sealed import TextKind
from ..roles import Role
from ..scope import of
from .cases import readable_kinds
from .standing import User, coordinates, supervises, works


def visible_kept_words(user: User) -> QuerySet[KeptWords]:
    """That there are some: coordinator and clinical supervisor, for their service's cases, once sent; their author and
    whoever they were handed to, while they work the case. Their words have a rule of their own."""
    scope = of(user)
    schools = scope.schools_served(Role.COORDINATOR, Role.SUPERVISOR)
    sent = Q(referral__school_id__in=schools, referral__submitted_at__isnull=False)
    worked = Q(referral_id__in=scope.worked) & (Q(author_id=user.pk) | Q(handed_to_id=user.pk))
    return KeptWords.objects.filter(sent | worked).exclude(referral__pupil_id__in=scope.blocked_pupils)


def can_read_kept_words(user: User, kept: KeptWords) -> bool:
    """Whoever finds them and reads that kind of text of the case. Of a process note: its author, while they work the
    case; the clinical supervisor, on the day that they gave a reason."""
    scope = of(user)
    if not visible_kept_words(user).filter(pk=kept.pk).exists():
        return False
    if kept.kind != TextKind.PROCESS:
        return kept.kind in readable_kinds(user, kept.referral)
    if kept.author_id == user.pk:
        return works(scope, kept.referral)
    openings = kept.openings.filter(opened_by_id=user.pk, ends_at__gt=scope.at)
    return supervises(scope, kept.referral) and openings.exists()


def can_open_kept_words(user: User, kept: KeptWords) -> bool:
    """Those of a process note: the clinical supervisor of the service, with a reason that their author is told."""
    own = kept.author_id == user.pk
    return kept.kind == TextKind.PROCESS and not own and supervises(of(user), kept.referral)


def can_hand_on_kept_words(user: User, kept: KeptWords, person: User) -> bool:
    """The coordinator, unread where they may not read them: to who works the case now. Never those of a process note,
    which are its author's own."""
    can_get = kept.kind != TextKind.PROCESS and works(of(person), kept.referral)
    return can_get and coordinates(of(user), kept.referral)


def can_see_to_kept_words(user: User, kept: KeptWords) -> bool:
    """Say that nothing is left to do with them: whoever may read them."""
    return can_read_kept_words(user, kept)
