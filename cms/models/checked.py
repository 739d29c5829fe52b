"""What somebody looks at again and again: a number or an address that belongs to one site and is checked by a date."""

from datetime import date

from django.db import models
from wagtail.models import Site


class CheckedQuerySet(models.QuerySet):
    """Filters that have a name."""

    def of(self, site: Site | None) -> "CheckedQuerySet":
        """Those of one site; none where there is no site."""
        return self.filter(site=site) if site else self.none()

    def due_for_review(self, today: date) -> "CheckedQuerySet":
        """Those that nobody has checked in time."""
        return self.filter(review_by__lte=today)


class Checked(models.Model):
    """An entry of one site that somebody has checked on a date, and will check again."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+", verbose_name="website")
    last_checked = models.DateField("last checked", help_text="The day on which somebody tried it.")
    review_by = models.DateField("check again by", help_text="For a number to ring, within three months.")

    objects = CheckedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(review_by__gte=models.F("last_checked")),
                name="%(class)s_review_after_check",
                violation_error_message="The next check must not be before the last one.",
            )
        ]

    def is_overdue(self, today: date) -> bool:
        """Whether nobody has checked it in time."""
        return self.review_by <= today


def digits(number: str) -> str:
    """What a phone dials."""
    return "".join(sign for sign in number if sign.isdigit())
