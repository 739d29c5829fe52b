"""The demo's PDFs are what a reader expects."""

import re

from allyance_site.management.demo.pdf import page


def test_page_every_object_is_where_the_table_says():
    made = page("A title (in brackets)", ("first line", "a back\\slash"))

    table = int(re.search(rb"startxref\n(\d+)", made).group(1))
    offsets = [int(offset) for offset in re.findall(rb"(\d{10}) 00000 n", made)]
    assert made[table:].startswith(b"xref\n0 6\n")
    assert [made[offset : offset + 8] for offset in offsets] == [b"%d 0 obj\n" % number for number in range(1, 6)]


def test_page_brackets_do_not_end_the_text():
    made = page("A title (in brackets)", ("a back\\slash",))

    assert rb"(A title \(in brackets\)) Tj" in made
    assert rb"(a back\\slash) Tj" in made
    assert len(re.search(rb"stream\n(.*)\nendstream", made, re.S).group(1)) == int(
        re.search(rb"/Length (\d+)", made).group(1)
    )
