"""One signal ends every process, and so does the end of any one of them."""

import os
import signal
import subprocess
import sys
import time

import pytest

from allyance_site import supervise

LASTING = "exec python -c \"import time; print('up', flush=True); time.sleep(60)\""
START = "import pathlib, sys; from allyance_site import supervise; supervise.run(pathlib.Path(sys.argv[1]))"


@pytest.fixture
def start(tmp_path):
    """Start a supervisor over these processes, in a process group of its own as a terminal would."""
    running = []

    def start(**processes):
        procfile = tmp_path / "Procfile"
        procfile.write_text("".join(f"{name}: {command}\n" for name, command in processes.items()))
        running.append(
            subprocess.Popen(
                [sys.executable, "-c", START, str(procfile)],
                cwd=supervise.ROOT,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        )
        return running[-1]

    yield start
    for process in running:
        process.stdout.close()
        process.kill()
        process.wait()


def pids_of(process, names):
    """Read what it prints until each of these has said that it is up, and give the ids it printed on the way."""
    pids, up = [], 0
    while up < names:
        line = process.stdout.readline()
        assert line, "ended before all were up"
        up += line.rstrip().endswith("| up")
        if "(pid=" in line:
            pids.append(int(line.rpartition("pid=")[2].rstrip(")\n")))
    return pids


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_run_ends_well_on_a_signal(start, number):
    process = start(web=LASTING, worker=LASTING)
    pids = pids_of(process, 2)
    process.send_signal(number)
    assert process.wait(20) == 0
    assert not any(map(alive, pids))


def test_run_ends_all_when_one_ends(start):
    process = start(web=LASTING, worker="exec true")
    output, _ = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "worker stopped (rc=0)" in output
    assert output.splitlines()[-1].startswith("Allyance has stopped, because one of its processes ended by itself")


def test_run_outlives_its_terminal(start):
    process = start(web=LASTING)
    (pid,) = pids_of(process, 1)
    process.stdout.close()
    process.send_signal(signal.SIGTERM)
    process.wait(20)
    assert not alive(pid)


def test_terminate_waits_until_every_process_has_started(monkeypatch):
    ended = []
    monkeypatch.setattr(supervise, "TOO_EARLY", 0.01)
    monkeypatch.setattr(supervise.Manager, "terminate", lambda self: ended.append(self))
    supervisor = supervise.Supervisor()
    supervisor.add_process("web", "true")

    supervisor.terminate()
    assert not ended

    supervisor._processes["web"]["pid"] = 1
    deadline = time.monotonic() + 5
    while not ended and time.monotonic() < deadline:
        time.sleep(0.01)
    assert ended == [supervisor]
