"""A school's pupil list on its way into the register: read from a file, looked through, then brought in or dropped."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..sealed import SealedTextField, TextKind
from .keys import SealedRecord
from .records import Record
from .services import School


class RowKind(models.TextChoices):
    """What a row comes to, beside what the register says."""

    NEW = "new", "new"
    CHANGED = "changed", "changed"
    SAME = "same", "the same"
    KNOWN = "known", "looks like a pupil who is known"
    PROBLEM = "problem", "has a problem"


@dataclass
class ListRow:
    """One row: where it stood in the file, what was read, and what it comes to."""

    number: int
    read: dict[str, str]
    kind: str = ""
    values: dict[str, str] = field(default_factory=dict)
    """What was read as the register keeps it; nothing where there is a problem."""
    to_mend: dict[str, str] = field(default_factory=dict)
    """What to do, by column."""
    differs: dict[str, list[str]] = field(default_factory=dict)
    """What the register says now and what it would say, by column."""
    pupil: int | None = None
    version: int | None = None
    like: list[int] = field(default_factory=list)
    """The pupils whom the child may be, of those whom the sender may learn of."""
    like_elsewhere: bool = False
    like_row: int | None = None
    is_another: bool = False
    """Its sender said that it is another child."""
    reads_otherwise: bool = False
    """It came to something else than what its sender had said yes to."""
    done: bool = False

    @property
    def is_to_save(self) -> bool:
        """Whether a yes to the list saves this row."""
        return self.kind in (RowKind.NEW, RowKind.CHANGED) or (self.kind == RowKind.KNOWN and self.is_another)

    @property
    def needs_somebody(self) -> bool:
        """Whether it is left to a person."""
        return self.kind in (RowKind.PROBLEM, RowKind.KNOWN) and not self.done


class PupilList(Record, SealedRecord):
    """One list of one school. Its rows are sealed under a key of their own, and gone with it after a week at most; that
    it was brought in, and how many pupils it added, stays."""

    class State(models.TextChoices):
        CHECKING = "checking", "being checked"
        READY = "ready", "waits for your yes"
        ADDING = "adding", "being brought in"
        DONE = "done", "brought in"
        STOPPED = "stopped", "cancelled"
        OVER = "over", "dropped after a week"

    AT_WORK = (State.CHECKING, State.ADDING)

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="pupil_lists", verbose_name="school")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="sent by"
    )
    state = models.CharField("state", max_length=8, choices=State.choices, default=State.CHECKING)
    rows = SealedTextField("rows", kind=TextKind.CONTACT, blank=True)
    total = models.PositiveSmallIntegerField("rows in the file")
    passed = models.PositiveSmallIntegerField("rows behind us", default=0)
    agreed_at = models.DateTimeField("said yes", null=True)
    added = models.PositiveSmallIntegerField("pupils added", default=0)
    changed = models.PositiveSmallIntegerField("pupils changed", default=0)
    left = models.PositiveSmallIntegerField("rows left", default=0)
    attempts = models.PositiveSmallIntegerField("attempts", default=0)
    due_at = models.DateTimeField("due", default=timezone.now)

    REGISTER_TEXT = frozenset({"state"})

    class Meta(Record.Meta):
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at"], name="pupil_list_at_work", condition=models.Q(state__in=["checking", "adding"])
            )
        ]

    def __str__(self) -> str:
        return f"list of {timezone.localtime(self.created_at):%-d %B %Y}"

    @property
    def is_at_work(self) -> bool:
        """Whether the worker has something to do with it."""
        return self.state in self.AT_WORK

    def read_rows(self) -> list[ListRow]:
        """Its rows; none once they were dropped."""
        return [ListRow(**row) for row in json.loads(self.rows or "[]")]

    def write_rows(self, rows: Iterable[ListRow]) -> None:
        self.rows = json.dumps([asdict(row) for row in rows])

    def drop_rows(self) -> None:
        """Nothing is left of them, here or in any copy of this row."""
        self.rows = ""
        self.data_key.destroy()
