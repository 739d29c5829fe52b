"""How hard words are to read: Flesch and Kincaid's estimate in years of school, from the text of a page."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup

ENDS = re.compile(r"(?<=[.?!:])\s+")
WORD = re.compile(r"[A-Za-z’]+")
SHORTEST = 3  # words; what is shorter is a label
WHOLE = ("p", "li", "ul", "ol", "dd", "td")


def sentences(html: str | bytes) -> Iterator[str]:
    """The sentences of a page, or of a part of one."""
    soup = BeautifulSoup(html, "html.parser")
    for element in (soup.main or soup).find_all(["p", "li", "summary", "dd", "td"]):
        if not element.find(WHOLE):
            text = element.get_text(" ", strip=True)
            yield from filter(None, (part.strip() for part in ENDS.split(text)))


def school_years(html: str | bytes) -> float:
    """How many years of school it takes to read it; nought where there is nothing to read."""
    lines = [words for words in (WORD.findall(line) for line in sentences(html)) if len(words) >= SHORTEST]
    words = [word for line in lines for word in line]
    if not lines:
        return 0.0
    return 0.39 * len(words) / len(lines) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """About how many: groups of vowels, without a silent e."""
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    return max(1, groups - (word.lower().endswith("e") and not word.lower().endswith("le") and groups > 1))
