"""Sessions and the notes of them."""

from datetime import timedelta

import factory
from django.utils import timezone

from casework.models import KeptWords, NoteOpening, ProcessNote, Session
from casework.sealed import TextKind

from .base import RowFactory
from .list_item import ListItemFactory
from .referral import ReferralFactory
from .user import UserFactory


class SessionFactory(RowFactory):
    """An hour that the case's therapist gave just now; each further one was an hour earlier."""

    class Meta:
        model = Session

    class Params:
        not_seen = factory.Trait(
            attendance=factory.SubFactory(
                ListItemFactory, not_seen=True, service=factory.SelfAttribute("..referral.school.service")
            )
        )

    referral = factory.SubFactory(ReferralFactory, active=True)
    data_key = factory.SelfAttribute("referral.data_key")
    practitioner = factory.LazyAttribute(lambda session: session.referral.allocations.first().practitioner)
    starts_at = factory.Sequence(lambda n: timezone.now() - timedelta(hours=n))
    attendance = factory.SubFactory(
        ListItemFactory, attendance=True, service=factory.SelfAttribute("..referral.school.service")
    )
    strategies = "A quiet corner after lunch."


class ProcessNoteFactory(RowFactory):
    """The therapist's own note."""

    class Meta:
        model = ProcessNote

    session = factory.SubFactory(SessionFactory)
    data_key = factory.SelfAttribute("session.data_key")
    author = factory.SelfAttribute("session.practitioner.user")
    text = "The same boat again, this time with a harbour."


class NoteOpeningFactory(RowFactory):
    """A reason that holds for an hour."""

    class Meta:
        model = NoteOpening

    note = factory.SubFactory(ProcessNoteFactory)
    data_key = factory.SelfAttribute("note.data_key")
    opened_by = factory.SubFactory(UserFactory)
    reason = "The therapist is ill and the family rings."
    ends_at = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=1))


class KeptWordsFactory(RowFactory):
    """A process note that was typed when the case had closed to its author."""

    class Meta:
        model = KeptWords

    referral = factory.SubFactory(ReferralFactory, active=True)
    data_key = factory.SelfAttribute("referral.data_key")
    author = factory.SubFactory(UserFactory)
    kind = TextKind.PROCESS
    label = "Process note"
    text = "A tower that was taller than the door."
