"""Viruses: where a scanner is set, nobody opens a file before it was found clean."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission

from allyance_site.management.commands.timer import JOBS
from casework import timer
from casework.models import DocumentAudience
from cms import scanning
from cms.library import LibraryDocument
from cms.scanned import ScanState
from tests.cms import clamd, files
from tests.factories import DocumentAudienceFactory, DocumentFactory

VIRUS = files.pdf(b"% " + clamd.TEST_VIRUS)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def scanner(settings):
    with clamd.running() as (settings.SCANNER, server):
        yield server


@pytest.fixture
def stopped(settings):
    settings.SCANNER = clamd.nobody()


@pytest.fixture
def keeper(cast, client_for, site):
    """The coordinator, who looks after the files."""
    group = cast.coordinator.groups.create(name="Keepers")
    for codename in ("add_document", "change_document"):
        permission = Permission.objects.get(content_type__app_label="wagtaildocs", codename=codename)
        GroupCollectionPermission.objects.create(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )
    return client_for(cast.coordinator)


def add(client, content=files.PLAIN_PDF, name="policy.pdf", **fields):
    file = SimpleUploadedFile(name, content)
    return client.post(
        "/admin/documents/add/",
        {"title": "Policy", "file": file, "kind": "policy", "tags": "", "collection": 1} | fields,
    )


def kept(content: bytes = files.PLAIN_PDF, service=None) -> LibraryDocument:
    document = DocumentFactory(title="Policy", file=ContentFile(content, name="policy.pdf"))
    if service:
        DocumentAudienceFactory(document=document, service=service)
    return document


def state(document: LibraryDocument) -> str:
    document.refresh_from_db()
    return document.scan_state


def listed(client) -> str:
    return client.get("/admin/documents/").content.decode()


def test_57_a_new_document_is_looked_at_at_once(cast, keeper, client_for, scanner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert add(keeper).status_code == 302
    document = LibraryDocument.objects.get()
    assert document.scan_state == ScanState.CLEAN
    DocumentAudience.objects.create(document=document, service=cast.service)
    assert client_for(cast.therapist).get(document.url).getvalue() == files.PLAIN_PDF
    assert "No virus found on" in listed(keeper)
    assert "no scanner is set" not in listed(keeper)
    assert f'href="{document.url}"' in listed(keeper)


def test_57_a_virus_is_never_opened(cast, keeper, client_for, scanner, settings, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert add(keeper, VIRUS).status_code == 302
    document = LibraryDocument.objects.get()
    assert document.scan_state == ScanState.INFECTED
    DocumentAudience.objects.create(document=document, service=cast.service)
    therapist = client_for(cast.therapist)
    missing = therapist.get("/documents/999999/nothing.pdf").content
    # Nor when the scanner is taken away again.
    for address in (settings.SCANNER, clamd.nobody(), ""):
        settings.SCANNER = address
        for client in (therapist, keeper):
            for headers in ({}, {"Range": "bytes=0-9"}):
                answer = client.get(document.url, headers=headers)
                assert (answer.status_code, answer.content) == (404, missing)
            assert client.head(document.url).status_code == 404
        assert document.url not in therapist.get("/library/").content.decode()
        assert "a virus was found" in therapist.get("/library/").content.decode()
        assert "a virus was found" in listed(keeper)
        assert "policy.pdf" in listed(keeper) and document.url not in listed(keeper)


def test_57_while_the_scanner_is_stopped_nothing_new_is_opened(
    cast, keeper, client_for, stopped, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert add(keeper).status_code == 302
    document = LibraryDocument.objects.get()
    DocumentAudience.objects.create(document=document, service=cast.service)
    therapist = client_for(cast.therapist)
    assert scanning.look_at_waiting() == 0
    assert state(document) == ScanState.PENDING
    assert therapist.get(document.url).status_code == 404
    assert "it waits for the virus scanner" in therapist.get("/library/").content.decode()
    assert "it waits for the virus scanner" in listed(keeper)
    with clamd.running() as (settings.SCANNER, _):
        call_command("scan_documents")
    assert therapist.get(document.url).getvalue() == files.PLAIN_PDF


def test_timer_has_what_waits_looked_at(db, scanner):
    document = kept()
    job = next(job for job in JOBS if "viruses" in job.name)
    timer.run_due([timer.Job(job.name, job.every, job.run)])
    assert state(document) == ScanState.CLEAN


def test_what_the_scanner_cannot_look_into_stays_shut(cast, client_for, scanner):
    scanner.says = b"stream: Heuristics.Encrypted.PDF FOUND\0"
    document = kept(service=cast.service)
    scanning.look_at_waiting()
    assert state(document) == ScanState.UNSCANNABLE
    assert client_for(cast.therapist).get(document.url).status_code == 404
    assert "could not look into it" in document.scan_in_words


def test_file_that_is_lost_holds_up_no_other(db, scanner, caplog):
    lost, other = kept(), kept()
    lost.file.storage.delete(lost.file.name)
    assert scanning.look_at_waiting() == 2
    assert (state(lost), state(other)) == (ScanState.UNSCANNABLE, ScanState.CLEAN)
    assert any("cannot be read" in message for message in caplog.messages)


def test_each_file_is_looked_at_again_every_day(db, scanner):
    document = kept()
    with time_machine.travel(NOON, tick=False) as clock:
        assert [scanning.look_at_waiting() for _ in range(2)] == [1, 0]
        scanner.says = b"stream: Found-Today FOUND\0"
        clock.shift(timedelta(hours=23))
        assert scanning.look_at_waiting() == 0
        clock.shift(timedelta(hours=1))
        assert scanning.look_at_waiting() == 1
    assert state(document) == ScanState.INFECTED


def test_waiting_ones_come_first_and_few_at_once(db, scanner, monkeypatch):
    monkeypatch.setattr(scanning, "AT_ONCE", 1)
    with time_machine.travel(NOON, tick=False) as clock:
        older = kept()
        scanning.look_at_waiting()
        clock.shift(timedelta(days=2))
        newer = kept()
        assert scanning.look_at_waiting() == 1
        assert (state(newer), newer.scanned_at) == (ScanState.CLEAN, NOON + timedelta(days=2))
        assert state(older) == ScanState.CLEAN and older.scanned_at == NOON


def test_newer_file_waits_for_its_own_turn(db, scanner):
    document = kept()
    seen = LibraryDocument.objects.get()
    document.file = ContentFile(VIRUS, name="newer.pdf")
    document.save(update_fields=["file"])
    scanning.look_at(seen)
    assert state(document) == ScanState.PENDING
    scanning.look_at_waiting()
    assert state(document) == ScanState.INFECTED
    document.file = ContentFile(files.PLAIN_PDF, name="clean.pdf")
    document.save()
    assert (state(document), document.scanned_at) == (ScanState.PENDING, None)


def test_without_a_scanner_files_open_and_the_list_says_so(cast, keeper, client_for, settings):
    settings.SCANNER = ""
    add(keeper)
    document = LibraryDocument.objects.get()
    DocumentAudience.objects.create(document=document, service=cast.service)
    assert scanning.look_at_waiting() == 0
    assert client_for(cast.therapist).get(document.url).getvalue() == files.PLAIN_PDF
    assert "Files are not scanned for viruses: no scanner is set." in listed(keeper)
    assert "Not looked at" in listed(keeper)


@pytest.mark.parametrize("name", ["page.html", "a.pdf.exe", "fake.pdf"])
def test_54_form_refuses_and_keeps_nothing(keeper, name):
    answer = add(keeper, b"<html>", name)
    assert answer.status_code == 200
    assert not LibraryDocument.objects.exists()


def test_56_form_refuses_a_file_of_21_megabytes(keeper):
    answer = add(keeper, files.PLAIN_PDF.replace(b"trailer", b" " * 21 * 1024 * 1024 + b"trailer"))
    assert "too big" in answer.content.decode()
    assert not LibraryDocument.objects.exists()


def test_one_person_adds_so_much_in_a_day(keeper, settings):
    settings.UPLOADS_A_DAY = 2 * len(files.PLAIN_PDF)
    assert [add(keeper).status_code for _ in range(3)] == [302, 302, 200]
    assert "Go on tomorrow" in add(keeper).content.decode()
    LibraryDocument.objects.update(created_at=timezone.now() - timedelta(days=1))
    assert add(keeper).status_code == 302


def test_what_somebody_else_adds_is_not_counted(cast, keeper, settings):
    settings.UPLOADS_A_DAY = len(files.PLAIN_PDF)
    add(keeper)
    LibraryDocument.objects.update(uploaded_by_user=cast.editor)
    assert add(keeper).status_code == 302


def test_document_keeps_its_file_when_only_its_title_changes(keeper, settings):
    settings.UPLOADS_A_DAY = len(files.PLAIN_PDF)
    add(keeper)
    document = LibraryDocument.objects.get()
    answer = keeper.post(
        f"/admin/documents/edit/{document.pk}/", {"title": "New", "kind": "form", "tags": "", "collection": 1}
    )
    assert answer.status_code == 302
    assert (LibraryDocument.objects.get().title, LibraryDocument.objects.get().file) == ("New", document.file)
