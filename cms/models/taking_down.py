"""What one person asked for and a second one has to agree to: that the help page goes off the website."""

from django.conf import settings
from django.db import models

from .help_now import HelpNowPage


class TakingDown(models.Model):
    """A wish that waits; once it is answered it is gone, and Wagtail's log of the page says how it went."""

    page = models.OneToOneField(HelpNowPage, on_delete=models.CASCADE, related_name="taking_down", verbose_name="page")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="asked for by"
    )
    asked_at = models.DateTimeField("asked for", auto_now_add=True)

    class Meta:
        verbose_name = "taking down of the help page"
        verbose_name_plural = "takings down of the help page"

    def __str__(self) -> str:
        return f"taking down {self.page_id}"
