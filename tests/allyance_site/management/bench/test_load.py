"""Answers are counted only where the server gives them, whole and each as the first."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from allyance_site.management.bench import load

BODY = b"words" * 50_000


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        found = self.path == "/"
        self.send_response(200 if found else 404)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *args):
        pass


@pytest.fixture
def port():
    server = ThreadingHTTPServer((load.HOST, 0), Answers)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_a_client_counts_whole_answers(port, monkeypatch):
    monkeypatch.setattr(load, "MOST", 20)
    assert load._one(port, "/") > 1


def test_what_is_not_there_is_not_counted(port):
    with pytest.raises(RuntimeError, match="404"):
        load._one(port, "/elsewhere")


def test_question_is_a_browsers():
    assert load.ask("/about-us/").startswith(b"GET /about-us/ HTTP/1.1\r\nHost: ")
    assert b"br" in load.ask("/")
