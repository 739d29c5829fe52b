"""The register of allocations: which therapist works which case, and when they meet. Each opens its case file."""

from django.urls import reverse

from ...access.rules import Side
from ...models import Allocation, Practitioner, School
from .. import filters
from ..facts import Fact, Shown, day_of, words
from ..guarded import GuardedModelAdmin


def slot(allocation):
    """The weekly hour, as far as it is fixed."""
    return f"{allocation.get_weekday_display() or ''} {words(allocation.time)}".strip()


class Allocations(GuardedModelAdmin):
    model = Allocation
    base_url_path = "allocations"
    menu_icon = "clipboard-list"
    has_page = False
    related = ("referral__pupil", "referral__school", "practitioner")
    empty_words = "No allocations yet. When a therapist takes a case, it appears here."

    facts = {
        "case": Fact(
            "Case", lambda allocation: allocation.referral.reference, sought=("referral__reference",), brief=True
        ),
        "pupil": Fact(
            "Pupil", lambda allocation: allocation.referral.pupil.short_name, sought=("referral__pupil__first_name",)
        ),
        "last_name": Fact("Last name", "referral.pupil.last_name", sought=("referral__pupil__last_name",)),
        "school": Fact(
            "School", lambda allocation: allocation.referral.school.name, sort=("referral__school__name",), minor=True
        ),
        "therapist": Fact(
            "Therapist",
            lambda allocation: allocation.practitioner.name,
            sort=("practitioner__name",),
            sought=("practitioner__name",),
        ),
        "slot": Fact("Weekly hour", slot, sort=("weekday", "time")),
        "from": Fact("From", day_of("starts_at"), sort=("starts_at",), minor=True),
        "until": Fact("Until", day_of("ends_at"), sort=("ends_at",), minor=True),
    }
    shown = {
        Side.COORDINATION: Shown(
            "case pupil school therapist slot from until",
            file="case pupil school therapist slot from until",
            elsewhere="last_name",
        ),
        Side.SUPERVISION: Shown("case pupil school therapist slot from"),
        Side.SCHOOL: Shown(
            "case pupil therapist slot from until", file="case pupil therapist slot from until", elsewhere="last_name"
        ),
        Side.THERAPY: Shown("case pupil school slot from", elsewhere="last_name"),
    }
    filters = {
        "standing": filters.standing(),
        "therapist": filters.of_records("Therapist", Practitioner, "practitioner"),
        "school": filters.of_records("School", School, "referral__school"),
    }

    def address_of(self, record):
        return reverse("casework_case", args=[record.referral.uuid])
