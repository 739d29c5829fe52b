"""The register of sessions: when each was, how long, and whether it happened. Each opens its case file."""

from django.urls import reverse

from ...access.rules import Side
from ...models import Practitioner, School, Session
from .. import filters
from ..facts import Fact, Shown
from ..guarded import GuardedModelAdmin


class Sessions(GuardedModelAdmin):
    model = Session
    base_url_path = "sessions"
    menu_icon = "calendar-check"
    has_page = False
    related = ("referral__pupil", "referral__school", "practitioner", "attendance")
    empty_words = "No sessions yet. A therapist records one from the case or from today's list."

    facts = {
        "when": Fact("When", "starts_at", sort=("starts_at",)),
        "case": Fact("Case", lambda session: session.referral.reference, sought=("referral__reference",), brief=True),
        "pupil": Fact(
            "Pupil",
            lambda session: session.referral.pupil.short_name,
            sought=("referral__pupil__first_name",),
            minor=True,
        ),
        "last_name": Fact("Last name", "referral.pupil.last_name", sought=("referral__pupil__last_name",)),
        "school": Fact(
            "School", lambda session: session.referral.school.name, sort=("referral__school__name",), minor=True
        ),
        "therapist": Fact(
            "Therapist",
            lambda session: session.practitioner.name,
            sort=("practitioner__name",),
            sought=("practitioner__name",),
            minor=True,
        ),
        "minutes": Fact("Minutes", "minutes", sort=("minutes",), minor=True),
        "attendance": Fact("Did it happen?", lambda session: session.attendance.label, sort=("attendance__label",)),
        "charged": Fact("Charged", lambda session: session.attendance.charged),
    }
    shown = {
        Side.COORDINATION: Shown(
            "when case pupil school therapist minutes attendance",
            file="when case school therapist minutes attendance charged",
            elsewhere="last_name",
        ),
        Side.SUPERVISION: Shown("when case pupil school therapist minutes attendance"),
        Side.SCHOOL: Shown(
            "when case pupil therapist minutes attendance",
            file="when case therapist minutes attendance charged",
            elsewhere="last_name",
        ),
        Side.THERAPY: Shown("when case pupil school minutes attendance", elsewhere="last_name"),
    }
    filters = {
        "from": filters.of_day("From", "starts_at", "gte"),
        "until": filters.of_day("Until", "starts_at", "lte"),
        "therapist": filters.of_records("Therapist", Practitioner, "practitioner"),
        "school": filters.of_records("School", School, "referral__school"),
    }

    def address_of(self, record):
        return reverse("casework_case", args=[record.referral.uuid])
