"""`manage.py access_doc`: writes docs/access.md from the roles, the rule book, the surfaces and the tested matrix."""

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from allyance_site import surfaces
from casework.access import rules
from casework.access.roles import Role

PAGE = Path(settings.BASE_DIR) / "docs" / "access.md"
MATRIX = Path(settings.BASE_DIR) / "tests" / "matrix" / "expected.txt"
HEAD = """# Who may see and do what

Written by `manage.py access_doc` from `casework/access/` and `allyance_site/surfaces.py`, and compared with them by a
test: change the code and run the command. What a person sees is the union of what they hold now; a conflict of interest
block beats everything; a record that is not yours answers like one that does not exist.
"""


class Command(BaseCommand):
    help = "Writes docs/access.md; --check only says whether it is of this state."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        text = page()
        if not check:
            PAGE.write_text(text)
        elif not PAGE.exists() or PAGE.read_text() != text:
            raise CommandError("docs/access.md is not of this state: run `manage.py access_doc`, read the difference.")


def page() -> str:
    """The whole page."""
    parts = [HEAD, _roles(), _seen(), _acts(), _surfaces(), _matrix()]
    return "\n".join(parts)


def _roles() -> str:
    rows = [f"| {role.title} | {role.value.on._meta.verbose_name} | {role.value.sentence} |" for role in Role]
    return "\n".join(["## Roles", "", "| role | held on | in a sentence |", "|---|---|---|", *rows, ""])


def _seen() -> str:
    rows = [f"| {_noun(name, 'visible_')} | {_sentence(rule)} |" for name, rule in _rules("visible_")]
    return "\n".join(["## What is seen", "", "| | by whom |", "|---|---|", *rows, ""])


def _acts() -> str:
    rows = [f"| {_noun(name, 'can_')} | {_sentence(rule)} |" for name, rule in _rules("can_")]
    kinds = inspect.getdoc(rules.readable_kinds) or ""
    return "\n".join(["## What is read and done", "", kinds, "", "| may | who |", "|---|---|", *rows, ""])


def _surfaces() -> str:
    rows = [f"| {name} | {words} | {len(surfaces.TABLE[name])} |" for name, words in surfaces.WORDS.items()]
    head = "Every address belongs to a surface; one that is not listed is closed to everybody."
    return "\n".join(["## Surfaces", "", head, "", "| surface | for | addresses |", "|---|---|---|", *rows, ""])


def _matrix() -> str:
    lines = [line.split() for line in MATRIX.read_text().splitlines() if line and not line.startswith("#")]
    rows = [
        f"| `{title.replace('+', ' ')}` | {', '.join(who).replace('_', ' ') or 'nobody'} |" for title, *who in lines
    ]
    head = (
        "Who opens which address, or part of one, with a record of their own: played by `tests/matrix` as every role "
        "and as nobody, with own, foreign, missing and malformed records."
    )
    return "\n".join(["## The matrix", "", head, "", "| address | opens to |", "|---|---|", *rows, ""])


def _rules(prefix: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The rules of the book by their prefix, chapter by chapter."""
    for chapter in rules.CHAPTERS:
        for name, rule in vars(chapter).items():
            if name.startswith(prefix) and inspect.isfunction(rule) and rule.__module__ == chapter.__name__:
                yield name, rule


def _noun(name: str, prefix: str) -> str:
    return name.removeprefix(prefix).replace("_", " ")


def _sentence(rule: Callable[..., Any]) -> str:
    return " ".join((inspect.getdoc(rule) or "").split()).replace("|", "\\|")
