"""What an uploaded file must be before it is kept: what its name says it is, and no bigger than it looks.

Each kind that is allowed is proved by what only that kind has; to be told what else a file might be would keep
nothing out. See docs/decisions/0011-files.md.
"""

import zipfile
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files import File
from django.core.files.uploadhandler import FileUploadHandler
from django.template.defaultfilters import filesizeformat

from cms import packed, portable
from cms.naming import extension
from cms.redrawn import FORMATS, check_picture

FIRST_BYTES = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"} | dict.fromkeys(
    packed.MAIN_PART, packed.FIRST_BYTES
)
MOST_SENT = 32 * 1024 * 1024  # above the largest file that is kept, so that a form still says what is wrong with one


class SentAtOnce(FileUploadHandler):
    """Nothing bigger than any file that is kept is even read; the server reads no more than a request says it has."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        if content_length > MOST_SENT:
            raise RequestDataTooBig("More was sent than any file that is kept.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def stored_name(instance: object, filename: str) -> str:
    """A random name for the disk, so that neither a path nor an address says what a file is about."""
    return f"{uuid4().hex}{extension(filename, dot=True)}"


def check_document(file: File) -> None:
    """A document is of a kind that is kept, is what its name says, and holds nothing that runs or unpacks too far."""
    if why_not := _objection(file, extension(file.name or "")):
        raise ValidationError({"file": why_not})
    if extension(file.name or "") in FORMATS:
        check_picture(file)
    file.seek(0)


def check_size(file: File, most: int) -> None:
    """A file is no bigger than this many bytes."""
    if file.size > most:
        raise ValidationError({"file": f"This file is too big: {filesizeformat(most)} is the most that is kept."})


def _objection(file: File, kind: str) -> str:
    if file.size > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
        check_size(file, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
    file.seek(0)
    start = file.read(8)
    if kind in packed.MAIN_PART and start.startswith(packed.OLD_OFFICE):
        return (
            "This file is protected by a password or is of an old kind, and cannot be looked into. "
            f"Save it without a password as .{kind} or as a PDF, and add that."
        )
    if not start.startswith(FIRST_BYTES.get(kind, b"\x00never")):
        return f"This file is not what its name says: it ends in .{kind}, but holds something else."
    if kind in packed.MAIN_PART:
        return packed.objection(file, kind)
    if kind == "pdf":
        file.seek(0)
        return packed.ANOTHER_INSIDE if zipfile.is_zipfile(file) else portable.objection(_whole(file))
    return ""


def _whole(file: File) -> bytes:
    file.seek(0)
    return file.read()
