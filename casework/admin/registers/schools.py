"""The register of schools: members of a cluster, and those that buy in."""

from django import forms
from django.db.models import Q
from django.urls import reverse

from ...access.rules import REGISTERS, Side, can_view_hours
from ...models import Cluster, Phase, Placement, School, SchoolRole, in_force
from .. import filters
from ..facts import Fact, Shown
from ..guarded import GuardedModelAdmin
from ..guarded_forms import RecordForm
from ..hours_page import hours_address
from ..pupil_list_ways import SchoolPage
from ..school_sections import letters_to, pack_of
from ..sections import Entry, Section


class SchoolForm(RecordForm):
    """A school; its service is chosen once."""

    fixed = ("service",)

    class Meta:
        model = School
        fields = ["service", "name", "cluster", "phase", "urn", "town", "room", "telephone"]
        widgets = {
            "urn": forms.TextInput(attrs={"inputmode": "numeric"}),
            "telephone": forms.TextInput(attrs={"type": "tel"}),
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["cluster"].empty_label = "None: it buys in"

    def clean(self):
        cleaned = super().clean()
        cluster, service = cleaned.get("cluster"), cleaned.get("service") or self.instance.service_id
        if cluster and service and cluster.service_id != getattr(service, "pk", service):
            self.add_error("cluster", "Choose a cluster of the same service.")
        return cleaned


STAFF = "name cluster phase town room telephone"


class Schools(GuardedModelAdmin):
    model = School
    base_url_path = "schools"
    menu_icon = "home"
    form_class = SchoolForm
    related = ("service", "cluster")
    order = ("name", "pk")
    page_after_saving = True
    empty_words = "No schools yet. A school is a member of a cluster, or buys in."

    facts = {
        "name": Fact("Name", "name", sort=("name",), sought=("name",)),
        "cluster": Fact("Cluster", lambda school: school.cluster or "Buys in", sort=("cluster__name",), minor=True),
        "phase": Fact("Phase", "get_phase_display", sort=("phase",), minor=True),
        "town": Fact("Town", "town", sort=("town",), sought=("town",)),
        "room": Fact("Room for sessions", "room", minor=True),
        "telephone": Fact("School office", "telephone"),
        "urn": Fact("URN", "urn", sought=("urn",), minor=True),
        "decides": Fact("Who decides on a referral", lambda school: school.decides.label.capitalize()),
        "service": Fact("Service", "service"),
    }
    shown = {
        Side.COORDINATION: Shown(
            "name cluster phase town telephone",
            f"{STAFF} urn decides service",
            "name urn cluster phase town room telephone",
        ),
        Side.SUPERVISION: Shown("name cluster phase town", f"{STAFF} decides"),
        Side.SCHOOL: Shown("name phase room telephone", f"{STAFF} urn decides"),
        Side.THERAPY: Shown("name town room telephone", f"{STAFF} decides"),
        Side.OTHER: Shown("name phase town", "name cluster phase town"),
    }
    filters = {
        "cluster": filters.of_records("Cluster", Cluster, "cluster"),
        "phase": filters.of_choices("Phase", Phase.choices, "phase"),
        "kind": filters.of_cases(
            "Member or buys in",
            {
                "member": ("Member of a cluster", lambda: Q(cluster__isnull=False)),
                "buys_in": ("Buys in", lambda: Q(cluster__isnull=True)),
            },
        ),
    }

    def inspect_view(self, request, uuid):
        return self._view(SchoolPage, request, uuid=uuid)

    def sections_of(self, user, record):
        sections = []
        if can_view_hours(user, record):
            sections.append(Section("Hours", "", [Entry("Bought, used and left", hours_address(record))]))
        sections += pack_of(user, record)
        if REGISTERS[Placement].listed(user):
            placements = REGISTERS[Placement].visible(user).filter(in_force(), school=record)
            entries = [
                Entry(
                    placement.practitioner.name,
                    reverse("casework_placement_modeladmin_inspect", args=[placement.uuid]),
                    f"{placement.practitioner.discipline}, {placement.days}",
                )
                for placement in placements.select_related("practitioner__discipline", "school")
            ]
            sections.append(Section("Who works here", "Nobody is placed here now.", entries))
        sections += letters_to(user, record)
        if REGISTERS[SchoolRole].listed(user):
            roles = REGISTERS[SchoolRole].visible(user).filter(in_force(), content_object=record)
            entries = [
                Entry(
                    str(role.user),
                    reverse("casework_schoolrole_modeladmin_inspect", args=[role.uuid]),
                    role.permission.name,
                )
                for role in roles.select_related("user", "permission")
            ]
            sections.append(Section("Roles", "Nobody holds a role here yet.", entries))
        return sections
