"""Versions of a document: which opens, what its dates may be, and that what was opened stays on record."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection

from casework.access import rules
from casework.access.roles import Role
from casework.models import AuditEvent, DocumentAudience, MustRead, Reading
from cms.library import LibraryDocument
from tests.factories import DocumentAudienceFactory, DocumentFactory
from tests.factories.audience import PDF
from tests.factories.role import ServiceRoleFactory

DAY = timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def keeper(cast):
    """The coordinator, who looks after the library's files."""
    from django.contrib.auth.models import Group

    cast.coordinator.groups.add(Group.objects.get(name="Library keeper"))
    return cast.coordinator


def put(cast, title="Paper", **fields):
    fields = {f"document__{name}": value for name, value in fields.items()}
    return DocumentAudienceFactory(service=cast.service, document__title=title, **fields).document


def opens(client, document):
    answer = client.get(document.url)
    answer.getvalue()
    return answer.status_code == 200


# --- What opens


@pytest.mark.parametrize(
    ("fields", "therapist", "coordinator"),
    [
        ({}, True, True),
        ({"valid_from": 0}, True, True),
        ({"valid_from": 1}, False, True),
        ({"withdrawn_on": 1}, True, True),
        ({"withdrawn_on": 0}, False, False),
        ({"valid_from": -9, "withdrawn_on": -1}, False, False),
    ],
)
def test_a_document_opens_while_it_holds(cast, client_for, today, fields, therapist, coordinator):
    document = put(cast, **{name: today + days * DAY for name, days in fields.items()})
    for person, expected in ((cast.therapist, therapist), (cast.coordinator, coordinator)):
        assert (document in rules.visible_documents(person)) is expected
        assert opens(client_for(person), document) is expected


def test_a_newer_version_takes_the_place_of_the_older_from_its_first_day_and_once_it_has_readers(cast, today):
    old = put(cast, "Old")

    def opened():
        return {document.title for document in rules.visible_documents(cast.therapist)}

    new = DocumentFactory(title="New", replaces=old, valid_from=today + DAY)
    assert opened() == {"Old"}
    new.valid_from = today
    new.save()
    assert opened() == {"Old"}
    DocumentAudience.objects.create(document=new, service=cast.service)
    assert opened() == {"New"}


def test_what_is_over_does_not_come_back(cast, today):
    first = put(cast, "First")
    second = put(cast, "Second", replaces=first)
    put(cast, "Third", replaces=second)
    second.withdrawn_on = today
    second.save()
    assert [document.title for document in rules.visible_documents(cast.therapist)] == ["Third"]


def test_a_version_that_was_withdrawn_before_it_held_takes_no_place(cast, today):
    old = put(cast, "Old")
    put(cast, "New", replaces=old, valid_from=today, withdrawn_on=today)
    assert [document.title for document in rules.visible_documents(cast.therapist)] == ["Old"]


def test_one_services_coordinator_opens_nothing_to_come_of_anothers(cast, client_for, today):
    """A coordinator who is in another service's team is there one of the team."""
    document = put(cast, valid_from=today + DAY)
    ServiceRoleFactory(user=cast.outsider, content_object=cast.service, role=Role.SAFEGUARDING_LEAD)
    assert not rules.can_open_document(cast.outsider, document)


# --- What its dates may be


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"valid_from": 0, "review_by": 365, "withdrawn_on": 400}, None),
        ({"valid_from": 0, "review_by": 0}, "review_by"),
        ({"valid_from": 5, "withdrawn_on": 4}, "withdrawn_on"),
        ({"valid_from": 5, "withdrawn_on": 5}, None),
    ],
)
def test_clean_dates(db, today, fields, wrong):
    document = DocumentFactory(**{name: today + days * DAY for name, days in fields.items()})
    assert objections_to(document) == ({wrong} if wrong else set())


def objections_to(document):
    try:
        document.full_clean()
    except ValidationError as error:
        return set(error.message_dict)
    return set()


def test_clean_replaces(db, today):
    old, elsewhere = DocumentFactory(valid_from=today), Collection.get_first_root_node().add_child(name="Other")
    new = DocumentFactory(replaces=old)
    assert objections_to(new) == set()
    new.valid_from = today - DAY
    assert objections_to(new) == {"valid_from"}
    new.valid_from = None
    old.replaces = new
    assert objections_to(old) == {"replaces"}
    old.replaces = old
    assert objections_to(old) == {"replaces"}
    old.replaces = None
    new.collection = elsewhere
    assert objections_to(new) == {"replaces"}


# --- Its form


def send(client, address, **typed):
    form = client.get(address).context["form"]
    answers = {
        bound.html_name: bound.value() or "" for bound in form if bound.name not in ("file", "tags") and bound.value()
    }
    return client.post(address, answers | typed)


def test_form_offers_older_versions_of_ones_own_and_refuses_a_name_in_the_title(cast, client_for, keeper, today):
    mine, client = DocumentFactory(title="Ours"), client_for(keeper)
    address = reverse("wagtaildocs:edit", args=[mine.pk])
    older = DocumentFactory(title="Ours", edition="2025")

    refused = send(client, address, title="Notes on Wren, 9 years old", replaces=older.pk)
    sent = send(client, address, title="Keeping safe", edition="2026", replaces=older.pk, valid_from=f"{today}")

    assert "looks like somebody’s name" in refused.text
    assert sent.status_code == 302
    mine.refresh_from_db()
    assert (mine.title, mine.edition, mine.replaces, mine.valid_from) == ("Keeping safe", "2026", older, today)


