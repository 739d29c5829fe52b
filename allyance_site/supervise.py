"""Runs what the Procfile names under one supervisor: one signal ends all, and so does the end of any one."""

import contextlib
import os
import signal
import sys
import threading
from pathlib import Path

from honcho.environ import parse_procfile
from honcho.manager import SIGNALS, Manager
from honcho.printer import Message, Printer

ROOT = Path(__file__).resolve().parents[1]
PROCFILE = ROOT / "allyance_site" / "Procfile"
TOO_EARLY = 0.1  # seconds until a signal is passed on that came before every process had started


class SteadyPrinter(Printer):
    """Prints as honcho does, and outlives the terminal: a lost one must not leave processes without supervisor."""

    def write(self, message: Message) -> None:
        with contextlib.suppress(OSError):
            super().write(message)


class Supervisor(Manager):
    """Honcho's manager, with one gap closed: it loses a signal that comes before every process has its id."""

    def terminate(self) -> None:
        if self._all_started():
            super().terminate()
        else:
            threading.Timer(TOO_EARLY, self.terminate).start()


def run(procfile: Path = PROCFILE) -> None:
    """Until a signal ends it, which is well, or one of the processes ends by itself, which is not."""
    supervisor = Supervisor(SteadyPrinter(sys.stdout))
    # The Procfile says `python` for whoever runs it; here that is the interpreter that runs this.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    for name, command in parse_procfile(procfile.read_text()).processes.items():
        env = os.environ | {"PATH": path, "PYTHONUNBUFFERED": "1"}
        supervisor.add_process(name, command, env=env, cwd=str(ROOT))
    # A closed terminal ends them too, instead of leaving them with the port in their hands.
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    supervisor.loop()
    if supervisor.returncode not in {ended["rc"] for ended in SIGNALS.values()}:
        sys.exit(
            "Allyance has stopped, because one of its processes ended by itself: the first line above with "
            "`stopped` names it, and its own last lines say why."
        )


if __name__ == "__main__":
    run()
