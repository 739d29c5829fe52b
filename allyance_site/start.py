"""What `make run` does once .venv stands: keys, tables, static files and the demo, and then the processes.

`python -m allyance_site.start PORT`. Every step may be repeated; what is there already is left as it is.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.migrations.executor import MigrationExecutor

from allyance_site import keys

DIRECTORIES = {"ALLYANCE_DATA_DIR": ".data", "ALLYANCE_KEYS_DIR": ".keys"}
OF_THE_DATABASE = ["audit_key", "ring.json"]  # what is stored means nothing without them; other keys can be made anew
EMPTY, IN_USE = 0, 3
LOOK_FOR_TABLES = (
    "from django.db import connection; "
    f"raise SystemExit({IN_USE} if connection.introspection.table_names() else {EMPTY})"
)


def main(port: str) -> None:
    """Prepare, then serve on this port of the loopback until stopped."""
    address = f"http://127.0.0.1:{port}"
    os.environ.update(DJANGO_SETTINGS_MODULE="allyance_site.settings.local", PORT=port)
    os.environ.setdefault("ALLYANCE_BASE_URL", address)
    data, ring = (own_directory(name) for name in DIRECTORIES)
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    make_keys(ring, "DATABASE_URL" if os.environ.get("DATABASE_URL") else str(data))
    django.setup()
    migrate()
    collect_static(data / "static.sha256")
    if settings.DEMO:
        call_command("demo", address=address)
    connections.close_all()
    sys.stdout.flush()
    # In place of this process, which has all of Wagtail in its memory and nothing more to do.
    os.execv(sys.executable, [sys.executable, "-m", "allyance_site.supervise"])


def own_directory(name: str) -> Path:
    """The directory that this variable names, spelt out for every process after this one."""
    directory = Path(os.environ.get(name) or DIRECTORIES[name]).resolve()
    os.environ[name] = str(directory)
    return directory


def make_keys(directory: Path, database: str) -> None:
    """Make a new installation's keys; never new ones for a database whose texts were sealed with others."""
    lost = [name for name in OF_THE_DATABASE if not (directory / name).exists()]
    if lost and database_in_use():
        sys.exit(
            f"There is a database ({database}) but {directory} lacks its {', '.join(lost)}: put the copy back, or name "
            "another ALLYANCE_DATA_DIR or DATABASE_URL to begin anew, for nobody reads sealed text without its keys."
        )
    keys.make(directory)


def database_in_use() -> bool:
    """Whether the database has tables. Asked in a process of its own, for settings cannot be read without keys."""
    env = os.environ | {"SECRET_KEY": "none yet, and nothing is signed"}
    answer = subprocess.run([sys.executable, "-W", "ignore", "-c", LOOK_FOR_TABLES], env=env, check=False).returncode
    if answer not in (EMPTY, IN_USE):
        sys.exit("The database does not answer, for the reason above: see that it runs and that DATABASE_URL is right.")
    return answer == IN_USE


def migrate() -> None:
    """Bring the tables up to date, with a word beforehand when that will take a while."""
    executor = MigrationExecutor(connection)
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print(f"Preparing the database: {len(plan)} migrations.", flush=True)
    call_command("migrate", database=DEFAULT_DB_ALIAS, interactive=False, verbosity=0)


def collect_static(stamp: Path) -> None:
    """Collect and compress the static files, which takes ten seconds, only when one of them has changed."""
    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            file = Path(storage.path(name)).stat()
            seen.update(f"{storage.path(name)} {file.st_size} {file.st_mtime_ns}\n".encode())
    if not stamp.exists() or stamp.read_text() != seen.hexdigest():
        print("Collecting the static files.", flush=True)
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(seen.hexdigest())


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except CommandError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
