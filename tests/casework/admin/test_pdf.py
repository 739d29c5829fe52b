"""A file to send: tagged, with its page's frame, fetching nothing; and one sentence where it cannot be made."""

import sys

import pytest
from PIL import ImageFile

from casework.actions.refusals import StepRefused
from casework.admin.pdf import pdf_of, pdf_response
from tests.pdf import needs_pango, parts_of

BASE = "casework/print/base.html"


@needs_pango
def test_pdf_response_is_a_tagged_file_under_its_reference(rf, cast):
    request = rf.get("/")
    request.user = cast.head
    response = pdf_response(request, BASE, {"reference": "R26-118", "service": "A & B’s"}, name="R26-118")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="R26-118.pdf"'
    assert response.content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in parts_of(response.content)


@needs_pango
@pytest.mark.parametrize("address", ["http://127.0.0.1:9/picture.png", "file:///etc/hostname"])
def test_pdf_of_fetches_nothing(address, monkeypatch):
    opened = []
    monkeypatch.setattr("urllib.request.OpenerDirector.open", lambda *asked, **_: opened.append(asked))
    assert pdf_of(f'<html lang="en"><title>x</title><p>words<img src="{address}" alt="x">').startswith(b"%PDF-")
    assert not opened


@needs_pango
def test_pdf_of_leaves_pictures_as_strict_as_they_were():
    pdf_of('<html lang="en"><title>x</title><p>words')
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def test_pdf_of_says_what_is_missing(monkeypatch):
    class Missing:
        def find_spec(self, name, *_):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with pytest.raises(StepRefused, match=r"libpangoft2-1\.0-0"):
        pdf_of("<p>words")
