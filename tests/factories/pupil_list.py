"""Pupil lists on their way into the register."""

from typing import Any

import factory

from casework.models import ListRow, PupilList

from .base import RowFactory
from .data_key import DataKeyFactory
from .service import SchoolFactory
from .user import UserFactory


def list_row(number: int = 2, **read: str) -> ListRow:
    """One row as it is read from a file: Tamsin Underhay of Year 4, but for what is said."""
    tamsin = {"first_name": "Tamsin", "last_name": "Underhay", "date_of_birth": "01/05/2018", "year_group": "4"}
    return ListRow(number, tamsin | read)


class PupilListFactory(RowFactory):
    """A list of one pupil, which waits to be checked; `listed` are its rows."""

    class Meta:
        model = PupilList

    school = factory.SubFactory(SchoolFactory)
    sent_by = factory.SubFactory(UserFactory)
    data_key = factory.SubFactory(DataKeyFactory)

    @classmethod
    def _create(cls, model_class: type[PupilList], *args: Any, **fields: Any) -> PupilList:
        rows = fields.pop("listed", None) or [list_row()]
        made = model_class(total=len(rows), **fields)
        made.write_rows(rows)
        made.save()
        return made
