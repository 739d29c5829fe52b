"""The roles that a person can hold: each in a sentence, and what it is held on.

What a role sees and does is in `rules/`, by the sets that are named here.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db import models

from ..models import Cluster, ClusterRole, RoleRow, School, SchoolRole, Service, ServiceRole


@dataclass(frozen=True)
class About:
    """A role's permission, what it is held on, its title and its sentence."""

    codename: str
    on: type[models.Model]
    title: str
    sentence: str


class Role(Enum):
    """Every role. A therapist is not one: placements and allocations say what a therapist sees."""

    COORDINATOR = About(
        "coordinator",
        Service,
        "Coordinator",
        "Sees every referral that was sent in the service, finds therapist, school and hour, "
        "and looks after website, library and set-up. Never reads process notes.",
    )
    SUPERVISOR = About(
        "clinical_supervisor",
        Service,
        "Clinical supervisor",
        "Sees the team's cases and concerns about children, and leads supervision; reads a process note that its "
        "author brought to supervision, and any other only with a reason that its author is told.",
    )
    SAFEGUARDING_LEAD = About(
        "safeguarding_lead",
        Service,
        "Safeguarding lead",
        "Reads every concern of the service, also about adults, and sees that each is answered. Sees no referral.",
    )
    STEERING = About(
        "steering_member",
        Service,
        "Steering group member",
        "Sees the service in figures, and nothing about one child.",
    )
    TRUSTEE = About("trustee", Service, "Trustee", "Answers for the service. Sees no referral.")
    DATA_PROTECTION = About(
        "data_protection_lead",
        Service,
        "Data protection lead",
        "Answers requests about personal data. Sees no referral.",
    )
    TSL = About(
        "targeted_services_leader",
        Cluster,
        "Targeted Services Leader",
        "Sees the cluster and its schools, and no referral.",
    )
    HEAD = About(
        "headteacher",
        School,
        "Headteacher",
        "Sees their school's referrals, waiting list, allocations and strategies; decides with the placed therapist; "
        "hears of a concern about an adult of the school. Never process notes.",
    )
    SENDCO = About(
        "sendco", School, "SENDCO", "Refers pupils of their school and sees what became of it. Never process notes."
    )
    DSL = About(
        "designated_safeguarding_lead",
        School,
        "Designated safeguarding lead",
        "Gets their school's concerns about children, acknowledges them and says what was done; sees the school's "
        "details and safeguarding documents. Sees no referral.",
    )
    CHAIR = About(
        "chair_of_governors",
        School,
        "Chair of governors",
        "Hears of a concern about the head; sees their school's details and safeguarding documents. Sees no referral.",
    )

    @property
    def codename(self) -> str:
        return self.value.codename

    @property
    def title(self) -> str:
        return self.value.title

    @property
    def table(self) -> type[RoleRow]:
        """The table that holds it."""
        return TABLES[self.value.on]

    @classmethod
    def of(cls, codename: str) -> "Role":
        """The role of a permission; ValueError for an unknown one."""
        for role in cls:
            if role.codename == codename:
                return role
        raise ValueError(codename)


TABLES: dict[Any, type[RoleRow]] = {Service: ServiceRole, Cluster: ClusterRole, School: SchoolRole}

SCHOOL_STAFF = (Role.HEAD, Role.SENDCO)
"""Those of a school who refer, and see the school's side of the work."""
