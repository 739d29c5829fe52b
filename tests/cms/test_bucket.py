"""Files in S3, against a real server on this machine: private they stay, and come through the site's own doors."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import boto3
import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from wagtail.models import Collection

from cms import scanning
from cms.bucket import Bucket
from cms.library import LibraryDocument, SiteImage
from cms.scanned import ScanState
from tests.cms import clamd, files
from tests.factories import DocumentAudienceFactory, DocumentFactory

NAME = "allyance-files"
KEYS = {"AWS_ACCESS_KEY_ID": "a key of the test", "AWS_SECRET_ACCESS_KEY": "and its secret"}
UP_WITHIN = 60


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """Where moto's S3 answers, with an empty bucket."""
    with contextlib.closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | KEYS)
    try:
        began = time.monotonic()
        while time.monotonic() - began < UP_WITHIN:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(address, timeout=5).close()
                break
            time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture
def bucket(endpoint, settings, monkeypatch):
    """The settings of an installation that keeps its files there."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    place = {"bucket_name": NAME, "endpoint_url": endpoint, "region_name": "eu-west-2"}
    made = boto3.client("s3", endpoint_url=endpoint, region_name="eu-west-2")
    with contextlib.suppress(made.exceptions.BucketAlreadyOwnedByYou):
        made.create_bucket(Bucket=NAME, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "cms.bucket.Bucket", "OPTIONS": place | {"location": "media", "base_url": "/media/"}},
        "library": {"BACKEND": "cms.bucket.Bucket", "OPTIONS": place | {"location": "library", "base_url": None}},
    }
    # A field asks for its storage once, when its class is made.
    monkeypatch.setattr(LibraryDocument._meta.get_field("file"), "storage", storages["library"])
    yield made
    made.close()
    cache.clear()  # of the picture's sizes, which the next test would look for on its own disk


def asked_from_outside(endpoint: str, key: str) -> int:
    try:
        with urllib.request.urlopen(f"{endpoint}/{NAME}/{key}", timeout=5) as answer:  # noqa: S310 - the server that we started
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code


@pytest.fixture
def document(bucket, cast):
    made = DocumentFactory(title="Policy", file=ContentFile(files.PLAIN_PDF, name="Our policy.pdf"))
    DocumentAudienceFactory(document=made, service=cast.service)
    return made


def test_document_lies_in_the_bucket_and_nobody_gets_it_there(document, bucket, endpoint):
    key = f"library/{document.file.name}"
    assert bucket.get_object(Bucket=NAME, Key=key)["Body"].read() == files.PLAIN_PDF
    assert asked_from_outside(endpoint, key) == 403
    with pytest.raises(NotImplementedError):
        _ = document.file.url


def test_document_is_downloaded_through_the_guarded_door(document, cast, client_for):
    therapist = client_for(cast.therapist)
    whole = therapist.get(document.url)
    assert (whole.status_code, whole.getvalue()) == (200, files.PLAIN_PDF)
    assert whole["Content-Disposition"] == 'attachment; filename="Our policy.pdf"'
    piece = therapist.get(document.url, headers={"Range": "bytes=5-9"})
    assert (piece.status_code, piece.getvalue()) == (206, files.PLAIN_PDF[5:10])
    told = therapist.head(document.url)
    assert (told["Content-Length"], told["ETag"]) == (str(len(files.PLAIN_PDF)), whole["ETag"])
    assert client_for(cast.editor).get(document.url).status_code == 404


def test_file_that_is_lost_there_is_not_there(document, bucket, cast, client_for, caplog):
    bucket.delete_object(Bucket=NAME, Key=f"library/{document.file.name}")
    assert client_for(cast.therapist).get(document.url).status_code == 404
    assert any("is not there" in message for message in caplog.messages)


def test_document_there_is_looked_at_for_viruses(document, settings):
    with clamd.running() as (settings.SCANNER, server):
        assert scanning.look_at_waiting() == 1
    document.refresh_from_db()
    assert (server.seen, document.scan_state) == ([files.PLAIN_PDF], ScanState.CLEAN)


def test_picture_comes_from_the_bucket_under_the_sites_own_address(bucket, endpoint, db, client):
    picture = SiteImage.objects.create(
        title="Room",
        description="A room.",
        file=ContentFile(files.with_a_place(), name="room.jpg"),
        collection=Collection.get_first_root_node(),
    )
    rendition = picture.get_rendition("width-100")
    assert rendition.url == f"/media/{rendition.file.name}"
    assert client.get(rendition.url).getvalue().startswith(b"\xff\xd8\xff")
    assert client.get(f"/media/{picture.file.name}").status_code == 404
    for name in (rendition.file.name, picture.file.name):
        assert asked_from_outside(endpoint, f"media/{name}") == 403


def test_bucket_has_no_address_of_its_own(bucket):
    assert isinstance(storages["library"], Bucket)
    with pytest.raises(NotImplementedError):
        storages["library"].url("a.pdf")
