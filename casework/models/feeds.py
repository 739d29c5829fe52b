"""Calendar feeds: a practitioner's timetable at a secret address, for their own telephone or computer."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .practitioners import Practitioner
from .records import Record


class CalendarFeed(Record):
    """One address. Its secret is shown once and kept as a digest; a new one ends the one before."""

    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="feeds", verbose_name="practitioner"
    )
    digest = models.CharField("digest of the secret", max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    ended_at = models.DateTimeField("ended", null=True, blank=True, editable=False)

    REGISTER_TEXT = frozenset({"digest"})

    class Meta(Record.Meta):
        verbose_name = "calendar feed"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["practitioner"], condition=Q(ended_at__isnull=True), name="one_open_feed")
        ]

    def __str__(self) -> str:
        return f"calendar feed {self.pk}"
