"""Packed files: damaged ones, and such as climb out of their folder, are refused."""

import stat
import zipfile
from io import BytesIO

import pytest

from cms import packed
from tests.cms import files


def zip_with(
    name: str = "a.xml", *, attributes: int = 0, before: bytes = b"", method: int = zipfile.ZIP_STORED
) -> bytes:
    written = BytesIO(before)
    with zipfile.ZipFile(written, "a" if before else "w") as archive:
        archive.writestr("[Content_Types].xml", files.types())
        entry = zipfile.ZipInfo(name)
        entry.external_attr, entry.compress_type = attributes << 16, method
        archive.writestr(entry, b"words")
    return written.getvalue()


def test_packed_file_with_one_more_plain_part_is_kept():
    assert packed.objection(BytesIO(zip_with()), "docx") == ""


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 and then nothing",
        zip_with("../../etc/passwd"),
        zip_with("..\\..\\run.ini"),
        zip_with("/etc/passwd"),
        zip_with("C:run.ini"),
        zip_with("[content_types].xml"),
        zip_with("link", attributes=stat.S_IFLNK | 0o777),
        zip_with(method=zipfile.ZIP_BZIP2),
        zip_with(before=b"PK\x03\x04 something before"),
        files.office()[:-30],
        files.office()[:-4],
        files.office().replace(b"PK\x05\x06", b"PK\x06\x07" + b"0" * 16 + b"PK\x05\x06"),
        files.packed(),
    ],
)
def test_damaged_packed_file_is_refused(content):
    assert packed.objection(BytesIO(content), "docx") == packed.DAMAGED


def test_packed_file_whose_part_is_damaged_is_refused():
    whole = bytearray(files.office("word/document.xml"))
    whole[30 + len("[Content_Types].xml")] ^= 0xFF
    assert packed.objection(BytesIO(bytes(whole)), "docx") == packed.DAMAGED


def test_packed_file_that_says_nothing_of_itself_is_refused():
    for kind in ("docx", "odt"):
        assert packed.objection(BytesIO(files.packed("a.xml")), kind) == packed.NOT_WHAT_IT_SAYS
