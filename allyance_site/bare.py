"""Makes .venv hold what a lock file names, and says in one sentence what a bare machine lacks for that.

`python3 allyance_site/bare.py LOCK [PORT]`. Any Python must be able to read this file, however old, so that
an old one answers with a sentence and not with a traceback: no f-strings, no annotations, ASCII only.
"""

import hashlib
import os
import socket
import subprocess
import sys

NEEDED = (3, 11)
VENV = ".venv"
VENV_PYTHON = os.path.join(VENV, "bin", "python")


def main(lock, port=None):
    """Check what is quick to check, then install what is not there yet."""
    check_python(sys.version_info[:3], sys.executable)
    if port is not None:
        check_port(port)
    if not installed(lock):
        install(lock)


def check_python(version, name):
    """Refuse an interpreter that is older than our code's language."""
    if version < NEEDED:
        sys.exit(
            "Allyance needs Python %d.%d or later, and %s is %d.%d.%d: install a newer one, "
            "or name one that this machine has, as in `make run PYTHON=python3.12`." % (NEEDED + (name,) + version)
        )


def check_port(text):
    """Refuse a port that is no port, or that another program on this machine holds."""
    if not text.isdigit() or not 0 < int(text) < 65536:
        sys.exit("PORT must be a number from 1 to 65535 and is '%s': try `make run PORT=8001`." % text)
    problem = port_problem(int(text))
    if problem:
        free = next(port for port in range(max(int(text), 1024) + 1, 65536) if not port_problem(port))
        sys.exit("Port %s of 127.0.0.1 cannot be had (%s): try `make run PORT=%d`." % (text, problem, free))


def port_problem(port):
    """Why we could not listen on this port, or an empty string."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        # As gunicorn does; without it, connections of a server stopped a moment ago would count as a holder.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        return error.strerror.lower()
    finally:
        listener.close()
    return ""


def installed(lock):
    """Whether .venv was last given exactly this lock file, by this Python."""
    try:
        with open(stamp(lock)) as file:
            return file.read() == wanted(lock)
    except OSError:
        return False


def install(lock):
    """Bring .venv to the lock file; the stamp is written last, so that a broken-off run is taken up again."""
    print("Installing what %s names into %s: under a minute, and only when it has changed." % (lock, VENV))
    sys.stdout.flush()
    if not usable():
        make_venv()
    options = "-qq --disable-pip-version-check --no-input --no-deps --no-compile --require-hashes -r"
    if subprocess.call([VENV_PYTHON, "-m", "pip", "install"] + options.split() + [lock]):
        sys.exit("pip could not install what %s names, for the reason above: see that a package index answers." % lock)
    # Much quicker than pip's own compiling, for it uses every core. What it cannot compile is never imported.
    subprocess.call([VENV_PYTHON, "-m", "compileall", "-qq", "-j", "0", os.path.join(VENV, "lib")])
    with open(stamp(lock), "w") as file:
        file.write(wanted(lock))


def usable():
    """Whether .venv runs, has pip and is of the asked Python: it may be half made, or its Python be gone."""
    probe = "import pip, sys; sys.exit(sys.version_info[:2] != %r)" % (tuple(sys.version_info[:2]),)
    try:
        return subprocess.call([VENV_PYTHON, "-c", probe], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make_venv():
    """A new, empty .venv."""
    try:
        import ensurepip  # noqa: F401  (Debian keeps it in a package of its own)
        import venv
    except ImportError:
        sys.exit("%s lacks what makes .venv, which `apt-get install python3-venv` brings on Debian." % sys.executable)
    # Never by .venv's own interpreter, which is about to be cleared away.
    subprocess.check_call([getattr(sys, "_base_executable", sys.executable), "-m", venv.__name__, "--clear", VENV])


def stamp(lock):
    """Where .venv remembers what it was given."""
    return os.path.join(VENV, os.path.basename(lock) + ".stamp")


def wanted(lock):
    """What the stamp must say: the Python that was asked for, and the lock file's hash."""
    with open(lock, "rb") as file:
        return "%d.%d %s" % (sys.version_info[0], sys.version_info[1], hashlib.sha256(file.read()).hexdigest())


if __name__ == "__main__":
    main(*sys.argv[1:])
