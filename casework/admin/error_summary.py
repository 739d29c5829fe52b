"""The list above a form that says what to mend, each entry a link to its field."""

from dataclasses import dataclass

from django import forms

INCOMPLETE = "Part of this form did not arrive. Open the page again, then send it once more."


@dataclass(frozen=True)
class Item:
    """What is wrong, and the id of the field where it is mended; none for what belongs to the whole form."""

    text: str
    anchor: str = ""


def items_of(form: forms.Form) -> list[Item]:
    """What to mend, in the order of the form."""
    items = [Item(str(error)) for error in form.non_field_errors()]
    if any(field.errors for field in form.hidden_fields()):
        items.append(Item(INCOMPLETE))
    return items + [Item(str(error), anchor_of(field)) for field in form.visible_fields() for error in field.errors]


def anchor_of(field: forms.BoundField) -> str:
    """The id that takes the focus: of a group of radio buttons or tick boxes, the first."""
    return f"{field.auto_id}_0" if field.field.widget.use_fieldset else field.auto_id
