"""Conflicts of interest."""

import factory

from casework.models import ConflictBlock

from .base import RowFactory
from .pupil import PupilFactory
from .user import UserFactory


class ConflictBlockFactory(RowFactory):
    """A relative of the pupil, from now on."""

    class Meta:
        model = ConflictBlock

    user = factory.SubFactory(UserFactory)
    pupil = factory.SubFactory(PupilFactory)
    reason = ConflictBlock.Reason.RELATIVE
