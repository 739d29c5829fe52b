"""Numbers to ring or text when something is wrong now."""

from django.db import models

from .checked import Checked, digits


class Audience(models.TextChoices):
    """Who a helpline is for."""

    CHILD = "child", "For children and young people"
    ADULT = "adult", "For parents, carers and other adults"
    ANYONE = "anyone", "For anyone"


class Way(models.TextChoices):
    """How it is reached."""

    CALL = "call", "Call"
    TEXT = "text", "Text"


class Helpline(Checked):
    """A number of one site's help page."""

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
    position = models.PositiveSmallIntegerField("position", default=0, help_text="Low numbers come first.")

    class Meta(Checked.Meta):
        verbose_name = "helpline"
        verbose_name_plural = "helplines"
        ordering = ["audience", "position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["site", "name", "number"], name="one_helpline_of_a_number"),
            *Checked.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.number}"

    @property
    def link(self) -> str:
        """What a phone does when the number is pressed."""
        return f"sms:{digits(self.number)}" if self.way == Way.TEXT else f"tel:{digits(self.number)}"

    @property
    def instruction(self) -> str:
        """What to do, for example: Text SHOUT to 85258."""
        return (
            f"Text {self.word} to {self.number}"
            if self.way == Way.TEXT and self.word
            else f"{self.get_way_display()} {self.number}"
        )
