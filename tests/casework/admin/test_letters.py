"""Letters of assurance on screen: issued with one click, read by the school, taken out as a PDF that names nobody."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from allyance_site.management.bench.pages import queries, with_an_empty_page
from casework.access.roles import Role
from casework.models import AssuranceLetter, AuditEvent
from tests.casework.admin.filling import filled
from tests.casework.admin.sending import send, text_of
from tests.factories import (
    AssuranceLetterFactory,
    EvidenceFactory,
    PlacementFactory,
    PractitionerFactory,
    RequirementFactory,
    SchoolRoleFactory,
)
from tests.pdf import needs_pango, parts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen(cast):
    """All that is asked of the cast's therapist."""
    return EvidenceFactory(
        practitioner=cast.therapist_practitioner, requirement=RequirementFactory(service=cast.service),
        seen_by=cast.coordinator, expires_on=timezone.localdate() + timedelta(days=90),
    )  # fmt: skip


@pytest.fixture
def letter(cast, client_for, seen):
    send(client_for(cast.coordinator), at("letters", cast.school), practitioner="")
    return AssuranceLetter.objects.get()


def at(name, record):
    return reverse(f"casework_{name}", args=[record.uuid])


def school_page(cast, client):
    return text_of(client.get(reverse("casework_school_modeladmin_inspect", args=[cast.school.uuid])))


def test_the_coordinator_issues_with_one_click_on_the_schools_page(cast, client_for, seen):
    client = client_for(cast.coordinator)
    page = school_page(cast, client)
    assert "no letter yet" in page and "Issue letters" in page
    key = page.split('name="form_key" value="')[1].split('"')[0]

    for _ in range(2):
        answer = client.post(at("letters", cast.school), {"form_key": key}, follow=True)

    assert "1 letter issued. The head is told." in text_of(answer) or AssuranceLetter.objects.count() == 1
    page = school_page(cast, client)
    assert f"letter 1 of {timezone.localdate():%-d %B %Y}, holds until {seen.expires_on:%-d %B %Y}" in page


def test_one_letter_is_issued_by_its_own_button(cast, client_for, seen):
    PlacementFactory(practitioner=cast.other_practitioner, school=cast.school)
    EvidenceFactory(practitioner=cast.other_practitioner, requirement=seen.requirement)
    client, page = client_for(cast.coordinator), at("letters", cast.school)

    answer = send(client, page, practitioner=str(cast.other_practitioner.uuid))
    assert answer.url == page
    assert AssuranceLetter.objects.get().practitioner == cast.other_practitioner
    assert send(client, page, practitioner=str(cast.hidden_practitioner.uuid)).status_code == 404

    send(client, page, practitioner=str(cast.other_practitioner.uuid))
    assert AssuranceLetter.objects.count() == 1
    assert "says it all already" in text_of(client.get(page))


def test_a_gap_is_said_and_stops_only_its_own_letter(cast, client_for, seen):
    PlacementFactory(practitioner=cast.other_practitioner, school=cast.school)
    client, address = client_for(cast.coordinator), at("letters", cast.school)
    page = text_of(client.get(address))
    assert "No letter can be issued." in page and "Enhanced DBS check: missing" in page
    assert f'value="{cast.other_practitioner.uuid}"' not in page

    answer = client.post(address, filled(client, address, practitioner=""), follow=True)

    assert "No letter about Tomasz Dolan: Enhanced DBS check: missing." in text_of(answer)
    assert AssuranceLetter.objects.get().practitioner == cast.therapist_practitioner
    refused = send(client, address, practitioner=str(cast.other_practitioner.uuid))
    assert "it needs Enhanced DBS check: missing" in text_of(refused)


@pytest.mark.parametrize("person", ["head", "sendco", "dsl", "coordinator"])
def test_the_school_and_the_coordinator_read_its_letters(cast, client_for, letter, person):
    client = client_for(getattr(cast, person))

    assert "Saoirse Calder" in school_page(cast, client)
    listed = client.get(at("letters", cast.school))
    page = text_of(client.get(at("letter", letter)))

    assert "Letter 1" in text_of(listed)
    assert ("Issue letters about" in text_of(listed)) is (person == "coordinator")
    assert all(words in page for words in ("001234567890", "Rowan Ashby", "No copy", "photograph", cast.school.urn))
    assert AuditEvent.objects.filter(verb="opened", actor=getattr(cast, person), subject=letter.uuid).exists()


