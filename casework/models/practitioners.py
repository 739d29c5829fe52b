"""The clinical team, and which schools each of them works at."""

from django.conf import settings
from django.db import models

from .keys import DataKey
from .records import Period, Record, ends_after_start
from .services import ListItem, ListName, School, Service


class Practitioner(Record, Period):
    """A therapist or the clinical supervisor, while with the service."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="practitioners", verbose_name="service")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="practitioners",
        verbose_name="account",
    )
    name = models.CharField("name", max_length=120)
    discipline = models.ForeignKey(
        ListItem,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"list": ListName.DISCIPLINE},
        verbose_name="discipline",
    )
    weekly_hours = models.DecimalField(
        "hours a week", max_digits=4, decimal_places=1, default=0, help_text="How many hours of sessions are offered."
    )
    languages = models.CharField(
        "languages besides English", max_length=120, blank=True, help_text="With commas between them."
    )
    body = models.ForeignKey(
        ListItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        limit_choices_to={"list": ListName.BODY}, verbose_name="professional body",
    )  # fmt: skip
    on_website = models.BooleanField(
        "on the website", default=False,
        help_text="They agreed that the page of the team shows their first name, discipline and professional body.",
    )  # fmt: skip
    data_key = models.ForeignKey(
        DataKey, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )  # made with the first evidence

    REGISTER_TEXT = frozenset({"name", "languages"})

    class Meta(Record.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["service", "user"], name="one_practitioner_of_an_account"),
            ends_after_start("practitioner_period"),
        ]

    def __str__(self) -> str:
        return self.name


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


class Placement(Record, Period):
    """A practitioner works at a school on some weekdays.

    It opens the school's pack and its waiting list, in short form.
    """

    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="placements", verbose_name="practitioner"
    )
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="placements", verbose_name="school")
    monday = models.BooleanField("Monday", default=False)
    tuesday = models.BooleanField("Tuesday", default=False)
    wednesday = models.BooleanField("Wednesday", default=False)
    thursday = models.BooleanField("Thursday", default=False)
    friday = models.BooleanField("Friday", default=False)

    class Meta(Record.Meta):
        ordering = ["school__name", "practitioner__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "school"], condition=models.Q(ends_at__isnull=True), name="one_open_placement",
                violation_error_message="This practitioner is already placed at this school: end that placement first.",
            ),
            models.CheckConstraint(
                condition=models.Q(monday=True)
                | models.Q(tuesday=True)
                | models.Q(wednesday=True)
                | models.Q(thursday=True)
                | models.Q(friday=True),
                name="placement_has_a_day",
                violation_error_message="Choose at least one day.",
            ),
            ends_after_start("placement_period"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.practitioner} at {self.school}"

    @property
    def weekdays(self) -> list[int]:
        """Its days, 0 for Monday to 4 for Friday."""
        return [number for number, day in enumerate(WEEKDAYS) if getattr(self, day)]

    @property
    def days(self) -> str:
        """Its days in words."""
        return ", ".join(WEEKDAYS[number].capitalize() for number in self.weekdays)
