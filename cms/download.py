"""Sends a file, or the piece of it that a broken download still lacks, without holding it in memory."""

import logging
import re
from collections.abc import Iterator
from typing import IO, Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

logger = logging.getLogger(__name__)

BLOCK = 64 * 1024
ONE_PIECE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


class Piece:
    """So many bytes of a file from one place on; closed with the answer that sends it."""

    def __init__(self, file: IO[bytes], asked: range) -> None:
        self.file, self.left = file, len(asked)
        file.seek(asked.start)

    def __iter__(self) -> Iterator[bytes]:
        while self.left and (block := self.file.read(min(BLOCK, self.left))):
            self.left -= len(block)
            yield block

    def close(self) -> None:
        self.file.close()


def piece_asked_for(request: HttpRequest, size: int, tag: str) -> range | None:
    """The bytes that are asked for, and none of them where the file does not go so far.

    Nothing, for the whole file, where a request names no piece, names it in a way that is not understood, names
    several, or means an older file.
    """
    asked = ONE_PIECE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or not asked or request.headers.get("If-Range", tag) != tag:
        return None
    first, last = asked.groups()
    if first:
        return None if last and int(last) < int(first) else range(size)[int(first) : int(last or size) + 1]
    return range(size)[max(0, size - int(last)) :] if last else None


def answer(request: HttpRequest, file: IO[bytes], *, size: int, tag: str, name: str, kind: str) -> HttpResponseBase:
    """The file under this name: kept by the browser as a file, never shown or run there; closed once it is sent."""
    asked = piece_asked_for(request, size, tag)
    response: HttpResponseBase
    if early := get_conditional_response(request, etag=tag):
        response = early
    elif asked is not None and not asked:
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        sent = range(size) if asked is None else asked
        body = Piece(file, sent) if request.method == "GET" else ()
        response = StreamingHttpResponse(body, status=200 if asked is None else 206, content_type=kind)
        response["Content-Length"] = len(sent)
        if asked is not None:
            response["Content-Range"] = f"bytes {sent.start}-{sent.stop - 1}/{size}"
    if response.status_code not in (200, 206) or request.method != "GET":
        file.close()
    response["ETag"] = tag
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return response


def answer_with(record: Any, request: HttpRequest) -> HttpResponseBase:
    """The file of a record that may be opened; not there where the file is missing, of which the log tells."""
    try:
        file = record.file.storage.open(record.file.name or "")
    except OSError:
        logger.exception("The file of %s %s is not there.", record._meta.verbose_name, record.pk)
        raise Http404 from None
    tag = f'"{record.get_file_hash()}"'
    return answer(request, file, size=file.size, tag=tag, name=record.download_name, kind=record.content_type)


def begins(response: HttpResponseBase) -> bool:
    """Whether this answer sends a file from its beginning on."""
    return response.get("Content-Range", "bytes 0-").startswith("bytes 0-")
