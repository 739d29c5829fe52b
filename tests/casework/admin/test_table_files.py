"""Tables that somebody brings are read by what they hold, and what is no plain table is refused."""

import time
import tracemalloc
from datetime import datetime
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from openpyxl import DEFUSEDXML, Workbook

from casework.admin.table_files import MOST_BYTES, rows_of
from tests.cms import files

HEADINGS = ["First name", "Last name", "Date of birth", "Year group"]
ZOE = ["Zoë", "O’Brien", "14/03/2018", "4"]


def numbered(content, most=50):
    return rows_of(ContentFile(content, name="list.txt"), most)


def read(content, most=50):
    """The first four cells of each row."""
    return [row[:4] for _, row in numbered(content, most)]


def refused(content, most=50):
    with pytest.raises(ValidationError) as refusal:
        numbered(content, most)
    return refusal.value.messages[0]


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_is_read_in_every_encoding_and_with_every_delimiter_that_is_usual(encoding):
    for delimiter in (",", ";", "\t", "|"):
        text = "\r\n".join(delimiter.join(row) for row in (HEADINGS, ZOE))
        assert read(text.encode(encoding)) == [HEADINGS, ZOE], delimiter
    assert read('First name,Last name\r\n"Ava, Rose","de ""W"" Wit"'.encode(encoding))[1] == ["Ava, Rose", 'de "W" Wit']


def test_workbook_is_read_as_it_would_be_typed_and_calculates_nothing():
    content = workbook(
        HEADINGS, ["Wren", '=HYPERLINK("http://x.example","Wren")', datetime(2018, 3, 14), 4], [None, True, 4.5, 3.0]
    )
    assert read(content) == [
        HEADINGS,
        ["Wren", '=HYPERLINK("http://x.example","Wren")', "2018-03-14", "4"],
        ["", "True", "4.5", "3"],
    ]


def test_rows_keep_their_numbers_where_some_are_empty():
    rows = [["a"], [], ["b"]]
    assert [number for number, _ in numbered(workbook(*rows))] == [1, 3]
    assert [number for number, _ in numbered(b"a\n\nb\n,,\n")] == [1, 3]


def test_workbook_is_known_by_its_content_and_only_so_many_rows_are_read():
    content = workbook(*[["a"]] * 60)
    assert "more than 50 rows" in refused(content)
    far = Workbook()
    far.active["A1"], far.active["A1048576"] = "First name", "far away"
    written = BytesIO()
    far.save(written)
    assert [number for number, _ in numbered(written.getvalue())] == [1, 1_048_576]


@pytest.mark.parametrize(
    "content",
    [
        files.office("xl/workbook.xml", kind="xlsx", parts={"xl/vbaProject.bin": b"x"}),
        files.office("word/document.xml"),
        b"\xd0\xcf\x11\xe0 an old workbook, or one under a password",
        b"PK\x03\x04 and nothing else",
        b"%PDF-1.7\n\x00\x01",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"First name,\x00",
        b"a" * (MOST_BYTES + 1),
        b'"' + b"a" * 200_000,
        files.office("xl/workbook.xml", kind="xlsx"),
        b"First name \x81",
    ],
    ids=["macro", "letter", "old", "damaged", "pdf", "picture", "nothing", "big", "one cell", "no book", "no text"],
)
def test_55_what_is_no_plain_table_is_refused(content):
    assert refused(content)


def test_55_a_bomb_is_refused_at_once():
    sheet = b"<row><c><v>1</v></c></row>" * 1_600_000
    bomb = files.office("xl/workbook.xml", kind="xlsx", parts={"xl/worksheets/sheet1.xml": sheet})
    assert len(bomb) < MOST_BYTES
    tracemalloc.start()
    try:
        began = time.process_time()
        assert refused(bomb)
        assert time.process_time() - began < 2
        assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_55_what_is_small_packed_and_big_unpacked_is_refused(monkeypatch):
    monkeypatch.setattr("casework.admin.table_files.MOST_UNPACKED", 1000)
    assert "too big once it is unpacked" in refused(workbook(HEADINGS, ZOE))


def test_55_no_entity_of_a_workbook_is_unfolded():
    assert DEFUSEDXML
