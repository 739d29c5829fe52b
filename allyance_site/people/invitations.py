"""Invitations: the coordinator makes one for an address and a name, and its link lets its person in, once: by a
password that they choose, or by the sign-in of their school.

The link's token is in the mail alone; what is kept is its hash. A new invitation ends the earlier ones.
"""

import hashlib
import secrets
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from casework.access import door, rules

from . import links, mail
from .models import Invitation, Provider, User


@transaction.atomic
def invite(*, email: str, first_name: str, last_name: str, by: Any) -> Invitation:
    """Make an account, where the address has none, and send its person the way in.

    ValidationError for an account that has been set up, or that has ended; PermissionDenied when the rule says no.
    """
    if not rules.can_invite_people(by):
        raise PermissionDenied
    user = User.objects.select_for_update().filter(email__iexact=email.strip()).first()
    if user is None:
        user = User(
            email=User.objects.normalize_email(email.strip()).lower(), first_name=first_name, last_name=last_name
        )
        user.set_unusable_password()
        user.full_clean(exclude=["password"])
        user.save()
    elif links.is_set_up(user) or not user.is_active:
        raise ValidationError("There is an account with this address already.")
    return send(user, by)


@transaction.atomic
def invite_again(user: User, *, by: Any) -> Invitation:
    """A new way in for who has lost password or second step. It goes to the account's own address, and using it takes
    every earlier password, second step, session and trusted device away."""
    if not rules.can_invite_again(by, user):
        raise PermissionDenied
    return send(user, by)


@transaction.atomic
def revoke(invitation: Invitation, *, by: Any) -> None:
    """End an invitation that was not used: who made it and still invites, and who looks after its person."""
    made = invitation.made_by_id == by.pk and rules.can_invite_people(by)
    if not made and not rules.can_look_after_person(by, invitation.user):
        raise PermissionDenied
    if _open_of(invitation.user).filter(pk=invitation.pk).update(revoked_at=timezone.now()):
        door.happened("took invitation back", account=invitation.user, by=by)


def find(token: str) -> Invitation | None:
    """The invitation of a token, while it is good."""
    return Invitation.objects.open().select_related("user").filter(token_hash=_hash(token)).first()


@transaction.atomic
def accept(token: str, *, password: str) -> User | None:
    """Set the password, and end whatever let somebody in before. None when the invitation is not good any more."""
    return _use(token, password)


@transaction.atomic
def accept_by_school(token: str, provider: Provider, subject: str) -> User | None:
    """Link a school's sign-in instead, without a password. ValidationError, and the invitation stays good, where it
    is another account's already."""
    if user := _use(token, None):
        links.link(user, provider, subject)
    return user


def _use(token: str, password: str | None) -> User | None:
    invitation = Invitation.objects.open().select_for_update().filter(token_hash=_hash(token)).first()
    if invitation is None:
        return None
    user = invitation.user
    take_ways_in_away(user, password)
    invitation.used_at = timezone.now()
    invitation.save(update_fields=["used_at"])
    door.happened("took invitation up", account=user, by=user)
    return user


def take_ways_in_away(user: User, password: str | None = None) -> None:
    """End whatever let somebody in: password, second steps, schools, sessions, trusted devices. All that lets in after
    it is this password; without one, nothing."""
    user.set_password(password)
    user.signed_out_at = timezone.now()
    user.save(update_fields=["password", "signed_out_at"])
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()


def send(user: User, by: Any) -> Invitation:
    now = timezone.now()
    _open_of(user).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        user=user, made_by=by, token_hash=_hash(token), made_at=now, expires_at=now + Invitation.LASTS
    )
    door.happened("invited", account=user, by=by)
    link = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("invitation", args=[token])
    text = render_to_string("people/mail/invitation.txt", {"link": link, "days": Invitation.LASTS.days})
    message = EmailMessage("Your way in to Allyance", text, to=[user.email])
    transaction.on_commit(lambda: mail.send_soon(message))
    return invitation


def _open_of(user: User) -> Any:
    return Invitation.objects.filter(user=user, used_at=None, revoked_at=None)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