@pytest.mark.parametrize(
    "person", ["supervisor", "other_therapist", "other_head", "tsl", "steering", "technical", "outsider", "hidden_head"]
)
def test_letters_are_not_there_for_others(cast, client_for, letter, person):
    client = client_for(getattr(cast, person))

    addresses = [at("letters", cast.school), at("letter", letter), at("letter_pdf", letter)]
    assert [client.get(address).status_code for address in addresses] == [404] * 3


def test_a_practitioner_reads_those_about_oneself_and_no_colleagues(cast, client_for, letter):
    client, colleague = client_for(cast.therapist), PlacementFactory(school=cast.school).practitioner
    about_colleague = AssuranceLetterFactory(practitioner=colleague, school=cast.school)

    assert at("letter", letter) in school_page(cast, client)
    page = text_of(client.get(at("letters", cast.school)))
    assert at("letter", letter) in page
    assert colleague.name not in page and "Issue" not in page
    assert client.get(at("letter", letter)).status_code == 200
    assert client.get(at("letter", about_colleague)).status_code == 404


def test_nobody_else_issues(cast, client_for, seen):
    for person in ("head", "sendco", "dsl", "therapist", "supervisor", "outsider"):
        client = client_for(getattr(cast, person))
        key = "00000000-0000-4000-8000-000000000001"
        assert client.post(at("letters", cast.school), {"form_key": key}).status_code == 404, person
    assert not AssuranceLetter.objects.exists()


def test_what_has_run_out_and_who_has_left_are_said_in_words(cast, client_for, letter):
    ended = timezone.localdate() - timedelta(days=1)
    AssuranceLetter.objects.update(holds_until=ended)
    cast.placement.ends_at = timezone.now()
    cast.placement.save()

    page = text_of(client_for(cast.coordinator).get(at("letters", cast.school)))

    assert f"has run out on {ended:%-d %B %Y}" in page
    assert "no longer placed here" in page


def test_a_letter_that_holds_no_longer_says_so(cast, client_for, letter):
    client, address = client_for(cast.head), at("letter", letter)
    assert "holds no longer" not in text_of(client.get(address))

    AssuranceLetter.objects.update(holds_until=timezone.localdate() - timedelta(days=1))
    assert "This letter holds no longer: it has run out on" in text_of(client.get(address))
    AssuranceLetter.objects.update(replaced_at=timezone.now())
    assert "This letter holds no longer: it was replaced or withdrawn on" in text_of(client.get(address))


def test_the_chair_of_governors_reads_them_too(cast, client_for, letter):
    SchoolRoleFactory(role=Role.CHAIR, user=cast.steering, content_object=cast.school)

    assert "Letter 1" in text_of(client_for(cast.steering).get(at("letters", cast.school)))


@needs_pango
def test_the_pdf_is_tagged_named_by_the_school_and_put_on_record(cast, client_for, letter):
    answer = client_for(cast.head).get(at("letter_pdf", letter))

    assert answer["Content-Type"] == "application/pdf"
    name = answer["Content-Disposition"]
    assert f"assurance-{cast.school.urn}-{letter.uuid.hex[:6]}-1.pdf" in name
    assert "Calder" not in name
    content = parts_of(answer.content)
    assert b"pdfuaid" in content and b"/StructTreeRoot" in content and b"/TH" in content
    event = AuditEvent.objects.get(verb="exported", actor=cast.head)
    assert (event.subject, event.detail) == (letter.uuid, {"form": "pdf"})


def test_the_list_asks_few_questions_however_many_work_there(cast, client_for, seen):
    client, address = client_for(cast.coordinator), at("letters", cast.school)
    for _ in range(6):
        PlacementFactory(practitioner=PractitionerFactory(service=cast.service), school=cast.school)

    with with_an_empty_page() as empty:
        assert queries(client, address) - queries(client, empty) <= 10
