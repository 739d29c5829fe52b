"""A school's pupil list, from the file to the register: looked through and brought in by the worker, piece by piece.

Nothing is saved before its sender says yes to what they were shown. After the yes every row is looked at again; where
one comes to something else, nothing is saved and they are asked once more. What is saved is saved with the mark that it
is, so that a worker that is killed loses nothing and does nothing twice.
"""

import logging
from collections.abc import Collection
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit
from ..access import rules
from ..audit.request import answering
from ..models import DataKey, ListRow, Pupil, PupilList, RowKind, School
from . import pupils
from .pupil_rows import look_through
from .refusals import StaleVersion, StepRefused
from .saving import locked, refuse_stale

logger = logging.getLogger(__name__)

State = PupilList.State
PIECE = 50
"""Rows in one transaction: few, for whoever else saves something waits for its end."""
MOST_ROWS = 5000
KEPT = timedelta(days=7)


@transaction.atomic
def begin(*, by: Any, school: School, rows: list[ListRow]) -> PupilList:
    """Leave a list to the worker to be looked through. It takes the place of the one that this person had in hand."""
    if not rules.can_add_pupil(by, school):
        raise PermissionDenied
    if not 0 < len(rows) <= MOST_ROWS:
        raise ValidationError(f"A list has between 1 and {MOST_ROWS:,} pupils.")
    locked(school)
    for earlier in PupilList.objects.filter(school=school, sent_by=by).select_related("data_key"):
        if earlier.state == State.ADDING:
            raise StepRefused("the list that is being brought in now to be finished")
        if earlier.state in (State.CHECKING, State.READY):
            _end(earlier, State.STOPPED, by=by)
    new = PupilList(school=school, sent_by=by, data_key=DataKey.make(), total=len(rows))
    new.write_rows(rows)
    new.save()
    audit.record("added", new, by=by, rows=new.total)
    return new


@transaction.atomic
def bring_in(pupil_list: PupilList, *, by: Any, version: int, others: Collection[int] = ()) -> PupilList:
    """Say yes to what was shown; `others` are the numbers of rows that are another child than the one who is known."""
    current = locked(pupil_list, "data_key")
    if not rules.can_bring_in_pupil_list(by, current):
        raise PermissionDenied
    refuse_stale(current, version)
    rows = current.read_rows()
    for row in rows:
        row.is_another = row.kind == RowKind.KNOWN and row.number in others
    if current.state != State.READY or not any(row.is_to_save for row in rows):
        raise StepRefused("a list that was checked, with a row to bring in")
    current.write_rows(rows)
    current.agreed_at = timezone.now()
    _go_on_as(current, State.CHECKING)
    audit.record("confirmed", current, by=by, rows=sum(row.is_to_save for row in rows))
    return current


@transaction.atomic
def cancel(pupil_list: PupilList, *, by: Any) -> PupilList:
    """Drop a list of which nothing is saved yet."""
    current = locked(pupil_list, "data_key")
    if not rules.can_bring_in_pupil_list(by, current):
        raise PermissionDenied
    if current.state not in (State.CHECKING, State.READY):
        raise StepRefused("a list of which nothing is brought in yet")
    _end(current, State.STOPPED, by=by)
    return current


def go_on() -> bool:
    """Do one piece of the list that has waited longest, in the worker; whether there was one. A piece that fails is
    tried again, later each time, and holds up no other."""
    waiting = PupilList.objects.filter(state__in=PupilList.AT_WORK, due_at__lte=timezone.now())
    found = waiting.only("pk", "attempts").order_by("due_at", "pk").first()
    if found is None:
        return False
    try:
        with answering(None):
            _do_piece(found)
    except Exception:
        logger.exception("A piece of pupil list %s failed and is tried again later.", found.pk)
        wait = timedelta(minutes=min(2**found.attempts, 60))
        PupilList.objects.filter(pk=found.pk).update(attempts=found.attempts + 1, due_at=timezone.now() + wait)
    return True


