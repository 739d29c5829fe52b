"""Uploads: a file is what its name says and holds nothing that runs, or it is not kept."""

import struct
import time
import tracemalloc
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from PIL import Image, ImageCms

from allyance_site.management.demo import pdf as demo_pdf
from cms import packed
from cms.library import LibraryDocument, SiteImage
from cms.naming import LONGEST_NAME, extension, safe_name
from cms.redrawn import check_picture, without_hidden_data
from cms.uploads import MOST_SENT, check_document, stored_name
from tests.cms import files

LATIN_PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def refused(name: str, content: bytes) -> str:
    with pytest.raises(ValidationError) as refusal:
        check_document(ContentFile(content, name=name))
    return refusal.value.messages[0]


def workbook() -> bytes:
    """A table with a chart, as a spreadsheet program writes it."""
    book = Workbook()
    book.active.append([1, 2, 3])
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=1, max_col=3, min_row=1))
    book.active.add_chart(chart)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("policy.pdf", demo_pdf.page("Policy", ("One line.",))),
        ("Policy.PDF", files.pdf(files.objects(zlib.compress(b"<< /Type /Font >>")))),
        ("stops-in-a-dictionary.pdf", files.pdf(b"3 0 obj << /Type /ObjStm >>")),
        ("letter.docx", files.office("word/document.xml")),
        ("chart.docx", files.office(parts={"word/embeddings/table.xlsx": workbook()})),
        ("hours.xlsx", workbook()),
        ("talk.pptx", files.office(kind="pptx")),
        ("letter.odt", files.odt()),
        ("map.png", files.picture()),
        ("map.jpg", files.picture(form="JPEG")),
    ],
)
def test_check_document_keeps_what_is_what_it_says(name, content):
    check_document(ContentFile(content, name=name))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<html>"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("program.exe", b"MZ"),
        ("script.js", b"alert(1)"),
        ("nothing", files.PLAIN_PDF),
        ("a.pdf.exe", files.PLAIN_PDF),
        ("a\u202efdp.exe", files.PLAIN_PDF),
        ("fake.pdf", b"<html><script>"),
        ("empty.pdf", b""),
        ("late.pdf", b"<html>" + files.PLAIN_PDF),
        ("letter.pdf", files.office()),
        ("letter.doc", packed.OLD_OFFICE),
        ("map.png", files.picture(form="JPEG")),
        ("map.jpg", files.picture(form="GIF", mode="P")),
        ("letter.odt", files.office()),
        ("table.docx", files.office(kind="xlsx")),
    ],
)
def test_54_a_file_of_another_kind_is_refused(db, name, content):
    refused(name, content)
    with pytest.raises(ValidationError):
        LibraryDocument(title="Fake", file=ContentFile(content, name=name)).clean()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("many.xlsx", files.office(*(f"{n}.xml" for n in range(10_000)), kind="xlsx")),
        ("more.xlsx", files.office(*(f"{n:0200}.xml" for n in range(10_000)), kind="xlsx")),
        ("bomb.pptx", files.office("a.xml", kind="pptx", size=201 * 1024 * 1024)),
        ("dense.pptx", files.office("a.xml", kind="pptx", size=20 * 1024 * 1024)),
        ("nested.docx", files.office("inside.zip")),
        ("hidden.docx", files.office(parts={"word/theme.xml": files.packed("a")})),
        ("deep.docx", files.office(parts={"a.docx": files.office(parts={"b.docx": files.office()})})),
        ("within.docx", files.office(parts={"a.xlsx": files.office("vbaProject.bin", kind="xlsx")})),
        ("macro.docx", files.office("word/vbaProject.bin")),
        ("renamed-macro.docx", files.office(parts={"word/theme.bin": packed.OLD_OFFICE + b"0" * 8})),
        ("basic.odt", files.odt({"Basic/Standard/Module1.xml": b"Sub Main"})),
        ("program.docx", files.office(parts={"word/theme.xml": b"MZ\x90\x00"})),
    ],
)
def test_55_what_unpacks_too_far_or_holds_more_is_refused_at_once(name, content):
    tracemalloc.start()
    try:
        began = time.process_time()  # of this process alone: another's load is not this file's
        refused(name, content)
        assert time.process_time() - began < 2
        assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_55_a_macro_is_known_by_what_the_file_says_of_itself():
    for says in (b"macroEnabled.main+xml", b"macro&#69;nabled.main+xml", b"vnd.ms-office.vbaProject"):
        document = files.office(parts={"[Content_Types].xml": files.types() + says})
        assert refused("letter.docx", document) == packed.NOT_WHAT_IT_SAYS


def test_file_under_a_password_is_refused_with_what_to_do():
    locked = files.office()
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.index(signature) + place
        locked = locked[:at] + struct.pack("<H", 1) + locked[at + 2 :]
    assert "without one" in refused("letter.docx", locked)
    assert "without a password" in refused("letter.docx", packed.OLD_OFFICE + b"EncryptedPackage")
    assert "without one" in refused("letter.odt", files.odt({"META-INF/manifest.xml": b"<manifest:encryption-data/>"}))
    assert "without one" in refused("letter.pdf", files.pdf(b"<< /Encrypt 5 0 R >>"))


