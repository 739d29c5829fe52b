"""Why an action was refused, in a form that a screen can show."""

from typing import Any

from django.core.exceptions import ValidationError


class StaleVersion(Exception):
    """Somebody saved this record after the form was opened; `current` is how it stands now."""

    def __init__(self, current: Any) -> None:
        super().__init__(str(current))
        self.current = current


class StepRefused(Exception):
    """A step cannot be taken now; `reasons` says in words what it needs."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = list(reasons)

    @property
    def words(self) -> str:
        """What whoever asked for it is told."""
        return f"This cannot be done yet: it needs {' and '.join(self.reasons)}."


class AlreadyReferred(ValidationError):
    """This pupil has an open referral: `known` is that one, and None for somebody who may know no more of it."""

    def __init__(self, known: Any = None) -> None:
        self.known = known
        super().__init__(
            f"This pupil is already referred: go on with {known.reference}."
            if known
            else "Somebody else is writing a referral of this pupil, and has not sent it yet. Ask the school, or who "
            "coordinates with you, to go on with that one."
        )
