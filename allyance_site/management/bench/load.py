"""Asks a server on this machine for one address, again and again, by several processes at once.

Each holds one connection and does nothing but send and receive, so that the server is what is measured.
"""

import socket
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from time import perf_counter

CLIENTS = 8
SECONDS = 2.0
MOST = 200_000
HOST = "127.0.0.1"
BROWSERS = "gzip, deflate, br"


def ask(path: str) -> bytes:
    """A browser's question."""
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept-Encoding: {BROWSERS}\r\n\r\n".encode()


def rate(port: int, path: str) -> float:
    """Answers a second."""
    with ProcessPoolExecutor(CLIENTS, mp_context=get_context("spawn")) as clients:
        return sum(clients.map(_one, [port] * CLIENTS, [path] * CLIENTS))


def _one(port: int, path: str) -> float:
    question = ask(path)
    with socket.create_connection((HOST, port), timeout=30) as server:
        length = len(_first(server, question))
        began, answered = perf_counter(), 0
        while (passed := perf_counter() - began) < SECONDS and answered < MOST:
            server.sendall(question)
            left = length
            while left > 0:
                got = len(server.recv(left))
                if not got:
                    raise RuntimeError(f"{path}: the server has hung up.")
                left -= got
            answered += 1
    return answered / passed


def _first(server: socket.socket, question: bytes) -> bytes:
    """A whole answer; every other is as long."""
    server.sendall(question)
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += server.recv(65536)
    head, _, body = answer.partition(b"\r\n\r\n")
    if b" 200 " not in head.splitlines()[0]:
        raise RuntimeError(head.decode())
    lengths = [line.split(b":")[1] for line in head.splitlines() if line.lower().startswith(b"content-length:")]
    left = int(lengths[0]) - len(body)
    while left > 0:
        got = server.recv(left)
        answer, left = answer + got, left - len(got)
    return answer
