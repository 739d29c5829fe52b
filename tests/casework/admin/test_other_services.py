"""Another service's referral: its form on paper, and the school that sees it once the family agrees."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from casework.actions import referrals
from casework.models import AuditEvent
from tests.casework.admin.sending import send, text_of
from tests.factories import QuestionFactory, ReferralFactory
from tests.pdf import needs_pango, parts_of


@pytest.fixture
def kept(cast):
    return ReferralFactory(
        kept_from_school=True, submitted=True, school=cast.school, pupil=cast.pupil, referred_by=cast.coordinator
    )


def show(referral):
    return reverse("casework_show_to_school", args=[referral.uuid])


@needs_pango
def test_form_on_paper_is_the_coordinators_own_services(cast, client_for):
    QuestionFactory(service=cast.service, words="How far is it?")
    client = client_for(cast.coordinator)

    answer = client.get(reverse("casework_refer_form", args=[cast.service.uuid]))

    assert answer["Content-Type"] == "application/pdf"
    assert b"/StructTreeRoot" in parts_of(answer.content)
    assert client.get(reverse("casework_refer_form", args=[cast.other_service.uuid])).status_code == 404


def test_school_sees_it_once_the_family_agrees(cast, client_for, kept):
    head, coordinator = client_for(cast.head), client_for(cast.coordinator)
    case = reverse("casework_case", args=[kept.uuid])
    assert head.get(case).status_code == 404
    assert show(kept) in text_of(coordinator.get(case))

    assert "Tick this once the family has agreed." in text_of(send(coordinator, show(kept)))
    assert head.get(case).status_code == 404
    assert send(coordinator, show(kept), agrees="on").url == case

    assert head.get(case).status_code == 200
    assert AuditEvent.objects.get(verb="let the school see").referral == kept
    assert coordinator.get(show(kept)).status_code == 404


@pytest.mark.parametrize("person", ["head", "sendco", "supervisor", "therapist", "outsider"])
def test_nobody_else_opens_it_to_the_school(cast, client_for, kept, person):
    client = client_for(getattr(cast, person))

    assert client.get(show(kept)).status_code == 404
    assert client.post(show(kept), {"form_key": str(uuid4()), "version": "1", "agrees": "on"}).status_code == 404
    with pytest.raises(PermissionDenied):
        referrals.show_to_school(kept, by=getattr(cast, person), version=1)
    kept.refresh_from_db()
    assert not kept.school_may_see
