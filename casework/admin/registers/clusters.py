"""The register of clusters."""

from django.urls import reverse

from ...access.rules import REGISTERS, Side
from ...models import Cluster, School
from ..facts import Fact, Shown
from ..guarded import GuardedModelAdmin
from ..guarded_forms import RecordForm
from ..sections import Entry, Section


class ClusterForm(RecordForm):
    """A cluster; its service is chosen once."""

    fixed = ("service",)

    class Meta:
        model = Cluster
        fields = ["service", "name", "decides"]


class Clusters(GuardedModelAdmin):
    model = Cluster
    base_url_path = "clusters"
    menu_icon = "group"
    form_class = ClusterForm
    related = ("service",)
    order = ("name", "pk")
    page_after_saving = True
    empty_words = "No clusters yet. A cluster is a group of schools of one area that work together."

    facts = {
        "name": Fact("Name", "name", sort=("name",), sought=("name",)),
        "service": Fact("Service", "service"),
        "decides": Fact(
            "Who decides on a referral",
            lambda cluster: cluster.get_decides_display().capitalize() or "As the service does",
        ),
    }
    shown = {
        Side.COORDINATION: Shown("name decides", "name service decides", "name service decides"),
        Side.SUPERVISION: Shown("name decides", "name service decides"),
        Side.OTHER: Shown("name decides", "name service decides"),
    }

    def sections_of(self, user, record):
        schools = REGISTERS[School].visible(user).filter(cluster=record)
        entries = [
            Entry(
                school.name,
                reverse("casework_school_modeladmin_inspect", args=[school.uuid]),
                school.get_phase_display(),
            )
            for school in schools
        ]
        return [Section("Schools", "No schools yet. Open a school and choose this cluster there.", entries)]
