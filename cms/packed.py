"""Word, Excel, PowerPoint and OpenDocument files: what lies in them is looked at before anything is unpacked."""

import stat
import struct
import zipfile
import zlib
from io import BytesIO
from typing import IO

FIRST_BYTES = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # the old kind of file; a new one under a password, and every macro, is one of these
ARCHIVES = (FIRST_BYTES, b"Rar!", b"7z\xbc\xaf", b"MSCF")
PROGRAMS = (OLD_OFFICE, b"MZ", b"\x7fELF")
NEVER_INSIDE = (".zip", ".jar", ".rar", ".7z", ".exe", ".dll", ".js", ".vbs", ".ps1", "vbaproject.bin", "vbadata.xml")

# What each kind says of itself: a document without macros, and nothing else.
MAIN_PART = {
    "docx": b"wordprocessingml.document.main+xml",
    "xlsx": b"spreadsheetml.sheet.main+xml",
    "pptx": b"presentationml.presentation.main+xml",
    "odt": b"application/vnd.oasis.opendocument.text",
}
OFFICE = (".docx", ".xlsx", ".pptx")

MOST_ENTRIES = 2_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 100
LONGEST_LIST = 1024 * 1024
END_OF_LIST, END_OF_LONG_LIST = b"PK\x05\x06", b"PK\x06\x07"
END_BYTES, LONGEST_COMMENT = 22, 65_535
FOLDERS_OF_MACROS = ("basic/", "scripts/")

DAMAGED = "This file is damaged. Save it again and try once more."
TOO_BIG = "This file is too big once it is unpacked. Save it as a PDF and add that."
ANOTHER_INSIDE = "This file holds a program, a macro or another file inside. Save it as a plain PDF and add that."
PASSWORD = "This file is protected by a password, and cannot be looked into. Save it without one and add that."  # noqa: S105
NOT_WHAT_IT_SAYS = "This file is not what its name says. Save it again under the kind that it is, without macros."


def objection(file: IO[bytes], kind: str, *, inside: bool = False) -> str:
    """Why a packed file is not kept; empty where there is nothing against it.

    A chart in a letter brings its own table, so one office file may lie in another, and in that one none.
    """
    if why_not := _against_length(file):
        return why_not
    try:
        with zipfile.ZipFile(file) as archive:
            return _against_list(archive, file) or _against_kind(archive, kind) or _against_parts(archive, inside)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError, OSError):
        return DAMAGED


def _against_length(file: IO[bytes]) -> str:
    """What speaks against reading the list of what lies inside at all."""
    size = file.seek(0, 2)
    file.seek(max(0, size - END_BYTES - LONGEST_COMMENT))
    tail = file.read()
    end = tail.rfind(END_OF_LIST)
    if end == -1 or len(tail) < end + END_BYTES or tail[max(0, end - 20) :].startswith(END_OF_LONG_LIST):
        return DAMAGED
    entries, length = struct.unpack_from("<HL", tail, end + 10)
    return TOO_BIG if entries > MOST_ENTRIES or length > LONGEST_LIST else ""


def _against_list(archive: zipfile.ZipFile, file: IO[bytes]) -> str:
    """What speaks against a file by its list alone: names, sizes, links, passwords."""
    entries = archive.infolist()
    names = [entry.orig_filename.lower().replace("\\", "/") for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > min(MOST_UNPACKED, MOST_RATIO * file.seek(0, 2)):
        return TOO_BIG
    if any(entry.flag_bits & 1 for entry in entries):
        return PASSWORD
    if any(name.endswith(NEVER_INSIDE) or name.startswith(FOLDERS_OF_MACROS) for name in names):
        return ANOTHER_INSIDE
    if (
        not entries
        or len(set(names)) < len(names)
        or min(entry.header_offset for entry in entries) > 0  # something stands before it
        or any(name.startswith("/") or ".." in name.split("/") or ":" in name or "\0" in name for name in names)
        or any(stat.S_ISLNK(entry.external_attr >> 16) for entry in entries)
        or any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries)
    ):
        return DAMAGED
    return ""


def _against_kind(archive: zipfile.ZipFile, kind: str) -> str:
    """What speaks against it by what it says of itself: another kind, macros, a password."""
    try:
        if kind == "odt":
            says = _read(archive, "mimetype").strip()
            locked = b"encryption-data" in _read(archive, "META-INF/manifest.xml")
            return PASSWORD if locked else "" if says == MAIN_PART[kind] else NOT_WHAT_IT_SAYS
        says = _read(archive, "[Content_Types].xml")
    except KeyError:
        return NOT_WHAT_IT_SAYS
    # An ampersand would be a way to write a word so that it is not found here.
    plain = MAIN_PART[kind] in says and not any(word in says.lower() for word in (b"macroenabled", b"vbaproject", b"&"))
    return "" if plain else NOT_WHAT_IT_SAYS


def _against_parts(archive: zipfile.ZipFile, inside: bool) -> str:
    """What speaks against it by how each part begins, whatever it is called."""
    for entry in archive.infolist():
        with archive.open(entry) as part:
            start = part.read(8)
        if start.startswith(FIRST_BYTES) and not inside and entry.filename.lower().endswith(OFFICE):
            table = BytesIO(archive.read(entry))
            if why_not := objection(table, entry.filename.lower().rpartition(".")[2], inside=True):
                return why_not
        elif start.startswith(ARCHIVES + PROGRAMS):
            return ANOTHER_INSIDE
    return ""


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(LONGEST_LIST)
