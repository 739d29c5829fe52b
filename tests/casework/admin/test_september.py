"""A September, played by the people themselves: packs asked for, sent and read, the matrix going green, one therapist
red and refused, letters issued; and nothing of it found by anybody else, at any address, by any search or in any mail.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from allyance_site.management import usual as starts_with
from casework import outbox
from casework.actions import digest
from casework.models import COUNTED, PACK_TEXTS, OutboxMessage, Referral, Requirement
from casework.reports import digest as waiting
from tests.casework.admin.filling import send as fill
from tests.casework.admin.sending import send, text_of
from tests.clock import london
from tests.cms.conftest import larkwell
from tests.factories import DocumentAudienceFactory, ReferralFactory, RequirementFactory, SchoolYearFactory

HOME, READINESS = reverse("wagtailadmin_home"), reverse("casework_readiness")
SEEN = {
    "level": "Enhanced", "issuer": "Ambergate", "number": "001712345678", "dated": "2026-08-20",
    "expires_on": "2027-08-31", "seen_on": "2026-09-07",
}  # fmt: skip
OURS, THEIRS, STATUTORY, RULES = "Wexquill", "Thornmere", "Keeping Osmerlow", "Site rules of Pellantine"
"""What the pack of either school says, and what two documents are called: the whole team's, and the first school's."""

LATE = "Quarrendon Primary School"
LISTS = ("/library/", HOME, "/admin/schools/", "/admin/packs/", "/admin/placements/", "/admin/practitioners/")
SEARCHED = ("schools", "placements", "practitioners", "library-readers")


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """It stands at nine on the first of September, before anybody is there."""
    with time_machine.travel(london(2026, 9, 1, 9), tick=False) as traveller:
        yield traveller


@pytest.fixture
def at_work(clock, cast, client_for):
    """Whoever is named, signed in this minute."""
    return lambda part: client_for(getattr(cast, part))


@pytest.fixture
def required(clock, cast):
    """What the service asks for in writing of its team."""
    Requirement.objects.bulk_create(starts_with.requirements(cast.service))
    return list(cast.service.requirements.exclude(kind__in=COUNTED))


@pytest.fixture
def library(clock, cast):
    """A website with its library, a statutory document, and one of the first school's."""
    larkwell()
    DocumentAudienceFactory(service=cast.service, school=cast.school, document__title=RULES)
    return DocumentAudienceFactory(service=cast.service, document__title=STATUTORY)


def at(name, *records):
    """The address of a page of casework about some records."""
    return reverse(f"casework_{name}", args=[record.uuid for record in records])


def mailed(person):
    """The last that went out to a person."""
    outbox.send_due()
    return [f"{one.subject}\n{one.body}" for one in mail.outbox if person.email in one.to][-1]


def weekly():
    return digest.send_due(waiting.people_on, waiting.counts)


def stands(client, practitioner):
    """How somebody stands in the first table of the page of readiness."""
    return text_of(client.get(READINESS)).split(f">{practitioner.name}</a></th>")[1].split("</span>")[0].split('">')[1]


def add(client, register, **typed):
    assert fill(client, reverse(f"casework_{register}_modeladmin_create"), **typed).status_code == 302


def press(client, address):
    """Open a form that is one button, and press it."""
    return client.post(address, {"form_key": str(client.get(address).context["form"]["form_key"].value())}, follow=True)


def send_pack(client, school, word):
    assert at("pack_send", school) in text_of(client.get(HOME))
    answer = fill(client, at("pack_send", school), **dict.fromkeys(PACK_TEXTS, f"{word}, 01632 960111"))
    assert answer["Location"] == at("pack", school)


def sought(words):
    """The word by which one would look for them."""
    return max(words.split(), key=len)


def found_by(client, *words):
    """Which of these words somebody is shown on whatever page lists something, or finds by half of them."""
    pages = [client.get(address) for address in LISTS]
    halves = {sought(word)[1:-1] for word in words}
    pages += [client.get(f"/admin/{name}/", {"q": half}) for name in SEARCHED for half in halves]
    shown = "".join(text_of(page) for page in pages if page.status_code == 200)
    return {word for word in words if word in shown}


def record(client, practitioner, requirements):
    for requirement in requirements:
        answer = send(client, at("evidence_record", practitioner, requirement), **SEEN)
        assert answer["Location"] == at("practitioner_record", practitioner), requirement


