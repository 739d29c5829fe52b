"""The form of a school's agreement: hours, rate and subsidy, and its packages as rows of one plain form."""

from decimal import Decimal
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ..actions.service_agreements import Line
from ..models import Package, SchoolYear, ServiceAgreement
from .guarded_forms import RecordForm

ROWS = 5
KINDS = [("", "No package"), *((one.value, one.label.capitalize()) for one in Package)]


class PackageRow(forms.MultiWidget):
    """The four answers of one package beside each other, each with its label."""

    use_fieldset = True
    labels = ("Kind", "What it is", "Hours", "Price in pounds")

    def __init__(self) -> None:
        number = {"inputmode": "decimal", "min": "0", "step": "0.01"}
        super().__init__([
            forms.Select(choices=KINDS), forms.TextInput(attrs={"maxlength": 120}),
            forms.NumberInput(attrs=number), forms.NumberInput(attrs=number),
        ])  # fmt: skip

    def decompress(self, value: Line | None) -> list[Any]:
        return [value.package, value.words, value.hours, value.price] if value else ["", "", None, None]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        parts = self.get_context(name, value, attrs)["widget"]["subwidgets"]
        answers = value if isinstance(value, list) else self.decompress(value)
        cells = [
            (label, part["attrs"]["id"], widget.render(part["name"], answer, part["attrs"]))
            for label, part, widget, answer in zip(self.labels, parts, self.widgets, answers, strict=True)
        ]
        return render_to_string("casework/hours/package_row.html", {"cells": cells})


class PackageField(forms.MultiValueField):
    """One package, or none where its row is left empty."""

    widget = PackageRow

    def __init__(self, label: str) -> None:
        number: dict[str, Any] = {"max_digits": 9, "decimal_places": 2, "min_value": 0, "required": False}
        fields = (
            forms.ChoiceField(choices=KINDS, required=False),
            forms.CharField(max_length=120, required=False),
            forms.DecimalField(**number),
            forms.DecimalField(**number),
        )
        super().__init__(fields, label=label, required=False, require_all_fields=False)

    def compress(self, answers: list[Any]) -> Line | None:
        package, words, hours, price = answers or ("", "", None, None)
        if not package and not words and not hours and not price:
            return None
        if not package or not words:
            raise forms.ValidationError("Choose the kind of this package, and say what it is.")
        return Line(package, words.strip(), hours or Decimal(0), price or Decimal(0))


class ServiceAgreementForm(RecordForm):
    """School and year are chosen once. The rate is the band's where it is left empty."""

    fixed = ("school", "school_year")

    class Meta:
        model = ServiceAgreement
        fields = ["school", "school_year", "hours", "band", "rate", "includes", "subsidy", "subsidy_from"]
        help_texts = {
            "hours": "Single hours; those of packages come on top.",
            "rate": "Leave this empty to take the band’s rate as it is on that year’s first day, or today.",
            "includes": "As the school reads it.",
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["rate"].required = False
        lines = [] if self.is_new else [_line(line) for line in self.instance.lines.all()]
        for number in range(max(ROWS, len(lines) + 1)):
            self.fields[f"package_{number + 1}"] = PackageField(f"Package {number + 1}")
            if number < len(lines):
                self.initial[f"package_{number + 1}"] = lines[number]

    def choices_for(self, name: str, field: Any) -> Any:
        """The years of the services that this person coordinates."""
        if name != "school_year":
            return super().choices_for(name, field)
        from_their_schools = self.fields["school"].queryset.values("service_id")
        return SchoolYear.objects.filter(service_id__in=from_their_schools)

    def to_save(self) -> dict[str, Any]:
        given = super().to_save()
        packages = [given.pop(name) for name in list(given) if name.startswith("package_")]
        return given | {"lines": [package for package in packages if package]}

    def answers_of(self, record: Any) -> dict[str, Any]:
        lines = [_line(line) for line in record.lines.all()]
        packages = {name: None for name in self.fields if name.startswith("package_")}
        packages |= {f"package_{number}": line for number, line in enumerate(lines, 1)}
        return super().answers_of(record) | packages

    def _post_clean(self) -> None:
        """The action checks the record: its rate may still be the band's to fill in."""


def _line(line: Any) -> Line:
    return Line(line.package, line.words, line.hours, line.price)
