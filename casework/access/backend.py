"""The authentication backend: guardian's role tables, current rows only, so that `has_perm` agrees with the rules."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db.models import Model

from ..models import Cluster, Referral, School, Service
from .roles import Role
from .rules import surfaces
from .scope import of

ENTERS_ADMIN = "wagtailadmin.access_admin"


class CurrentRoles(BaseBackend):
    """Answers for roles and shares on one object, and for Wagtail's gate to the admin. Signs nobody in."""

    def authenticate(self, request: Any, **credentials: Any) -> None:
        return None

    def has_perm(self, user_obj: Any, perm: str, obj: Model | None = None) -> bool:
        """Whether the permission's role or share is held on the object now; without an object, only Wagtail's gate."""
        if not user_obj.is_active or user_obj.is_anonymous:
            return False
        if obj is None:
            return perm == ENTERS_ADMIN and bool(surfaces(user_obj) & {"casework", "cms"})
        app_label, _, codename = perm.rpartition(".")
        if app_label not in ("", "casework"):
            return False
        scope = of(user_obj)
        if isinstance(obj, Service | Cluster | School):
            return any(
                role.codename == codename and isinstance(obj, role.value.on) and obj.pk in scope.held(role)
                for role in Role
            )
        if isinstance(obj, Referral):
            shares = {"cover": scope.covered, "break_glass": scope.opened_in_emergency}
            return obj.pk in shares.get(codename, ())
        return False
