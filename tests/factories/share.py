"""Cases opened to one more person, or to one more school, for a time."""

from datetime import timedelta

import factory
from django.contrib.auth.models import Permission
from django.utils import timezone

from casework.models import CaseShare, SchoolShare

from .base import RowFactory
from .referral import ReferralFactory
from .service import SchoolFactory
from .user import UserFactory


class CaseShareFactory(RowFactory):
    """A colleague covers a case for a week; by trait the supervisor opened it in an emergency."""

    class Meta:
        model = CaseShare

    class Params:
        codename = "cover"
        break_glass = factory.Trait(codename="break_glass")

    user = factory.SubFactory(UserFactory)
    content_object = factory.SubFactory(ReferralFactory, active=True)
    permission = factory.LazyAttribute(
        lambda share: Permission.objects.get(codename=share.codename, content_type__app_label="casework")
    )
    given_by = factory.SubFactory(UserFactory)
    reason = "Ill this week"
    starts_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    ends_at = factory.LazyFunction(lambda: timezone.now() + timedelta(weeks=1))


class SchoolShareFactory(RowFactory):
    """The receiving school sees a case for a term."""

    class Meta:
        model = SchoolShare

    referral = factory.SubFactory(ReferralFactory, active=True)
    school = factory.SubFactory(SchoolFactory, service=factory.SelfAttribute("..referral.school.service"))
    given_by = factory.SubFactory(UserFactory)
    reason = "Moves to Year 7"
    starts_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    ends_at = factory.LazyFunction(lambda: timezone.now() + timedelta(weeks=12))
