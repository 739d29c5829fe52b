"""The register of people: who is here with which role, whether they have signed in, and inviting somebody."""

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ...access.accounts import accounts
from ...access.roles import TABLES, Role
from ...access.rules import REGISTERS, Side
from ...actions import people
from ...models import Cluster, ListItem, ListName, Practitioner, School, Service, in_force
from ...reports import second_yes
from .. import filters
from ..facts import Fact, Look, Shown, day_of, words
from ..guarded import GuardedModelAdmin
from ..guarded_forms import CHOOSE, RecordForm
from ..person_page import Invite, PeopleList, PersonPage
from ..sections import Entry, Section

GROUNDS = {Service: "In the service", Cluster: "In a cluster", School: "In a school"}


class InvitationForm(RecordForm):
    """Who is invited, and what they will do here: a role, or a place in the team."""

    field_order = ["first_name", "last_name", "email", "does", "on"]

    email = forms.EmailField(
        label="E-mail address",
        help_text="Their own, at work. The invitation goes there, and they sign in with it.",
        error_messages={
            "required": "Enter the person's e-mail address.",
            "invalid": "Enter an address like name@school.example.",
        },
    )
    does = forms.ChoiceField(
        label="Role",
        help_text="More roles can be given afterwards. A therapist is placed at their schools afterwards.",
        error_messages={"required": "Choose a role.", "invalid_choice": "Choose a role from the list."},
    )
    on = forms.ChoiceField(
        label="Where",
        required=False,
        help_text="The school or cluster of the role. Not needed where there is only one.",
        error_messages={"invalid_choice": "Choose from the list."},
    )

    class Meta:
        model = get_user_model()
        fields = ["first_name", "last_name"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        grounds = {ground: self._own(ground) for ground in GROUNDS}
        several = len(grounds[Service]) > 1
        disciplines = REGISTERS[ListItem].visible(self.user).filter(list=ListName.DISCIPLINE, active=True)
        team = [
            (item, f"{item.label}, {item.service}" if several else item.label)
            for item in disciplines.select_related("service")
        ]
        roles = {
            words: [(role, role.title) for role in Role if role.value.on is ground and grounds[ground]]
            for ground, words in GROUNDS.items()
        }
        self.does = {"In the team": team} | roles
        self.on = {label: [(one, one.name) for one in grounds[ground]] for ground, label in PLACES.items()}
        self.fields["does"].choices = _choices(self.does)
        self.fields["on"].choices = _choices(self.on)

    def _own(self, ground):
        """The services, clusters or schools whose roles this person gives."""
        register = REGISTERS[ground]
        return [one for one in register.visible(self.user) if register.changed(self.user, one)]

    def clean(self):
        cleaned = super().clean()
        does, on = _chosen(self.does, cleaned.get("does")), _chosen(self.on, cleaned.get("on"))
        if isinstance(does, Role):
            on = self._where(does, on)
        elif does and on and on != does.service:
            self.add_error("on", "Leave this empty: a therapist is placed at schools afterwards.")
        return cleaned | {"does": does, "on": on}

    def _where(self, role, on):
        """Where the role is held: as chosen, or the only place that there is."""
        kind = role.value.on
        if on is None:
            places = [one for one, _ in self.on[PLACES[kind]]]
            on = places[0] if len(places) == 1 else None
        if not isinstance(on, kind):
            self.add_error("on", f"Choose the {kind._meta.verbose_name} of this role.")
        return on


PLACES = {Service: "Services", Cluster: "Clusters", School: "Schools"}


def _key(one):
    return one.codename if isinstance(one, Role) else str(one.uuid)


def _choices(groups):
    listed = [(label, [(_key(one), name) for one, name in group]) for label, group in groups.items() if group]
    return [("", CHOOSE), *listed]


def _chosen(groups, key):
    return next((one for group in groups.values() for one, _ in group if _key(one) == key), None)


def roles_of(person):
    """What they do here now, in words."""
    rows = [row for name in HELD for row in getattr(person, name)]
    held = [f"{row.permission.name}, {row.content_object}" for row in rows]
    return "; ".join([*held, *(str(post.discipline) for post in person.posts_now)])


def standing(person):
    """Whether they can sign in."""
    if not person.is_active:
        return "Account closed"
    if person.invited_until:
        return f"Invited until {words(day_of('invited_until')(person))}"
    return "Signs in" if person.has_usable_password() else "Cannot sign in yet"


HELD = {f"{table._meta.model_name}s_now": table for table in TABLES.values()}


class People(GuardedModelAdmin):
    model = get_user_model()
    base_url_path = "people"
    menu_icon = "group"
    form_class = InvitationForm
    is_changed_here = False
    has_history = False  # an account may belong to two services, and neither reads what the other did
    order = ("last_name", "first_name", "pk")
    add_label = "Invite a person"
    page_after_saving = True
    empty_words = "Nobody yet."

    facts = {
        "name": Fact("Person", str, sort=("last_name", "first_name"), sought=("first_name", "last_name")),
        "email": Fact("E-mail address", "email", sought=("email",), minor=True),
        "roles": Fact("Roles", roles_of),
        "standing": Fact("Account", standing, Look.STATUS, strong=lambda person: bool(person.invited_until)),
        "second_step": Fact("Second step set up", "has_second_step", Look.TICK, minor=True),
        "last_sign_in": Fact("Last signed in", day_of("last_login"), sort=("last_login",), minor=True),
    }
    shown = {
        Side.COORDINATION: Shown(
            "name roles standing second_step last_sign_in", "name email standing second_step last_sign_in"
        )
    }
    filters = {
        "account": filters.of_cases(
            "Account", {"open": ("Open", lambda: Q(is_active=True)), "closed": ("Closed", lambda: Q(is_active=False))}
        )
    }

    def visible(self, user):
        """With what they hold of what this person looks after: another service's roles are not shown."""
        held = [
            Prefetch(
                f"{table._meta.model_name}s",
                REGISTERS[table].visible(user).filter(in_force()).select_related("permission", "content_object"),
                to_attr=name,
            )
            for name, table in HELD.items()
        ]
        posts = REGISTERS[Practitioner].visible(user).filter(in_force()).select_related("discipline")
        held.append(Prefetch("practitioners", posts, to_attr="posts_now"))
        return accounts().with_standing(super().visible(user)).prefetch_related(*held)

    def sections_of(self, user, record):
        roles = [
            Entry(
                row.permission.name,
                reverse(f"casework_{row._meta.model_name}_modeladmin_inspect", args=[row.uuid]),
                str(row.content_object),
            )
            for name in HELD
            for row in getattr(record, name)
        ]
        post_page = "casework_practitioner_modeladmin_inspect"
        posts = [
            Entry(str(post.discipline), reverse(post_page, args=[post.uuid]), "In the team")
            for post in record.posts_now
        ]
        waits = [Entry(role, reverse("casework_second_yes")) for role in second_yes.of_person(user, record)]
        held = Section("Does now", "Holds no role here now.", roles + posts)
        return [held, Section("Waits for a second yes", "", waits)] if waits else [held]

    def index_view(self, request: HttpRequest) -> HttpResponse:
        return self._view(PeopleList, request)

    def create_view(self, request: HttpRequest) -> HttpResponse:
        return self._view(Invite, request)

    def inspect_view(self, request: HttpRequest, uuid) -> HttpResponse:
        return self._view(PersonPage, request, uuid=uuid)

    def save(self, record, form, *, by):
        given = form.to_save()
        return people.invite(
            email=given["email"],
            first_name=given["first_name"],
            last_name=given["last_name"],
            does=given["does"],
            on=given["on"],
            by=by,
        )