def test_pdf_that_is_an_archive_too_is_refused():
    assert refused("both.pdf", files.PLAIN_PDF[:-6] + files.packed("a") + b"%%EOF") == packed.ANOTHER_INSIDE


@pytest.mark.parametrize("door", [check_document, check_picture])
@pytest.mark.parametrize(
    ("name", "size"), [("wall.png", (20_000, 20_000)), ("wall.png", (11_000, 11_000)), ("wall.png", (6_000, 5_000))]
)
def test_56_a_picture_of_too_many_points_is_refused(door, name, size):
    with pytest.raises(ValidationError, match="24 million"):
        door(ContentFile(files.picture(size, mode="1"), name=name))


def test_56_a_small_file_of_a_thousand_million_points_is_refused():
    gif = b"GIF89a" + struct.pack("<HH", 32_000, 32_000) + b"\x00\x00\x00,"
    gif += struct.pack("<HHHHB", 0, 0, 32_000, 32_000, 0) + b"\x02\x01\x00\x00;"
    with pytest.raises(ValidationError, match="24 million"):
        check_picture(ContentFile(gif, name="wall.gif"))


def test_56_a_file_of_21_megabytes_is_refused():
    assert "20" in refused("big.pdf", files.PLAIN_PDF.replace(b"trailer", b" " * 21 * 1024 * 1024 + b"trailer"))


def test_56_a_picture_of_11_megabytes_is_refused(db):
    big = ContentFile(files.picture() + b"0" * 11 * 1024 * 1024, name="big.png")
    with pytest.raises(ValidationError, match="10"):
        SiteImage(title="Wall", file=big).clean()


def test_56_more_than_any_file_is_not_even_read(client, db):
    answer = client.post("/sign-in/", {"file": SimpleUploadedFile("big.pdf", b"0" * (MOST_SENT + 1))})
    assert answer.status_code == 400


NAMES = {
    "../../etc/passwd.pdf": "passwd.pdf",
    "..\\..\\run.pdf": "run.pdf",
    "a\r\nSet-Cookie: b=c.pdf": "aSet-Cookie b=c.pdf",
    "our \u202efdp.exe\u202c policy.pdf": "our fdp.exe policy.pdf",
    'a "quoted" name.pdf': "a quoted name.pdf",
    "a;b=c'd%20e.pdf": "a;b=c'd%20e.pdf",
    "Żółw – plan.pdf": "Żółw – plan.pdf",
    "\u200b.pdf": "document.pdf",
    "": "document",
    "..": "document",
    "a" * 300 + ".pdf": "a" * 196 + ".pdf",
    "ż" * 300 + ".pdf": "ż" * 98 + ".pdf",
}


@pytest.mark.parametrize(("name", "safe"), NAMES.items())
def test_58_an_odd_name_is_kept_safe_and_makes_a_well_formed_header(db, name, safe):
    assert safe_name(name) == safe
    assert len(safe.encode()) <= LONGEST_NAME
    header = content_disposition_header(True, safe)
    assert header.startswith("attachment; filename") and header.isprintable() and header.isascii()
    assert "/" not in stored_name(None, name) and len(stored_name(None, safe)) <= 36


def test_58_a_document_has_the_safe_name_from_the_start(db):
    document = LibraryDocument.objects.create(
        title="a\r\nb", file=ContentFile(files.PLAIN_PDF, name="x\r\n\u202ey.pdf")
    )
    assert document.given_name == "xy.pdf"
    document.given_name = ""
    assert document.download_name == "ab.pdf"


def test_stored_name_is_random_and_keeps_the_ending():
    first, second = stored_name(None, "Wren Marlow.PDF"), stored_name(None, "Wren Marlow.PDF")
    assert first != second
    assert extension(first) == "pdf" and "Wren" not in first


def test_59_a_photo_is_kept_without_its_place_as_a_document_too(db):
    photo = files.with_a_place() + b"PK\x03\x04 and something hung on"
    document = LibraryDocument(title="Map", file=ContentFile(photo, name="At home.jpg"))
    document.full_clean()
    document.save()
    with document.file.open() as stored:
        kept = stored.read()
    assert b"taken at home" not in kept and b"hung on" not in kept
    assert not Image.open(BytesIO(kept)).getexif()
    assert (document.given_name, document.file_size) == ("At home.jpg", len(kept))
    assert document.file_hash and document.file_hash == document.get_file_hash()


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_59_a_picture_drawn_anew_has_no_profile_of_its_camera(mode):
    photo = files.picture(mode=mode, icc_profile=LATIN_PROFILE)
    with Image.open(without_hidden_data(ContentFile(photo, name="a.png"))) as drawn:
        assert (drawn.mode, "icc_profile" in drawn.info) == (mode, False)


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_59_what_is_no_profile_is_left_behind_too(mode):
    photo = files.picture(mode=mode, icc_profile=b"taken at home")
    assert b"taken at home" not in without_hidden_data(ContentFile(photo, name="a.png")).read()
