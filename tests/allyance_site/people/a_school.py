"""A school's provider in a process of its own, and what it is told to say: see school_server.py."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

SECRET = "a long secret"
MFA = {"amr": ["pwd", "mfa"]}


@contextmanager
def running() -> Iterator[str]:
    """The address of one, which is its issuer."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", Path(__file__).with_name("school_server.py")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with process:
        assert process.stdout
        yield process.stdout.readline().strip()
        process.terminate()


def says(issuer: str, **said: Any) -> None:
    """Changes what its next answers say; without anything they say what is true."""
    requests.put(f"{issuer}/said", json=said, timeout=5)
