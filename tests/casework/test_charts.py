from decimal import Decimal

from casework.charts import Bar, bars, plain


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
