"""docs/security.md keeps its word: every number has its row, and every test that a row names exists."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROW = re.compile(r"^\| (\d+) \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::([\w:]+)`")
NUMBERS = list(range(1, 127))
ROWS = {int(number): where for number, where in ROW.findall((ROOT / "docs/security.md").read_text())}


def named_in(path: str) -> set[str]:
    """The tests of a file, as pytest names them."""
    names = set()
    for node in ast.parse((ROOT / path).read_text()).body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        prefix = f"{node.name}::" if isinstance(node, ast.ClassDef) else ""
        names |= {prefix + each.name for each in inside if isinstance(each, ast.FunctionDef)}
    return {name for name in names if name.split("::")[-1].startswith("test_")}


def test_every_number_has_its_row_in_order():
    assert list(ROWS) == NUMBERS


@pytest.mark.parametrize("number", NUMBERS)
def test_row_names_tests_that_exist_or_says_why_there_is_none(number):
    where = ROWS[number]
    named = NAMED.findall(where)
    assert named or "Not yet" in where
    for path, name in named:
        assert (ROOT / path).is_file(), path
        assert name in named_in(path), f"{path}::{name}"
