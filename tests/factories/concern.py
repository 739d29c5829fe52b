"""Concerns, and what followed them."""

from datetime import timedelta

import factory
from django.utils import timezone

from casework.models import About, Concern, ConcernEntry, ConcernStatus

from .base import RowFactory
from .data_key import DataKeyFactory
from .pupil import PupilFactory
from .service import SchoolFactory
from .user import UserFactory


class ConcernFactory(RowFactory):
    """A concern about a child of the school that waits to be acknowledged; by trait one further on, or one about an adult
    whose name alone is known."""

    class Meta:
        model = Concern

    class Params:
        acknowledged = factory.Trait(status=ConcernStatus.ACKNOWLEDGED)
        answered = factory.Trait(status=ConcernStatus.ANSWERED)
        closed = factory.Trait(status=ConcernStatus.CLOSED)
        late = factory.Trait(due_at=factory.LazyFunction(lambda: timezone.now() - timedelta(minutes=1)))
        adult = factory.Trait(about=About.SCHOOL_ADULT, pupil=None, named="Somebody of the staff")

    about = About.CHILD
    school = factory.SubFactory(SchoolFactory)
    pupil = factory.SubFactory(PupilFactory, school=factory.SelfAttribute("..school"))
    author = factory.SubFactory(UserFactory)
    reference = factory.Sequence(lambda n: f"C26-{5000 + n}")
    data_key = factory.SubFactory(DataKeyFactory)
    noticed_at = factory.LazyFunction(timezone.now)
    own_words = "He locks me in the shed."
    seen = "A bruise on the left arm."
    opinion = "She is frightened to go home."
    due_at = factory.LazyAttribute(
        lambda row: timezone.now() + timedelta(hours=4) if row.status == ConcernStatus.RAISED else None
    )
    status = ConcernStatus.RAISED


class ConcernEntryFactory(RowFactory):
    """What was done, by who hears of it."""

    class Meta:
        model = ConcernEntry

    concern = factory.SubFactory(ConcernFactory)
    data_key = factory.SelfAttribute("concern.data_key")
    kind = ConcernEntry.Kind.DONE
    by = factory.SubFactory(UserFactory)
    at = factory.LazyFunction(timezone.now)
    text = "Children’s services were told, and visit today."
