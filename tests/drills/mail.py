"""The smallest mail server: it takes messages on the loopback, or keeps a sender waiting for its word."""

import socketserver
import threading
from email import message_from_bytes
from types import TracebackType

ANSWERS = {b"EHLO": b"250 here", b"HELO": b"250 here", b"MAIL": b"250 ok", b"RCPT": b"250 ok", b"DATA": b"354 go on"}


class MailServer:
    """`taken` holds the Message-ID of each message that was handed over, in order, each time that it was."""

    def __init__(self, *, answers: bool = True, port: int = 0) -> None:
        self.taken: list[str] = []
        self._says_so = threading.Event()
        if answers:
            self._says_so.set()
        own = self

        class Conversation(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                own._talk(self)

        self._server = _Threaded(("127.0.0.1", port), Conversation)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> "MailServer":
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._says_so.set()
        self._server.shutdown()
        self._server.server_close()

    def _talk(self, conversation: socketserver.StreamRequestHandler) -> None:
        def say(words: bytes) -> None:
            conversation.wfile.write(words + b"\r\n")

        say(b"220 here")
        while line := conversation.rfile.readline():
            verb = line[:4].upper()
            if verb == b"QUIT":
                return say(b"221 bye")
            say(ANSWERS[verb])
            if verb == b"DATA":
                lines = iter(conversation.rfile.readline, b".\r\n")
                self.taken.append(message_from_bytes(b"".join(lines))["Message-ID"])
                self._says_so.wait()
                say(b"250 taken")
        return None


class _Threaded(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that was killed has nothing more to hear."""
