"""What casework may ask of accounts, by `settings.CASEWORK_ACCOUNTS`: see `casework/access/accounts.py`."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from casework.access import rules

from . import invitations
from .models import Invitation, User
from .second_factor import SECOND_STEPS


def with_standing(people: QuerySet[Any]) -> QuerySet[Any]:
    """Each with `has_second_step`, and with `invited_until` while an invitation of theirs is good."""
    second_step = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_STEPS)
    invitation = Invitation.objects.open().filter(user=OuterRef("pk")).order_by("-pk").values("expires_at")[:1]
    return people.annotate(has_second_step=Exists(second_step), invited_until=Subquery(invitation))


def invite(*, email: str, first_name: str, last_name: str, by: Any) -> User:
    return invitations.invite(email=email, first_name=first_name, last_name=last_name, by=by).user


def invite_again(person: User, *, by: Any) -> None:
    invitations.invite_again(person, by=by)


def revoke_invitation(person: User, *, by: Any) -> None:
    for invitation in Invitation.objects.open().filter(user=person):
        invitations.revoke(invitation, by=by)


def sessions_of(person: User) -> int:
    return len(UserSession.objects.purge_and_list(person))


def sign_out(person: User, *, by: Any) -> None:
    _refuse_others(person, by)
    end_sessions(person)


def end_sessions(person: User) -> None:
    """No session and no trusted device of this person is good any more."""
    person.signed_out_at = timezone.now()
    person.save(update_fields=["signed_out_at"])
    UserSession.objects.filter(user=person).delete()


def close(person: User, *, by: Any) -> None:
    _refuse_others(person, by)
    person.is_active = False
    person.save(update_fields=["is_active"])
    Invitation.objects.filter(user=person, used_at=None, revoked_at=None).update(revoked_at=timezone.now())


def reopen(person: User, *, by: Any) -> None:
    _refuse_others(person, by)
    person.is_active = True
    person.save(update_fields=["is_active"])
    invitations.take_ways_in_away(person)
    invitations.send(person, by)


def _refuse_others(person: User, by: Any) -> None:
    if not rules.can_look_after_person(by, person):
        raise PermissionDenied
