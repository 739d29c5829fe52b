"""What ends when: a row each, the months across, and the same in words beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .colours import FILL, OVER, TRACK

WIDE, HIGH, MARK = 600, 24, 6
"""The drawing of a row. It is stretched to its place, so that nothing in it is round and no word stands in it."""


@dataclass(frozen=True)
class End:
    """Something that ends on a day: its name, and whether it then stops something."""

    name: str
    on: date
    stops: bool = False


@dataclass(frozen=True)
class EndsOf:
    """One row: whose they are, and what ends."""

    label: str
    ends: Sequence[End]


def ends(rows: Sequence[EndsOf], months: Sequence[date], until: date, *, caption: str, label: str) -> SafeString:
    """A table with a drawn line in every row. `months` are their first days, `until` is the day after the last; what
    stops something has a high mark, the rest a low one."""
    heads = format_html_join(
        "",
        '<span>{}<span class="ends__rest">{}</span></span>',
        ((f"{month:%b}", f" {month:%Y}" if month.month == 1 or month == months[0] else "") for month in months),
    )
    body = format_html_join("", "{}", ((_row(row, months, until),) for row in rows))
    return format_html(
        '<table class="ends"><caption class="w-sr-only">{}</caption><thead><tr><th scope="col">{}</th>'
        '<td class="ends__months"><div aria-hidden="true">{}</div></td><th scope="col">What ends</th></tr></thead>'
        "<tbody>{}</tbody></table>",
        caption, label, heads, body,
    )  # fmt: skip


def _row(row: EndsOf, months: Sequence[date], until: date) -> SafeString:
    words = format_html_join(
        "", "<li>{} <strong>{}</strong></li>", ((end.name, f"{end.on:%-d %B %Y}") for end in row.ends)
    )
    return format_html(
        '<tr><th scope="row">{}</th><td class="ends__line">{}</td><td class="ends__words"><ul>{}</ul></td></tr>',
        row.label, _drawing(row, months, until), words,
    )  # fmt: skip


def _drawing(row: EndsOf, months: Sequence[date], until: date) -> SafeString:
    """The line itself: it says nothing that the words beside it do not."""
    first, days = months[0], (until - months[0]).days

    def across(day: date) -> str:
        return f"{(day - first).days / days * WIDE:.1f}"

    lines = format_html_join(
        "", '<rect class="ends__month" fill="{}" x="{}" width="2" height="{}"/>',
        ((TRACK, across(month), HIGH) for month in months),
    )  # fmt: skip
    marks = format_html_join(
        "", '<rect class="{}" fill="{}" x="{}" y="{}" width="{}" height="{}"/>',
        (
            ("ends__stops", OVER, across(end.on), 0, MARK, HIGH) if end.stops
            else ("ends__mark", FILL, across(end.on), HIGH // 2, MARK, HIGH // 2)
            for end in row.ends
        ),
    )  # fmt: skip
    return format_html(
        '<svg viewBox="0 0 {} {}" preserveAspectRatio="none" width="100%" height="{}" aria-hidden="true">{}{}</svg>',
        WIDE + MARK, HIGH, HIGH, lines, marks,
    )  # fmt: skip
