"""A school's pack on screen: sent in a few taps, read by who works there now, and by nobody else."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import timezone

from allyance_site.management.bench.pages import queries, with_an_empty_page
from casework.models import PACK_TEXTS, AuditEvent, OutboxMessage, SchoolPack
from tests.casework.admin.filling import filled, send
from tests.casework.admin.sending import text_of
from tests.factories import (
    PlacementFactory,
    ReferralFactory,
    SchoolFactory,
    SchoolPackFactory,
    SchoolRoleFactory,
    SchoolYearFactory,
)

pytestmark = pytest.mark.django_db

OPENED_BY = ("head", "sendco", "dsl", "therapist", "coordinator")
CLOSED_TO = (
    "supervisor", "other_therapist", "other_head", "tsl", "steering", "editor", "technical", "outsider",
    "hidden_therapist", "hidden_head",
)  # fmt: skip
HOME = reverse("wagtailadmin_home")


@pytest.fixture
def year(cast):
    today = timezone.localdate()
    return SchoolYearFactory(
        service=cast.service, starts_on=today - timedelta(days=90), ends_on=today + timedelta(days=200)
    )


@pytest.fixture
def last(cast, year):
    """The pack of last year."""
    before = SchoolYearFactory(
        service=cast.service, starts_on=year.starts_on - timedelta(days=365), ends_on=year.starts_on - timedelta(days=1)
    )
    return SchoolPackFactory(school=cast.school, school_year=before, lead="Mr Pellow, deputy head")


@pytest.fixture
def pack(cast, year):
    """That of this year."""
    return SchoolPackFactory(school=cast.school, school_year=year, lead="Ms Orchard, deputy head", sent_by=cast.head)


def at(name, record):
    return reverse(f"casework_{name}", args=[record.uuid])


def text(client, address):
    return text_of(client.get(address))


@pytest.mark.parametrize("person", OPENED_BY)
def test_a_pack_opens_to_those_of_the_school_and_goes_on_record(cast, client_for, pack, person):
    client, user = client_for(getattr(cast, person)), getattr(cast, person)

    page = text(client, at("pack", cast.school))

    assert "Ms Orchard, deputy head" in page
    assert '<a href="tel:01632960111">01632 960111</a>' in page
    assert AuditEvent.objects.get(verb="opened", actor=user).subject == pack.uuid
    assert "Ms Orchard, deputy head" in text(client, at("pack_one", pack))
    assert AuditEvent.objects.filter(verb="opened", actor=user, subject=pack.uuid).count() == 2


@pytest.mark.parametrize("person", CLOSED_TO)
def test_a_pack_is_not_there_for_others(cast, client_for, pack, person):
    client = client_for(getattr(cast, person))

    assert {
        client.get(at(name, record)).status_code for name, record in [("pack", cast.school), ("pack_one", pack)]
    } == {404}


def test_a_pack_closes_with_the_placement(cast, client_for, pack):
    client = client_for(cast.therapist)
    assert client.get(at("pack", cast.school)).status_code == 200

    cast.placement.ends_at = timezone.now()
    cast.placement.save()

    assert client.get(at("pack", cast.school)).status_code == client.get(at("pack_one", pack)).status_code == 404


def test_a_pack_is_sent_from_the_home_with_last_years_answers(cast, client_for, year, last):
    client = client_for(cast.sendco)
    assert f"due since {year.starts_on:%-d %B}" in text(client, HOME)
    form = text(client, at("pack_send", cast.school))
    assert f"These are the answers of {last.school_year}." in form
    assert "Mr Pellow, deputy head" in form
    assert "Read by those of the school who hold a role here, the therapists who are placed there now and" in form
    assert 'type="tel"' in form and form.count('autocomplete="off"') >= 8

    answer = send(client, at("pack_send", cast.school))

    assert answer.url == at("pack", cast.school)
    pack = SchoolPack.objects.get(school_year=year)
    assert (pack.lead, pack.number, pack.sent_by) == ("Mr Pellow, deputy head", 1, cast.sendco)
    home = text(client, HOME)
    assert "due since" not in home and "by Leila Garside" in home
    assert OutboxMessage.objects.get().to == cast.therapist


def test_a_first_pack_says_what_is_missing_and_keeps_what_was_typed(cast, client_for, year):
    answer = send(client_for(cast.head), at("pack_send", cast.school), lead="Ms Orchard")

    page = text_of(answer)
    assert "Give the number on which the safeguarding lead is reached." in page
    assert "Ms Orchard" in page
    assert not SchoolPack.objects.exists()


def test_what_was_written_for_a_year_is_never_sent_for_the_next(cast, client_for):
    """Its form was open while somebody else sent it, in the weeks in which the next year's is offered too."""
    today = timezone.localdate()
    ends = today + timedelta(days=30)
    now = SchoolYearFactory(service=cast.service, starts_on=today - timedelta(days=330), ends_on=ends)
    SchoolYearFactory(service=cast.service, starts_on=ends + timedelta(days=1), ends_on=ends + timedelta(days=360))
    client, address = client_for(cast.head), at("pack_send", cast.school)
    typed = filled(client, address, **dict.fromkeys(PACK_TEXTS, "01632 960111"))
    SchoolPackFactory(school=cast.school, school_year=now, lead="Ms Orchard", sent_by=cast.sendco)

    page = text_of(client.post(address, typed))

    assert "Ms Orchard" in page and "01632 960111" in page
    assert SchoolPack.objects.get().school_year == now


