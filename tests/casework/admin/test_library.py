"""The library's screens: saying that a document was read, who has and has not, and what a first page tells of it."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework import once
from casework.models import AuditEvent, DocumentAudience, MustRead, Reading
from tests.casework.admin.filling import send as fill_in
from tests.casework.admin.sending import send, text_of
from tests.factories import DocumentAudienceFactory, DocumentFactory, PractitionerFactory

DAY = timedelta(days=1)
LISTS = "/admin/library/reading/"


@pytest.fixture
def audience(cast):
    return DocumentAudienceFactory(
        service=cast.service,
        document__title="Keeping safe",
        document__edition="2026",
        must_read=MustRead.PRACTITIONERS,
        parts="Part one",
        check_question="Whom do you tell first?",
        check_answers="The safeguarding lead\nNobody\nA colleague",
    )


def read_at(audience):
    return reverse("casework_library_read", args=[audience.uuid])


def readers_of(audience):
    return reverse("casework_library_readers", args=[audience.uuid])


def open_it(person, audience):
    return Reading.objects.create(person=person, document=audience.document, file_hash=audience.document.file_hash)


def checks(cast):
    cast.service.checks_understanding = True
    cast.service.save()


# --- Saying that one has read it


def test_a_reader_opens_the_document_and_then_says_so(cast, client_for, audience):
    client = client_for(cast.therapist)
    before = text_of(client.get(read_at(audience)))
    assert "You have not opened this version yet." in before and "I have read and understood" not in before
    client.get(audience.document.url).getvalue()

    page = text_of(client.get(read_at(audience)))
    assert "I have read and understood Keeping safe: Part one" in page
    assert "Whom do you tell first?" not in page
    answer = send(client, read_at(audience), read="on")

    assert answer.status_code == 302
    assert Reading.objects.get(person=cast.therapist).acknowledged_at
    after = text_of(client.get(read_at(audience)))
    assert "You said on" in after and "<form class=" not in after


def test_the_tick_is_asked_for(cast, client_for, audience):
    open_it(cast.therapist, audience)
    answer = send(client_for(cast.therapist), read_at(audience))
    assert "Tick this once you have read it." in text_of(answer)
    assert not Reading.objects.filter(acknowledged_at__isnull=False).exists()


def test_a_wrong_answer_is_told_kindly_and_tried_again(cast, client_for, audience):
    checks(cast)
    open_it(cast.therapist, audience)
    client = client_for(cast.therapist)

    missing = text_of(send(client, read_at(audience), read="on"))
    wrong = text_of(send(client, read_at(audience), read="on", answer="Nobody"))
    right = send(client, read_at(audience), read="on", answer="The safeguarding lead")

    assert "Choose an answer." in missing
    assert "Look it up once more" in wrong
    assert right.status_code == 302
    assert Reading.objects.get(person=cast.therapist).understood


def test_what_is_sent_before_the_document_was_opened_says_what_is_missing(cast, client_for, audience):
    sent = {"form_key": str(once.new_key()), "file_hash": audience.document.file_hash, "read": "on"}
    answer = client_for(cast.therapist).post(read_at(audience), sent)
    assert "that you open this version of the document first" in text_of(answer)


def test_sent_twice_is_done_once(cast, client_for, audience):
    open_it(cast.therapist, audience)
    client = client_for(cast.therapist)
    sent = {"form_key": str(once.new_key()), "file_hash": audience.document.file_hash, "read": "on"}
    first, second = (client.post(read_at(audience), sent) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert AuditEvent.objects.filter(verb="acknowledged").count() == 1


@pytest.mark.parametrize("part", ["head", "coordinator", "outsider", "hidden_therapist", "tsl", "editor"])
def test_whoever_is_not_asked_finds_no_form(cast, client_for, audience, part):
    client = client_for(getattr(cast, part))
    assert client.get(read_at(audience)).status_code == 404
    sent = {"form_key": str(once.new_key()), "file_hash": audience.document.file_hash, "read": "on"}
    assert client.post(read_at(audience), sent).status_code == 404


def test_a_version_that_is_over_is_not_confirmed(cast, client_for, audience):
    DocumentAudienceFactory(service=cast.service, document__replaces=audience.document)
    assert client_for(cast.therapist).get(read_at(audience)).status_code == 404


# --- Who has read it


def row_of(page, name):
    return next(row for row in page.split("<tr>") if f'<th scope="row">{name}' in row or f'">{name}</a></th>' in row)


def test_coordinator_and_supervisor_see_who_has_read_it(cast, client_for, audience):
    send_and_open = open_it(cast.therapist, audience)
    send_and_open.acknowledged_at = timezone.now()
    send_and_open.save()
    audience.read_by = timezone.localdate() - 2 * DAY
    audience.save()
    DocumentAudience.objects.filter(pk=audience.pk).update(created_at=timezone.now() - 9 * DAY)
    audience.document.came_at = timezone.now() - 9 * DAY
    audience.document.save()
    cast.other_practitioner.starts_at = timezone.now() - 30 * DAY
    cast.other_practitioner.save()
    PractitionerFactory(service=cast.service, without_account=True, name="Nettie Underhay")

    for person in (cast.coordinator, cast.supervisor):
        page = text_of(client_for(person).get(readers_of(audience)))
        assert "<strong>1 of 4</strong> have read it" in page
        assert f"{timezone.localdate():%-d %B %Y}" in row_of(page, "Saoirse Calder")
        assert "overdue" in row_of(page, "Tomasz Dolan")
        assert "Clinical supervisor" in row_of(page, "Miriam Brandt") and "not yet, due" in row_of(
            page, "Miriam Brandt"
        )
        assert "has no account yet" in row_of(page, "Nettie Underhay")
        assert "Priya Elwood" not in page and "Zelphine" not in page


@pytest.mark.parametrize("part", ["therapist", "head", "outsider", "steering", "editor"])
def test_nobody_else_sees_who_has_read_it(cast, client_for, audience, part):
    client = client_for(getattr(cast, part))
    assert client.get(readers_of(audience)).status_code == 404
    assert client.get(f"{readers_of(audience)}?export=csv").status_code == 404


def test_what_was_read_stays_on_record_when_the_document_is_over(cast, client_for, audience):
    reading = open_it(cast.therapist, audience)
    Reading.objects.create(person=cast.head, document=audience.document, file_hash="an older file")
    reading.acknowledged_at = timezone.now()
    reading.save()
    audience.document.withdrawn_on = timezone.localdate()
    audience.document.save()
    page = text_of(client_for(cast.coordinator).get(readers_of(audience)))
    assert "Withdrawn on" in page and "Nobody is asked to read it now." in page
    assert "This file" in row_of(page, "Saoirse Calder") and "An earlier file" in row_of(page, "Priya Elwood")


def test_who_has_read_it_is_taken_out_as_csv_and_on_record(cast, client_for, audience):
    open_it(cast.therapist, audience)
    answer = client_for(cast.coordinator).get(f"{readers_of(audience)}?export=csv")
    rows = list(csv.DictReader(StringIO(answer.content.decode())))
    assert {row["Person"] for row in rows} == {"Saoirse Calder", "Tomasz Dolan", "Miriam Brandt"}
    assert AuditEvent.objects.filter(verb="exported", subject=audience.uuid).count() == 1


def test_lists_name_every_document_that_must_be_read(cast, client_for, audience):
    DocumentAudienceFactory(service=cast.service, document__title="Not asked")
    DocumentAudienceFactory(service=cast.other_service, document__title="Felquay", must_read=MustRead.TEAM)
    for person in (cast.coordinator, cast.supervisor):
        page = text_of(client_for(person).get(LISTS))
        assert "0 of 3" in row_of(page, "Keeping safe, 2026")
        assert "Not asked" not in page and "Felquay" not in page
    for person in (cast.therapist, cast.head, cast.steering):
        assert client_for(person).get(LISTS).status_code == 404


def test_lists_and_readers_ask_as_many_questions_for_many_as_for_few(cast, client_for, audience):
    client = client_for(cast.coordinator)

    def asked(address):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    few = [asked(LISTS), asked(readers_of(audience))]
    for number in range(4):
        DocumentAudienceFactory(
            service=cast.service, must_read=MustRead.TEAM, school=cast.school if number % 2 else None
        )
        open_it(PractitionerFactory(service=cast.service).user, audience)
    assert [asked(LISTS), asked(readers_of(audience))] == few


# --- The register, and the first page


def test_register_says_who_must_read_and_what(cast, client_for, audience):
    address = reverse("casework_documentaudience_modeladmin_edit", args=[audience.uuid])
    client = client_for(cast.coordinator)
    sent = fill_in(client, address, must_read="team", parts="Part two", read_by="2026-12-24")
    assert sent.status_code == 302
    audience.refresh_from_db()
    assert (audience.must_read, audience.parts, f"{audience.read_by}") == ("team", "Part two", "2026-12-24")
    wrong = fill_in(client, address, check_answers="Only one")
    assert "Write two answers or more" in text_of(wrong)


def test_register_asks_for_a_day_where_a_document_was_open_for_long(cast, client_for):
    audience = DocumentAudienceFactory(service=cast.service, created_at=timezone.now() - 60 * DAY)
    audience.document.came_at = timezone.now() - 60 * DAY
    audience.document.save()
    address = reverse("casework_documentaudience_modeladmin_edit", args=[audience.uuid])
    client = client_for(cast.coordinator)
    assert "say by which day it is to be read" in text_of(fill_in(client, address, must_read="team"))
    assert fill_in(client, address, must_read="team", read_by="2027-01-31").status_code == 302


def test_register_says_how_each_document_stands(cast, client_for, audience):
    DocumentAudienceFactory(service=cast.service, document__title="Newer", document__replaces=audience.document)
    page = text_of(client_for(cast.coordinator).get("/admin/library-readers/"))
    assert "Replaced by a newer version" in page and "In use" in page


def home(client):
    return text_of(client.get(reverse("wagtailadmin_home")))


def test_home_says_what_is_to_be_read_until_it_is(cast, client_for, audience):
    for person in (cast.therapist, cast.supervisor):
        page = home(client_for(person))
        assert 'id="card-to-read"' in page and read_at(audience) in page
    assert 'id="card-to-read"' not in home(client_for(cast.coordinator))
    reading = open_it(cast.therapist, audience)
    assert 'id="card-to-read"' in home(client_for(cast.therapist))
    reading.acknowledged_at = timezone.now()
    reading.save()
    assert 'id="card-to-read"' not in home(client_for(cast.therapist))


def test_home_shows_five_of_what_is_to_be_read(cast, client_for):
    for number in range(7):
        DocumentAudienceFactory(
            service=cast.service, document__title=f"Paper {number}", must_read=MustRead.PRACTITIONERS
        )
    page = home(client_for(cast.therapist))
    assert page.count("Read it by") == 5 and "There are 2 more" in page


def test_coordinators_home_says_what_the_library_needs(cast, client_for):
    client = client_for(cast.coordinator)
    assert 'id="card-library"' not in home(client)
    cast.coordinator.groups.add(Group.objects.get(name="Library keeper"))
    DocumentFactory(title="Nobodys yet")
    past = {"document__review_by": timezone.localdate() - DAY}
    DocumentAudienceFactory(service=cast.service, document__title="Old policy", **past)
    DocumentAudienceFactory(service=cast.other_service, document__title="Felquay policy", **past)
    page = home(client_for(cast.coordinator))
    assert "Nobodys yet" in page and "Old policy" in page and "Felquay" not in page
    assert 'id="card-library"' not in home(client_for(cast.therapist))
