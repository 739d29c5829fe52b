"""The filters of registers: only what is declared filters, and what can be chosen comes from the rule book."""

from collections.abc import Callable
from typing import Any

import django_filters
from django import forms
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django_filters import Filter
from wagtail.admin.filters import WagtailFilterSet

from ..access import rules
from ..models import in_force

Keep = Callable[[QuerySet[Any], str, Any], QuerySet[Any]]


def of_choices(label: str, choices: Any, field: str | None = None, method: Keep | None = None) -> Filter:
    """One of a fixed list, by a column or by a method that keeps what belongs to it."""
    return django_filters.ChoiceFilter(
        label=label, choices=choices, field_name=field, method=method, widget=forms.RadioSelect, empty_label="All"
    )


def of_records(label: str, model: type[Model], field: str | None = None, method: Keep | None = None) -> Filter:
    """One of the records that the person may see, told apart by its UUID."""
    return django_filters.ModelChoiceFilter(
        label=label,
        field_name=field,
        method=method,
        queryset=lambda request: rules.REGISTERS[model].visible(request.user),
        to_field_name="uuid",
        widget=forms.RadioSelect,
        empty_label="All",
    )


def of_cases(label: str, named: dict[str, tuple[str, Callable[[], Q]]]) -> Filter:
    """One of some named conditions: name, its words, and the condition."""

    def keep(queryset: QuerySet[Any], _: str, value: str) -> QuerySet[Any]:
        return queryset.filter(named[value][1]())

    choices = [(name, words) for name, (words, _) in named.items()]
    return django_filters.ChoiceFilter(
        label=label, choices=choices, method=keep, widget=forms.RadioSelect, empty_label="All"
    )


def of_day(label: str, field: str, lookup: str) -> Filter:
    """From a day on, or up to and with it."""
    return django_filters.DateFilter(
        label=label,
        field_name=field,
        lookup_expr=f"date__{lookup}",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def standing() -> Filter:
    """Whether a period holds now."""
    return of_cases(
        "Now or before",
        {"now": ("Now", in_force), "ended": ("Ended", lambda: Q(ends_at__lte=timezone.now()))},
    )


def filterset_of(model: type[Model], filters: dict[str, Filter]) -> type[WagtailFilterSet] | None:
    """Wagtail's filter set of the declared filters, and of no other; none where nothing is declared."""
    if not filters:
        return None
    meta = type("Meta", (), {"model": model, "fields": []})
    return type(f"{model.__name__}Filters", (WagtailFilterSet,), {**filters, "Meta": meta})
