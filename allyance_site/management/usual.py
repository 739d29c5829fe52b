"""What a service begins with, as plain data: its lists, what it asks of its team, and the rules of supervision.

Its coordinator changes what differs.
"""

from decimal import Decimal
from typing import Any

from casework.models import (
    GroupCounts,
    IfMissing,
    ListItem,
    ListName,
    Requirement,
    RequirementKind,
    Service,
    SupervisionRule,
    WorkKind,
)

DISCIPLINES = [
    "Play therapist",
    "Music therapist",
    "Psychodynamic counsellor",
    "Art therapist",
    "Counsellor",
    "Clinical supervisor",
]
BODIES = {
    "PTUK": "https://playtherapyregister.org.uk/",
    "UKCP": "https://www.psychotherapy.org.uk/find-a-therapist/",
    "BACP": "https://www.bacp.co.uk/search/Register",
    "HCPC": "https://www.hcpc-uk.org/check-the-register/",
}
"""The professional bodies, with the page of each where anybody can look a member up."""

BODY_OF = {
    "Play therapist": "PTUK",
    "Music therapist": "HCPC",
    "Art therapist": "HCPC",
    "Psychodynamic counsellor": "BACP",
    "Counsellor": "BACP",
    "Clinical supervisor": "UKCP",
}

REASONS = [
    "Bereavement",
    "Parents living apart",
    "Illness in the family",
    "Violence at home",
    "Worry and fear",
    "Sadness",
    "Anger",
    "Friendships and bullying",
    "Something frightening that happened",
    "Adoption, or living away from parents",
    "How the child sees themself",
    "Hurting themself",
    "Identity",
    "Coming to school",
    "Moving to a new school",
    "Not speaking at school",
    "Quarrels in the family",
    "A relative in prison",
    "Caring for a relative",
]
CLOSURES = [
    "Planned ending after a review",
    "Planned ending without a review",
    "No more was needed after the assessment",
    "The child or the family chose to stop",
    "Did not come any more",
    "Could not be reached",
    "Back with the school’s own support",
    "Passed on to CAMHS with permission",
    "Passed on to another service",
    "Moved away",
]
PASSES_ON = {"Passed on to CAMHS with permission": "camhs", "Passed on to another service": "service"}
"""The closing reasons that wait for the family's agreement."""
TRIED = [
    "Regular talks with a known adult",
    "A quiet place to go",
    "A group for friendships or feelings",
    "Meeting with the family",
    "Changes in the classroom",
    "Advice from the SENDCO",
]
HELPERS = [
    "Family doctor",
    "School nurse",
    "Social worker",
    "Early help worker",
    "CAMHS",
    "Educational psychologist",
    "A charity or youth service",
]
CAME = "Came"
ABSENT = "Away from school"
DECLINED_TODAY = "Did not want to come today"
TRIP = "School trip, exam or closed day"
THERAPIST_AWAY = "Therapist away"

ATTENDANCE = {
    CAME: (True, True),
    "Came late": (True, True),
    "Too late to begin": (True, False),
    ABSENT: (True, False),
    DECLINED_TODAY: (True, False),
    "Cancelled by the family": (True, False),
    TRIP: (True, False),
    "No room": (True, False),
    "Suspended": (True, False),
    THERAPIST_AWAY: (False, False),
    "Cancelled by us": (False, False),
}
"""Label: whether the hour is charged to the school, and whether the pupil was seen."""

GROUP, PARENTS, AGENCIES = "Group", "Meeting with parents", "Multi-agency meeting"
ADVICE, TRAVEL, SUPERVISION = "Advice and training for staff", "Travel", "Supervision"

WORK = {
    GROUP: (True, WorkKind.GROUP),
    PARENTS: (True, WorkKind.PARENTS),
    AGENCIES: (True, ""),
    ADVICE: (True, ""),
    "Work with the whole school": (True, ""),
    "Moving to secondary school": (True, ""),
    TRAVEL: (False, WorkKind.TRAVEL),
    SUPERVISION: (False, WorkKind.SUPERVISION),
}
"""Other work: whether it is charged to the school, and what the system knows of it."""

