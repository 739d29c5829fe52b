"""The registers of roles: who holds which role on what. A role is given and ended, never changed."""

from django import forms

from ...access import grants, rules
from ...access.roles import Role
from ...access.rules import REGISTERS, Side
from ...models import Cluster, ClusterRole, Proposal, School, SchoolRole, Service, ServiceRole
from .. import filters
from ..facts import Fact, Look, Shown, day_of
from ..guarded import GuardedModelAdmin
from ..guarded_forms import RecordForm
from ..people import account_of


class RoleForm(RecordForm):
    """Who gets which role, on what, and why. The person is named by the address of their account."""

    field_order = ["email", "role", "on", "reason"]
    ground: type

    email = forms.EmailField(
        label="E-mail address",
        help_text="Of the person's account.",
        error_messages={
            "required": "Enter the person's e-mail address.",
            "invalid": "Enter an address like name@school.example.",
        },
    )
    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect)
    on = forms.ModelChoiceField(Service.objects.none())
    reason = forms.CharField(
        label="Reason", max_length=120, help_text="Why, in a few words: for example, new head from January.",
        error_messages={"required": "Say why, in a few words."},
    )  # fmt: skip

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        roles = [role for role in Role if role.value.on is self.ground]
        self.fields["role"].choices = [(role.codename, f"{role.title}. {role.value.sentence}") for role in roles]

    def choices_for(self, name, field):
        """The services, clusters or schools whose roles this person gives."""
        visible = REGISTERS[self.ground].visible(self.user)
        changed = REGISTERS[self.ground].changed
        return visible.filter(pk__in=[ground.pk for ground in visible if changed(self.user, ground)])

    def clean(self):
        cleaned = super().clean()
        person, on = account_of(self, cleaned.get("email", ""), "email"), cleaned.get("on")
        if person and on and not rules.can_give_role(self.user, person, on):
            self.add_error("email", "Nobody gives a role to themselves: another coordinator does it.")
        cleaned["person"] = person
        return cleaned


def form_of(row: type, on: type, label: str) -> type[RoleForm]:
    """The form of one of the three tables of roles."""
    meta = type("Meta", (), {"model": row, "fields": ["reason"]})
    return type(
        f"{row.__name__}Form",
        (RoleForm,),
        {"Meta": meta, "ground": on, "on": forms.ModelChoiceField(on.objects.none(), label=label)},
    )


def stands(row):
    """Whether the role is held now."""
    if row.is_current():
        return "Holds it"
    return "Ended" if row.has_ended else "Not yet"


class Roles(GuardedModelAdmin):
    """What the three registers share."""

    model = ServiceRole
    menu_icon = "key"
    is_changed_here = False
    ends = True
    end_question = (
        "What the role opened closes to the person at their next click. Its history stays, and it can be given again."
    )
    related = ("user", "permission", "content_object", "given_by")
    order = ("-starts_at", "-pk")
    add_label = "Give a role"
    empty_words = "Nobody holds a role here yet."

    facts = {
        "person": Fact(
            "Person",
            "user",
            sort=("user__last_name", "user__first_name"),
            sought=("user__first_name", "user__last_name"),
        ),
        "email": Fact("E-mail address", "user.email", sought=("user__email",), minor=True),
        "role": Fact("Role", "permission.name", sort=("permission__name",)),
        "on": Fact("On", "content_object", sort=("content_object__name",)),
        "stands": Fact("Now", stands, Look.STATUS, strong=lambda row: row.is_current()),
        "from": Fact("From", day_of("starts_at"), sort=("starts_at",), minor=True),
        "until": Fact("Until", day_of("ends_at"), sort=("ends_at",), minor=True),
        "given_by": Fact("Given by", lambda row: row.given_by or "Set up by command"),
        "reason": Fact("Reason", "reason"),
    }
    whole = "person email role on from until given_by reason"
    shown = {Side.COORDINATION: Shown("person role on stands from", whole, whole)}

    def save(self, record, form, *, by):
        given = form.cleaned_data
        role = Role.of(given["role"])
        return grants.give_role(role, to=given["person"], on=given["on"], by=by, reason=given["reason"])

    def said(self, saved, *, added):
        if isinstance(saved, Proposal):
            return "This role waits for a second yes, and opens nothing until then. Those who may say it are told."
        return super().said(saved, added=added)

    def end(self, record, *, by):
        grants.end_role(record, by=by)


def filters_of(on: type, label: str) -> dict:
    """What the register of one table is filtered by."""
    roles = [(role.codename, role.title) for role in Role if role.value.on is on]
    return {
        "standing": filters.standing(),
        "role": filters.of_choices("Role", roles, "permission__codename"),
        "on": filters.of_records(label, on, "content_object"),
    }


class ServiceRoles(Roles):
    model = ServiceRole
    base_url_path = "service-roles"
    form_class = form_of(ServiceRole, Service, "Service")
    filters = filters_of(Service, "Service")


class ClusterRoles(Roles):
    model = ClusterRole
    base_url_path = "cluster-roles"
    form_class = form_of(ClusterRole, Cluster, "Cluster")
    filters = filters_of(Cluster, "Cluster")


class SchoolRoles(Roles):
    model = SchoolRole
    base_url_path = "school-roles"
    form_class = form_of(SchoolRole, School, "School")
    filters = filters_of(School, "School")
