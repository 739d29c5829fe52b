"""Reads a table that somebody brings, CSV or Excel, as rows of text: by what the file holds, not by its name.

A workbook is looked into before it is unpacked, with the eyes of the library (`TABLE_FILE_OBJECTION` names them).
Nothing is calculated: a formula is read as the text that it is.
"""

import csv
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.module_loading import import_string
from openpyxl import load_workbook

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 32 * 1024 * 1024
MOST_COLUMNS, LAST_ROW = 50, 1_048_576
WORKBOOK, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
WIDE = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS = ",;\t|"
LOOKED_AT = 5
"""Lines by which the delimiter is found."""

Rows = list[tuple[int, list[str]]]
"""Each row that holds something, with its number in the file."""

TOO_MANY = "This file holds more than {:,} rows: bring the list in in parts."
SAVE_AGAIN = "Save it as CSV or as an Excel workbook (.xlsx) without macros or a password, and choose that."


def rows_of(file: File, most: int) -> Rows:
    """The rows of a table, the header among them; ValidationError for what is none, or holds more rows than these."""
    if file.size > MOST_BYTES:
        raise ValidationError(f"This file is too big: {filesizeformat(MOST_BYTES)} is the most that is read.")
    content = file.read()
    if content.startswith(OLD_OFFICE):
        raise ValidationError(f"This file is under a password or of an old kind. {SAVE_AGAIN}")
    rows = _of_workbook(content, most) if content.startswith(WORKBOOK) else _of_text(content, most)
    if len(rows) > most:
        raise ValidationError(TOO_MANY.format(most))
    return rows


def _of_text(content: bytes, most: int) -> Rows:
    text = _decoded(content)
    start = text.splitlines()[:LOOKED_AT]
    try:
        delimiter = max(DELIMITERS, key=lambda each: max(map(len, csv.reader(start, delimiter=each)), default=0))
        return _until(csv.reader(StringIO(text, newline=""), delimiter=delimiter), most)
    except csv.Error:
        raise ValidationError(f"This file cannot be read as a table. {SAVE_AGAIN}") from None


def _decoded(content: bytes) -> str:
    """The text of a file in one of the ways in which spreadsheets write it."""
    for encoding in ("utf-16",) if content.startswith(WIDE) else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(letter < " " and letter not in "\t\r\n" for letter in text):
            return text
    raise ValidationError(f"This file is no list. {SAVE_AGAIN}")


def _of_workbook(content: bytes, most: int) -> Rows:
    if import_string(settings.TABLE_FILE_OBJECTION)(BytesIO(content), "xlsx"):
        raise ValidationError(f"This workbook is damaged, or holds more than a table. {SAVE_AGAIN}")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise ValidationError(f"This workbook is too big once it is unpacked. {SAVE_AGAIN}")
    try:
        book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        cells = book.worksheets[0].iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS, values_only=True)
        return _until(cells, most)
    except Exception:  # noqa: BLE001 - whatever it stumbles over, the file cannot be read
        raise ValidationError(f"This workbook cannot be read. {SAVE_AGAIN}") from None


def _until(rows: Iterable[Sequence[Any]], most: int) -> Rows:
    """No more of them than it takes to know that there are too many."""
    full = ((number, row) for number, row in enumerate(rows, 1) if any(row))
    return [(number, [_text(value).strip() for value in row[:MOST_COLUMNS]]) for number, row in islice(full, most + 1)]


def _text(value: Any) -> str:
    """A cell as it would be typed: a day without its hours, a number without its point, a formula as it is."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(getattr(value, "text", value))
