"""What a service asks of its practitioners when it starts; its coordinator changes it from then on."""

from typing import Any

from .readiness import IfMissing, Requirement, RequirementKind
from .services import Service

STOPS, SUPERVISOR, WARNS = IfMissing.STOPS, IfMissing.SUPERVISOR, IfMissing.WARNS

USUAL: dict[str, dict[str, Any]] = {
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
"""By name, in their order."""


def usual_requirements(service: Service) -> list[Requirement]:
    """The rows of a new service, not saved yet."""
    return [
        Requirement(service=service, name=name, position=position, **fields)
        for position, (name, fields) in enumerate(USUAL.items())
    ]
