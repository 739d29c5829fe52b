"""PDFs: those that run something, bring another file along or are locked are not kept."""

import re
import zlib

ENDS_WITHIN = 1024
MOST_OBJECTS = 64 * 1024 * 1024
MOST_SPELT_OUT = 100_000

RUNS = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|FileAttachment|RichMedia)\b|/XFA[\s\[]")
LOCKED = re.compile(rb"/Encrypt\b")
OBJECTS = b"/ObjStm"  # a stream of further objects, packed
SPELT_OUT = re.compile(rb"#([0-9a-fA-F]{2})")

DAMAGED = "This PDF is damaged. Save it again and try once more."
HOLDS_MORE = "This PDF holds a program, a form that runs one, or another file. Print it to a new PDF and add that."
PASSWORD = "This PDF is protected by a password, and cannot be looked into. Save it without one and add that."  # noqa: S105
CANNOT_LOOK = "This PDF cannot be looked into. Print it to a new PDF and add that."


def objection(content: bytes) -> str:
    """Why a PDF is not kept; empty where there is nothing against it."""
    if b"%%EOF" not in content[-ENDS_WITHIN:]:
        return DAMAGED
    try:
        plain = _plain(content)
        if LOCKED.search(plain):
            return PASSWORD
        if plain.count(OBJECTS) != content.count(OBJECTS):
            return CANNOT_LOOK
        return HOLDS_MORE if RUNS.search(plain) or RUNS.search(_plain(_packed_objects(content))) else ""
    except (ValueError, zlib.error):
        return CANNOT_LOOK


def _packed_objects(content: bytes) -> bytes:
    """The objects that are packed into streams, one after another; an error where one does not unpack to its end."""
    found, at = b"", 0
    while (at := content.find(OBJECTS, at)) != -1 and (at := content.find(b"stream", at)) != -1:
        at += len(b"stream")
        unpacker = zlib.decompressobj()
        packed = content[at : content.index(b"endstream", at)].lstrip(b"\r\n")
        found += unpacker.decompress(packed, MOST_OBJECTS - len(found))
        if not unpacker.eof or len(found) >= MOST_OBJECTS:
            raise ValueError("Objects that do not end, or too many.")
    return found


def _plain(content: bytes) -> bytes:
    """With every name as it is meant: a sign of a name may also be written as its number."""
    plain, spelt_out = SPELT_OUT.subn(lambda found: bytes.fromhex(found[1].decode()), content, MOST_SPELT_OUT)
    if spelt_out == MOST_SPELT_OUT:
        raise ValueError("Nobody writes so.")
    return plain
