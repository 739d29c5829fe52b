"""What stands on a school's own page of its safeguarding pack and its letters of assurance."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from ..access import rules
from ..models import AssuranceLetter, Practitioner, School
from ..reports import letters, packs
from .letters import letters_address
from .packs import pack_address
from .sections import Button, Entry, Section


def pack_of(user: Any, school: School) -> list[Section]:
    """This year's pack, or since when it is due, for who may open it; head and SENDCO send it from here."""
    if not rules.can_view_packs(user, school):
        return []
    standing = next(iter(packs.standings([school], timezone.localdate())), None)
    entries = [Entry("Whom to tell, signing in, first aid", pack_address(school), how_it_stands(standing))]
    if rules.can_send_pack(user, school) and standing and standing.is_owed:
        entries.append(Entry("Send the pack", reverse("casework_pack_send", args=[school.uuid])))
    return [Section("Safeguarding pack", "", entries)]


def letters_to(user: Any, school: School) -> list[Section]:
    """The school's letters, as far as this person reads them; the coordinator issues them from here with one click."""
    if not rules.can_view_letters(user, school):
        return []
    today = timezone.localdate()
    entries = []
    for row in letters.at_school(user, school, today):
        address = reverse("casework_letter", args=[row.letter.uuid]) if row.letter else ""
        gaps = f". None can be issued: {'; '.join(row.gaps)}" if row.gaps else ""
        entries.append(Entry(row.name, address, f"{row.words(today)}{gaps}"))
    entries.append(Entry("All letters, and their PDFs", letters_address(school)))
    issues = rules.can_issue_letters(user, school)
    button = Button("Issue letters", letters_address(school)) if issues else None
    return [Section("Letters of assurance", "", entries, button)]


def letters_about(user: Any, practitioner: Practitioner) -> list[Section]:
    """The letters about somebody that stand, for who reads them."""
    today, found = timezone.localdate(), letters.about(user, practitioner)
    entries = [Entry(one.school.name, reverse("casework_letter", args=[one.uuid]), _words(one, today)) for one in found]
    own = practitioner.user_id == user.pk
    return [Section("Letters of assurance", "No letter stands.", entries)] if entries or own else []


def how_it_stands(standing: packs.Standing | None) -> str:
    """A school's pack in a few words."""
    if standing is None:
        return "today lies in no school year"
    if standing.sent is None:
        return f"{standing.year}: due since {standing.since:%-d %B %Y}"
    day = timezone.localdate(standing.sent.at)
    return f"{standing.year}: sent on {day:%-d %B %Y} by {standing.sent.by}"


def _words(letter: AssuranceLetter, today: Any) -> str:
    return f"{letters.called(letter)}, {letters.holds(letter, today)}"
