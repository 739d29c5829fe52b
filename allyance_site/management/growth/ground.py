"""What the cases stand on: a service with its schools and its team, and the people whose pages are measured."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone

from allyance_site.people.models import User
from casework.access.roles import Role
from casework.models import (
    Cluster,
    HoursEntry,
    HoursKind,
    ListItem,
    ListName,
    Placement,
    Practitioner,
    School,
    SchoolRole,
    SchoolYear,
    Service,
    ServiceAgreement,
    Term,
)
from casework.models.months import september_of

NAME = "Grown for measuring"
SCHOOLS, CLUSTERS, THERAPISTS = 300, 30, 200
HOURS = 100
PEOPLE = ("many", "few", "none", "head", "coordinator")
"""Therapists with many, few and no cases, the head of the first school, and the coordinator."""


@dataclass(frozen=True)
class Grown:
    """The ground of a grown service, as ids, who refers at each school, and the people whose pages are measured."""

    service: Service
    schools: list[int]
    sendcos: dict[int, int]
    team: list[int]
    attendance: int
    closure: int
    people: dict[str, User]


@transaction.atomic
def ground() -> Grown:
    """The service, its schools and its people; made once."""
    service, made = Service.objects.get_or_create(name=NAME)
    if made:
        _make(service)
    sendcos = SchoolRole.objects.filter(
        permission=_permission(Role.SENDCO), content_object__service=service, user__last_name=NAME
    )
    items = dict(service.list_items.values_list("list", "pk"))
    return Grown(
        service=service,
        schools=list(service.schools.order_by("pk").values_list("pk", flat=True)),
        sendcos=dict(sendcos.values_list("content_object_id", "user_id")),
        team=list(service.practitioners.order_by("pk").values_list("pk", flat=True)),
        attendance=items[ListName.ATTENDANCE],
        closure=items[ListName.CLOSURE],
        people={user.first_name: user for user in User.objects.filter(last_name=NAME, first_name__in=PEOPLE)},
    )


def _make(service: Service) -> None:
    labels = {
        ListName.DISCIPLINE: "Play therapist",
        ListName.ATTENDANCE: "Came",
        ListName.CLOSURE: "Planned ending",
    }
    items = {
        which: ListItem.objects.create(service=service, list=which, label=label) for which, label in labels.items()
    }
    clusters = Cluster.objects.bulk_create(
        [Cluster(service=service, name=f"Cluster {number}") for number in range(CLUSTERS)]
    )
    schools = School.objects.bulk_create(
        [
            School(
                service=service, cluster=clusters[number % CLUSTERS], name=f"School {number}", urn=f"{800_000 + number}"
            )
            for number in range(SCHOOLS)
        ]
    )
    people = {
        name: User.objects.create_user(f"{name}@grown.allyance.example", first_name=name, last_name=NAME)
        for name in PEOPLE
    }
    accounts = [people["many"], people["few"], people["none"]] + [None] * (THERAPISTS - 3)
    team = Practitioner.objects.bulk_create(
        [
            Practitioner(
                service=service,
                user=account,
                name=f"Therapist {number}",
                discipline=items[ListName.DISCIPLINE],
                weekly_hours=40,
            )
            for number, account in enumerate(accounts)
        ]
    )
    Placement.objects.bulk_create(
        [
            Placement(practitioner=person, school=schools[number % SCHOOLS], monday=True)
            for number, person in enumerate(team)
        ]
    )
    for role, person, on in [(Role.HEAD, "head", schools[0]), (Role.COORDINATOR, "coordinator", service)]:
        role.table.objects.create(user=people[person], permission=_permission(role), content_object=on)
    sendcos = User.objects.bulk_create(
        [
            User(email=f"sendco{number}@grown.allyance.example", password=make_password(None), last_name=NAME)
            for number in range(SCHOOLS)
        ]
    )
    _agree(service, schools, people["coordinator"])
    permission = _permission(Role.SENDCO)
    SchoolRole.objects.bulk_create(
        [
            SchoolRole(user=sendco, permission=permission, content_object=school)
            for sendco, school in zip(sendcos, schools, strict=True)
        ]
    )


def _agree(service: Service, schools: list[School], coordinator: User) -> None:
    """This school year, and an agreement of each school for it whose hours are booked."""
    today = timezone.localdate()
    first = september_of(today).year
    year = SchoolYear.objects.create(service=service, starts_on=date(first, 9, 1), ends_on=date(first + 1, 8, 31))
    Term.objects.create(school_year=year, name="The year", starts_on=date(first, 9, 3), ends_on=date(first + 1, 7, 20))
    agreements = ServiceAgreement.objects.bulk_create(
        ServiceAgreement(
            school=school, school_year=year, hours=HOURS, rate=50, signed_on=year.starts_on, made_by=coordinator
        )
        for school in schools
    )
    HoursEntry.objects.bulk_create(
        HoursEntry(
            school=agreement.school, on=year.starts_on, kind=HoursKind.AGREED, hours=HOURS, agreement=agreement,
            by=coordinator,
        )
        for agreement in agreements
    )  # fmt: skip


def _permission(role: Role) -> Permission:
    return Permission.objects.get(codename=role.codename, content_type__app_label="casework")
