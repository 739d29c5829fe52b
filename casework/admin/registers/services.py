"""The register of services: what a coordinator sets for a whole service."""

from django.urls import reverse

from ...access import second_yes
from ...access.rules import REGISTERS, Side
from ...actions import services
from ...models import Cluster, School, Service
from ..facts import Fact, Shown
from ..guarded import GuardedModelAdmin
from ..guarded_forms import RecordForm
from ..sections import Entry, Section

NUMBERS = ("children_services_telephone", "out_of_hours_telephone", "lado_telephone")
CLOCK = ("concern_hours", "danger_minutes")
LIMITS = ("decide_within", "begin_within", "contact_within", "look_again_after")
"""After how many days something is late, or looked at again."""


class ServiceForm(RecordForm):
    """What a coordinator sets; a service itself is made by the technical administrator."""

    class Meta:
        model = Service
        fields = [
            "name",
            "decides",
            "contact_email",
            *NUMBERS,
            *CLOCK,
            *LIMITS,
            "agreement_months",
            "parents_first",
            "missed_in_a_row",
            "checks_understanding",
            "supervision_within",
            "two_people_for_roles",
            "two_people_for_help",
        ]


def two_people(service):
    """Whether it takes two people to give a role."""
    if not service.two_people_for_roles:
        return "No: the others are told, and one click undoes"
    waits = second_yes.waiting().filter(service=service, user=None).exists()
    return "Yes; that one person gives roles again waits for a second yes" if waits else "Yes"


class Services(GuardedModelAdmin):
    model = Service
    base_url_path = "services"
    menu_icon = "globe"
    form_class = ServiceForm
    is_added_here = False
    order = ("name", "pk")
    page_after_saving = True
    empty_words = "You coordinate no service."

    facts = {
        "name": Fact("Name", "name"),
        "decides": Fact("Who decides on a referral", lambda service: service.get_decides_display().capitalize()),
        "contact_email": Fact("E-mail for questions", "contact_email", minor=True),
        "children_services": Fact("Children’s services", "children_services_telephone"),
        "out_of_hours": Fact("Children’s services out of hours", "out_of_hours_telephone"),
        "lado": Fact("LADO", "lado_telephone"),
        "concern_hours": Fact("Hours to acknowledge a concern", "concern_hours"),
        "danger_minutes": Fact("Minutes where somebody is in danger", "danger_minutes"),
        "agreement_months": Fact("An agreement holds for (months)", "agreement_months", minor=True),
        "decide_within": Fact("Days to decide", "decide_within", minor=True),
        "begin_within": Fact("Days from decision to first session", "begin_within", minor=True),
        "contact_within": Fact("Days without contact", "contact_within", minor=True),
        "look_again_after": Fact("Days to look again at who waits", "look_again_after", minor=True),
        "parents_first": Fact("A meeting with the parents first", "parents_first", minor=True),
        "missed_in_a_row": Fact("Missed sessions in a row", "missed_in_a_row", minor=True),
        "checks_understanding": Fact("What is read in the library is checked", "checks_understanding", minor=True),
        "supervision_within": Fact("Weeks to bring a case to supervision", "supervision_within", minor=True),
        "two_people": Fact("Two people for a role", two_people),
        "two_people_for_help": Fact("Two people to take “Get help now” off the website", "two_people_for_help"),
    }
    shown = {
        Side.COORDINATION: Shown(
            "name decides contact_email",
            " ".join(
                (
                    "name decides contact_email children_services out_of_hours lado concern_hours danger_minutes",
                    *LIMITS,
                    "agreement_months parents_first missed_in_a_row checks_understanding supervision_within",
                    "two_people two_people_for_help",
                )
            ),
            " ".join(("name decides contact_email agreement_months", *LIMITS)),
        )
    }

    def save(self, record, form, *, by):
        return services.save(record, by=by, version=form.cleaned_data.get("version"), **form.to_save())

    def sections_of(self, user, record):
        clusters = REGISTERS[Cluster].visible(user).filter(service=record)
        schools = REGISTERS[School].visible(user).filter(service=record, cluster=None)
        paper = Entry("Referral form on paper (PDF)", reverse("casework_refer_form", args=[record.uuid]))
        return [
            Section("For another service to fill in", "", [paper]),
            Section(
                "Clusters",
                "No clusters yet.",
                [
                    Entry(str(cluster), reverse("casework_cluster_modeladmin_inspect", args=[cluster.uuid]))
                    for cluster in clusters
                ],
            ),
            Section(
                "Schools that buy in",
                "None.",
                [
                    Entry(str(school), reverse("casework_school_modeladmin_inspect", args=[school.uuid]))
                    for school in schools
                ],
            ),
        ]
