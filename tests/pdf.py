"""What tests of printed files share: where they can run, and what is in a file."""

import re
import zlib

import pytest

from allyance_site import machine

needs_pango = pytest.mark.skipif(machine.pango() is None, reason="no Pango on this machine, so no PDF can be made")


def parts_of(pdf: bytes) -> bytes:
    """The file with its packed parts unpacked: its structure, not its words, which are glyphs there."""
    return pdf + b"".join(zlib.decompress(part) for part in re.findall(rb"stream\n(x.*?)\nendstream", pdf, re.S))
