"""The register of placements: who works at which school, on which days."""

from ...access.rules import Side
from ...models import WEEKDAYS, Placement, Practitioner, School
from .. import filters
from ..facts import Fact, Shown, day_of
from ..guarded import GuardedModelAdmin
from ..guarded_forms import RecordForm


class PlacementForm(RecordForm):
    """Practitioner and school are chosen once; the days may change."""

    fixed = ("practitioner", "school")

    class Meta:
        model = Placement
        fields = ["practitioner", "school", *WEEKDAYS]

    def choices_for(self, name, field):
        """Who is with the service now, but for oneself: nobody is placed by their own hand."""
        visible = super().choices_for(name, field)
        return visible.current().exclude(user=self.user) if name == "practitioner" else visible

    def clean(self):
        cleaned = super().clean()
        practitioner, school = cleaned.get("practitioner"), cleaned.get("school")
        if practitioner and school and practitioner.service_id != school.service_id:
            self.add_error("school", "Choose a school of the practitioner's own service.")
        return cleaned


class Placements(GuardedModelAdmin):
    model = Placement
    base_url_path = "placements"
    menu_icon = "calendar-alt"
    form_class = PlacementForm
    ends = True
    end_question = "The school's waiting list and documents close to them now. Cases that they work stay with them."
    related = ("practitioner", "school")
    order = ("school__name", "practitioner__name", "pk")
    empty_words = "No placements yet. A placement opens a school's waiting list and documents to a practitioner."

    facts = {
        "practitioner": Fact(
            "Practitioner",
            lambda placement: placement.practitioner.name,
            sort=("practitioner__name",),
            sought=("practitioner__name",),
        ),
        "school": Fact(
            "School", lambda placement: placement.school.name, sort=("school__name",), sought=("school__name",)
        ),
        "days": Fact("Days", "days"),
        "from": Fact("From", day_of("starts_at"), sort=("starts_at",), minor=True),
        "until": Fact("Until", day_of("ends_at"), sort=("ends_at",), minor=True),
    }
    everything = "practitioner school days from until"
    shown = {
        Side.COORDINATION: Shown(everything, everything, everything),
        Side.SUPERVISION: Shown(everything, everything),
        Side.SCHOOL: Shown("practitioner days from until", everything),
        Side.THERAPY: Shown("practitioner school days", everything),
    }
    filters = {
        "school": filters.of_records("School", School, "school"),
        "practitioner": filters.of_records("Practitioner", Practitioner, "practitioner"),
        "standing": filters.standing(),
    }
