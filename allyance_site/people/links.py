"""Which school's sign-in opens which account: by provider and subject there, and by nothing else.

Linked by the person who is signed in, or by the link of an invitation; nobody else has a say, and no address is
compared.
"""

from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from . import words
from .models import Provider, User


def whose(provider: Provider, subject: str) -> User | None:
    """The account that a subject opens, while its person has not left."""
    row = SocialAccount.objects.select_related("user").filter(provider=provider.uuid, uid=subject).first()
    return row.user if row and row.user.is_active else None


def of(user: Any) -> list[tuple[SocialAccount, Provider]]:
    """The links of an account, each with its provider."""
    rows = list(SocialAccount.objects.filter(user=user).order_by("pk"))
    providers = {provider.uuid: provider for provider in Provider.objects.filter(uuid__in=[r.provider for r in rows])}
    return [(row, providers[uuid]) for row in rows if (uuid := UUID(row.provider)) in providers]


def is_set_up(user: User) -> bool:
    """Whether an account has a way in: a password, or a school's sign-in."""
    return user.has_usable_password() or SocialAccount.objects.filter(user=user).exists()


def link(user: Any, provider: Provider, subject: str) -> None:
    """Let this subject open this account; ValidationError where it opens another, or the account has one there."""
    row = SocialAccount.objects.filter(provider=provider.uuid, uid=subject).first()
    if row is not None and row.user_id == user.pk:
        return
    taken = row is not None or SocialAccount.objects.filter(provider=provider.uuid, user=user).exists()
    try:
        if not taken:
            with transaction.atomic():
                SocialAccount.objects.create(user=user, provider=str(provider.uuid), uid=subject)
    except IntegrityError:
        taken = True
    if taken:
        raise ValidationError(words.LINKED_ELSEWHERE)


def unlink(user: Any, provider: Provider) -> None:
    """Take a link off; ValidationError where nobody could sign in any more."""
    passkey = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    rows = SocialAccount.objects.filter(user=user)
    if not (user.has_usable_password() or passkey.exists() or rows.exclude(provider=provider.uuid).exists()):
        raise ValidationError(words.ONLY_WAY_IN)
    rows.filter(provider=provider.uuid).delete()
