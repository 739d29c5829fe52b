"""What is measured of public pages is what a visitor gets: the page itself, compressed, and made anew where it says so."""

import brotli
import pytest

from allyance_site.management.bench import public


def test_pages_are_of_three_kinds_and_answer_as_to_a_browser(db):
    pages = list(public._pages())
    assert [page["page"] for page in pages] == ["home page", "page", "get help now page"]
    for page in pages:
        assert 0 < page["queries"] <= 20
        short, plain = (public._sent(page["path"], encoding) for encoding in ("br", "identity"))
        assert len(short) < len(plain)
        assert b"<h1" in brotli.decompress(short)


def test_a_page_that_does_not_answer_is_not_measured(db):
    with pytest.raises(RuntimeError, match="404"):
        public._sent("/no-such-page/", "br")
