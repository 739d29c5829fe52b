"""What one person asked for and a second one has to agree to, where a service wants two people for a role.

It lies apart from the role rows, so that nothing which reads those can take one that waits for one that holds.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from .records import Record
from .services import Cluster, School, Service


class Proposal(Record):
    """A role that waits for a second yes; or, without a person, that one person gives roles alone again."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="proposals", verbose_name="service")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name="person",
    )
    role = models.CharField("role", max_length=40, blank=True)
    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cluster"
    )
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="school"
    )
    reason = models.CharField("reason", max_length=120, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="asked for by"
    )
    agreed = models.BooleanField("agreed", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="answered by",
    )
    answered_at = models.DateTimeField("answered", null=True, blank=True)

    REGISTER_TEXT = frozenset({"role", "reason"})

    class Meta(Record.Meta):
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True, role="") | (Q(user__isnull=False) & ~Q(role="")),
                name="proposal_is_of_a_role_or_of_the_setting",
            ),
            models.CheckConstraint(
                condition=Q(agreed__isnull=True, answered_by__isnull=True, answered_at__isnull=True)
                | Q(agreed__isnull=False, answered_by__isnull=False, answered_at__isnull=False),
                name="proposal_waits_or_is_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"

    @property
    def on(self) -> Any:
        """What the role would be held on."""
        return self.school or self.cluster or self.service
