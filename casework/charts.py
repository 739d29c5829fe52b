"""Pictures that need no script, each with a table, to read the numbers in: bars, and a line that burns down."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 100
HEIGHT = 12

# Colours stand in the drawing itself too: without a style sheet, on paper, it must not turn black.
TRACK, FILL, OVER = "#d7e2e0", "#1f5c57", "#9b1c2c"
TALL = 60
"""How high a drawn line is, on a width of a hundred."""


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


@dataclass(frozen=True)
class BurnDown:
    """What was left, from the start of the first month to now, beside a plan with its band.

    `plan` has the start and each month's end; `line` and `then`, where it leads, have how many months after the start,
    and the amount.
    """

    months: Sequence[str]
    plan: Sequence[Decimal]
    band: Decimal
    line: Sequence[tuple[float, Decimal]]
    then: tuple[float, Decimal] | None = None


def burn_down(chart: BurnDown, *, title: str) -> SafeString:
    """The picture; its labels stand beside it, where they keep their size."""
    ends = [*chart.plan, *(amount for _, amount in [*chart.line, *([chart.then] if chart.then else [])])]
    high, low = max([Decimal(0), *ends]), min([Decimal(0), *ends])
    scale = _Scale(len(chart.months), float(high) or 1.0, float(low))
    names = format_html_join(
        "", '<span>{}<span class="burn__rest">{}</span></span>', ((month[:1], month[1:]) for month in chart.months)
    )
    return format_html(
        '<figure class="burn"><div class="burn__scale" aria-hidden="true"><span>{}</span><span>{}</span></div>'
        '<svg class="burn__drawing" role="img" viewBox="0 0 {} {}" preserveAspectRatio="none"><title>{}</title>{}</svg>'
        '<div class="burn__months" aria-hidden="true">{}</div></figure>',
        plain(high), plain(low), WIDTH, TALL, title, _lines(chart, scale), names,
    )  # fmt: skip


@dataclass(frozen=True)
class _Scale:
    """From months and amounts to places in the drawing."""

    months: int
    high: float
    low: float

    def at(self, month: float, amount: Decimal | float) -> str:
        across = month / self.months * WIDTH if self.months else 0.0
        down = (self.high - float(amount)) / (self.high - self.low) * TALL
        return f"{across:.1f},{max(down, 0.0):.1f}"


def _lines(chart: BurnDown, scale: _Scale) -> SafeString:
    above = [scale.at(month, amount + chart.band) for month, amount in enumerate(chart.plan)]
    below = [scale.at(month, max(amount - chart.band, Decimal(0))) for month, amount in enumerate(chart.plan)]
    drawn = [
        _line("burn__zero", TRACK, [scale.at(0, 0), scale.at(scale.months, 0)], width=1),
        _line("burn__line", FILL, [scale.at(*point) for point in chart.line], width=3),
    ]
    if chart.then and chart.line:
        ends = [scale.at(*chart.line[-1]), scale.at(*chart.then)]
        drawn.append(_line("burn__line", FILL, ends, width=2, dashes="2 5"))
    band = format_html('<polygon class="burn__band" fill="{}" points="{}"/>', TRACK, " ".join([*above, *below[::-1]]))
    return format_html("{}{}", band, format_html_join("", "{}", ((line,) for line in drawn)))


def _line(name: str, colour: str, points: Sequence[str], *, width: int, dashes: str = "none") -> SafeString:
    """A line that is as thick at every size of the picture."""
    return format_html(
        '<polyline class="{}" fill="none" stroke="{}" stroke-width="{}" stroke-dasharray="{}" '
        'vector-effect="non-scaling-stroke" points="{}"/>',
        name, colour, width, dashes, " ".join(points),
    )  # fmt: skip


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
