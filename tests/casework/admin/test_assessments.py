"""An assessment on its screens: written by who works the case, read by the supervisor, and there for nobody else."""

from uuid import uuid4

import pytest
from django.urls import reverse

from allyance_site.management.bench.pages import queries
from casework.models import Assessment, AuditEvent, Basis, ListItem, ListName, Purpose
from tests.casework.admin.filling import send as send_register
from tests.casework.admin.sending import hidden, send, text_of
from tests.factories import (
    AssessmentAdditionFactory,
    AssessmentFactory,
    AssessmentRecipientFactory,
    FamilyAgreementFactory,
    ReferralFactory,
)
from tests.pdf import needs_pango

SCREENS = ("change", "add", "recipient", "file")
NOT_THEIRS = ["coordinator", "head", "sendco", "dsl", "other_therapist", "outsider"]


@pytest.fixture
def case(cast):
    return ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)


def tab(case):
    return reverse("casework_case", args=[case.uuid]) + "?tab=assessment"


def screen(name, assessment):
    return reverse(f"casework_assessment_{name}", args=[assessment.uuid])


def field(assessment):
    return f"part_{assessment.parts.first().uuid}"


def test_an_assessment_is_begun_written_and_finished(cast, client_for, case):
    client = client_for(cast.therapist)
    begun = send(client, reverse("casework_assessment_begin", args=[case.uuid]), held_on="2026-01-05")
    assessment = Assessment.objects.get()
    assert begun.url == screen("change", assessment)
    dated = {"held_on": "2026-01-05", "early_help_reference": "EHA-118"}

    send(client, begun.url, **dated, **{field(assessment): "Tarnwick."})
    assert "a draft" in text_of(client.get(tab(case)))
    done = send(client, begun.url, **dated, **{field(assessment): "Tarnwick."}, finish="yes")

    assert done.url == tab(case)
    page = text_of(client_for(cast.supervisor).get(tab(case)))
    assert "Tarnwick." in page and "EHA-118" in page and "What are people worried about?" in page
    assert "Nobody outside the service so far." in page


def test_finishing_with_nothing_written_is_refused_and_nothing_is_lost(cast, client_for, case):
    assessment = AssessmentFactory(referral=case, draft=True)
    client = client_for(cast.therapist)

    answers = {"held_on": "2999-01-01", "finish": "yes", field(assessment): "Kept words."}
    page = text_of(send(client, screen("change", assessment), **answers))

    assert "This day has not come yet." in page and "Kept words.</textarea>" in page
    assert Assessment.objects.get().finished_at is None


def test_two_who_write_at_once_see_both_texts(cast, client_for, case):
    assessment = AssessmentFactory(referral=case, draft=True)
    client = client_for(cast.therapist)
    address = screen("change", assessment)
    older = hidden(client, address) | {"held_on": "2026-01-05", field(assessment): "Mine."}
    send(client, address, held_on="2026-01-05", **{field(assessment): "Theirs."})

    page = text_of(client.post(address, older))

    assert "Theirs." in page and "Mine.</textarea>" in page
    assert assessment.parts.first().text == "Theirs."


def test_the_forms_say_who_reads_it(cast, client_for, case):
    assessment = AssessmentFactory(referral=case)
    client = client_for(cast.therapist)
    for name in ("change", "add", "recipient"):
        page = text_of(client.get(screen(name, assessment)))
        assert "Read by the clinical supervisor and the therapist who works the case." in page, name
        assert "Writing it here tells nobody." in page, name


def test_a_coordinator_changes_the_headings_and_an_older_assessment_keeps_its_own(cast, client_for, case):
    AssessmentFactory(referral=case)
    send_register(
        client_for(cast.coordinator), "/admin/lists/create/", list=ListName.ASSESSMENT, label="Sleep", position="1"
    )
    assert ListItem.objects.filter(service=cast.service, list=ListName.ASSESSMENT, label="Sleep").exists()

    client = client_for(cast.therapist)
    send(client, reverse("casework_assessment_begin", args=[case.uuid]), held_on="2026-01-05")

    assert list(Assessment.objects.get(finished_at=None).parts.values_list("heading", flat=True)) == ["Sleep"]
    assert "What are people worried about?" in text_of(client.get(tab(case)))


def test_who_received_it_is_put_down_and_shown(cast, client_for, case):
    assessment = AssessmentFactory(referral=case)
    FamilyAgreementFactory(referral=case, carer=cast.carer, purpose=Purpose.SERVICE)
    client = client_for(cast.therapist)
    typed = {"name": "Duty officer", "agency": "Early help", "shared_on": "2026-01-06", "because": "The mother agreed."}

    send(client, screen("recipient", assessment), basis=Basis.AGREEMENT, **typed)

    page = text_of(client.get(tab(case)))
    assert "Duty officer, Early help, on 6 January 2026: the family agreed to it." in page
    assert client.get(screen("change", assessment)).status_code == 404


@needs_pango
def test_the_file_is_put_on_record_and_carries_no_name(cast, client_for, case):
    assessment = AssessmentFactory(referral=case)

    answer = client_for(cast.supervisor).get(screen("file", assessment))

    assert answer["Content-Type"] == "application/pdf"
    assert f"{case.reference}-assessment-" in answer["Content-Disposition"]
    event = AuditEvent.objects.filter(subject=assessment.uuid).get()
    assert (event.verb, event.referral, event.detail) == ("opened", case, {"part": "as a file"})


def test_a_draft_has_no_file(cast, client_for, case):
    draft = AssessmentFactory(referral=case, draft=True)
    assert client_for(cast.therapist).get(screen("file", draft)).status_code == 404


@pytest.mark.parametrize("part", NOT_THEIRS)
def test_an_assessment_is_not_there_for_anybody_else(cast, client_for, case, part):
    assessment = AssessmentFactory(referral=case, text="Tarnwick.")
    client = client_for(getattr(cast, part))
    for name in SCREENS:
        address = screen(name, assessment)
        assert client.get(address).status_code == 404, name
        assert client.post(address, {"form_key": str(uuid4()), "text": "Forged."}).status_code in (404, 405), name
    assert client.get(tab(case)).status_code == 404
    assert not assessment.additions.exists()


def test_the_tab_asks_no_more_for_more_assessments(cast, client_for, case):
    client = client_for(cast.therapist)

    def assess():
        assessment = AssessmentFactory(referral=case)
        AssessmentAdditionFactory(assessment=assessment)
        AssessmentRecipientFactory(assessment=assessment)

    assess()
    asked = queries(client, tab(case))
    for _ in range(4):
        assess()

    assert queries(client, tab(case)) == asked