def test_september(clock, cast, at_work, required, library):
    therapist, red = cast.therapist_practitioner, cast.other_practitioner
    schools = cast.school, cast.other_school
    # The first of September: a school year begins, and what is to be read is said.
    office = at_work("coordinator")
    add(office, "schoolyear", service=cast.service.uuid, starts_on="2026-09-01", ends_on="2027-08-31")
    year = cast.service.school_years.get().uuid
    add(office, "term", school_year=year, name="Autumn term", starts_on="2026-09-03", ends_on="2026-12-18")
    assert fill(office, at("documentaudience_modeladmin_edit", library), must_read="practitioners").status_code == 302
    assert weekly() == 0, "there is no school yet"
    # Monday: each hears what waits, in a mail that names nobody and nothing.
    clock.move_to(london(2026, 9, 7, 8))
    assert [weekly() > 0, weekly()] == [True, 0]
    assert all("1 school whose safeguarding pack is due" in mailed(who) for who in (cast.head, cast.sendco))
    assert "1 document to read" in mailed(cast.therapist) and "pack" not in mailed(cast.therapist)
    assert "3 schools whose safeguarding packs are due" in mailed(cast.coordinator)
    ready = text_of(at_work("coordinator").get(READINESS))
    assert "2 of 2 cannot take a new case now." in ready and ready.count("1 still to read") == 2
    assert ready.count("This year’s pack is due since 1 September") == 2
    # Either head sends the pack; who is placed there reads it, and nobody else finds it.
    send_pack(at_work("head"), cast.school, OURS)
    send_pack(at_work("other_head"), cast.other_school, THEIRS)
    assert "has sent its safeguarding pack" in mailed(cast.therapist)
    pack = cast.school.packs.get()
    assert OURS in text_of(at_work("therapist").get(at("pack", cast.school)))
    assert text_of(at_work("coordinator").get(READINESS)).count("This year’s pack is here") == 2
    for part in ("other_therapist", "other_head", "hidden_therapist", "outsider", "supervisor"):
        client = at_work(part)
        assert [client.get(at(*page)).status_code for page in (("pack", cast.school), ("pack_one", pack))] == [404] * 2
    # The statutory document is opened, and said to be read.
    reader = at_work("therapist")
    assert "You have not opened this version yet." in text_of(reader.get(at("library_read", library)))
    reader.get(library.document.url).getvalue()
    assert send(reader, at("library_read", library), read="on").status_code == 302
    # What was seen is written down: all of one therapist, all but the insurance of the other.
    stops = "Enhanced DBS check, Registration, Insurance, Safeguarding training"
    assert stands(at_work("supervisor"), therapist) == f"Not ready: {stops}"
    record(at_work("coordinator"), therapist, required[:2])
    assert stands(at_work("supervisor"), therapist) == "Not ready: Insurance, Safeguarding training"
    record(at_work("supervisor"), therapist, required[2:])
    record(at_work("coordinator"), red, [one for one in required if one.name != "Insurance"])
    office = at_work("coordinator")
    assert (stands(office, therapist), stands(office, red)) == ("Ready", "Not ready: Insurance")
    assert "1 of 2 cannot take a new case now." in text_of(office.get(READINESS))
    # Who is red is refused, with the words; who is ready is given the case.
    given = ReferralFactory(accepted=True, school=cast.school, pupil=cast.pupil)
    wanted = ReferralFactory(accepted=True, school=cast.other_school, pupil=cast.other_pupil)
    step = reverse("casework_step", args=[wanted.uuid, "allocate"])
    assert f"Not offered: {red.name}, not ready (Insurance: missing)." in text_of(office.get(step))
    refused = text_of(send(office, step, therapist=str(cast.other_placement.uuid)))
    assert f"{red.name} cannot take a new case yet: Insurance: missing." in refused
    step = reverse("casework_step", args=[given.uuid, "allocate"])
    assert send(office, step, therapist=str(cast.placement.uuid)).status_code == 302
    assert [*Referral.objects.order_by("pk").values_list("status", flat=True)][-2:] == ["allocated", "accepted"]
    # One click issues the letters; the head reads hers, and about the red one there is none.
    told = [text_of(press(office, at("letters", one))) for one in schools]
    assert "1 letter issued. The head is told." in told[0]
    assert f"No letter about {red.name}: Insurance: missing." in told[1]
    letter = cast.school.letters.get()
    assert "was issued" in mailed(cast.head)
    page = text_of(at_work("head").get(at("letter", letter)))
    assert therapist.name in page and SEEN["number"] in page and "holds no longer" not in page
    assert at_work("other_head").get(at("letter", letter)).status_code == 404
    assert "none yet" in text_of(at_work("other_head").get(at("letters", cast.other_school)))
    nothing_of_it_is_found(cast, at_work)
    # In mid-year the therapist changes schools: what was open closes, and the new school opens.
    clock.move_to(london(2027, 1, 11, 8))
    assert at_work("therapist").get(at("pack", cast.other_school)).status_code == 404
    office = at_work("coordinator")
    assert press(office, at("placement_modeladmin_end", cast.placement)).status_code == 200
    add(office, "placement", practitioner=therapist.uuid, school=cast.other_school.uuid, tuesday="on")
    moved, head = at_work("therapist"), at_work("head")
    assert [moved.get(at("pack", one)).status_code for one in schools] == [404, 200]
    assert moved.get(at("pack_one", pack)).status_code == moved.get(at("letters", cast.school)).status_code == 404
    assert THEIRS in text_of(moved.get(at("pack", cast.other_school))) and not found_by(moved, OURS, RULES)
    assert "no longer holds" in mailed(cast.head)
    assert "it was replaced or withdrawn on 11 January 2027" in text_of(head.get(at("letter", letter)))
    told = text_of(press(office, at("letters", cast.other_school)))
    assert "1 letter issued. The head is told." in told and "was issued" in mailed(cast.other_head)
    # A school that joins in March owes its pack from then on, and not since September.
    clock.move_to(london(2027, 3, 1, 8))
    office, late = at_work("coordinator"), {"name": LATE, "phase": "primary", "urn": "912345", "town": "Easterby"}
    add(office, "school", service=cast.service.uuid, **late)
    owed = text_of(office.get(reverse("casework_packs"))).split(LATE)[1].split("</tr>")[0]
    assert "1 March 2027" in owed and "1 September 2026" not in owed
    nothing_of_it_is_found(cast, at_work)