def test_sending_is_for_head_and_sendco(cast, client_for, pack):
    for person in ("dsl", "therapist", "coordinator", "other_head", "supervisor", "hidden_head"):
        assert client_for(getattr(cast, person)).get(at("pack_send", cast.school)).status_code == 404, person


def test_sending_is_for_a_year_that_may_be_sent(cast, client_for, last, pack):
    client = client_for(cast.head)
    address = at("pack_send", cast.school)

    for year in (last.school_year.uuid, "nonsense", cast.service.uuid):
        assert client.get(f"{address}?year={year}").status_code == 404
    assert client.get(f"{address}?year={pack.school_year.uuid}").status_code == 200


def test_of_two_who_send_the_second_sees_both_texts(cast, client_for, pack):
    head, sendco, address = client_for(cast.head), client_for(cast.sendco), at("pack_send", cast.school)
    late = filled(sendco, address, lead="Mr Quill")
    send(head, address, lead="Mrs Reed")

    page = sendco.post(address, late)

    assert "was changed while you were writing" in text_of(page)
    assert all(name in text_of(page) for name in ("Mrs Reed", "Mr Quill"))
    assert SchoolPack.objects.standing().get().lead == "Mrs Reed"
    sendco.post(address, filled_again(page, late))
    assert [(one.number, one.lead) for one in SchoolPack.objects.order_by("number")] == [
        (1, "Ms Orchard, deputy head"), (2, "Mrs Reed"), (3, "Mr Quill"),
    ]  # fmt: skip


def filled_again(page, typed):
    """What was typed, with the number of the pack that stands now."""
    return typed | {"version": page.context["form"]["version"].value()}


def test_a_pack_that_was_replaced_is_kept_and_says_so(cast, client_for, pack):
    client = client_for(cast.head)
    send(client, at("pack_send", cast.school), sign_in="At the new gate.")

    page = text(client, at("pack", cast.school))
    assert "At the new gate." in page and "· replaced" in page
    old = text(client, at("pack_one", pack))
    assert "At the new gate." not in old
    assert "<strong>replaced</strong>" in old


def test_the_school_page_and_the_list_say_who_owes_a_pack(cast, client_for, year, pack):
    owes = f"{year.starts_on:%-d %B %Y}"
    coordinator = client_for(cast.coordinator)
    page = text(coordinator, reverse("casework_packs"))
    assert page.index(cast.other_school.name) < page.index(cast.school.name)
    assert owes in page and "Priya Elwood" in page

    sent = text(client_for(cast.head), reverse("casework_school_modeladmin_inspect", args=[cast.school.uuid]))
    owed = text(
        client_for(cast.other_head), reverse("casework_school_modeladmin_inspect", args=[cast.other_school.uuid])
    )
    assert f"{year}: sent on" in sent and "Send the pack" not in sent
    assert f"{year}: due since {owes}" in owed and "Send the pack" in owed
    seen_by_others = text(
        client_for(cast.supervisor), reverse("casework_school_modeladmin_inspect", args=[cast.school.uuid])
    )
    assert "Safeguarding pack" not in seen_by_others


