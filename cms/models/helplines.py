"""Numbers to ring or text when something is wrong now."""

from datetime import date

from django.db import models
from wagtail.snippets.models import register_snippet


class Audience(models.TextChoices):
    """Who a helpline is for."""

    CHILD = "child", "For children and young people"
    ADULT = "adult", "For parents, carers and other adults"
    ANYONE = "anyone", "For anyone"


class Way(models.TextChoices):
    """How it is reached."""

    CALL = "call", "Call"
    TEXT = "text", "Text"


class HelplineQuerySet(models.QuerySet):
    """Filters of helplines that have a name."""

    def due_for_review(self, today: date) -> "HelplineQuerySet":
        """Those whose number nobody has checked in time."""
        return self.filter(review_by__lte=today)


@register_snippet
class Helpline(models.Model):
    """A number that somebody has checked on a date, and will check again."""

    name = models.CharField("name", max_length=80)
    way = models.CharField("how", max_length=4, choices=Way.choices, default=Way.CALL)
    number = models.CharField("number", max_length=20, help_text="As people would write it, for example 0800 1111.")
    word = models.CharField(
        "word to send", max_length=20, blank=True, help_text="For a text service that asks for a word."
    )
    audience = models.CharField("for", max_length=6, choices=Audience.choices, default=Audience.ANYONE)
    who_for = models.CharField("who it is for, in a sentence", max_length=160)
    hours = models.CharField("open", max_length=80)
    emergency = models.BooleanField("in the emergency box", default=False)
    position = models.PositiveSmallIntegerField("position", default=0)
    last_checked = models.DateField("last checked")
    review_by = models.DateField("check again by")

    objects = HelplineQuerySet.as_manager()

    class Meta:
        verbose_name = "helpline"
        verbose_name_plural = "helplines"
        ordering = ["audience", "position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "number"], name="one_helpline_of_a_number"),
            models.CheckConstraint(
                condition=models.Q(review_by__gte=models.F("last_checked")),
                name="helpline_review_after_check",
                violation_error_message="The next check must not be before the last one.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.number}"

    @property
    def link(self) -> str:
        """What a phone does when the number is pressed."""
        digits = "".join(sign for sign in self.number if sign.isdigit())
        return f"sms:{digits}" if self.way == Way.TEXT else f"tel:{digits}"

    @property
    def instruction(self) -> str:
        """What to do, for example: Text SHOUT to 85258."""
        return (
            f"Text {self.word} to {self.number}"
            if self.way == Way.TEXT and self.word
            else f"{self.get_way_display()} {self.number}"
        )