def nothing_of_it_is_found(cast, at_work):
    """By those of another school what is the first school's, by another service anything; nor does a mail say it."""
    ours = (cast.school.name, OURS, RULES)
    assert found_by(at_work("head"), *ours[::2]) == {cast.school.name, RULES}, "it looks where they stand"
    for part in ("other_head", "other_therapist"):
        assert found_by(at_work(part), *ours) == set(), part
    people = ("Calder", "Dolan", "Elwood", "Farley")
    everything = (*ours, cast.other_school.name, THEIRS, STATUTORY, LATE, *people)
    for part in ("outsider", "hidden_head", "hidden_therapist"):
        assert found_by(at_work(part), *everything) == set(), part
    public = "".join(text_of(Client().get("/search/", {"q": sought(word)[:-1]})) for word in everything)
    assert {word for word in (OURS, THEIRS, STATUTORY, RULES, LATE, *people) if word in public} == set()
    mails = "".join(f"{one.subject} {one.body}" for one in mail.outbox)
    assert OutboxMessage.objects.count() == len(mail.outbox) and not [one for one in everything if sought(one) in mails]


def test_a_clock_change_moves_no_digest_and_no_day_of_grace(clock, cast, at_work):
    """Summer time ends on 25 October 2026 and begins on 28 March 2027, the day before Easter Monday."""
    SchoolYearFactory(service=cast.service)

    def sent(*instant):
        clock.move_to(datetime(*instant, tzinfo=UTC))
        return weekly() > 0

    assert [sent(2026, 10, 19, 5, 59), sent(2026, 10, 19, 6, 0)] == [False, True]
    assert [sent(2026, 10, 25, hour, 30) for hour in (0, 1, 9)] == [False] * 3
    assert [sent(2026, 10, 26, 6, 59), sent(2026, 10, 26, 7, 0), sent(2026, 10, 26, 9)] == [False, True, False]
    assert [sent(2027, 3, 22, 6, 59), sent(2027, 3, 22, 7, 0), sent(2027, 3, 29, 9)] == [False, True, False]
    assert [sent(2027, 3, 30, 5, 59), sent(2027, 3, 30, 6, 0), sent(2027, 3, 30, 7)] == [False, True, False]
    assert cast.head.digests.count() == 4

    def stands_at(*instant):
        clock.move_to(london(*instant))
        row = text_of(at_work("coordinator").get(READINESS, {"therapist": str(cast.therapist_practitioner.uuid)}))
        return row.split('data-label="Enhanced DBS check">')[1].split("</span>")[0].split(">")[1]

    required = RequirementFactory(service=cast.service, grace_days=30, created_at=london(2026, 10, 1, 0, 30))
    assert [stands_at(2026, 10, 31, 23, 30), stands_at(2026, 11, 1, 0, 30)] == ["Due", "Missing"]
    required.created_at = london(2027, 3, 5, 0, 30)
    required.save()
    assert [stands_at(2027, 4, 4, 23, 30), stands_at(2027, 4, 5, 0, 30)] == ["Due", "Missing"]
