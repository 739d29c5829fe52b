"""The register of requirements: what each practitioner must have, and what a gap does to a new case."""

from django import forms

from ...access.rules import Side
from ...models import IfMissing, Requirement, RequirementKind
from .. import filters
from ..facts import Fact, Look, Shown
from ..guarded import GuardedModelAdmin
from ..guarded_forms import RecordForm


class RequirementForm(RecordForm):
    """What is required. Of which kind it is is chosen once, for the kind says what is written down of it."""

    fixed = ("service", "kind")

    class Meta:
        model = Requirement
        fields = ["service", "kind", "name", "if_missing", "grace_days", "holds_months", "position", "active"]
        help_texts = {
            "name": "As it is read on the page of readiness and in what is refused.",
            "if_missing": "Of a new case alone: a case that runs is never cut, and cover of an absence goes on.",
            "position": "Low numbers come first.",
            "active": "Untick what is no longer required. What was written down of it is kept.",
        }
        widgets = {name: forms.NumberInput(attrs={"min": 0}) for name in ("grace_days", "holds_months", "position")}


class Requirements(GuardedModelAdmin):
    model = Requirement
    base_url_path = "requirements"
    menu_label = "Requirements of the team"
    menu_icon = "tasks"
    form_class = RequirementForm
    has_page = False
    related = ("service",)
    order = ("position", "name", "pk")
    empty_words = "Nothing is required of the team yet, so that nothing stops a new case."

    facts = {
        "name": Fact("What", "name", sort=("name",), sought=("name",)),
        "kind": Fact("Kind", "get_kind_display", minor=True),
        "if_missing": Fact("A gap", "get_if_missing_display", sort=("if_missing",)),
        "grace_days": Fact("Days of grace", "grace_days", minor=True),
        "holds_months": Fact("Holds for months", "holds_months", minor=True),
        "active": Fact("In use", "active", Look.TICK, sort=("active",)),
        "position": Fact("Position", "position", sort=("position",), minor=True),
        "service": Fact("Service", "service"),
    }
    shown = {
        Side.COORDINATION: Shown(
            "name if_missing grace_days holds_months active",
            file="name kind if_missing grace_days holds_months active position service",
        )
    }
    filters = {
        "kind": filters.of_choices("Kind", RequirementKind.choices, "kind"),
        "if_missing": filters.of_choices("A gap", IfMissing.choices, "if_missing"),
    }
