"""The account of a person who can sign in, the invitation to it, and the schools that it can be signed in with.

Nothing about roles is stored here.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from . import sealing


class UserManager(BaseUserManager["User"]):
    """Makes accounts; addresses are compared without regard to case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new account; without a password nobody can sign in to it yet."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with a login. What they may see comes from `casework.access`, never from a flag here."""

    uuid = models.UUIDField("address", default=uuid4, unique=True, editable=False)
    email = models.EmailField("e-mail address", unique=True)
    first_name = models.CharField("first name", max_length=80)
    last_name = models.CharField("last name", max_length=80)
    is_active = models.BooleanField(
        "active", default=True, help_text="Untick when the person leaves: they are out at the next click."
    )
    date_joined = models.DateTimeField("since", default=timezone.now)
    signed_out_at = models.DateTimeField(
        "signed out everywhere", null=True, editable=False, help_text="No session and no trusted device is older."
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @property
    def is_staff(self) -> bool:
        """Django's own admin is not installed; nobody is its staff."""
        return False

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must agree with: a new password ends every other one, and so does signing out everywhere."""
        # The one method of Django's that both of its hashes, of the current secret and of earlier ones, come from.
        salted = super()._get_session_auth_hash(secret)  # type: ignore[misc]
        return salted_hmac("signed out", f"{salted} {self.signed_out_at}", secret=secret).hexdigest()

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations, by what they are still good for."""

    def open(self) -> "InvitationQuerySet":
        """Not used, not revoked, not too old; and their person has not left."""
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=timezone.now(), user__is_active=True)


class Invitation(models.Model):
    """A way in, once, for one account: the link in a mail. Only the hash of its token is kept."""

    LASTS = timedelta(days=14)

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_at=None) | models.Q(revoked_at=None), name="invitation_is_used_or_revoked"
            )
        ]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"


class ProviderQuerySet(models.QuerySet["Provider"]):
    """What schools sign their people in with."""

    def offered(self) -> "ProviderQuerySet":
        """Those that the sign-in page names, by name."""
        return self.filter(is_offered=True).order_by("name")


class Provider(models.Model):
    """What a school or trust signs its people in with, by OpenID Connect: one row each, pinned by its issuer.

    An account is known there by issuer and subject alone. A row is switched off, never deleted, for accounts are
    linked to its uuid. The second step taken there counts where the claim that proves it is there, and for the people
    of the services whose coordinator allows it.
    """

    CLAIMS = [(claim, claim) for claim in ("amr", "acr", "acrs")]

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField("school or trust", max_length=80, unique=True)
    issuer = models.URLField("issuer", max_length=300)
    client_id = models.CharField("client ID", max_length=200)
    sealed_secret = models.TextField(editable=False)
    proof_claim = models.CharField("claim that proves a second step", max_length=8, choices=CLAIMS, blank=True)
    proof_value = models.CharField("value of that claim", max_length=80, blank=True)
    allowed_in = models.ManyToManyField("casework.Service", related_name="+", editable=False)
    is_offered = models.BooleanField("offered on the sign-in page", default=True)

    objects = ProviderQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["issuer", "client_id"], name="provider_is_entered_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def secret(self) -> str:
        """The secret that its administrator gave us; sealing.Broken where it cannot be opened."""
        return sealing.unseal(self.sealed_secret)

    @secret.setter
    def secret(self, text: str) -> None:
        self.sealed_secret = sealing.seal(text)

    def proves_second_step(self, claims: Mapping[str, Any]) -> bool:
        """Whether these claims prove a second step. Only the whole value does, never a part of one."""
        found = claims.get(self.proof_claim) if self.proof_claim else None
        return bool(self.proof_value) and self.proof_value in (found if isinstance(found, list) else [found])
