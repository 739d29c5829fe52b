"""PDFs: what runs something, brings a file along or cannot be looked into is refused."""

import zlib

import pytest

from cms import portable
from tests.cms import files


@pytest.mark.parametrize(
    "content",
    [
        files.pdf(b"<< /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>"),
        files.pdf(b"<< /S /J#61vaScript >>"),
        files.pdf(b"<< /S /Launch /F (run) >>"),
        files.pdf(b"<< /Names << /EmbeddedFiles 3 0 R >> >>"),
        files.pdf(b"<< /AcroForm << /XFA [ 3 0 R ] >> >>"),
        files.pdf(files.objects(zlib.compress(b"<< /S /JavaScript >>"))),
        files.pdf(files.objects(zlib.compress(b"<< >>")), files.objects(zlib.compress(b"<< /S /L#61unch >>"))),
    ],
)
def test_pdf_that_runs_something_or_brings_a_file_is_refused(content):
    assert portable.objection(content) == portable.HOLDS_MORE


@pytest.mark.parametrize(
    "content",
    [
        files.pdf(files.objects(b"not packed")),
        files.pdf(files.objects(zlib.compress(b"<< >>")[:-2])),
        files.pdf(files.objects(zlib.compress(b"<< >>"), says=b"/Obj#53tm")),
        files.pdf(b"<< /Type /ObjStm >> stream without an end"),
        files.pdf(b"#41" * 100_000),
        files.pdf(files.objects(zlib.compress(b"0" * 65 * 1024 * 1024))),
    ],
)
def test_pdf_that_cannot_be_looked_into_is_refused(content):
    assert portable.objection(content) == portable.CANNOT_LOOK


def test_pdf_that_breaks_off_is_refused():
    assert portable.objection(files.PLAIN_PDF[:-8]) == portable.DAMAGED
