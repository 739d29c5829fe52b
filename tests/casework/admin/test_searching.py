"""A search finds by what one is shown, and by nothing else: for everybody of the cast, in every register."""

from typing import Any

import pytest
from wagtail.coreutils import multigetattr

from casework.access import scope
from casework.access.roles import Role
from casework.admin.facts import words
from casework.admin.registers import REGISTERS
from casework.models import Pupil, Referral
from tests.cast import PEOPLE, Cast
from tests.factories import ReferralFactory, SchoolRoleFactory

PARTS = ("listed", "page", "file")
PUPILS = next(register for register in REGISTERS if register.model is Pupil)


def read(register: Any, user: Any, record: Any) -> str:
    """All that the person reads of a record, and on the page of its pupil."""
    facts = [fact.of(record) for part in PARTS for fact in register.facts_of(user, part, record).values()]
    pupil = getattr(getattr(record, "referral", record), "pupil", None)
    if isinstance(pupil, Pupil) and (seen := PUPILS.visible(user).filter(pk=pupil.pk).first()):
        facts += [fact.of(seen) for fact in PUPILS.facts_of(user, "page", seen).values()]
    return " | ".join(words(fact) for fact in facts)


def misfits(user: Any) -> list[tuple[Any, str, bool]]:
    """Where a search by what stands in a column finds what the person does not read, or misses a name that they do."""
    wrong = []
    for register in REGISTERS:
        columns = {column for fact in register.facts.values() for column in fact.sought}
        for record in register.visible(user):
            text = read(register, user, record)
            for column in columns:
                value = str(multigetattr(record, column.replace("__", ".")) or "")
                if not value:
                    continue
                found = register.search(user, register.visible(user), [value]).filter(pk=record.pk).exists()
                is_read = value in text
                if (found and not is_read) or (is_read and not found and column.endswith("last_name")):
                    wrong.append((register, column, found))
    return wrong


@pytest.fixture
def cases(cast: Cast) -> None:
    for school, pupil, practitioner in (
        (cast.school, cast.pupil, cast.therapist_practitioner),
        (cast.other_school, cast.other_pupil, cast.other_practitioner),
    ):
        ReferralFactory(active=True, school=school, pupil=pupil, practitioner=practitioner)


def test_a_search_finds_what_one_reads_and_nothing_else(cast: Cast, cases: None) -> None:
    found = {part: misfits(getattr(cast, part)) for part in PEOPLE}
    assert {part: wrong for part, wrong in found.items() if wrong} == {}


def test_who_stands_on_two_sides_finds_by_what_the_side_reads_that_is_shown_the_record(cast: Cast, cases: None) -> None:
    SchoolRoleFactory(user=cast.supervisor, role=Role.HEAD, content_object=cast.other_school)
    scope.renew(cast.supervisor)
    register = next(one for one in REGISTERS if one.model is Referral)
    seen = register.visible(cast.supervisor)

    assert register.search(cast.supervisor, seen, [cast.other_pupil.last_name]).count() == 1
    assert register.search(cast.supervisor, seen, [cast.pupil.last_name]).count() == 0
    assert register.search(cast.supervisor, seen, [cast.pupil.first_name]).count() == 1
    assert misfits(cast.supervisor) == []


def test_the_supervisor_finds_no_pupil_by_a_last_name(cast: Cast, cases: None, client_for: Any) -> None:
    for path in ("pupils", "referrals", "sessions", "allocations"):
        page = client_for(cast.supervisor).get(f"/admin/{path}/", {"q": cast.pupil.last_name}).content.decode()
        assert cast.pupil.short_name not in page
    assert cast.pupil.short_name in client_for(cast.supervisor).get("/admin/pupils/", {"q": "Wren"}).content.decode()
