"""The register of lists: reasons, disciplines, attendance and closing reasons, which a coordinator edits."""

from itertools import chain

from django import forms

from ...access.rules import Side
from ...models import ListItem, ListName
from .. import filters
from ..facts import Fact, Look, Shown
from ..guarded import GuardedModelAdmin
from ..guarded_forms import RecordForm

FOR_ONE_LIST = {
    ListName.ATTENDANCE: ("charged", "seen"),
    ListName.CLOSURE: ("passes_on_to",),
    ListName.BODY: ("public_register",),
}
"""What is asked of the entries of one list alone."""


class ListItemForm(RecordForm):
    """An entry of a list. Which list it is on is chosen once, for old records name it."""

    fixed = ("service", "list")

    class Meta:
        model = ListItem
        fields = ["service", "list", "label", "position", "active", *chain.from_iterable(FOR_ONE_LIST.values())]
        help_texts = {
            "label": "As people will read it.",
            "position": "Low numbers come first.",
            "active": "Untick what is no longer offered. Old records go on showing it.",
        }
        widgets = {"position": forms.NumberInput(attrs={"min": 0})}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name, asked in FOR_ONE_LIST.items():
            if self.instance.pk and self.instance.list != name:
                for field in asked:
                    del self.fields[field]


class Lists(GuardedModelAdmin):
    model = ListItem
    base_url_path = "lists"
    menu_label = "Lists"
    menu_icon = "list-ol"
    form_class = ListItemForm
    has_page = False
    related = ("service",)
    searched = ("label",)
    order = ("list", "position", "label", "pk")
    add_label = "Add an entry"
    empty_words = "No entries yet. Schools choose reasons and therapists choose attendance from these lists."

    facts = {
        "label": Fact("Words", "label", sort=("label",)),
        "list": Fact("List", "get_list_display", sort=("list", "position")),
        "active": Fact("In use", "active", Look.TICK, sort=("active",)),
        "charged": Fact(
            "Charged", lambda item: item.charged if item.list == ListName.ATTENDANCE else None, Look.TICK, minor=True
        ),
        "seen": Fact(
            "Seen", lambda item: item.seen if item.list == ListName.ATTENDANCE else None, Look.TICK, minor=True
        ),
        "passes_on_to": Fact("Passes the child on to", "get_passes_on_to_display", minor=True),
        "position": Fact("Position", "position", minor=True),
        "service": Fact("Service", "service"),
    }
    shown = {
        Side.COORDINATION: Shown(
            "label list active charged seen position",
            file="label list active charged seen passes_on_to position service",
        )
    }
    filters = {
        "list": filters.of_choices("List", ListName.choices, "list"),
        "active": filters.of_choices("In use", [("True", "Yes"), ("False", "No")], "active"),
    }
