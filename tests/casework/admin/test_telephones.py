import pytest

from casework.admin.telephones import dialled, with_links


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("01632 960111", "01632960111"),
        ("Mobile: 01632-960 111, all day", "01632960111"),
        ("+44 (0)1632 960111", "+441632960111"),
        ("+44 1632 960111", "+441632960111"),
        ("01632 96011", "0163296011"),
        ("from 08:00 to 16:00", ""),
        ("room 0123", ""),
        ("101632960111", ""),
        ("", ""),
    ],
)
def test_dialled_is_the_first_number_of_a_text(text, number):
    assert dialled(text) == number


def test_with_links_makes_each_number_one_and_nothing_else_of_the_text():
    text = with_links("<b>Office</b> 01632 960111 or 01632 960112 & the bell")

    assert text == (
        '&lt;b&gt;Office&lt;/b&gt; <a href="tel:01632960111">01632 960111</a> or '
        '<a href="tel:01632960112">01632 960112</a> &amp; the bell'
    )
