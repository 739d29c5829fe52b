"""The memory of the real worker, at its highest, after it has sent a queue of messages."""

import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from django.conf import settings

from allyance_site.people.models import User
from casework import outbox
from casework.models import OutboxMessage

MESSAGES = 100
PATIENCE = 120.0


def measure(person: User) -> dict[str, Any]:
    """The most MiB that the worker held while it sent so many messages."""
    for _ in range(MESSAGES):
        outbox.put("role_given", to=person)
    worker = subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL)
    try:
        began = monotonic()
        while OutboxMessage.objects.filter(state=OutboxMessage.State.WAITING).exists():
            if worker.poll() is not None or monotonic() - began > PATIENCE:
                raise RuntimeError("The worker did not send what it was given.")
            sleep(0.5)
        return {"messages": MESSAGES, "mib": highest(worker.pid)}
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(timeout=30)


def highest(process: int) -> float:
    """The most resident memory that a process has held, in MiB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    words = next(line for line in lines if line.startswith("VmHWM:")).split()
    return int(words[1]) / 1024
