"""Entries of a service's lists."""

import factory

from casework.models import ListItem, ListName

from .base import RowFactory
from .service import ServiceFactory


class ListItemFactory(RowFactory):
    """A reason for a referral; by trait an entry of another list."""

    class Meta:
        model = ListItem
        django_get_or_create = ("service", "list", "label")

    class Params:
        discipline = factory.Trait(list=ListName.DISCIPLINE, label="Play therapist")
        attendance = factory.Trait(list=ListName.ATTENDANCE, label="Came")
        not_seen = factory.Trait(list=ListName.ATTENDANCE, label="Pupil absent", seen=False)
        group = factory.Trait(list=ListName.WORK, label="Group", work_kind="group")
        closure = factory.Trait(list=ListName.CLOSURE, label="Planned ending")

    service = factory.SubFactory(ServiceFactory)
    list = ListName.REASON
    label = "Bereavement"
