"""A virus scanner's stand-in on a real socket: it speaks as clamd does, and knows one virus, the harmless test file."""

import contextlib
import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

# The industry's test file, in two halves, so that no scanner finds it in our own repository.
TEST_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MOST = 1024 * 1024


class Handler(socketserver.StreamRequestHandler):
    """One talk: zINSTREAM, pieces after their lengths, a length of nothing; the answer ends with a zero."""

    def handle(self) -> None:
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND ERROR\0")
            return
        content = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
            if len(content) > MOST:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.seen.append(content)
        self.wfile.write(self.server.says or self.verdict(content))

    def verdict(self, content: bytes) -> bytes:
        return b"stream: Eicar-Test-Signature FOUND\0" if TEST_VIRUS in content else b"stream: OK\0"


class _Server(socketserver.ThreadingMixIn):
    daemon_threads = True
    says: bytes | None = None  # instead of what it finds

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is nothing to write home about."""


class OnPort(_Server, socketserver.TCPServer):
    """At host:port."""


class OnPath(_Server, socketserver.UnixStreamServer):
    """At a path."""


@contextlib.contextmanager
def running(path: Path | None = None) -> Iterator[tuple[str, _Server]]:
    """Where a scanner answers, and the scanner."""
    server = OnPath(str(path), Handler) if path else OnPort(("127.0.0.1", 0), Handler)
    server.seen = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield str(path) if path else "{}:{}".format(*server.server_address), server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def nobody() -> str:
    """An address where nothing answers."""
    with contextlib.closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"
