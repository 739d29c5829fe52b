"""The virus scanner: what it says is heard, and where it says nothing that is not taken for a yes."""

from io import BytesIO

import pytest

from cms.scanner import Answer, Away, ask
from tests.cms import clamd


@pytest.mark.parametrize("place", ["port", "path"])
def test_scanner_is_asked_and_heard(tmp_path, place):
    with clamd.running(tmp_path / "clamd.sock" if place == "path" else None) as (address, server):
        assert ask(address, BytesIO(b"words" * 100_000)) == Answer.CLEAN
        assert ask(address, BytesIO(b"%PDF " + clamd.TEST_VIRUS)) == Answer.INFECTED
        assert ask(address, BytesIO(b"")) == Answer.CLEAN
    assert server.seen[0] == b"words" * 100_000


def test_file_that_is_too_big_for_it_is_not_clean():
    with clamd.running() as (address, _):
        assert ask(address, BytesIO(b"0" * clamd.MOST * 8)) == Answer.UNSCANNABLE


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (b"stream: Heuristics.Encrypted.Zip FOUND\0", Answer.UNSCANNABLE),
        (b"stream: Heuristics.Limits.Exceeded.MaxScanSize FOUND\0", Answer.UNSCANNABLE),
        (b"stream: OK FOUND\0", Answer.INFECTED),
        (b"stream: Can't allocate memory ERROR\0", Answer.UNSCANNABLE),
    ],
)
def test_what_it_says_is_understood(said, meant):
    with clamd.running() as (address, server):
        server.says = said
        assert ask(address, BytesIO(b"words")) == meant


@pytest.mark.parametrize("said", [b"\0", b"OK\0", b"stream: OKAY\0", b"<html>" * 2000])
def test_what_is_not_understood_is_no_answer(said):
    with clamd.running() as (address, server):
        server.says = said
        with pytest.raises(Away):
            ask(address, BytesIO(b"words"))


@pytest.mark.parametrize("address", ["clamd", "/nowhere/clamd.sock", "127.0.0.1:no"])
def test_address_where_nothing_is_gives_no_answer(address):
    with pytest.raises(Away, match=address):
        ask(address, BytesIO(b"words"))


def test_scanner_that_is_stopped_gives_no_answer():
    with pytest.raises(Away):
        ask(clamd.nobody(), BytesIO(b"words"))
