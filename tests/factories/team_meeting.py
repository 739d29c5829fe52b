"""Supervision and training."""

from datetime import timedelta

import factory
from django.utils import timezone

from casework.models import Attendance, MeetingKind, SupervisionItem, TeamMeeting

from .base import RowFactory
from .practitioner import PractitionerFactory
from .referral import ReferralFactory
from .service import ServiceFactory
from .user import UserFactory


class TeamMeetingFactory(RowFactory):
    """A group supervision of a week ago; a training by trait."""

    class Meta:
        model = TeamMeeting

    class Params:
        training = factory.Trait(kind=MeetingKind.TRAINING, title="Safeguarding, yearly")

    service = factory.SubFactory(ServiceFactory)
    kind = MeetingKind.GROUP
    starts_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=7))
    entered_by = factory.SubFactory(UserFactory)


class AttendanceFactory(RowFactory):
    """Somebody who came."""

    class Meta:
        model = Attendance

    practitioner = factory.SubFactory(PractitionerFactory)
    meeting = factory.SubFactory(TeamMeetingFactory, service=factory.SelfAttribute("..practitioner.service"))
    came = True


class SupervisionItemFactory(RowFactory):
    """A case that was brought."""

    class Meta:
        model = SupervisionItem

    referral = factory.SubFactory(ReferralFactory, active=True)
    meeting = factory.SubFactory(TeamMeetingFactory, service=factory.SelfAttribute("..referral.school.service"))
    data_key = factory.SelfAttribute("referral.data_key")
    position = factory.Sequence(lambda n: n)
    brought = True
    reflected = "What the silence may mean."
