"""Putting a school's waiting list in order: a plain select beside each who waits, and one button."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from wagtail.admin import messages

from ..access import reading, rules
from ..actions import deciding
from ..models import QueueOrder, Referral, School
from .fields import VersionedForm
from .queue import Queue, row_of, seen_by, waiting
from .screens import FormScreen

NO_PLACE = "no place"


class OrderForm(VersionedForm):
    """Which of them comes first, second and so on."""

    def __init__(self, *args: Any, listed: list[Referral], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listed = listed
        most = min(len(listed), deciding.MOST_PLACES)
        choices = [("", NO_PLACE), *((str(place), str(place)) for place in range(1, most + 1))]
        for referral in listed:
            self.fields[str(referral.uuid)] = forms.ChoiceField(
                label=referral.reference,
                required=False,
                choices=choices,
                error_messages={"invalid_choice": "Choose a place from the list."},
            )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Referral] = {}
        for referral in self.listed:
            place = self.cleaned_data.get(str(referral.uuid), "")
            if place and place in given:
                words = f"{given[place]} has this place already: give each place once."
                self.add_error(str(referral.uuid), words)
            elif place:
                given[place] = referral
        return self.cleaned_data | {"first": [given[place] for place in sorted(given, key=int)]}


class OrderQueue(FormScreen):
    """One school's list, for whoever may put it in order."""

    template_name = "casework/queue/order.html"
    form_class = OrderForm
    page_title = "Put the list in order"
    submit_label = "Save the order"
    header_icon = "time"

    def find(self) -> None:
        user = self.request.user
        self.school: School = get_object_or_404(rules.visible_schools(user), uuid=self.kwargs["uuid"])
        if not rules.can_order_queue(user, self.school):
            raise PermissionDenied
        self.listed = [one for one in waiting(user).filter(school=self.school) if one.school_may_see]
        self.order = QueueOrder.objects.filter(school=self.school).select_related("set_by").first()

    def open(self) -> None:
        reading.listed(self.request.user, Referral, rows=len(self.listed), search=False)

    def trail(self) -> list[tuple[str, str]]:
        return [(Queue.page_title, reverse("casework_queue"))]

    def form_options(self) -> dict[str, Any]:
        return {"listed": self.listed}

    def initial(self) -> dict[str, Any]:
        places = {str(one.uuid): place for place, one in enumerate((one for one in self.listed if one.place), 1)}
        return {"version": self.order.version if self.order else 1} | places

    def perform(self, form: OrderForm) -> str:
        answers = {name: form.cleaned_data[name] for name in ("version", "first")}
        deciding.put_in_order(self.school, by=self.request.user, **answers)
        messages.success(self.request, f"The list of {self.school.name} stands in your order.")
        return reverse("casework_queue")

    def answers_of(self, current: Any) -> dict[str, Any]:
        """How the list stands now, beside what was chosen here."""
        now = waiting(self.request.user).filter(school=self.school)
        return {str(one.uuid): str(one.place or "") for one in now}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(school=self.school, order=self.order, **kwargs)
        own = seen_by(self.request.user, [one.pk for one in self.listed])
        rows = [
            row_of(one) | {"is_seen": one.pk in own, "field": context["form"][str(one.uuid)]} for one in self.listed
        ]
        return context | {"rows": rows}
