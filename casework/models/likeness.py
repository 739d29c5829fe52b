"""Whether two names may be those of one child: spelt a little differently, or otherwise and sounding alike."""

import re
import unicodedata
from difflib import SequenceMatcher

ALIKE = 0.75
SOUNDS = (("ph", "f"), ("ck", "k"), ("th", "t"), ("sh", "s"), ("c", "k"), ("q", "k"), ("z", "s"), ("h", ""), ("y", "i"))


def is_like(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Two children of one birthday, each by first and last name: whether they may be the same child."""
    if all(_alike(mine, theirs) for mine, theirs in zip(one, other, strict=True)):
        return True
    return all(_alike(mine, theirs) for mine, theirs in zip(one, reversed(other), strict=True))


def letters_of(name: str) -> str:
    """A name without accents, marks, spaces and capitals: O'Brien and OBRIEN are one."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", name).casefold() if letter.isalpha())


def sound_of(name: str) -> str:
    """The letters of a name as it roughly sounds: Kathryn and Catherine come close."""
    letters = letters_of(name)
    for spelt, sounds in SOUNDS:
        letters = letters.replace(spelt, sounds)
    return re.sub(r"(.)\1+", r"\1", letters)


def _alike(one: str, other: str) -> bool:
    """As wholes, by their consonants, or where one begins the other, as with a second name or a short form."""
    mine, theirs = sound_of(one), sound_of(other)
    short, long = sorted((mine, theirs), key=len)
    begins = len(short) >= 3 and long.startswith(short)
    consonants = re.sub("[aeiou]", "", mine)
    if len(consonants) >= 2 and consonants == re.sub("[aeiou]", "", theirs):
        return True
    return begins or SequenceMatcher(None, mine, theirs, autojunk=False).ratio() >= ALIKE
