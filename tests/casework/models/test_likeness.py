"""Which names may be those of one child of one birthday, and which not."""

import pytest

from casework.models.likeness import is_like

ALIKE = [
    (("Kathryn", "Overy"), ("Catherine", "Overy")),
    (("Zoë", "O'Hara"), ("Zoe", "OHara")),
    (("Sam", "Lindqvist"), ("Samuel", "Lindquist")),
    (("Nell", "Overy"), ("Overy", "Nell")),
    (("Mohammed", "Aziz"), ("Muhammad", "Aziz")),
]
APART = [
    (("Nell", "Overy"), ("Oswin", "Overy")),
    (("Nell", "Overy"), ("Nell", "Marlow")),
    (("Al", "Overy"), ("Alistair", "Overy")),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_is_like_for_one_child_written_twice(one, other):
    assert is_like(one, other)
    assert is_like(other, one)


@pytest.mark.parametrize(("one", "other"), APART)
def test_is_not_like_for_two_children(one, other):
    assert not is_like(one, other)
