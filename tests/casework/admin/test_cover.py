from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.models import CaseShare
from tests.casework.admin.sending import hidden, send, text_of
from tests.factories import ReferralFactory


@pytest.fixture
def case(cast):
    """A case that the cast's therapist works."""
    return ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)


def address(case):
    return reverse("casework_cover", args=[case.uuid])


def typed(cast, **other):
    until = timezone.localdate() + timedelta(days=7)
    return {"colleague": str(cast.other_practitioner.uuid), "until": f"{until:%Y-%m-%d}", "reason": "Ill."} | other


def test_cover_opens_the_case_to_a_colleague_until_the_end_of_that_day(cast, client_for, case):
    client = client_for(cast.coordinator)
    form = hidden(client, address(case)) | typed(cast)

    for _ in range(2):
        assert client.post(address(case), form).url == reverse("casework_case", args=[case.uuid]) + "?tab=readers"

    share = CaseShare.objects.get(content_object=case)
    assert share.user == cast.other_therapist
    assert timezone.localtime(share.ends_at).date() == timezone.localdate() + timedelta(days=8)
    assert client_for(cast.other_therapist).get(reverse("casework_case", args=[case.uuid])).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"colleague": ""}, "colleague"),
        ({"until": "2020-01-01"}, "until"),
        ({"until": "2999-01-01"}, "until"),
        ({"reason": " "}, "reason"),
    ],
)
def test_cover_says_how_to_mend_what_is_wrong(cast, client_for, case, wrong, field):
    page = text_of(send(client_for(cast.coordinator), address(case), **typed(cast, **wrong)))

    assert f'<a href="#id_{field}">' in page
    assert not CaseShare.objects.exists()


@pytest.mark.parametrize("practitioner", ["therapist_practitioner", "hidden_practitioner"])
def test_cover_is_given_to_another_of_the_same_team_alone(cast, client_for, case, practitioner):
    forged = str(getattr(cast, practitioner).uuid)

    page = text_of(send(client_for(cast.coordinator), address(case), **typed(cast, colleague=forged)))

    assert "Choose a colleague from the list." in page
    assert not CaseShare.objects.exists()


@pytest.mark.parametrize("person", ["therapist", "supervisor", "head", "other_therapist", "outsider"])
def test_cover_by_another_is_not_there(cast, client_for, case, person):
    client = client_for(getattr(cast, person))

    assert client.get(address(case)).status_code == 404
    assert client.post(address(case), {"form_key": str(uuid4())} | typed(cast)).status_code == 404
    assert not CaseShare.objects.exists()
