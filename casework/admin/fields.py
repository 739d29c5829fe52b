"""The form fields of casework: native inputs that say who reads what is written, and how to mend what is wrong."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet

from ..models import ListItem, ListName, Referral, Service, YearGroup
from ..sealed import TextKind
from .acting import OnceForm
from .who_reads import who_reads

LONGEST_TEXT = 8000
UNKNOWN = str(UUID(int=0))


class VersionedForm(OnceForm):
    """A form that knows which version of its record it was opened on."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class SealedText(forms.CharField):
    """Text that will be sealed; its help says who reads it."""

    def __init__(self, label: str, kind: TextKind, *, required: str = "", rows: int = 5, hint: str = "") -> None:
        self.kind, self.hint = kind, hint
        super().__init__(
            label=label,
            required=bool(required),
            max_length=LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off"}),
            error_messages={"required": required, "max_length": f"Shorten this to {LONGEST_TEXT:,} characters."},
        )
        self.tell_readers()

    def tell_readers(self, referral: Referral | None = None) -> None:
        """Say who reads it, of this very case."""
        self.tell(who_reads(self.kind, referral))

    def tell(self, readers: str) -> None:
        """Say who reads it, in these words."""
        self.help_text = f"{self.hint} {readers}".strip()


class CaseForm(VersionedForm):
    """A form about one case: its sealed fields say who reads them in this very case."""

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.referral = referral
        for field in self.fields.values():
            if isinstance(field, SealedText):
                field.tell_readers(referral)


class Fields:
    """Short ways to make a field. Each takes the sentence that is shown when it is left empty."""

    @staticmethod
    def line(label: str, *, required: str = "", length: int = 80, help_text: str = "", **attrs: str) -> forms.CharField:
        """One line of text."""
        return forms.CharField(
            label=label,
            required=bool(required),
            max_length=length,
            help_text=help_text,
            widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}),
            error_messages={"required": required, "max_length": f"Shorten this to {length} characters."},
        )

    @staticmethod
    def date(label: str, *, required: str = "", help_text: str = "") -> forms.DateField:
        return forms.DateField(
            label=label,
            required=bool(required),
            help_text=help_text,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"required": required, "invalid": "Enter a date like 24 9 2026."},
            input_formats=["%Y-%m-%d", "%d %m %Y", "%d/%m/%Y", "%d.%m.%Y"],
        )

    @staticmethod
    def when(label: str, *, required: str) -> forms.DateTimeField:
        return forms.DateTimeField(
            label=label,
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            error_messages={"required": required, "invalid": "Enter a day and a time like 24/09/2026 09:15."},
            input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
        )

    @staticmethod
    def minutes(
        label: str, least: int, most: int, *, required: str = "", initial: int | None = None
    ) -> forms.IntegerField:
        return forms.IntegerField(
            label=label,
            required=bool(required),
            min_value=least,
            max_value=most,
            initial=initial,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            error_messages={
                "required": required,
                "invalid": "Enter the minutes as a number, for example 45.",
                "min_value": f"Enter {least} minutes or more.",
                "max_value": f"Enter {most} minutes or less.",
            },
        )

    @staticmethod
    def choose(
        label: str, choices: Iterable[tuple[Any, str]], *, required: str, help_text: str = ""
    ) -> forms.ChoiceField:
        """One of a few, as radio buttons."""
        return forms.ChoiceField(
            label=label,
            choices=list(choices),
            widget=forms.RadioSelect,
            help_text=help_text,
            error_messages={"required": required, "invalid_choice": required},
        )

    @staticmethod
    def year_group(label: str = "Year group", *, required: str = "") -> forms.ChoiceField:
        return forms.ChoiceField(
            label=label,
            required=bool(required),
            choices=[("", "Choose a year group"), *YearGroup.choices],
            error_messages={"required": required, "invalid_choice": "Choose a year group from the list."},
        )


class RecordField(forms.ModelChoiceField):
    """One record of a list that the person may see, told apart by its UUID."""

    def __init__(self, queryset: QuerySet[Any], *, missing: str, **options: Any) -> None:
        errors = {"required": missing, "invalid_choice": missing}
        super().__init__(queryset, to_field_name="uuid", error_messages=errors, **options)

    def to_python(self, value: Any) -> Any:
        return super().to_python(value if is_uuid(value) else "" if not value else UNKNOWN)


class RecordsField(forms.ModelMultipleChoiceField):
    """Any number of records of a list, as tick boxes, told apart by their UUIDs."""

    def __init__(self, queryset: QuerySet[Any], **options: Any) -> None:
        super().__init__(queryset, to_field_name="uuid", widget=forms.CheckboxSelectMultiple, **options)
        self.error_messages["invalid_choice"] = self.error_messages["invalid_pk_value"] = "Choose from the list."

    def clean(self, value: Any) -> Any:
        known = isinstance(value, list | tuple)
        return super().clean([one if is_uuid(one) else UNKNOWN for one in value] if known else value)


def is_uuid(value: Any) -> bool:
    """Whether this is a record's address at all."""
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


def entries(service: Service, name: ListName, kept: Iterable[ListItem] = ()) -> QuerySet[ListItem]:
    """The entries in use of one of a service's lists, and those that this record names already."""
    in_list = ListItem.objects.filter(service=service, list=name)
    return in_list.filter(Q(active=True) | Q(pk__in=[item.pk for item in kept]))
