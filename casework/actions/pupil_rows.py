"""What the rows of a school's pupil list come to, beside what the register says: import-export's dry run, row by row.

A row is a pupil of this school where birthday and letters of the name are theirs. Any other is new; where its name is
like that of a child of its birthday who is known, in the register or further up in the list, it waits for a person.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.results import RowResult
from tablib import Dataset

from ..access import matching, rules
from ..models import Enrolment, ListRow, Pupil, RowKind, School, YearGroup, in_force
from ..models.likeness import is_like, letters_of
from .pupil_cells import LABELS, BirthdayWidget, NameWidget, YearWidget


@dataclass
class Child:
    """A child as a row or the register has them."""

    first_name: str = ""
    last_name: str = ""
    date_of_birth: date = date.max
    year_group: str = ""
    pk: int | None = None
    version: int | None = None

    @property
    def names(self) -> tuple[str, str]:
        return self.first_name, self.last_name

    @property
    def told_by(self) -> tuple[date, str, str]:
        """What tells one child of a school from another."""
        return self.date_of_birth, letters_of(self.first_name), letters_of(self.last_name)


class PupilRows(Resource):
    """The rows of a list as import-export reads them. It only looks: the actions save."""

    first_name = Field("first_name", "first_name", NameWidget())
    last_name = Field("last_name", "last_name", NameWidget())
    date_of_birth = Field("date_of_birth", "date_of_birth", BirthdayWidget())
    year_group = Field("year_group", "year_group", YearWidget())

    class Meta:
        model = Pupil
        instance_loader_class = BaseInstanceLoader
        skip_unchanged = True
        skip_html_diff = True
        store_instance = True

    def __init__(self, *, by: Any, school: School) -> None:
        super().__init__()
        enrolled = Enrolment.objects.filter(in_force(), school=school, pupil__in=rules.visible_matches(by, school))
        here = [
            Child(pupil.first_name, pupil.last_name, pupil.date_of_birth, one.year_group, pupil.pk, pupil.version)
            for one in enrolled.select_related("pupil").order_by("-pk")
            for pupil in [one.pupil]
        ]
        self.here = {child.told_by: child for child in here}

    def get_instance(self, instance_loader: Any, row: Any) -> Child | None:
        """The pupil of this school whom a row means."""
        try:
            read = Child(**{name: field.clean(row) for name, field in self.fields.items()})
        except ValueError:
            return None
        found = self.here.get(read.told_by)
        return replace(found) if found else None

    def init_instance(self, row: Any = None) -> Child:
        return Child()

    def import_field(self, field: Any, instance: Child, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        """A name in capitals, as many lists have it, mends none that stands there already."""
        value = field.clean(row)
        if instance.pk and isinstance(field.widget, NameWidget) and value == value.upper():
            return
        setattr(instance, field.attribute, value)

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        raise NotImplementedError("this resource only looks")


def look_through(rows: list[ListRow], start: int, stop: int, *, by: Any, school: School) -> None:
    """Say of each of these rows what it comes to now, and whether that is something else than was said before."""
    resource, piece = PupilRows(by=by, school=school), rows[start:stop]
    table = Dataset(*([row.read.get(name, "") for name in LABELS] for row in piece), headers=list(LABELS))
    # Its outer half would open a transaction, for which whoever saves something waits.
    result = resource.import_data_inner(
        table, dry_run=True, raise_errors=False, using_transactions=False, collect_failed_rows=False
    )
    above: dict[str, list[ListRow]] = defaultdict(list)
    for row in rows[:start]:
        _remember(row, above)
    for row, found in zip(piece, result.rows, strict=True):
        for failure in found.errors:
            raise failure.error
        before = _verdict(row)
        _judge(row, found, above, by=by, school=school)
        row.reads_otherwise = bool(before[0]) and before != _verdict(row)
        _remember(row, above)


def _remember(row: ListRow, above: dict[str, list[ListRow]]) -> None:
    if row.values:
        above[row.values["date_of_birth"]].append(row)


def _verdict(row: ListRow) -> tuple[Any, ...]:
    return row.kind, row.values, row.differs, row.pupil, row.like, row.like_elsewhere, row.like_row


def _judge(row: ListRow, found: RowResult, above: dict[str, list[ListRow]], *, by: Any, school: School) -> None:
    row.values, row.to_mend, row.differs, row.pupil, row.version = {}, {}, {}, None, None
    row.like, row.like_elsewhere, row.like_row = [], False, None
    if found.validation_error:
        row.kind = RowKind.PROBLEM
        row.to_mend = {name: messages[0] for name, messages in found.validation_error.message_dict.items()}
        return
    child: Child = found.instance
    born = above[str(child.date_of_birth)]
    if twice := next((one for one in born if _child_of(one).told_by == child.told_by), None):
        row.kind = RowKind.PROBLEM
        row.to_mend = {"": f"This child stands in row {twice.number} already: leave one of the two out."}
        return
    row.values = {name: str(getattr(child, name)) for name in LABELS}
    row.pupil, row.version = child.pk, child.version
    if found.import_type == RowResult.IMPORT_TYPE_NEW:
        matches = matching.matches(
            by, school, first_name=child.first_name, last_name=child.last_name, date_of_birth=child.date_of_birth
        )
        row.like, row.like_elsewhere = [pupil.pk for pupil in matches.shown], matches.elsewhere
        alike = (one.number for one in born if not one.pupil and is_like(child.names, _child_of(one).names))
        row.like_row = next(alike, None)
        row.kind = RowKind.KNOWN if matches or row.like_row else RowKind.NEW
    elif found.import_type == RowResult.IMPORT_TYPE_SKIP:
        row.kind = RowKind.SAME
    else:
        row.differs = _differences(found.original, child)
        row.kind = RowKind.CHANGED
        if not rules.can_change_pupil(by, Pupil.objects.get(pk=row.pupil or 0)):
            row.kind, row.like, row.pupil = RowKind.PROBLEM, [], None
            row.to_mend = {"": "This child is known here and reads otherwise. The school has to change that."}


def _differences(before: Child, after: Child) -> dict[str, list[str]]:
    pairs = {name: [_said(name, getattr(child, name)) for child in (before, after)] for name in LABELS}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _said(name: str, value: Any) -> str:
    return str(YearGroup(value).label if name == "year_group" else value)


def _child_of(row: ListRow) -> Child:
    """The child of a row that was looked at already."""
    first, last, born, _ = row.values.values()
    return Child(first, last, date.fromisoformat(born))
