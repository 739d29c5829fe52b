"""Roles and shares: guardian's direct permission tables with a period, a reason and who gave it.

Written by `access/grants.py` alone; read by `access/scope.py` and `access/backend.py`, current rows only.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from guardian.models import UserObjectPermissionBase

from .records import Period, PeriodQuerySet, Record, ends_after_start
from .referrals import Referral
from .services import Cluster, School, Service


class RoleRow(UserObjectPermissionBase, Record, Period):
    """A person holds a permission on one object for a time."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name="person"
    )
    permission = models.ForeignKey("auth.Permission", on_delete=models.PROTECT, related_name="+", verbose_name="role")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="given by"
    )
    reason = models.CharField("reason", max_length=120, blank=True)

    REGISTER_TEXT = frozenset({"reason"})

    if TYPE_CHECKING:  # each table names its own
        content_object: Any
        content_object_id: int

    # Not guardian's manager: rows are written by `access/grants.py` alone.
    objects: ClassVar[models.Manager[Any]] = PeriodQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Record.Meta):
        abstract = True
        ordering = ["-starts_at", "-pk"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


def one_open(name: str) -> models.UniqueConstraint:
    """Nobody holds the same role twice at once; it can be given again once it ended."""
    return models.UniqueConstraint(
        fields=["user", "permission", "content_object"], condition=Q(ends_at__isnull=True), name=name,
        violation_error_message="This person already holds this role.",
    )  # fmt: skip


class ServiceRole(RoleRow):
    """A role in a service."""

    content_object = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="roles", verbose_name="service")

    class Meta(RoleRow.Meta):
        verbose_name = "service role"
        constraints = [one_open("one_open_service_role"), ends_after_start("service_role_period")]


class ClusterRole(RoleRow):
    """A role in a cluster."""

    content_object = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="roles", verbose_name="cluster")

    class Meta(RoleRow.Meta):
        verbose_name = "cluster role"
        constraints = [one_open("one_open_cluster_role"), ends_after_start("cluster_role_period")]


class SchoolRole(RoleRow):
    """A role in a school."""

    content_object = models.ForeignKey(School, on_delete=models.PROTECT, related_name="roles", verbose_name="school")

    class Meta(RoleRow.Meta):
        verbose_name = "school role"
        constraints = [one_open("one_open_school_role"), ends_after_start("school_role_period")]


class CaseShare(RoleRow):
    """One case opened to one person for a time: cover, or break-glass."""

    content_object = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="shares", verbose_name="case")

    class Meta(RoleRow.Meta):
        verbose_name = "share of a case"
        verbose_name_plural = "shares of cases"
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__isnull=False), name="case_share_ends"),
            ends_after_start("case_share_period"),
        ]


class SchoolShare(Record, Period):
    """One case opened to another school for a time: the receiving school, by consent."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="school_shares", verbose_name="case")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", verbose_name="school")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="given by"
    )
    reason = models.CharField("reason", max_length=120, blank=True)

    REGISTER_TEXT = frozenset({"reason"})

    class Meta(Record.Meta):
        verbose_name = "share with a school"
        verbose_name_plural = "shares with schools"
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__isnull=False), name="school_share_ends"),
            ends_after_start("school_share_period"),
        ]

    def __str__(self) -> str:
        return f"{self.referral} shared with a school"