def forget_old() -> int:
    """Drop the rows of lists that are a week old; how many lists."""
    old = PupilList.objects.filter(created_at__lt=timezone.now() - KEPT, data_key__destroyed_at=None).only("pk")
    for pupil_list in old:
        with transaction.atomic():
            current = locked(pupil_list, "data_key")
            _end(current, State.DONE if current.state == State.DONE else State.OVER, by=None)
    return len(old)


def _do_piece(found: PupilList) -> None:
    current = PupilList.objects.select_related("data_key", "school__service", "sent_by").get(pk=found.pk)
    if not rules.can_bring_in_pupil_list(current.sent_by, current):
        _stop(current)
    elif current.state == State.CHECKING:
        _check_some(current)
    else:
        _save_some(current)


@transaction.atomic
def _stop(found: PupilList) -> None:
    """Its sender may no longer bring it in."""
    current = locked(found, "data_key")
    if current.is_at_work:
        _end(current, State.STOPPED, by=None)


def _check_some(found: PupilList) -> None:
    """Looking takes no transaction: nobody waits for it."""
    rows, stop = found.read_rows(), min(found.passed + PIECE, found.total)
    look_through(rows, found.passed, stop, by=found.sent_by, school=found.school)
    with transaction.atomic():
        current = locked(found, "data_key")
        if (current.version, current.passed) != (found.version, found.passed):
            return  # another worker was quicker, or its sender cancelled it
        current.attempts, current.passed = 0, stop
        current.write_rows(rows)
        if stop < current.total:
            current.save()
        elif current.agreed_at and not any(row.reads_otherwise for row in rows):
            _go_on_as(current, State.ADDING)
        else:
            current.agreed_at = None
            _go_on_as(current, State.READY)


@transaction.atomic
def _save_some(found: PupilList) -> None:
    current = locked(found, "data_key", "school__service", "sent_by")
    if current.state != State.ADDING:
        return
    rows = current.read_rows()
    for row in islice((row for row in rows if row.is_to_save and not row.done), PIECE):
        try:
            with transaction.atomic():
                _save(current, row)
        except (ValidationError, StaleVersion, PermissionDenied) as refused:
            _leave(row, refused)
        else:
            row.done = True
    current.attempts, current.passed = 0, sum(row.done or not row.is_to_save for row in rows)
    if current.passed == current.total:
        rows = [row for row in rows if row.needs_somebody]
        current.state, current.left = State.DONE, len(rows)
        counts = {"added": current.added, "changed": current.changed, "left": current.left}
        audit.record("imported", current, by=current.sent_by, referral=None, **counts)
    current.write_rows(rows)
    if not rows:
        current.drop_rows()
    current.save()


def _save(current: PupilList, row: ListRow) -> None:
    values: dict[str, Any] = row.values | {"date_of_birth": date.fromisoformat(row.values["date_of_birth"])}
    if row.kind == RowKind.CHANGED:
        pupil = Pupil.objects.get(pk=row.pupil or 0)
        pupils.change(
            pupil, by=current.sent_by, version=row.version or 0, **{name: values[name] for name in row.differs}
        )
        current.changed += 1
    else:
        pupils.add(by=current.sent_by, school=current.school, another_child=row.is_another, **values)
        current.added += 1


def _leave(row: ListRow, refused: Exception) -> None:
    """Somebody was quicker, in the moment since the row was looked at."""
    row.kind, row.is_another, row.reads_otherwise = RowKind.PROBLEM, False, True
    said = " ".join(refused.messages) if isinstance(refused, ValidationError) else "This pupil was changed meanwhile."
    row.to_mend = {"": said}


def _go_on_as(current: PupilList, state: PupilList.State) -> None:
    current.state, current.passed = state, 0
    current.version += 1
    current.due_at = timezone.now()
    current.save()


def _end(current: PupilList, state: PupilList.State, *, by: Any) -> None:
    current.state = state
    current.version += 1
    current.drop_rows()
    current.save()
    audit.record("dropped", current, by=by, added=current.added, changed=current.changed)
