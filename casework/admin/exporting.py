"""Registers as files: every cell is plain text, a number or a date, and nothing in it is taken for a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from .facts import words

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def as_file(form: str, name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A download in the given form, csv or xlsx, named after the register and the day."""
    content = {"csv": _csv, "xlsx": _xlsx}[form](headings, rows)
    filename = f"{name}-{timezone.localdate():%Y-%m-%d}.{form}"
    header = content_disposition_header(as_attachment=True, filename=filename)
    return HttpResponse(content, content_type=CONTENT_TYPES[form], headers={"Content-Disposition": header})


def harmless(text: str) -> str:
    """Text that no spreadsheet calculates: what could start a formula gets an apostrophe in front."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(FORMULA_STARTS) else text


def cell(value: Any) -> Any:
    """A value as a spreadsheet keeps it: times as they were in London, numbers as numbers, the rest harmless."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if isinstance(value, date | time) or (isinstance(value, int | float | Decimal) and not isinstance(value, bool)):
        return value
    return harmless(words(value))


def _csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    lines = StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow([harmless(heading) for heading in headings])
    writer.writerows([_iso(cell(value)) for value in row] for row in rows)
    return lines.getvalue().encode()


def _iso(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return value.isoformat() if isinstance(value, date | time) else value


def _xlsx(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title="Register")
    sheet.append([_text(sheet, harmless(heading)) for heading in headings])
    for row in rows:
        sheet.append([_text(sheet, value) if isinstance(value, str) else value for value in map(cell, row)])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _text(sheet: Any, value: str) -> WriteOnlyCell:
    """A cell that is text whatever stands in it."""
    written = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
    written.data_type = "s"
    return written
