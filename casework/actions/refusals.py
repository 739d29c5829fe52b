"""Why an action was refused, in a form that a screen can show."""

from typing import Any


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