def test_who_owes_a_pack_is_taken_out_by_the_coordinator(cast, client_for, pack):
    answer = client_for(cast.coordinator).get(reverse("casework_packs_owed"))

    rows = list(csv.reader(StringIO(answer.content.decode())))
    assert [row[0] for row in rows] == ["School", cast.other_school.name, cast.buys_in_school.name]
    assert AuditEvent.objects.get(verb="exported").detail["rows"] == 2
    for person in ("head", "therapist", "supervisor", "dsl", "outsider"):
        others = client_for(getattr(cast, person)).get(reverse("casework_packs_owed"))
        assert others.status_code == (200 if person == "outsider" else 404)
    theirs = client_for(cast.outsider).get(reverse("casework_packs_owed"))
    assert cast.other_school.name not in theirs.content.decode()


def test_the_list_asks_few_questions_however_many_schools(cast, client_for, year):
    client = client_for(cast.coordinator)
    SchoolFactory.create_batch(8, service=cast.service)

    with with_an_empty_page() as empty:
        assert queries(client, reverse("casework_packs")) - queries(client, empty) <= 10


def test_a_therapist_finds_what_is_new_or_missing_at_home(cast, client_for, year, pack):
    PlacementFactory(practitioner=cast.therapist_practitioner, school=cast.buys_in_school)

    page = text(client_for(cast.therapist), HOME)

    assert f"New: sent on {timezone.localdate():%-d %B}" in page
    assert f"Not sent yet, due since {year.starts_on:%-d %B}" in page
    assert 'id="card-packs"' not in text(client_for(cast.supervisor), HOME)


def test_a_case_file_has_the_safeguarding_lead_one_tap_away(cast, client_for, last):
    case = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)
    client, file = client_for(cast.therapist), at("case", case)
    page = text(client, file)
    assert 'Mr Pellow, deputy head, <a href="tel:01632960111">01632 960111</a> (from last year’s pack' in page
    assert cast.dsl.get_full_name() in page

    SchoolPackFactory(school=cast.school, school_year=year_of_today(cast), lead="Ms Orchard")

    page = text(client, file)
    assert 'in person, now: Ms Orchard, <a href="tel:01632960111">01632 960111</a>' in page
    assert "last year’s pack" not in page
    others = text(client_for(cast.supervisor), file)
    assert f"in person, now: {cast.dsl.get_full_name()}" in others
    assert "Ms Orchard" not in others


def test_whoever_raises_a_concern_about_a_child_has_the_packs_lead_first(cast, client_for, pack):
    page = text(client_for(cast.therapist), reverse("casework_concern_raise", args=["child", cast.school.uuid]))
    by_pack = "<strong>Ms Orchard, deputy head</strong>, designated safeguarding lead by the school’s pack: "
    assert f'{by_pack}<a href="tel:01632960111">' in page
    assert page.index("Ms Orchard") < page.index(f"<strong>{cast.dsl.get_full_name()}</strong>")

    others = text(client_for(cast.supervisor), reverse("casework_concern_raise", args=["child", cast.school.uuid]))
    about_adult = text(client_for(cast.therapist), reverse("casework_concern_raise", args=["adult", cast.school.uuid]))
    assert "Ms Orchard" not in others + about_adult


def year_of_today(cast):
    today = timezone.localdate()
    return cast.service.school_years.get(starts_on__lte=today, ends_on__gte=today)


def test_a_head_of_two_schools_sees_which_owes(cast, client_for, year, pack):
    SchoolRoleFactory(user=cast.head, content_object=cast.other_school)

    page = text(client_for(cast.head), HOME)

    assert 'id="card-pack-owed"' in page and 'id="card-pack-sent"' in page
    assert f'Send the pack<span class="w-sr-only"> of {cast.other_school.name}' in page
