"""Makes the demo's accounts, gives each its role, and places the therapists at their schools."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from allyance_site.people import demo
from allyance_site.people.demo_accounts import DEMO_ACCOUNTS, DOMAIN
from allyance_site.people.models import User
from casework.access import grants
from casework.access.roles import Role
from casework.access.rules import TECHNICAL_ADMINISTRATORS, WEBSITE_EDITORS
from casework.models import WEEKDAYS, ListName, Placement, Practitioner

from .. import usual
from . import ground
from .places import Places
from .plot import LATER
from .weeks import SchoolWeeks, year_starts

TUESDAY = 1


@dataclass(frozen=True)
class People:
    """Accounts by key (`head.fernhill` where the sign-in page has no card), and the team."""

    accounts: dict[str, User]
    practitioners: dict[str, Practitioner]
    later: str

    def head(self, school: str) -> User:
        """The head of a school."""
        return self.accounts[HEADS.get(school, f"head.{school}")]

    def referrer(self, school: str) -> User:
        """Who writes a school's referrals: its SENDCO where it has one here, else its head."""
        return self.accounts["sendco"] if school == "cawdale" else self.head(school)

    def coordinator(self, service: str) -> User:
        """Who coordinates a service."""
        return self.accounts["coordinator" if service == ground.LARKWELL else "coordinator.harbourside"]


HEADS = {"cawdale": "head", "brackenfield": "head2"}


def make(places: Places, weeks: SchoolWeeks, password: str) -> People:
    """Everybody; only the accounts of the sign-in page have a password, and nobody is a superuser."""
    since = year_starts(weeks.year - 1)
    accounts = _accounts(password, since)
    later = _later(weeks)
    people = People(accounts, _team(places, accounts, since), later)
    _placements(places, people, since)
    _roles(places, people, since)
    demo.set_up_second_steps()
    Group.objects.get(name=WEBSITE_EDITORS).user_set.add(accounts["editor"])
    Group.objects.get(name=TECHNICAL_ADMINISTRATORS).user_set.add(accounts["admin"])
    return people


def set_password(password: str) -> None:
    """Give the accounts of the sign-in page this password."""
    emails = [account.email for account in DEMO_ACCOUNTS]
    User.objects.filter(email__in=emails).update(password=make_password(password))


def _accounts(password: str, since: datetime) -> dict[str, User]:
    names = {account.key: (account.first_name, account.last_name) for account in DEMO_ACCOUNTS}
    signs_in = set(names)
    names |= {key: person.name for key, person in ground.PRACTITIONERS.items() if key not in names}
    names |= {f"head.{key}": school.head for key, school in ground.SCHOOLS.items() if key not in HEADS}
    names["coordinator.harbourside"] = ground.HARBOURSIDE_COORDINATOR
    hashed, unusable = make_password(password), make_password(None)
    rows = User.objects.bulk_create(
        User(
            email=f"{key}@{DOMAIN}",
            first_name=first,
            last_name=last,
            password=hashed if key in signs_in else unusable,
            date_joined=since,
        )
        for key, (first, last) in names.items()
    )
    return dict(zip(names, rows, strict=True))


def _team(places: Places, accounts: dict[str, User], since: datetime) -> dict[str, Practitioner]:
    rows = []
    for key, person in ground.PRACTITIONERS.items():
        service = places.services[person.service]
        rows.append(
            Practitioner(
                service=service,
                user=accounts[key],
                name=accounts[key].get_full_name(),
                discipline=places.item(service, ListName.DISCIPLINE, person.discipline),
                body=places.item(service, ListName.BODY, usual.BODY_OF[person.discipline]),
                on_website=person.on_website,
                weekly_hours=person.weekly_hours,
                languages=person.languages,
                starts_at=since,
            )
        )
        grants.join_library(accounts[key])
    return dict(zip(ground.PRACTITIONERS, Practitioner.objects.bulk_create(rows), strict=True))


def _placements(places: Places, people: People, since: datetime) -> None:
    Placement.objects.bulk_create(
        Placement(
            practitioner=people.practitioners[key],
            school=places.schools[school],
            starts_at=since,
            **{people.later if day == LATER else day: True for day in days},
        )
        for key, person in ground.PRACTITIONERS.items()
        for school, days in person.placements.items()
    )


def _roles(places: Places, people: People, since: datetime) -> None:
    """By command, so by nobody: only a coordinator gives roles otherwise."""
    larkwell, harbourside = places.services[ground.LARKWELL], places.services[ground.HARBOURSIDE]
    roles = [
        (Role.COORDINATOR, "coordinator", larkwell),
        (Role.SUPERVISOR, "supervisor", larkwell),
        (Role.SAFEGUARDING_LEAD, "supervisor", larkwell),
        (Role.STEERING, "steering", larkwell),
        (Role.COORDINATOR, "coordinator.harbourside", harbourside),
        (Role.TSL, "tsl", places.clusters["Harbourside"]),
        (Role.SENDCO, "sendco", places.schools["cawdale"]),
        (Role.DSL, "dsl", places.schools["cawdale"]),
    ]
    for role, key, on in roles:
        grants.give_role(role, to=people.accounts[key], on=on, by=None, starts_at=since)
    for key, school in places.schools.items():
        grants.give_role(Role.HEAD, to=people.head(key), on=school, by=None, starts_at=since)


def _later(weeks: SchoolWeeks) -> str:
    """Today's weekday where it is a school day and no Monday, else Tuesday."""
    today = weeks.today.weekday()
    return WEEKDAYS[today if weeks.is_open(weeks.today) and today else TUESDAY]
