"""Downloads: whole or in pieces, on record once, and for nobody else but like something that does not exist."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import RequestFactory
from django.utils import timezone

from casework.models import AuditEvent
from cms.download import piece_asked_for
from cms.library import LibraryDocument
from tests.factories import DocumentAudienceFactory, DocumentFactory
from tests.signed_in import sign_in

CONTENT = bytes(range(256)) * 600
SIZE = len(CONTENT)


@pytest.fixture
def document(cast):
    made = DocumentFactory(title="Policy", file=ContentFile(CONTENT, name="Our policy.pdf"))
    DocumentAudienceFactory(document=made, service=cast.service)
    return made


@pytest.fixture
def foreign(cast):
    return DocumentAudienceFactory(service=cast.other_service).document


@pytest.fixture
def therapist(cast, client_for):
    return client_for(cast.therapist)


def openings() -> int:
    return AuditEvent.objects.filter(verb="opened", subject_type="cms.librarydocument").count()


def piece(client, document, asked: str, **headers: str):
    """The answer to a request for a piece, read to its end, which closes the file."""
    response = client.get(document.url, headers={"Range": asked} | headers)
    response.body = response.getvalue()
    return response


def test_whole_file_is_streamed(therapist, document):
    response = therapist.get(document.url)
    assert (response.status_code, response.streaming) == (200, True)
    assert response.getvalue() == CONTENT
    assert response["Content-Length"] == str(SIZE)
    assert response["Content-Type"] == "application/pdf"
    assert response["Accept-Ranges"] == "bytes"
    assert "Content-Range" not in response and "Last-Modified" not in response


def test_head_says_all_and_sends_nothing(therapist, document):
    told, sent = therapist.head(document.url), therapist.get(document.url)
    assert (told.getvalue(), sent.getvalue()) == (b"", CONTENT)
    assert {**told.headers} == {**sent.headers}
    assert openings() == 1


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, SIZE - 1),
        ("bytes=-100", SIZE - 100, SIZE - 1),
        (f"bytes=-{SIZE + 1}", 0, SIZE - 1),
        (f"bytes=0-{SIZE * 2}", 0, SIZE - 1),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE - 1),
    ],
)
def test_piece_that_is_asked_for_is_sent(therapist, document, asked, first, last):
    response = piece(therapist, document, asked)
    assert response.status_code == 206
    assert response.body == CONTENT[first : last + 1]
    assert response["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert response["Content-Length"] == str(last - first + 1)
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == 'attachment; filename="Our policy.pdf"'


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE + 5}-{SIZE + 9}", "bytes=-0"])
def test_piece_beyond_the_end_is_said_to_be_so(therapist, document, asked):
    response = piece(therapist, document, asked)
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{SIZE}")
    assert response.body == b""
    assert openings() == 0


@pytest.mark.parametrize(
    "asked", ["bytes=9-5", "bytes=-", "bytes=a-b", "lines=0-5", "bytes=0-5,9-12", "bytes 0-5", f"bytes={'9' * 40}-"]
)
def test_what_is_not_understood_gets_the_whole(therapist, document, asked):
    response = piece(therapist, document, asked)
    assert (response.status_code, response.body) == (200, CONTENT)


def test_empty_file_has_no_piece():
    request = RequestFactory().get("/", headers={"Range": "bytes=0-"})
    assert piece_asked_for(request, 0, '"a"') == range(0)


def test_piece_of_the_same_file_only(therapist, document):
    tag = therapist.head(document.url)["ETag"]
    assert piece(therapist, document, "bytes=0-9", **{"If-Range": tag}).status_code == 206
    for other in ('"another"', f"W/{tag}", "Sun, 22 Nov 2026 05:00:00 GMT"):
        assert piece(therapist, document, "bytes=0-9", **{"If-Range": other}).status_code == 200
    document.file = ContentFile(b"%PDF-1.4 newer", name="newer.pdf")
    document.save()
    assert piece(therapist, document, "bytes=0-9", **{"If-Range": tag}).status_code == 200


def test_what_somebody_has_is_not_sent_again(therapist, document):
    tag = therapist.head(document.url)["ETag"]
    assert therapist.get(document.url, headers={"If-None-Match": tag}).status_code == 304
    assert therapist.get(document.url, headers={"If-Match": '"another"'}).status_code == 412
    assert openings() == 0


def test_a_download_in_pieces_is_one_opening(cast, therapist, document):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        piece(therapist, document, "bytes=0-99")
        piece(therapist, document, "bytes=100-199")
        assert openings() == 1
        clock.shift(timedelta(hours=2))
        sign_in(therapist, cast.therapist)  # the session was locked meanwhile
        piece(therapist, document, "bytes=200-299")
        assert openings() == 2


def test_the_end_alone_is_an_opening_too(cast, client_for, therapist, document):
    piece(therapist, document, "bytes=0-")
    piece(client_for(cast.coordinator), document, "bytes=1-")
    assert openings() == 2


def test_24_what_is_not_yours_is_not_there_in_any_way(therapist, document, foreign):
    missing = therapist.get("/documents/999999/nothing.pdf")
    stored = foreign.file.name
    for path in (
        foreign.url,
        f"/documents/{foreign.pk}/",
        f"/documents/{foreign.pk}/{foreign.given_name}",
        f"/documents/{foreign.pk}/../{document.pk}/{document.filename}",
        f"/documents/{document.pk}/{foreign.filename}",
        f"/documents/{'9' * 30}/{foreign.filename}",
        f"/media/{stored}",
        f"/media/documents/{stored}",
        f"/media/images/{stored}",
        f"/media/../library/{stored}",
        f"/library/{stored}",
    ):
        for headers in ({}, {"Range": "bytes=0-9"}, {"If-None-Match": "*"}, {"If-Match": '"a"'}):
            response = therapist.get(path, headers=headers)
            assert (response.status_code, response.content) == (404, missing.content), path
            assert not {"ETag", "Accept-Ranges", "Content-Disposition"} & set(response.headers), path
        assert therapist.head(path).status_code == 404, path
    assert openings() == 0


def test_only_asking_opens(therapist, document):
    for method in (therapist.post, therapist.put, therapist.delete, therapist.options):
        assert method(document.url).status_code in (403, 405)
    assert openings() == 0


def test_file_that_is_lost_is_not_there(therapist, document, caplog):
    document.file.storage.delete(document.file.name)
    assert therapist.get(document.url).status_code == 404
    assert f"The file of library document {document.pk} is not there." in caplog.messages
    assert openings() == 0


def test_document_of_before_gets_its_tag_when_it_is_asked_for(therapist, document):
    LibraryDocument.objects.update(file_hash="")
    first = therapist.head(document.url)["ETag"]
    assert first == therapist.head(document.url)["ETag"] != '""'
