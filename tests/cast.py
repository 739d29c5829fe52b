"""The cast: two services that know nothing of each other, and who plays which part in them.

Everything of the second service says a canary word wherever somebody could write one, so that a test can look for
these words in whatever a person of the first service is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission
from django.db.models import Model
from django.utils import timezone

from allyance_site.people.models import User
from casework.access.grants import LIBRARY_READERS
from casework.access.roles import Role
from casework.access.rules import TECHNICAL_ADMINISTRATORS, WEBSITE_EDITORS
from casework.models import (
    Carer,
    Cluster,
    Enrolment,
    ListItem,
    ListName,
    Phase,
    Placement,
    Practitioner,
    ProcessNote,
    Pupil,
    Referral,
    School,
    Service,
    Session,
)
from tests.factories import (
    PASSWORD,
    CarerFactory,
    ClusterFactory,
    EnrolmentFactory,
    FamilyFactory,
    ListItemFactory,
    PlacementFactory,
    PractitionerFactory,
    ProcessNoteFactory,
    PupilFactory,
    ReferralFactory,
    SchoolFactory,
    ServiceFactory,
    SessionFactory,
)

LISTS = {
    ListName.DISCIPLINE: ["Play therapist", "Music therapist"],
    ListName.REASON: ["Bereavement", "Friendships"],
    ListName.ATTENDANCE: ["Came", "Pupil absent"],
    ListName.CLOSURE: ["Planned ending"],
}

PEOPLE = {
    "coordinator": ("Rowan", "Ashby"),
    "supervisor": ("Miriam", "Brandt"),
    "therapist": ("Saoirse", "Calder"),
    "other_therapist": ("Tomasz", "Dolan"),
    "head": ("Priya", "Elwood"),
    "other_head": ("Huw", "Farley"),
    "sendco": ("Leila", "Garside"),
    "dsl": ("Joanna", "Hartwell"),
    "tsl": ("Desmond", "Ivory"),
    "steering": ("Ingrid", "Jessop"),
    "editor": ("Callum", "Kelham"),
    "technical": ("Nadia", "Lyle"),
    "outsider": ("Quorlio", "Abbadine"),
    "hidden_therapist": ("Zelphine", "Ostrick"),
    "hidden_head": ("Mavroy", "Tindlemar"),
}

CANARIES = {
    "service": "Brimquist",
    "cluster": "Dorvane",
    "school": "Felquay",
    "town": "Glimthorne",
    "room": "Hespera",
    "telephone": "01632 960777",
    "first_name": "Ivelisk",
    "last_name": "Jorrowen",
    "carer": "Kestrivel",
    "carer_email": "lumbreck@family.example",
    "pupil_reference": "P-990017",
    "referral_reference": "R97-990018",
    "concerns": "murrowhite",
    "strengths": "nackerby",
    "tried": "ostelwick",
    "own_words": "pellidore",
    "strategies": "quenlow",
    "note": "rathmoor",
    "people": "Quorlio Abbadine Zelphine Ostrick Mavroy Tindlemar",
}
"""What stands in the second service, and nowhere else."""

CANARY_WORDS = frozenset(word for text in CANARIES.values() for word in ([text] if text[:2] == "01" else text.split()))
"""Each of them alone: none may be in an answer to anybody of the first service."""


@dataclass(frozen=True)
class Cast:
    """Who and what there is. No case of the first service is among it, for each test wants another: make it with
    `ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)`."""

    service: Service
    cluster: Cluster
    school: School
    other_school: School
    buys_in_school: School
    items: dict[str, ListItem]
    coordinator: User
    supervisor: User
    therapist: User
    other_therapist: User
    head: User
    other_head: User
    sendco: User
    dsl: User
    tsl: User
    steering: User
    editor: User
    technical: User
    therapist_practitioner: Practitioner
    other_practitioner: Practitioner
    placement: Placement
    other_placement: Placement
    pupil: Pupil
    carer: Carer
    other_pupil: Pupil
    other_carer: Carer

    other_service: Service
    hidden_cluster: Cluster
    hidden_school: School
    outsider: User
    hidden_therapist: User
    hidden_head: User
    hidden_practitioner: Practitioner
    hidden_pupil: Pupil
    hidden_carer: Carer
    hidden_referral: Referral
    hidden_session: Session
    hidden_note: ProcessNote

    def people(self) -> dict[str, User]:
        """Everyone who signs in, by their part."""
        return {part: getattr(self, part) for part in PEOPLE}


def build() -> Cast:
    """Make them all. What many tests do not need is made in bulk: this runs before each test that names the cast."""
    people = _people()
    parts: dict[str, Any] = {**people, **_first_service(people), **_second_service(people)}
    Enrolment.objects.bulk_create(
        EnrolmentFactory.build(pupil=parts[f"{part}pupil"], school=parts[f"{part}school"])
        for part in ("", "other_", "hidden_")
    )
    _roles(parts)
    return Cast(**parts)


def _people() -> dict[str, User]:
    password = make_password(PASSWORD)
    users = User.objects.bulk_create(
        User(email=f"{part}@allyance.example", first_name=first, last_name=last, password=password)
        for part, (first, last) in PEOPLE.items()
    )
    return dict(zip(PEOPLE, users, strict=True))


def _first_service(people: dict[str, User]) -> dict[str, Any]:
    service = ServiceFactory(name="Larkwell School Counselling")
    cluster = ClusterFactory(service=service, name="Easterby")
    school, other_school, buys_in_school = School.objects.bulk_create(
        [
            SchoolFactory.build(service=service, cluster=cluster, name="Cawdale Primary School", room="The Nest"),
            SchoolFactory.build(service=service, cluster=cluster, name="Brackenfield Primary School"),
            SchoolFactory.build(service=service, cluster=None, name="Garrowby Village College", phase=Phase.SECONDARY),
        ]
    )
    items = _items(service)
    practitioner, other_practitioner = Practitioner.objects.bulk_create(
        PractitionerFactory.build(service=service, user=people[part], discipline=items[discipline])
        for part, discipline in [("therapist", "Play therapist"), ("other_therapist", "Music therapist")]
    )
    placement, other_placement = Placement.objects.bulk_create(
        [
            PlacementFactory.build(practitioner=practitioner, school=school),
            PlacementFactory.build(practitioner=other_practitioner, school=other_school),
        ]
    )
    pupil, carer = _pupil(school, first_name="Wren", last_name="Marlow")
    other_pupil, other_carer = _pupil(other_school, first_name="Jude", last_name="Nettleton")
    return {
        "service": service,
        "cluster": cluster,
        "school": school,
        "other_school": other_school,
        "buys_in_school": buys_in_school,
        "items": items,
        "therapist_practitioner": practitioner,
        "other_practitioner": other_practitioner,
        "placement": placement,
        "other_placement": other_placement,
        "pupil": pupil,
        "carer": carer,
        "other_pupil": other_pupil,
        "other_carer": other_carer,
    }


def _second_service(people: dict[str, User]) -> dict[str, Any]:
    service = ServiceFactory(name=f"{CANARIES['service']} Cluster Partnership", meeting_decides=True)
    cluster = ClusterFactory(service=service, name=CANARIES["cluster"])
    school = SchoolFactory(
        service=service,
        cluster=cluster,
        name=f"{CANARIES['school']} Primary School",
        town=CANARIES["town"],
        room=CANARIES["room"],
        telephone=CANARIES["telephone"],
    )
    items = _items(service)
    practitioner = PractitionerFactory(
        service=service, user=people["hidden_therapist"], discipline=items["Play therapist"]
    )
    PlacementFactory(practitioner=practitioner, school=school)
    pupil, carer = _pupil(
        school,
        reference=CANARIES["pupil_reference"],
        first_name=CANARIES["first_name"],
        last_name=CANARIES["last_name"],
        carer_name=CANARIES["carer"],
        carer_email=CANARIES["carer_email"],
        carer_telephone=CANARIES["telephone"],
    )
    referral = ReferralFactory(
        active=True,
        school=school,
        pupil=pupil,
        reference=CANARIES["referral_reference"],
        referred_by=people["hidden_head"],
        practitioner=practitioner,
        **{name: CANARIES[name] for name in ("concerns", "strengths", "tried", "own_words")},
    )
    session = SessionFactory(
        referral=referral, practitioner=practitioner, attendance=items["Came"], strategies=CANARIES["strategies"]
    )
    return {
        "other_service": service,
        "hidden_cluster": cluster,
        "hidden_school": school,
        "hidden_practitioner": practitioner,
        "hidden_pupil": pupil,
        "hidden_carer": carer,
        "hidden_referral": referral,
        "hidden_session": session,
        "hidden_note": ProcessNoteFactory(session=session, text=CANARIES["note"]),
    }


def _items(service: Service) -> dict[str, ListItem]:
    rows = ListItem.objects.bulk_create(
        ListItemFactory.build(service=service, list=name, label=label, seen=label != "Pupil absent")
        for name, labels in LISTS.items()
        for label in labels
    )
    return {row.label: row for row in rows}


def _pupil(
    school: School, *, carer_name: str = "Ada Carer", carer_email: str = "", carer_telephone: str = "", **fields: Any
) -> tuple[Pupil, Carer]:
    family = FamilyFactory(service=school.service)
    pupil = PupilFactory(school=school, family=family, carer=None, enrolment=None, **fields)
    return pupil, CarerFactory(family=family, name=carer_name, email=carer_email, telephone=carer_telephone)


def _roles(parts: dict[str, Any]) -> None:
    """Who holds which role, since yesterday."""
    held = [
        (Role.COORDINATOR, "coordinator", "service"),
        (Role.SUPERVISOR, "supervisor", "service"),
        (Role.STEERING, "steering", "service"),
        (Role.COORDINATOR, "outsider", "other_service"),
        (Role.TSL, "tsl", "cluster"),
        (Role.HEAD, "head", "school"),
        (Role.SENDCO, "sendco", "school"),
        (Role.DSL, "dsl", "school"),
        (Role.HEAD, "other_head", "other_school"),
        (Role.HEAD, "hidden_head", "hidden_school"),
    ]
    permissions = {row.codename: row for row in Permission.objects.filter(content_type__app_label="casework")}
    since = timezone.now() - timedelta(days=1)
    for table, rows in groupby(held, key=lambda row: row[0].table):
        table.objects.bulk_create(
            table(user=parts[part], permission=permissions[role.codename], content_object=parts[on], starts_at=since)
            for role, part, on in rows
        )
    readers = {part for _, part, _ in held} | {"therapist", "other_therapist", "hidden_therapist"}
    _join(LIBRARY_READERS, [parts[part] for part in sorted(readers)])
    _join(WEBSITE_EDITORS, [parts["editor"]])
    _join(TECHNICAL_ADMINISTRATORS, [parts["technical"]])


def _join(name: str, people: Iterable[Model]) -> None:
    Group.objects.get_or_create(name=name)[0].user_set.add(*people)
