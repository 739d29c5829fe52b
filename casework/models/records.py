"""What every casework row has: a UUID for its address and seals, a version for its editors, a period where it lasts."""

from datetime import datetime
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Record(models.Model):
    """A casework row. `REGISTER_TEXT` names its plain text columns: every other text is sealed."""

    REGISTER_TEXT: frozenset[str] = frozenset()

    uuid = models.UUIDField("address", default=uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField("version", default=1, editable=False)
    created_at = models.DateTimeField("made", default=timezone.now, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        default_permissions = ()


class PeriodQuerySet(models.QuerySet):
    """Rows that last from `starts_at` up to, not including, `ends_at`."""

    def current(self, at: datetime | None = None) -> "PeriodQuerySet":
        """Those that hold at this instant."""
        return self.filter(in_force(at))


def in_force(at: datetime | None = None, prefix: str = "") -> Q:
    """The condition that a period, or the period of a related row, holds at an instant (now, when none is given)."""
    at = at or timezone.now()
    ends_at = f"{prefix}ends_at"
    return Q(**{f"{prefix}starts_at__lte": at}) & (Q(**{f"{ends_at}__isnull": True}) | Q(**{f"{ends_at}__gt": at}))


class Period(models.Model):
    """A half-open period `[starts_at, ends_at)`; open while it has no end."""

    starts_at = models.DateTimeField("from", default=timezone.now)
    ends_at = models.DateTimeField("until", null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_current(self, at: datetime | None = None) -> bool:
        at = at or timezone.now()
        return self.starts_at <= at and (self.ends_at is None or self.ends_at > at)

    @property
    def has_ended(self) -> bool:
        return self.ends_at is not None and self.ends_at <= timezone.now()


class ReplacedQuerySet(models.QuerySet):
    """Rows that are never changed: a newer one takes the place of another, which is kept."""

    def standing(self) -> Self:
        """Those that no newer one has taken the place of."""
        return self.filter(replaced_at__isnull=True)


def ends_after_start(name: str) -> models.CheckConstraint:
    """A period does not end before it starts; one that ends as it starts never held."""
    return models.CheckConstraint(
        condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
        name=name,
        violation_error_message="The end must not be before the start.",
    )
