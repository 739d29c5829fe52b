"""The table of settings in docs/operations.md is what the program reads, with what holds where nothing is set."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "operations.md"
ROW = re.compile(r"^\| (`[A-Z0-9_`, ]+`) \| ([^|]*)\| (.*) \|$", re.MULTILINE)
NAME = re.compile(r"`([A-Z][A-Z0-9_]+)`")
OURS = re.compile(r"\b(?:ALLYANCE_[A-Z0-9_]+|(?:DATABASE|EMAIL|REDIS)_[A-Z]+)\b")

OF_THE_MACHINE = {"PATH"}
READ_ELSEWHERE = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "PORT", "DEBUG"}
"""By a package, by the Procfile, and by a loop over names."""


def table() -> dict[str, tuple[str, str]]:
    """Each name with what is written beside it: what holds otherwise, and what it is."""
    text = PAGE.read_text().partition("## Every setting")[2]
    return {name: (cell.strip(), words) for names, cell, words in ROW.findall(text) for name in NAME.findall(names)}


def reads() -> Iterator[tuple[str, object]]:
    """Each name that the program reads from the environment, with the number or switch that it takes otherwise."""
    for file in [
        ROOT / "manage.py",
        *(file for room in ("allyance_site", "casework", "cms") for file in (ROOT / room).rglob("*.py")),
    ]:
        for node in ast.walk(ast.parse(file.read_text())):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
                continue
            name = node.args[0]
            if ast.unparse(node.func.value) in ("env", "os.environ") and isinstance(name, ast.Constant):
                yield str(name.value), _number(node.args[1]) if len(node.args) > 1 else None


def _number(node: ast.expr) -> object:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return ast.literal_eval(node.left) * ast.literal_eval(node.right)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, int) else None


def needed() -> set[str]:
    """What a live service refuses to be without."""
    tree = ast.parse((ROOT / "allyance_site/settings/production.py").read_text())
    (found,) = [
        node.value for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "NEEDED"
    ]
    return set(ast.literal_eval(found))


def test_the_table_names_what_is_read_and_nothing_else():
    assert {name for name, _ in reads()} - OF_THE_MACHINE | READ_ELSEWHERE == set(table())


def test_numbers_and_switches_are_the_programs():
    said = {name: number for name, number in reads() if number is not None and table()[name][0]}
    assert len(said) > 5
    assert {name: table()[name][0] for name in said} == {name: f"`{number}`" for name, number in said.items()}
    assert f"${{PORT:-{table()['PORT'][0].strip('`')}}}" in (ROOT / "allyance_site/Procfile").read_text()


def test_what_is_needed_is_marked():
    marked = {name for name, (_, words) in table().items() if words.startswith("needed: ")}
    assert marked == needed() | {"DJANGO_SETTINGS_MODULE"}


@pytest.mark.parametrize("path", ["README.md", "docs", ".github", "Makefile"])
def test_no_page_names_a_setting_that_is_none(path):
    place = ROOT / path
    pages = sorted(place.rglob("*.md")) if place.is_dir() else [place]
    named = {name for page in pages for name in OURS.findall(page.read_text())}
    assert named <= set(table())
