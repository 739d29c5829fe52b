from datetime import date
from decimal import Decimal

from casework.charts import Bar, BurnDown, End, EndsOf, bars, burn_down, ends, plain


def chart(*rows: Bar) -> str:
    return bars(rows, caption="Hours by therapist", label="Therapist", amount="Hours")


def test_bars_is_a_table_that_can_be_read() -> None:
    html = chart(Bar("Saoirse", 7, "7 of 12 h", of=12))

    assert '<th scope="row">Saoirse</th>' in html
    assert '<td class="bars__words">7 of 12 h</td>' in html
    assert "Hours by therapist</caption>" in html
    assert 'aria-hidden="true"' in html


def test_bars_share_one_scale() -> None:
    html = chart(Bar("A", 10, "10"), Bar("B", Decimal("2.5"), "2.5"))

    assert 'width="100.0"' in html
    assert 'width="25.0"' in html


def test_bars_say_over_in_words() -> None:
    html = chart(Bar("Tomasz", 14, "14 of 12 h", of=12))

    assert "– over" in html
    assert "– over" not in chart(Bar("Tomasz", 12, "12 of 12 h", of=12))


def test_bars_of_nothing_have_no_width() -> None:
    assert 'width="0.0"' in chart(Bar("Nobody", 0, "0 h", of=0))


def test_bars_escape_what_people_wrote() -> None:
    assert "<script>" not in chart(Bar("<script>", 1, "<b>", note="<i>"))


def test_bars_carry_no_style_and_no_script() -> None:
    html = chart(Bar("A", 1, "1"))

    assert "style=" not in html
    assert "fill=" in html


def test_plain_leaves_out_noughts() -> None:
    assert plain(Decimal("12.0")) == "12"
    assert plain(Decimal("7.5")) == "7.5"


def test_a_burn_down_says_its_title_and_draws_band_line_and_forecast():
    chart = BurnDown(
        ["Sep", "Oct"],
        [Decimal(40), Decimal(20), Decimal(0)],
        Decimal(4),
        [(0, Decimal(40)), (1, Decimal(30))],
        (2.0, Decimal(-4)),
    )

    drawn = burn_down(chart, title="30 hours are left")

    assert 'role="img"' in drawn and "<title>30 hours are left</title>" in drawn
    assert '<span>S<span class="burn__rest">ep</span></span>' in drawn
    assert "<span>40</span><span>-4</span>" in drawn
    assert drawn.count("<polyline") == 3 and drawn.count("<polygon") == 1
    assert 'points="0.0,0.0 50.0,13.6"' in drawn


def test_a_burn_down_of_nothing_breaks_nothing():
    assert "<svg" in burn_down(BurnDown([], [], Decimal(0), []), title="Nothing")


def plot(*rows: EndsOf) -> str:
    months = [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]
    return ends(rows, months, date(2027, 2, 1), caption="What ends, by therapist", label="Therapist")


def test_ends_is_a_table_that_says_each_day_in_words() -> None:
    html = plot(
        EndsOf("Saoirse", [End("Insurance", date(2026, 12, 3), stops=True), End("Induction", date(2027, 1, 9))])
    )

    assert '<th scope="row">Saoirse</th>' in html and "What ends, by therapist</caption>" in html
    assert "<li>Insurance <strong>3 December 2026</strong></li>" in html
    assert html.count('class="ends__stops"') == html.count('class="ends__mark"') == 1
    assert 'aria-hidden="true"' in html and "Nov" in html and " 2027" in html


def test_ends_stand_in_the_order_of_the_days() -> None:
    html = plot(EndsOf("Saoirse", [End("First", date(2026, 11, 1)), End("Last", date(2027, 1, 31))]))

    assert 'class="ends__mark" fill="#1f5c57" x="0.0"' in html
    assert 'x="593.5"' in html


def test_ends_escape_what_people_wrote() -> None:
    assert "<script>" not in plot(EndsOf("<script>", [End("<script>", date(2026, 12, 3))]))
