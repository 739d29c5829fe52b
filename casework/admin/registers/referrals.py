"""The register of referrals: where each stands and whose move it is. A referral opens as its case file."""

from django.db.models import Prefetch, Q
from django.urls import reverse

from ...access.rules import Side
from ...lifecycle import FINISHED, UNDECIDED, WORKED, Status
from ...models import Allocation, HowSoon, Referral, School, YearGroup, in_force
from .. import filters
from ..facts import Fact, Look, Shown, day_of
from ..guarded import GuardedModelAdmin
from ..question_facts import question_facts


def therapist(referral):
    """Who works the case now."""
    return referral.allocations_now[0].practitioner.name if referral.allocations_now else ""


class Referrals(GuardedModelAdmin):
    model = Referral
    base_url_path = "referrals"
    menu_icon = "list-ul"
    has_page = False
    related = ("pupil", "school__cluster", "school__service", "closure_reason")
    add_label = "Refer a child"
    empty_words = "No referrals yet. When a school refers a pupil, it appears here."

    facts = {
        "reference": Fact("Reference", "reference", sort=("created_at",), sought=("reference",), brief=True),
        "pupil": Fact("Pupil", lambda referral: referral.pupil.short_name, sought=("pupil__first_name",)),
        "last_name": Fact("Last name", "pupil.last_name", sought=("pupil__last_name",)),
        "school": Fact(
            "School",
            lambda referral: referral.school.name,
            sort=("school__name",),
            sought=("school__name",),
            minor=True,
        ),
        "year_group": Fact("Year", "get_year_group_display", minor=True, brief=True),
        "how_soon": Fact("How soon", lambda referral: referral.get_how_soon_display().capitalize(), minor=True),
        "status": Fact(
            "Status",
            "get_status_display",
            Look.STATUS,
            sort=("status",),
            strong=lambda referral: referral.status not in FINISHED,
        ),
        "since": Fact("Since", "status_since", Look.SINCE, sort=("status_since",), minor=True, brief=True),
        "next": Fact("Next move", lambda referral: referral.next_mover.capitalize(), minor=True),
        "therapist": Fact("Therapist", therapist, minor=True),
        "source": Fact(
            "Referred by", lambda referral: referral.source_name or referral.get_source_display().capitalize()
        ),
        "sent": Fact("Sent", day_of("submitted_at")),
        "decided": Fact("Decided", day_of("decided_at")),
        "closed": Fact("Closed", day_of("closed_at")),
        "closure_reason": Fact("Closing reason", "closure_reason"),
    }
    in_file = "reference year_group how_soon status since next therapist sent decided closed"
    shown = {
        Side.COORDINATION: Shown(
            "reference pupil school year_group status since next therapist",
            file=f"{in_file} pupil school source closure_reason",
            elsewhere="last_name",
        ),
        Side.SUPERVISION: Shown("reference pupil school status since therapist"),
        Side.SCHOOL: Shown(
            "reference pupil year_group status since next therapist", file=f"{in_file} pupil", elsewhere="last_name"
        ),
        Side.THERAPY: Shown("reference pupil school year_group status since", elsewhere="last_name"),
    }
    filters = {
        "stage": filters.of_cases(
            "Stage",
            {
                "open": ("Open", lambda: ~Q(status__in=FINISHED)),
                "deciding": ("Being decided", lambda: Q(status__in=UNDECIDED)),
                "waiting": ("Waiting for a therapist", lambda: Q(status=Status.ACCEPTED)),
                "working": ("With a therapist", lambda: Q(status__in=WORKED)),
                "finished": ("Finished", lambda: Q(status__in=FINISHED)),
            },
        ),
        "status": filters.of_choices("Status", Status.choices, "status"),
        "school": filters.of_records("School", School, "school"),
        "how_soon": filters.of_choices(
            "How soon", [(soon.value, soon.label.capitalize()) for soon in HowSoon], "how_soon"
        ),
        "year_group": filters.of_choices("Year group", YearGroup.choices, "year_group"),
    }

    def with_related(self, records):
        working = Allocation.objects.filter(in_force()).select_related("practitioner")
        return (
            super().with_related(records).prefetch_related(Prefetch("allocations", working, to_attr="allocations_now"))
        )

    def more_for_file(self, user):
        """The answers to the service's own questions, for those who read them."""
        return question_facts(user)

    def address_of(self, record):
        return reverse("casework_case", args=[record.uuid])

    def add_address(self):
        return reverse("casework_refer")
