"""The register of concerns: where each is from and whose move it is, never what it says or whom it is about."""

from django.urls import reverse

from ...access.rules import Side
from ...models import Concern, ConcernStatus, School
from .. import filters
from ..concern_raise import concern_address
from ..facts import Fact, Look, Shown
from ..guarded import GuardedModelAdmin

LISTED = "reference school raised status clock"


class Concerns(GuardedModelAdmin):
    model = Concern
    base_url_path = "concerns"
    menu_icon = "warning"
    has_page = False
    related = ("school",)
    order = ("-raised_at", "-pk")
    add_label = "Raise a concern"
    empty_words = "No concerns. One that you raise, or that you are told of, appears here."

    facts = {
        "reference": Fact("Concern", "reference", sought=("reference",), brief=True),
        "school": Fact("School", lambda concern: concern.school.name, sort=("school__name",)),
        "raised": Fact("Written down", "raised_at", sort=("raised_at",), minor=True),
        "status": Fact(
            "Status", lambda concern: concern.get_status_display(), Look.STATUS, strong=lambda concern: concern.is_red
        ),
        "clock": Fact("Whose move", lambda concern: whose_move(concern), minor=True),
    }
    shown = dict.fromkeys((Side.SUPERVISION, Side.SCHOOL, Side.THERAPY, Side.OTHER), Shown(LISTED))
    filters = {
        "status": filters.of_choices("Status", ConcernStatus.choices, "status"),
        "school": filters.of_records("School", School, "school"),
    }

    def with_related(self, records):
        return super().with_related(records).defer("named", "own_words", "seen", "opinion")

    def address_of(self, record):
        return concern_address(record)

    def add_address(self):
        return reverse("casework_concern_begin")


def whose_move(concern: Concern) -> str:
    """Who must act next, and since when it is late."""
    if concern.status == ConcernStatus.RAISED:
        return "Late: nobody has acknowledged it" if concern.is_late else "To be acknowledged"
    if concern.status == ConcernStatus.ACKNOWLEDGED:
        return "The outcome is to come back"
    return "Nobody’s"
