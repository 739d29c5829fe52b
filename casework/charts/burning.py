"""A line that burns down, beside a plan with its band."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .bars import WIDTH, plain
from .colours import FILL, TRACK

TALL = 60
"""How high a drawn line is, on a width of a hundred."""


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
