"""Speaks with a virus scanner, ClamAV's `clamd`, on a socket: here is a file, what is it?"""

import socket
import struct
from enum import Enum
from typing import IO

BLOCK = 64 * 1024
PATIENCE = 20.0  # seconds for one step of the talk; a file of 20 MB takes a few
LONGEST_ANSWER = 4096
# Said of what could not be looked into: under a password, or too deep.
NOT_LOOKED_INTO = (b"Heuristics.Encrypted", b"Heuristics.Limits")


class Answer(Enum):
    """What a scanner says of a file."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNSCANNABLE = "unscannable"


class Away(Exception):
    """There is no scanner where the settings say, or it gave no answer."""


def ask(address: str, file: IO[bytes]) -> Answer:
    """What the scanner at this address, a socket's path or host:port, says of a file."""
    try:
        with _connected(address) as talk:
            said = _answer_to(talk, file)
    except (OSError, ValueError) as error:
        raise Away(f"No answer from the virus scanner at {address}.") from error
    if said.endswith(b": OK"):
        return Answer.CLEAN
    if said.endswith(b" FOUND"):
        return Answer.UNSCANNABLE if any(name in said for name in NOT_LOOKED_INTO) else Answer.INFECTED
    if said.endswith(b"ERROR"):
        return Answer.UNSCANNABLE
    raise Away(f"No answer that can be read from the virus scanner at {address}.")


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        talk = socket.socket(socket.AF_UNIX)
        talk.settimeout(PATIENCE)
        try:
            talk.connect(address)
        except OSError:
            talk.close()
            raise
        return talk
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), PATIENCE)


def _answer_to(talk: socket.socket, file: IO[bytes]) -> bytes:
    """clamd's INSTREAM: each piece after its length, then a length of nothing; the answer ends with a zero."""
    file.seek(0)
    try:
        talk.sendall(b"zINSTREAM\0")
        while block := file.read(BLOCK):
            talk.sendall(struct.pack("!L", len(block)) + block)
        talk.sendall(struct.pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # it has heard enough, of a file that is too big for it, and may have said so
    said = b""
    while b"\0" not in said and len(said) < LONGEST_ANSWER and (more := talk.recv(LONGEST_ANSWER)):
        said += more
    return said.partition(b"\0")[0].strip()
