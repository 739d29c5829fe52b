"""What an editor is told before a page is published: hard words, long sentences, a number nobody checks, a name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from wagtail.models import Page, Site

from cms import reading
from cms.models import (
    ChildrenPage,
    ContactPage,
    DirectoryEntry,
    Helpline,
    LanguagePage,
    Readers,
    SectionPage,
    ServiceSettings,
)
from cms.models.checked import digits

PARENTS, CHILDREN, SCHOOLS = 5.0, 3.0, 8.0
LONGEST = 25  # words in a sentence
NUMBER = re.compile(r"(?<![\d#])(?:\+44|0)[\d ]{8,13}\d(?!\d)")
NAMED = re.compile(
    r"\b(?:called|named|our (?:son|daughter|pupil)|my (?:son|daughter))\s+(?:is\s+)?[A-Z][a-z]+"
    r"|\b(?!Year|Step|Part|Room)[A-Z][a-z]+,? (?:who is |is |was )?(?:aged? )?(?:[4-9]|1[0-8])(?: years old|,| and )"
    r"|\b[A-Z][a-z]+ \((?:aged? )?\d{1,2}\)"
    r"|\b[A-Z][a-z]+ (?:is |was )?in Year \d"
)


@dataclass(frozen=True)
class Finding:
    """Something to look at once more; `rule` is its name in Wagtail's checker."""

    rule: str
    words: str


def years_for(page: Page) -> float:
    """How many years of school a page may ask of its readers."""
    if isinstance(page, ChildrenPage):
        return CHILDREN
    section = SectionPage.objects.ancestor_of(page, inclusive=True).last() if page.path else None
    return SCHOOLS if section and section.readers == Readers.SCHOOLS else PARENTS


def findings(page: Page, html: str, site: Site | None) -> Iterator[Finding]:
    """All that there is to say of a page as it would be shown."""
    if isinstance(page, LanguagePage) and not page.is_english:
        return
    years, most = reading.school_years(html), years_for(page)
    if years > most:
        yield Finding(
            "hard-words", f"It takes about {years:.0f} years of school to read this; its readers have {most:.0f}."
        )
    sentences = list(reading.sentences(html))
    long = [sentence for sentence in sentences if len(sentence.split()) > LONGEST]
    if long:
        yield Finding("long-sentence", f"A sentence has more than {LONGEST} words: “{long[0][:80]}…”")
    text = " ".join(sentences)
    if named := NAMED.search(text):
        yield Finding("childs-name", f"This looks like a child’s name: “{named[0]}”. No child is ever named here.")
    if not isinstance(page, ContactPage):
        yield from _numbers(text, site)


def _numbers(text: str, site: Site | None) -> Iterator[Finding]:
    """A number of the page that nobody checks, or that nobody has checked in time."""
    lines: dict[str, Helpline | DirectoryEntry] = {digits(line.number): line for line in Helpline.objects.of(site)}
    lines |= {digits(entry.telephone): entry for entry in DirectoryEntry.objects.of(site) if entry.telephone}
    service = ServiceSettings.for_site(site) if site else ServiceSettings()
    ours = {digits(service.contact_telephone), digits(service.crisis_line_number)}
    for number in NUMBER.findall(text):
        line = lines.get(digits(number))
        if line and line.is_overdue(timezone.localdate()):
            yield Finding("old-helpline", f"{line.name} was to be checked by {line.review_by:%-d %B %Y}.")
        elif not line and digits(number) not in ours:
            yield Finding("unknown-number", f"{number} is on no list, so nobody checks it. Put it under Helplines.")
