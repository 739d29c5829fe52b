"""The anchor: where the chain ended on a day, written to a place that the database's administrator does not reach.

One line a day is appended to `anchor.log` in ALLYANCE_ANCHOR_DIR: mount there what another machine keeps.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from ..models import AuditLink


@dataclass(frozen=True)
class Head:
    """The last link of the chain at some time."""

    seq: int
    mac: str
    at: str


def head() -> Head | None:
    """The last link now; None for an empty chain."""
    last = AuditLink.objects.order_by("-seq").first()
    return Head(last.seq, last.mac, timezone.now().isoformat(timespec="seconds")) if last else None


def write() -> Head | None:
    """Append the head to the anchor's file, and return it."""
    current = head()
    if current:
        path = _path()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("a") as file:
            file.write(json.dumps(asdict(current)) + "\n")
    return current


def kept() -> list[Head]:
    """Every head that was anchored."""
    try:
        lines = _path().read_text().splitlines()
    except FileNotFoundError:
        return []
    return [Head(**json.loads(line)) for line in lines if line.strip()]


def _path() -> Path:
    return Path(settings.AUDIT_ANCHOR_DIR) / "anchor.log"
