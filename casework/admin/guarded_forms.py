"""The forms of registers: named fields, native inputs, and choices only among what the person may see."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.models import ModelChoiceField

from ..access import rules
from ..models import Service
from .acting import OnceForm

(DASHES,) = BLANK_CHOICE_DASH
CHOOSE, NOTHING = "Choose…", "None"
MACHINERY = ("form_key", "version")


class RecordForm(forms.ModelForm, OnceForm):
    """A register's form. `fixed` names what is chosen when a record is made and stays as it is."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    fixed: tuple[str, ...] = ()

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        for name in ["version"] if self.is_new else self.fixed:
            self.fields.pop(name, None)
        if not self.is_new:
            self.initial["version"] = self.instance.version
        for name, field in self.fields.items():
            if isinstance(field, ModelChoiceField):
                self._offer(name, field)
            elif isinstance(field, forms.ChoiceField):
                _name_the_blank(field)
            if field.label and field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = f"{_verb_of(field)} the {in_a_sentence(str(field.label))}."

    def to_save(self) -> dict[str, Any]:
        """What the action of this noun is given."""
        return {name: value for name, value in self.cleaned_data.items() if name not in MACHINERY}

    def answers_of(self, record: Any) -> dict[str, Any]:
        """How a record answers this form's fields, to be shown beside what was typed."""
        return {name: getattr(record, name, None) for name in self.fields if name not in MACHINERY}

    @property
    def is_new(self) -> bool:
        return self.instance.pk is None

    def choices_for(self, name: str, field: ModelChoiceField) -> QuerySet[Any]:
        """What can be chosen: the records that the person may see; of services, those whose set-up is theirs."""
        model = field.queryset.model
        visible = rules.REGISTERS[model].visible(self.user)
        if model is Service:
            return visible.filter(
                pk__in=[service.pk for service in visible if rules.can_change_service(self.user, service)]
            )
        return visible

    def _offer(self, name: str, field: ModelChoiceField) -> None:
        """Choices by UUID; where there is only one service, it is not asked for."""
        field.queryset = self.choices_for(name, field)
        field.to_field_name = "uuid" if hasattr(field.queryset.model, "uuid") else None
        if field.empty_label is not None:
            field.empty_label = CHOOSE if field.required else NOTHING
        field.error_messages["invalid_choice"] = "Choose from the list."
        if self.instance.pk is not None and name in self.initial:
            self.initial[name] = getattr(self.instance, name)
        if field.queryset.model is Service and field.required:
            services = list(field.queryset[:2])
            if len(services) == 1:
                self.initial[name] = services[0]
                field.widget = field.hidden_widget()


def in_a_sentence(label: str) -> str:
    """A label as it stands inside a sentence: an abbreviation keeps its capitals."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _name_the_blank(field: forms.ChoiceField) -> None:
    """Words for the empty choice instead of Django's dashes."""
    blank = ("", CHOOSE if field.required else NOTHING)
    field.choices = [blank if choice == DASHES else choice for choice in field.choices]


def _verb_of(field: forms.Field) -> str:
    return "Choose" if isinstance(field, forms.ChoiceField) else "Enter"


def day(label: str, *, help_text: str = "", required: bool = True) -> forms.DateField:
    """A day, in the browser's own calendar."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d %m %Y", "%d/%m/%Y", "%d.%m.%Y"],
        error_messages={"invalid": "Enter a date like 24 9 2026."},
    )
