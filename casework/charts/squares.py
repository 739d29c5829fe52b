"""Squares of a calendar, each with a letter."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .colours import FILL


@dataclass(frozen=True)
class Square:
    """One square of a calendar: its letter, what it says in words, and whether it is filled."""

    letter: str
    words: str
    is_filled: bool


IN_A_ROW, SIDE, GAP = 13, 22, 4


def squares(cells: Sequence[Square], letters: dict[str, str], *, caption: str) -> SafeString:
    """Squares in rows of thirteen, a term to a row, with what each letter means below. Filled or not says the same as
    the letter."""
    step = SIDE + GAP
    rows = -(-len(cells) // IN_A_ROW)
    places = ((cell, divmod(number, IN_A_ROW)) for number, cell in enumerate(cells))
    drawn = format_html_join("", "{}", ((_square(cell, column * step, row * step),) for cell, (row, column) in places))
    meaning = format_html_join(" · ", "<strong>{}</strong> {}", ((letter, label) for label, letter in letters.items()))
    return format_html(
        '<figure class="squares"><svg role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}">{}</svg>'
        "<figcaption>{}: {}</figcaption></figure>",
        caption, IN_A_ROW * step, rows * step, IN_A_ROW * step, rows * step, drawn, caption, meaning,
    )  # fmt: skip


def _square(cell: Square, x: int, y: int) -> SafeString:
    if not cell.letter:
        return format_html(
            '<circle class="squares__none" cx="{}" cy="{}" r="2" fill="{}"><title>{}</title></circle>',
            x + SIDE // 2, y + SIDE // 2, FILL, cell.words,
        )  # fmt: skip
    name, fill, ink = ("squares__full", FILL, "#ffffff") if cell.is_filled else ("squares__open", "none", FILL)
    return format_html(
        '<g class="{}"><title>{}</title><rect x="{}" y="{}" width="{}" height="{}" rx="3" fill="{}" stroke="{}"/>'
        '<text x="{}" y="{}" text-anchor="middle" font-size="13" font-weight="700" fill="{}">{}</text></g>',
        name, cell.words, x + 1, y + 1, SIDE - 2, SIDE - 2, fill, FILL, x + SIDE // 2, y + 16, ink, cell.letter,
    )  # fmt: skip