LISTS = {
    ListName.WORK: list(WORK),
    ListName.DISCIPLINE: DISCIPLINES,
    ListName.BODY: list(BODIES),
    ListName.REASON: REASONS,
    ListName.ATTENDANCE: list(ATTENDANCE),
    ListName.CLOSURE: CLOSURES,
    ListName.TRIED: TRIED,
    ListName.HELPER: HELPERS,
}

STOPS, SUPERVISOR, WARNS = IfMissing.STOPS, IfMissing.SUPERVISOR, IfMissing.WARNS

REQUIREMENTS: dict[str, dict[str, Any]] = {
    "Enhanced DBS check": {"kind": RequirementKind.DBS, "if_missing": STOPS, "holds_months": 36},
    "Registration": {"kind": RequirementKind.REGISTRATION, "if_missing": STOPS},
    "Insurance": {"kind": RequirementKind.INSURANCE, "if_missing": STOPS},
    "Safeguarding training": {"kind": RequirementKind.TRAINING, "if_missing": SUPERVISOR, "holds_months": 12},
    "Qualification": {"kind": RequirementKind.QUALIFICATION, "if_missing": WARNS},
    "References": {"kind": RequirementKind.REFERENCES, "if_missing": WARNS},
    "Right to work": {"kind": RequirementKind.RIGHT_TO_WORK, "if_missing": WARNS},
    "Induction": {"kind": RequirementKind.INDUCTION, "if_missing": WARNS},
    "Reading of the year": {"kind": RequirementKind.READING, "if_missing": WARNS, "grace_days": 30},
    "School’s safeguarding pack": {"kind": RequirementKind.PACK, "if_missing": WARNS, "grace_days": 30},
}
"""What is asked of each practitioner, by name, in their order."""

TO_CONFIRM = "To be confirmed by the service."
OWN_NUMBER: dict[str, Any] = {
    "hours_a_month": Decimal(1),
    "who_counts": f"The service’s own number, until the body’s rule is looked up. {TO_CONFIRM}",
}
HOURS: dict[str, dict[str, Any]] = {
    "BACP": {"hours_a_month": Decimal("1.5"), "who_counts": f"A supervisor whom the body accepts. {TO_CONFIRM}"},
}
"""How much supervision a body asks for, by its name on the list; every other starts with a number of the service's own.
None of it is law: bodies change their rules, so the service confirms each."""


def make_lists(services: list[Service]) -> list[ListItem]:
    """The entries of every list, for each of these services."""
    rows = []
    for service in services:
        for which, labels in LISTS.items():
            for position, label in enumerate(labels):
                charged, seen = ATTENDANCE.get(label, (True, True))
                charged, work_kind = WORK.get(label, (charged, ""))
                rows.append(
                    ListItem(
                        service=service, list=which, label=label, position=position, charged=charged, seen=seen,
                        passes_on_to=PASSES_ON.get(label, ""), public_register=BODIES.get(label, ""),
                        work_kind=work_kind,
                    )
                )  # fmt: skip
    return ListItem.objects.bulk_create(rows)


def requirements(service: Service) -> list[Requirement]:
    """What a service asks of its team, not saved yet."""
    return [
        Requirement(service=service, name=name, position=position, **fields)
        for position, (name, fields) in enumerate(REQUIREMENTS.items())
    ]


def supervision_rules(service: Service) -> list[SupervisionRule]:
    """A rule for each body on a service's list, not saved yet."""
    return [
        SupervisionRule(
            service=service, body=body, group_counts=GroupCounts.SHARED, **HOURS.get(body.label, OWN_NUMBER)
        )
        for body in service.list_items.filter(list=ListName.BODY)
    ]
