from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.models import Referral
from tests.factories import ReferralFactory


def test_among_finds_what_in_finds(cast):
    ours = ReferralFactory(school=cast.school, pupil=cast.pupil)
    schools = {cast.school.pk, cast.other_school.pk}

    assert list(Referral.objects.filter(school_id__among=schools)) == [ours]
    assert set(Referral.objects.filter(school__among=[*schools, cast.hidden_referral.school_id])) == {
        ours,
        cast.hidden_referral,
    }
    assert list(Referral.objects.exclude(school_id__among=schools)) == [cast.hidden_referral]
    assert list(ours.changes.model.objects.filter(referral__school_id__among=schools)) == list(ours.changes.all())


def test_among_nothing_asks_no_database(cast):
    with CaptureQueriesContext(connection) as asked:
        assert not Referral.objects.filter(school_id__among=frozenset())
    assert not asked.captured_queries
