"""The lock files answer pyproject.toml, agree with each other and say nothing of where packages were fetched."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ["requirements.lock", "requirements-dev.lock"]
ASKED = {
    "requirements.lock": PROJECT["project"]["dependencies"],
    "requirements-dev.lock": PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"],
}


def pins(lock: str) -> dict[str, str]:
    """Each package with its version; the header of the file says how to make it anew."""
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", (ROOT / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_answers_pyproject(lock):
    pinned = pins(lock)
    for requirement in map(Requirement, ASKED[lock]):
        name = canonicalize_name(requirement.name)
        assert name in pinned, f"{lock} lacks {name}: make it anew"
        assert requirement.specifier.contains(pinned[name]), f"{lock} has {name} {pinned[name]}: make it anew"


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_has_a_hash_for_every_package_and_no_address(lock):
    text = (ROOT / lock).read_text()
    for package in re.split(r"\n(?=[a-z])", text)[1:]:
        assert "--hash=sha256:" in package, package
    assert not re.search(r"https?://|file:/|^ *-(-index|-extra-index|-find-links|f|i)", text, re.MULTILINE)


def test_locks_agree():
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()
