"""What a bare machine is told, and that even an old Python can read the file that tells it."""

import ast
import socket
from pathlib import Path

import pytest

from allyance_site import bare

TOO_NEW = (ast.JoinedStr, ast.NamedExpr, ast.AnnAssign, ast.Match, ast.AsyncFunctionDef, ast.Nonlocal)


@pytest.fixture
def bare_machine(tmp_path, monkeypatch):
    """An empty directory with one lock file, where every program that would be started is written down instead."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "some.lock").write_text("django==5.2\n")
    (tmp_path / ".venv").mkdir()
    started = []
    monkeypatch.setattr(bare.subprocess, "call", lambda command, **options: started.append(command) or 0)
    monkeypatch.setattr(bare.subprocess, "check_call", lambda command: started.append(command))
    return started


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_bare_reads_on_any_python():
    source = Path(bare.__file__).read_text(encoding="ascii")
    tree = ast.parse(source)
    assert not [node for node in ast.walk(tree) if isinstance(node, TOO_NEW)]
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert not [one for one in functions if one.returns or any(argument.annotation for argument in one.args.args)]


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13)])
def test_check_python_too_old(version):
    with pytest.raises(SystemExit) as refusal:
        bare.check_python(version, "/usr/bin/python3")
    found = ".".join(map(str, version))
    assert str(refusal.value).startswith(f"Allyance needs Python 3.11 or later, and /usr/bin/python3 is {found}: ")
    assert "\n" not in str(refusal.value)


def test_check_python_new_enough():
    bare.check_python((3, 11, 0), "python3")


def test_check_port_taken(taken_port):
    with pytest.raises(SystemExit) as refusal:
        bare.check_port(str(taken_port))
    assert str(refusal.value).startswith(f"Port {taken_port} of 127.0.0.1 cannot be had (address already in use): ")
    offered = int(str(refusal.value).split("PORT=")[1].rstrip("`."))
    assert not bare.port_problem(offered)


@pytest.mark.parametrize("text", ["", "http", "0", "65536", "-1", "80 80"])
def test_check_port_is_no_port(text):
    with pytest.raises(SystemExit, match=r"PORT must be a number from 1 to 65535"):
        bare.check_port(text)


def test_main_refuses_a_taken_port_before_it_installs(bare_machine, taken_port):
    with pytest.raises(SystemExit):
        bare.main("some.lock", str(taken_port))
    assert not bare_machine


def test_main_installs_only_what_changed(bare_machine):
    bare.main("some.lock")
    assert any("--require-hashes" in command for command in bare_machine)

    bare_machine.clear()
    bare.main("some.lock")
    assert not bare_machine

    Path("some.lock").write_text("django==5.2.1\n")
    bare.main("some.lock")
    assert bare_machine


def test_install_broken_off_is_taken_up_again(bare_machine, monkeypatch):
    monkeypatch.setattr(bare.subprocess, "call", lambda command, **options: "install" in command)
    with pytest.raises(SystemExit, match=r"pip could not install what some\.lock names"):
        bare.main("some.lock")
    assert not bare.installed("some.lock")


def test_install_makes_venv_anew_where_its_python_is_gone(bare_machine, monkeypatch):
    def gone(command, **options):
        if "-c" in command:
            raise FileNotFoundError
        return 0

    monkeypatch.setattr(bare.subprocess, "call", gone)
    bare.main("some.lock")
    assert [command[1:] for command in bare_machine] == [["-m", "venv", "--clear", ".venv"]]