def test_form_knows_no_document_of_another_service(cast, client_for, today):
    from django.contrib.auth.models import Group, Permission

    root = Collection.get_first_root_node()
    ours, theirs = root.add_child(name="Ours"), Collection.objects.get(pk=root.pk).add_child(name="Theirs")
    group = Group.objects.create(name="Keeps ours")
    for codename in ("add_document", "change_document"):
        permission = Permission.objects.get(content_type__app_label="wagtaildocs", codename=codename)
        group.collection_permissions.create(collection=ours, permission=permission)
    cast.coordinator.groups.add(group)
    mine = DocumentFactory(title="Mine", collection=ours)
    hidden = DocumentFactory(title="Felquay plan", collection=theirs)
    client, address = client_for(cast.coordinator), reverse("wagtaildocs:edit", args=[mine.pk])

    assert "Felquay" not in client.get(address).text
    assert "Choose from the list." in send(client, address, title="Mine", replaces=hidden.pk).text
    mine.refresh_from_db()
    assert mine.replaces is None


def test_list_of_files_says_how_each_stands(cast, client_for, keeper, today):
    old = put(cast, "Old")
    put(cast, "New", replaces=old)
    put(cast, "Gone", withdrawn_on=today)
    put(cast, "Soon", valid_from=today + DAY)
    page = client_for(keeper).get(reverse("wagtaildocs:index")).text
    for words in ("replaced by a newer version", "withdrawn on", f"from {today + DAY:%-d %B %Y}", "in use"):
        assert words in page


# --- What stays on record


def test_opening_a_file_is_kept_once_for_each_person_and_version(cast, client_for):
    document = put(cast)
    client = client_for(cast.therapist)
    for _ in range(2):
        client.get(document.url).getvalue()
    (reading,) = Reading.objects.all()
    assert (reading.person, reading.document, reading.file_hash) == (cast.therapist, document, document.file_hash)
    assert reading.acknowledged_at is None
    document.file = ContentFile(PDF + b"% changed", name="policy.pdf")
    document.save()
    client.get(document.url).getvalue()
    assert Reading.objects.filter(person=cast.therapist).count() == 2


def test_looking_without_opening_keeps_no_reading(cast, client_for, today):
    document, gone = put(cast), put(cast, withdrawn_on=today)
    client = client_for(cast.therapist)
    client.head(document.url)
    client.get(gone.url)
    client.get(document.url, headers={"if-none-match": f'"{document.file_hash}"'})
    assert not Reading.objects.exists()


def test_a_document_that_was_opened_is_withdrawn_and_not_deleted(cast, client_for, keeper):
    document = put(cast, "Policy")
    client_for(cast.therapist).get(document.url).getvalue()
    client, address = client_for(keeper), reverse("wagtaildocs:delete", args=[document.pk])
    for answer in (client.get(address, follow=True), client.post(address, follow=True)):
        assert answer.redirect_chain == [(reverse("wagtaildocs:edit", args=[document.pk]), 302)]
        assert "Withdraw it instead" in answer.text
    assert LibraryDocument.objects.filter(pk=document.pk).exists()


def test_a_document_that_is_opened_while_it_is_deleted_is_not_deleted(cast, client_for, keeper, monkeypatch):
    document = put(cast, "Policy")
    client_for(cast.therapist).get(document.url).getvalue()
    monkeypatch.setattr("casework.access.reading.was_opened", lambda document: False)
    answer = client_for(keeper).post(reverse("wagtaildocs:delete", args=[document.pk]), follow=True)
    assert "Withdraw it instead" in answer.text
    assert LibraryDocument.objects.filter(pk=document.pk).exists()


def test_a_document_that_nobody_opened_is_deleted_with_its_readers(cast, client_for, keeper):
    document = put(cast)
    assert client_for(keeper).post(reverse("wagtaildocs:delete", args=[document.pk])).status_code == 302
    assert not LibraryDocument.objects.exists() and not DocumentAudience.objects.exists()


def test_no_other_way_of_deleting_is_open(cast, client_for, keeper):
    document, client = put(cast), client_for(keeper)
    ways = [
        reverse("wagtaildocs:delete_multiple", args=[document.pk]),
        f"{reverse('wagtail_bulk_action', args=['cms', 'librarydocument', 'delete'])}?id={document.pk}",
        f"{reverse('wagtail_bulk_action', args=['cms', 'librarydocument', 'delete'])}?id=all",
    ]
    assert [client.post(way).status_code for way in ways] == [404] * len(ways)
    assert [client.get(way).status_code for way in ways] == [404] * len(ways)
    assert LibraryDocument.objects.exists()


def test_a_new_file_comes_now_and_is_owed_anew(cast, client_for, keeper, today):
    audience = DocumentAudienceFactory(service=cast.service, must_read=MustRead.PRACTITIONERS)
    long_ago = timezone.now() - 100 * DAY
    LibraryDocument.objects.update(came_at=long_ago)
    document = LibraryDocument.objects.get()
    address = reverse("wagtaildocs:edit", args=[document.pk])
    sent = send(client_for(keeper), address, file=SimpleUploadedFile("new.pdf", PDF + b"% new"))
    assert sent.status_code == 302
    document.refresh_from_db()
    assert document.came_at > long_ago
    assert AuditEvent.objects.filter(verb="opened").count() == 0
    assert audience.pk
