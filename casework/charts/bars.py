"""Bars in a table, so that the numbers can be read, with a drawn bar in every row."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .colours import FILL, OVER, TRACK

WIDTH = 100
HEIGHT = 12


@dataclass(frozen=True)
class Bar:
    """One row: how much of how much, and the same in words. Without `of` it is a plain amount."""

    label: str
    value: Decimal | int
    words: str
    of: Decimal | int | None = None
    note: str = ""

    @property
    def is_over(self) -> bool:
        """More than there is."""
        return self.of is not None and self.value > self.of


def plain(amount: Decimal | int) -> str:
    """A number without needless noughts: 12, or 7.5."""
    return f"{float(amount):g}"


def bars(rows: Sequence[Bar], *, caption: str, label: str, amount: str) -> SafeString:
    """A table of bars on one scale. `caption` is read out; `label` and `amount` head the columns."""
    longest = max((max(row.value, row.of or 0) for row in rows), default=0)
    body = format_html_join("", "{}", ((_row(row, longest),) for row in rows))
    return format_html(
        '<table class="bars"><caption class="w-sr-only">{}</caption>'
        '<thead class="w-sr-only"><tr><th scope="col">{}</th><td></td><th scope="col">{}</th></tr></thead>'
        "<tbody>{}</tbody></table>",
        caption, label, amount, body,
    )  # fmt: skip


def _row(row: Bar, longest: Decimal | int) -> SafeString:
    note = format_html(' <span class="bars__note">{}</span>', row.note) if row.note else ""
    over = format_html(' <strong class="bars__over">{}</strong>', "– over") if row.is_over else ""
    return format_html(
        '<tr><th scope="row">{}{}</th><td class="bars__bar">{}</td><td class="bars__words">{}{}</td></tr>',
        row.label, note, _drawing(row, longest), row.words, over,
    )  # fmt: skip


def _drawing(row: Bar, longest: Decimal | int) -> SafeString:
    """The bar itself: it says nothing that the words beside it do not."""
    colour, name = (OVER, "bars__fill bars__fill--over") if row.is_over else (FILL, "bars__fill")
    track = format_html(
        '<rect class="bars__track" fill="{}" width="{}" height="{}"/>', TRACK, _part(row.of or 0, longest), HEIGHT
    )
    return format_html(
        '<svg viewBox="0 0 {} {}" preserveAspectRatio="none" width="100%" height="{}" aria-hidden="true">'
        '{}<rect class="{}" fill="{}" width="{}" height="{}"/></svg>',
        WIDTH, HEIGHT, HEIGHT, track, name, colour, _part(row.value, longest), HEIGHT,
    )  # fmt: skip


def _part(amount: Decimal | int, longest: Decimal | int) -> str:
    share = float(amount) / float(longest) if longest else 0.0
    return f"{share * WIDTH:.1f}"
