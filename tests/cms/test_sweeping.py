"""Files of the library that no document names go after a week; all others stay."""

import os
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from cms.library import library_storage
from cms.sweeping import sweep
from tests.factories import DocumentFactory


@pytest.fixture(autouse=True)
def own_place(settings, tmp_path):
    """A place of this test's own."""
    library = settings.STORAGES["library"]
    settings.STORAGES = settings.STORAGES | {"library": library | {"OPTIONS": {"location": tmp_path, "base_url": None}}}


def lay(name, *, days):
    storage = library_storage()
    storage.save(name, ContentFile(b"words"))
    age(name, days=days)


def age(name, *, days):
    then = (timezone.now() - timedelta(days=days)).timestamp()
    os.utime(library_storage().path(name), (then, then))


def test_sweep_takes_what_no_document_names_and_what_is_old(db):
    document = DocumentFactory()
    document.file.storage = library_storage()
    kept = f"{uuid4().hex}.pdf"
    document.file.save(kept, ContentFile(b"%PDF-1.4 kept"))
    age(document.file.name, days=30)
    old, new = f"{uuid4().hex}.pdf", f"{uuid4().hex}.pdf"
    lay(old, days=8)
    lay(new, days=6)
    lay("somebody-elses.txt", days=30)

    assert sweep() == 1
    there = set(library_storage().listdir("")[1])
    assert there == {document.file.name, new, "somebody-elses.txt"}
    assert sweep() == 0
