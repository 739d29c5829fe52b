"""Files are plain: nothing in them is calculated, and they hold what the list holds."""

import csv
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from casework.access import reading
from casework.admin.exporting import as_file, cell, harmless
from casework.models import AuditEvent

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1+1", "  =1", "\u00a0=1", "=HYPERLINK(1)"]


@pytest.mark.parametrize("text", FORMULAS)
def test_harmless_marks_what_could_be_a_formula(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Cawdale", "1 = 1", "O'Neill", "a@b.example"])
def test_harmless_leaves_the_rest(text):
    assert harmless(text) == text


def test_cell_keeps_numbers_and_days_and_times_as_they_were_in_london():
    assert cell(datetime(2026, 7, 1, 8, 15, tzinfo=UTC)) == datetime(2026, 7, 1, 9, 15)
    assert cell(date(2026, 7, 1)) == date(2026, 7, 1)
    assert cell(time(9, 15)) == time(9, 15)
    assert cell(-3) == -3
    assert cell(Decimal("2.5")) == Decimal("2.5")
    assert cell(True) == "Yes"
    assert cell(None) == ""


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_as_file_writes_harmless_text(form):
    answer = as_file(form, "schools", ["=Name"], [[text] for text in FORMULAS] + [["bell\x07"]])

    if form == "csv":
        rows = list(csv.reader(StringIO(answer.content.decode(), newline="")))
    else:
        sheet = load_workbook(BytesIO(answer.content)).active
        assert {written.data_type for row in sheet.iter_rows() for written in row} == {"s"}
        rows = [[written.value for written in row] for row in sheet.iter_rows()]
    assert rows[0] == ["'=Name"]
    assert all(row[0].startswith("'") for row in rows[1:-1])


def test_export_holds_what_the_list_holds_and_is_on_record(cast, client_for):
    client = client_for(cast.coordinator)
    shown = client.get("/admin/schools/", {"phase": "primary"})

    answer = client.get("/admin/schools/", {"phase": "primary", "export": "csv"})

    lines = list(csv.reader(StringIO(answer.content.decode())))
    assert lines[0][:2] == ["Name", "Cluster"]
    assert len(lines) - 1 == shown.context["paginator"].count == 2
    assert 'filename="schools-' in answer["Content-Disposition"]
    event = AuditEvent.objects.get(verb="exported")
    assert (event.actor, event.subject_type, event.detail) == (
        cast.coordinator,
        "casework.school",
        {"rows": 2, "form": "csv"},
    )


def test_export_is_not_made_when_it_cannot_be_recorded(cast, client_for, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("no record can be made")

    monkeypatch.setattr(reading, "exported", broken)

    with pytest.raises(RuntimeError):
        client_for(cast.coordinator).get("/admin/schools/?export=xlsx")


@pytest.mark.parametrize("part", ["supervisor", "therapist", "head"])
def test_export_is_missing_for_who_may_not_export(cast, client_for, part):
    client = client_for(getattr(cast, part))

    assert client.get("/admin/schools/?export=csv").status_code == 404
    assert "export=csv" not in client.get("/admin/schools/").text
    assert not AuditEvent.objects.filter(verb="exported").exists()
