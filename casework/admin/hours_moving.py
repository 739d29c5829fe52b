"""What a coordinator enters by hand: an adjustment, and what is carried over at a year's end; the school reads why."""

from typing import Any

from django import forms
from django.http import Http404
from wagtail.admin import messages

from ..access import reading, rules
from ..actions import adjustments
from ..models import SchoolYear
from ..reports.hours_words import hours as in_words
from .acting import FORM_KEY, OnceForm
from .fields import Fields, RecordField
from .hours_asking import READERS, hours_field
from .hours_page import SchoolScreen, hours_address
from .screens import FormScreen


class Adjusting(SchoolScreen, FormScreen):
    """A form of the coordinator's about a school's hours."""

    def find(self) -> None:
        super().find()
        if not rules.can_adjust_hours(self.request.user, self.school):
            raise Http404

    def open(self) -> None:
        reading.opened(self.request.user, self.school, part=self.page_title.lower())


class AdjustForm(OnceForm):
    """A day, hours with or without a minus, and why."""

    on = Fields.date("Day", required="Give a day.", help_text="It counts in the school year of this day.")
    hours = hours_field("Hours", help_text="With a minus to take hours away.", least="")
    reason = Fields.line("Why?", required="Say why: the school reads it.", length=200, help_text=READERS)


class AdjustHours(Adjusting):
    """An entry that is made by hand, with a reason."""

    form_class = AdjustForm
    page_title = "Adjust hours"
    submit_label = "Enter it"

    def perform(self, form: AdjustForm) -> str:
        entry = adjustments.adjust(self.school, by=self.request.user, **_typed(form))
        messages.success(self.request, f"{in_words(entry.hours)} entered for {self.school.name}.")
        return hours_address(self.school)


class CarryForm(OnceForm):
    """From which year into which, how many, and why."""

    year = RecordField(SchoolYear.objects.none(), missing="Choose the year that ends.", label="From the year")
    into = RecordField(SchoolYear.objects.none(), missing="Choose the year after it.", label="Into the year")
    hours = hours_field("Hours", help_text="With a minus where too many were used.", least="")
    reason = Fields.line("Why?", required="Say why: the school reads it.", length=200, help_text=READERS)

    def __init__(self, *args: Any, years: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].queryset = self.fields["into"].queryset = years


class CarryOver(Adjusting):
    """What is left of one year goes into the next."""

    form_class = CarryForm
    page_title = "Carry hours over"
    submit_label = "Carry over"

    def form_options(self) -> dict[str, Any]:
        return {"years": SchoolYear.objects.filter(service=self.school.service_id)}

    def perform(self, form: CarryForm) -> str:
        _, came = adjustments.carry_over(self.school, by=self.request.user, **_typed(form))
        messages.success(self.request, f"{in_words(came.hours)} carried over for {self.school.name}.")
        return hours_address(self.school)


def _typed(form: forms.Form) -> dict[str, Any]:
    """What was typed, without the form's key."""
    return {name: value for name, value in form.cleaned_data.items() if name != FORM_KEY}
