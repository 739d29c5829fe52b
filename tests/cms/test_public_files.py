"""Files for everybody: kept by the editors of their site, given out by their own address, and never the library's."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from cms import groups, scanning
from cms.forms import added_today
from cms.models import FileReaders, LibraryDocument, PublicFile, SectionPage
from cms.scanned import ScanState
from tests.cms import clamd, files
from tests.factories import DocumentFactory

CANARY = "canary"
DATES = {"last_checked": "2026-11-02", "review_by": "2027-01-31"}
FIELDS = {"title": "A leaflet", "readers": "families", **DATES}
ADD = "/admin/files-to-download/new/"


def leaflet(site, content=files.PLAIN_PDF, name="leaflet.pdf", **fields):
    return PublicFile.objects.create(**FIELDS | {"site": site, "file": ContentFile(content, name=name)} | fields)


@pytest.fixture
def editor(cast, client_for, site):
    cast.editor.groups.add(groups.editors_of(site))
    return client_for(cast.editor)


def send(client, site, content=files.PLAIN_PDF, name="leaflet.pdf", path=ADD, **fields):
    return client.post(path, FIELDS | {"site": site.pk, "file": SimpleUploadedFile(name, content)} | fields)


def listed(client, path="/for-parents/"):
    page = BeautifulSoup(client.get(path).content, "html.parser")
    return {link["href"]: link.get_text(" ", strip=True) for link in page.select(".downloads a")}


def test_visitor_finds_the_file_with_its_kind_and_size_and_gets_it_to_save(client, site):
    file = leaflet(site)
    size = len(files.PLAIN_PDF)
    assert listed(client) == {file.get_absolute_url(): f"A leaflet (PDF, {size}\xa0bytes)"}
    answer = client.get(file.get_absolute_url())
    assert answer.getvalue() == files.PLAIN_PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="A leaflet.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"] and not answer.cookies
    again = client.get(file.get_absolute_url(), headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_block_without_files_says_nothing(client, site):
    leaflet(site, readers=FileReaders.SCHOOLS)
    assert listed(client) == {}
    assert "To print" not in client.get("/for-parents/").content.decode()


def test_another_site_neither_lists_nor_gives_it(client, site, cluster_site):
    file = leaflet(cluster_site)
    assert listed(client) == {}
    assert client.get(file.get_absolute_url()).status_code == 404
    assert client.get(file.get_absolute_url(), headers={"host": "localhost"}).getvalue() == files.PLAIN_PDF


@pytest.mark.parametrize("state", [ScanState.PENDING, ScanState.INFECTED, ScanState.UNSCANNABLE])
def test_file_that_is_not_found_clean_is_shut(client, site, settings, state):
    settings.SCANNER = clamd.nobody()
    file = leaflet(site)
    PublicFile.objects.update(scan_state=state)
    assert client.get(file.get_absolute_url()).status_code == 404
    assert listed(client) == {}


def test_scanner_looks_at_it_at_once_and_again_every_day(editor, site, settings, django_capture_on_commit_callbacks):
    with clamd.running() as (settings.SCANNER, server):
        with django_capture_on_commit_callbacks(execute=True):
            assert send(editor, site).status_code == 302
        file = PublicFile.objects.get()
        assert (server.seen, file.scan_state) == ([files.PLAIN_PDF], ScanState.CLEAN)
        PublicFile.objects.update(scanned_at="2020-01-01T00:00:00Z")
        assert scanning.look_at_waiting() == 1


def test_file_whose_bytes_are_gone_is_not_there(client, site):
    file = leaflet(site)
    file.file.storage.delete(file.file.name)
    assert client.get(file.get_absolute_url()).status_code == 404


# --- Editors


def test_editor_adds_changes_and_takes_out(cast, editor, site, django_capture_on_commit_callbacks):
    assert editor.get(ADD).status_code == 200
    assert send(editor, site).status_code == 302
    file = PublicFile.objects.get()
    kept = file.file.name
    assert (file.site, file.uploaded_by_user) == (site, cast.editor)
    edit = f"/admin/files-to-download/edit/{file.pk}/"
    assert "Leave empty to keep the PDF" in editor.get(edit).content.decode()
    assert editor.post(edit, FIELDS | {"site": site.pk, "title": "Another"}).status_code == 302
    file.refresh_from_db()
    assert (file.title, file.file.name) == ("Another", kept)
    with django_capture_on_commit_callbacks(execute=True):
        assert send(editor, site, files.pdf(b"% newer"), path=edit).status_code == 302
    file.refresh_from_db()
    assert not file.file.storage.exists(kept) and file.file.storage.exists(file.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        assert editor.post(f"/admin/files-to-download/delete/{file.pk}/").status_code == 302
    assert not PublicFile.objects.exists() and not file.file.storage.exists(file.file.name)


def test_another_sites_files_are_not_there(editor, site, cluster_site):
    file = leaflet(cluster_site)
    assert "A leaflet" not in editor.get("/admin/files-to-download/").content.decode()
    for act in ("edit", "delete"):
        assert editor.get(f"/admin/files-to-download/{act}/{file.pk}/").status_code == 404
        assert editor.post(f"/admin/files-to-download/{act}/{file.pk}/", FIELDS).status_code == 404
    assert send(editor, cluster_site).status_code == 200
    assert PublicFile.objects.count() == 1


@pytest.mark.parametrize("person", ["therapist", "head", "supervisor"])
def test_casework_adds_none(cast, client_for, site, person):
    client = client_for(getattr(cast, person))
    assert client.get(ADD).status_code == 404
    assert send(client, site).status_code == 404
    assert not PublicFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leaflet.html", b"<script>"),
        ("leaflet.svg", b"<svg/>"),
        ("leaflet.exe", b"MZ"),
        ("leaflet.png", files.picture()),
        ("leaflet.pdf", b"<script>"),
        ("leaflet.docx", files.office("word/vbaProject.bin")),
        ("leaflet.docx", files.office(kind="xlsx")),
    ],
)
def test_file_that_is_none_is_refused(editor, site, name, content):
    assert send(editor, site, content, name).status_code == 200
    assert not PublicFile.objects.exists()


@pytest.mark.parametrize(("name", "content"), [("a.docx", files.office()), ("a.odt", files.odt())])
def test_other_kinds_are_kept(editor, client, site, name, content):
    assert send(editor, site, content, name).status_code == 302
    assert client.get(PublicFile.objects.get().get_absolute_url()).getvalue() == content


def test_files_count_for_the_day(cast, editor, site, settings):
    assert send(editor, site).status_code == 302
    assert added_today(cast.editor) == len(files.PLAIN_PDF)
    settings.UPLOADS_A_DAY = len(files.PLAIN_PDF) + 1
    assert "Go on tomorrow" in send(editor, site, title="Another").content.decode()


def test_one_that_nobody_has_read_in_time_is_reported(editor, site):
    leaflet(site, last_checked="2020-01-01", review_by="2020-04-01")
    assert "A leaflet" in editor.get("/admin/numbers-to-check/").content.decode()


# --- The library


@pytest.fixture
def document(cast):
    """A document of the library, whose words must not come out."""
    words = files.pdf(f"% {CANARY}".encode())
    return DocumentFactory(title=f"{CANARY} policy", file=ContentFile(words, name=f"{CANARY}.pdf"))


def test_no_document_of_the_library_comes_out_by_this_door(client, site, document):
    leaflet(site)
    stored = document.file.name
    asked = [
        document.pk,
        document.filename,
        stored,
        stored.rpartition("/")[2].partition(".")[0],
        f"../library/{stored}",
    ]
    for name in asked:
        assert client.get(f"/files/{name}/").status_code == 404, name
        assert client.get(f"/files/{name}", follow=True).status_code == 404, name
    theirs, ours = (model._meta.get_field("file").storage for model in (LibraryDocument, PublicFile))
    assert theirs.location != ours.location


def test_no_name_of_a_file_makes_one_of_the_librarys_a_public_one(client, site, document):
    """Even where a row named the library's own file, it lies in another folder."""
    file = leaflet(site)
    for name in (document.file.name, f"../library/{document.file.name}"):
        PublicFile.objects.update(file=name)
        assert client.get(file.get_absolute_url()).status_code in (400, 404)


def test_form_takes_a_file_and_no_number_of_one(editor, site, document):
    for value in (document.pk, document.file.name, f"documents/{document.filename}"):
        assert editor.post(ADD, FIELDS | {"site": site.pk, "file": value}).status_code == 200
    assert not PublicFile.objects.exists()


def test_page_and_data_name_no_document(client, editor, site, document):
    section = SectionPage.objects.child_of(site.root_page).get(slug="for-parents")
    section.body = [("downloads", {"heading": "All", "readers": readers}) for readers in FileReaders.values]
    section.save()
    for readers in FileReaders.values:
        leaflet(site, title=f"For {readers}", readers=readers)
    page = client.get("/for-parents/").content.decode()
    assert page.count('class="downloads"') == 4 and CANARY not in page
    data = client.get(f"/api/v2/pages/{section.pk}/").content.decode()
    assert '"downloads"' in data and CANARY not in data
    assert CANARY not in editor.get("/admin/files-to-download/").content.decode()
