"""What somebody else saved in the meantime, field by field beside what was typed here."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import formats, timezone


@dataclass(frozen=True)
class Difference:
    """One field: its label, how it stands, and what was typed."""

    label: str
    theirs: str
    yours: str


def differences(form: forms.Form, answers: dict[str, Any]) -> list[Difference]:
    """The fields in which the record, as it stands now, differs from a valid form."""
    found = [
        Difference(
            str(form.fields[name].label),
            words(form.fields[name], theirs),
            words(form.fields[name], form.cleaned_data.get(name)),
        )
        for name, theirs in answers.items()
        if name in form.fields
    ]
    return [difference for difference in found if difference.theirs != difference.yours]


def words(field: forms.Field, value: Any) -> str:
    """A field's answer, as a person reads it."""
    if value is None or value == "":
        return ""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(sorted(field.label_from_instance(item) for item in value))
    if isinstance(field, forms.ModelChoiceField):
        return field.label_from_instance(value)
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        named = dict(choices)
        return ", ".join(str(named.get(str(one), one)) for one in (value if isinstance(value, list) else [value]))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, date):
        return formats.date_format(value, "j F Y")
    return str(value).replace("\r\n", "\n").strip()
