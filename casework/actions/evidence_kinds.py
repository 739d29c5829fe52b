"""What is written down of each kind of requirement, and what it is called there: one table."""

from dataclasses import dataclass

from ..models import Requirement, RequirementKind


@dataclass(frozen=True)
class Asks:
    """The labels of what is asked; what has none is not asked. `must` names what cannot be left empty.

    `looked_up` says where it is looked up again whether it still holds; empty where nothing can be looked up.
    """

    dated: str = "Date on it"
    number: str = ""
    issuer: str = ""
    level: str = ""
    expires_on: str = ""
    must: frozenset[str] = frozenset()
    looked_up: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that are asked, in the order of the form."""
        return tuple(name for name in FIELDS if getattr(self, name))


FIELDS = ("level", "issuer", "number", "dated", "expires_on")
REGISTRATION, DBS, INSURANCE = RequirementKind.REGISTRATION, RequirementKind.DBS, RequirementKind.INSURANCE

KINDS: dict[str, Asks] = {
    REGISTRATION: Asks(
        issuer="Professional body",
        number="Registration number",
        dated="Registered, or last renewed, on",
        expires_on="Last day of the registration",
        must=frozenset({"issuer", "number", "expires_on"}),
        looked_up="the body’s public register",
    ),
    DBS: Asks(
        level="Level, and which lists were checked",
        number="Number of the certificate",
        dated="Date of issue",
        must=frozenset({"level", "number"}),
        looked_up="the update service",
    ),
    RequirementKind.TRAINING: Asks(
        level="What it was about",
        issuer="Provider",
        dated="Day of the training",
        expires_on="Last day, where the certificate names one",
        must=frozenset({"issuer"}),
    ),
    INSURANCE: Asks(
        level="What it covers",
        issuer="Insurer",
        number="Number of the policy",
        dated="Date on the certificate",
        expires_on="Last day of the cover",
        must=frozenset({"issuer", "number", "expires_on"}),
    ),
    RequirementKind.QUALIFICATION: Asks(
        level="Qualification", issuer="Awarded by", dated="Awarded on", must=frozenset({"level", "issuer"})
    ),
    RequirementKind.REFERENCES: Asks(
        level="How many, and in what way they know the person", dated="Date of the last one", must=frozenset({"level"})
    ),
    RequirementKind.RIGHT_TO_WORK: Asks(
        level="What was seen", dated="Day of the check", expires_on="Last day, where there is one",
        must=frozenset({"level"}),
    ),
    RequirementKind.INDUCTION: Asks(level="What it covered", issuer="Given by", dated="Finished on"),
    RequirementKind.OTHER: Asks(
        level="What was seen", issuer="From whom", number="Number", expires_on="Last day, where there is one"
    ),
}  # fmt: skip


def asked_of(requirement: Requirement) -> Asks:
    """What is written down of a requirement. KeyError for what the library and the packs say themselves."""
    return KINDS[requirement.kind]
