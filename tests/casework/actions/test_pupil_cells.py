"""What may stand in the cells of a pupil list, in the many ways in which schools write it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from casework.actions.pupil_cells import BirthdayWidget, NameWidget, YearWidget


def mend(widget, value):
    with pytest.raises(ValueError, match=r"\w") as refused:
        widget.clean(value)
    return str(refused.value)


def test_name_is_one_line_of_letters():
    clean = NameWidget().clean
    assert [clean(name) for name in ("  Ava  Rose ", "O’Brien-Shaw", "Zoë", "李")] == [
        "Ava Rose",
        "O’Brien-Shaw",
        "Zoë",
        "李",
    ]


def test_name_that_is_none_says_what_to_do():
    said = {value: mend(NameWidget(), value) for value in ("", None, "x" * 81, "=A1&B1", "@SUM(1)", "007", "A\u202eva")}
    assert said[""] == said[None] == "Enter the name."
    assert "80 characters" in said["x" * 81]
    assert "formula" in said["=A1&B1"] and "formula" in said["@SUM(1)"]
    assert "letters" in said["007"] and "letters" in said["A\u202eva"]


def test_birthday_is_read_with_the_day_first():
    ways = (
        "14/03/2018",
        "2018-03-14",
        "14.03.2018",
        "14-03-2018",
        "14/3/18",
        "14 Mar 2018",
        "14 March 2018",
        "14-Mar-18",
    )
    assert {BirthdayWidget().clean(way) for way in ways} == {date(2018, 3, 14)}


def test_birthday_that_is_none_of_a_pupils_says_what_to_do():
    tomorrow = timezone.localdate() + timedelta(days=1)
    for value in ("", "03/14/2018", "43173", "=TODAY()", "31/02/2018"):
        assert "day first" in mend(BirthdayWidget(), value)
    assert "not come yet" in mend(BirthdayWidget(), tomorrow.isoformat())
    assert "years old" in mend(BirthdayWidget(), "14/03/1918")
    assert "years old" in mend(BirthdayWidget(), timezone.localdate().isoformat())


def test_year_group_is_read_as_schools_write_it():
    ways = {
        "4": ["4", "04", "Y4", "Yr 4", "Year 4", "year  4", "NC Year 4", "National Curriculum Year 4"],
        "R": ["R", "Reception", "reception", "Year R"],
        "N": ["N", "Nursery", "N1", "n2"],
        "10": ["10", "Y10"],
    }
    for year, written in ways.items():
        assert {YearWidget().clean(way) for way in written} == {year}
    for value in ("", "14", "0", "4B", "Oak class"):
        assert "1 to 13" in mend(YearWidget(), value)
