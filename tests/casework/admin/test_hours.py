"""Hours on screen: a head asks, the coordinator answers, another head lends, and all of it stands in the statement."""

import csv
from datetime import timedelta
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from allyance_site.management.bench.pages import queries
from casework.actions.hours import book_agreement, book_session
from casework.models import AuditEvent, HoursEntry, HoursLoan, HoursRequest, Rate, ServiceAgreement
from tests.casework.admin.filling import filled
from tests.casework.admin.sending import send
from tests.factories import (
    HoursLoanFactory,
    HoursRequestFactory,
    RateFactory,
    ReferralFactory,
    SchoolYearFactory,
    ServiceAgreementFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(cast):
    """Forty hours for each school of the cluster, one of which was used here."""
    today = timezone.localdate()
    year = SchoolYearFactory(
        service=cast.service, starts_on=today - timedelta(days=100), ends_on=today + timedelta(days=200)
    )
    for school in (cast.school, cast.other_school):
        agreement = ServiceAgreementFactory(school=school, school_year=year, signed_on=year.starts_on)
        agreement.lines.create(package="training", words="A training day", hours=2, price=300)
        book_agreement(agreement, by=cast.coordinator)
    case = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)
    book_session(SessionFactory(referral=case, attendance=cast.items["Came"]), by=cast.therapist)
    return year


def at(name, record, *more):
    return reverse(f"casework_{name}", args=[record.uuid, *more])


def month():
    today = timezone.localdate()
    return today.year, today.month


def text(client, address):
    return client.get(address).content.decode()


def test_a_head_sees_bought_used_and_left_and_asks_for_more(cast, client_for, year):
    client = client_for(cast.head)
    page = text(client, at("school_hours", cast.school))
    for words in (
        "<dd>42</dd>",
        "<dd>1</dd>",
        "<dd>41</dd>",
        "Who is seen when",
        'class="burn"',
        "A training day",
        "What they are used for",
    ):
        assert words in page

    send(client, at("hours_ask", cast.school), hours="6", why="Three more wait.")

    assert HoursRequest.objects.get().why == "Three more wait."
    page = text(client, at("school_hours", cast.school))
    assert "6 extra hours were asked for" in page and "Ask for extra hours" not in page
    assert "6 extra hours asked for" in text(client, reverse("wagtailadmin_home"))
    assert AuditEvent.objects.filter(verb="opened", actor=cast.head, detail__part="hours").count() == 2


def test_a_therapist_sees_figures_and_no_statement(cast, client_for, year):
    page = text(client_for(cast.therapist), at("school_hours", cast.school))

    assert "<dd>41</dd>" in page
    assert not [words for words in ("Statements", "£", "Ask for extra", "Adjust") if words in page]
    assert client_for(cast.therapist).get(at("statement", cast.school, *month())).status_code == 404


def test_the_coordinator_tops_up_once(cast, client_for, year):
    request = HoursRequestFactory(school=cast.school, asked_by=cast.head)
    client, page = client_for(cast.coordinator), at("hours_request", request)
    assert "asks for 6 hours" in text(client, reverse("wagtailadmin_home"))
    late = filled(client, page, answer="no", words="Not now.")

    wrong = send(client, page, answer="top_up", hours="", words="")
    send(client, page, answer="top_up", hours="4", words="Four for now.")
    too_late = client.post(page, late)

    assert "Give a number of hours." in wrong.content.decode()
    assert "was changed while you were writing" in too_late.content.decode()
    assert HoursEntry.objects.get(kind="top_up").hours == 4
    assert "Four for now." in text(client_for(cast.head), page)


def test_another_school_lends(cast, client_for, year):
    request = HoursRequestFactory(school=cast.school, asked_by=cast.head)
    coordinator, lender = client_for(cast.coordinator), client_for(cast.other_head)
    page = at("hours_request", request)
    unsaid = send(coordinator, page, answer="loan", hours="5", words="")
    assert "Choose a school that is to lend." in unsaid.content.decode()

    send(coordinator, page, answer="loan", hours="5", lender=str(cast.other_school.uuid), words="")
    loan = HoursLoan.objects.get()
    assert "Would Brackenfield Primary School lend them?" in text(lender, reverse("wagtailadmin_home"))
    assert "needs 5 hours" in text(lender, at("school_hours", cast.other_school))
    send(lender, at("hours_loan", loan), answer="yes")

    assert HoursRequest.objects.get().state == "lent"
    assert HoursEntry.objects.filter(loan=loan).count() == 2
    assert 'name="answer"' not in text(lender, at("hours_loan", loan)).split("</h2>")[-1].split("hidden")[0]


def test_a_request_is_declined_or_taken_back_and_a_loan_too(cast, client_for, year):
    first = HoursRequestFactory(school=cast.school, asked_by=cast.head)
    loan = HoursLoanFactory(lender=cast.other_school, borrower=cast.school, request=first)
    second = HoursRequestFactory(school=cast.other_school, asked_by=cast.other_head)
    coordinator, head = client_for(cast.coordinator), client_for(cast.head)

    send(coordinator, at("hours_loan", loan), answer="back")
    stale = client_for(cast.other_head).get(at("hours_loan", loan))
    send(head, at("hours_request", first))
    send(coordinator, at("hours_request", second), answer="no", hours="", words="Nothing is left.")

    states = {record.pk: record.state for record in HoursRequest.objects.all()}
    assert (states[first.pk], states[second.pk]) == ("withdrawn", "declined")
    assert HoursLoan.objects.get().state == "withdrawn"
    assert "Yes, lend" not in stale.content.decode()
    assert "case-form" not in text(head, at("hours_request", first))


def test_hours_are_adjusted_and_carried_over_with_a_reason(cast, client_for, year):
    after = SchoolYearFactory(service=cast.service, starts_on=year.ends_on + timedelta(days=1))
    client, today = client_for(cast.coordinator), timezone.localdate()

    typed = filled(client, at("hours_adjust", cast.school), on=str(today), hours="-2.5", reason="Counted twice.")
    for _ in range(2):
        client.post(at("hours_adjust", cast.school), typed)
    send(
        client, at("hours_carry", cast.school), year=str(year.uuid), into=str(after.uuid), hours="3",
        reason="Agreed with the head.",
    )  # fmt: skip

    entries = HoursEntry.objects.filter(kind__in=["adjusted", "carried"]).order_by("pk")
    assert [entry.hours for entry in entries] == [Decimal("-2.5"), -3, 3]
    assert client_for(cast.head).get(at("hours_adjust", cast.school)).status_code == 404


def test_all_schools_side_by_side(cast, client_for, year):
    page = text(client_for(cast.coordinator), reverse("casework_hours"))

    assert "1 of 42 h" in page and "Garrowby Village College" in page
    assert "Brackenfield" not in text(client_for(cast.therapist), reverse("casework_hours"))
    assert client_for(cast.tsl).get(reverse("casework_hours")).status_code == 404


def test_pages_ask_no_more_however_many_hours_there_are(cast, client_for, year):
    client = client_for(cast.head)
    pages = [at("school_hours", cast.school), at("statement", cast.school, *month())]

    def asked():
        return [queries(client, page) for page in pages]

    few = asked()
    case = cast.pupil.referrals.get()
    for _ in range(6):
        book_session(SessionFactory(referral=case, attendance=cast.items["Came"]), by=cast.therapist)

    assert asked() == few
    assert max(few) <= 40


# --- The statement


def test_a_statement_shows_what_was_entered_and_goes_out_as_files(cast, client_for, year):
    client = client_for(cast.head)
    page = text(client, at("statement", cast.school, *month()))
    reference = cast.pupil.referrals.get().reference
    assert "Agreed for the year, version 1" in page and reference in page and "Left after: 42 came, 1 went" in page

    rows = list(csv.reader(StringIO(text(client, at("statement_csv", cast.school, *month())))))
    sheet = load_workbook(BytesIO(client.get(at("statement_xlsx", cast.school, *month())).content)).active

    assert [row[4:] for row in rows[1:]] == [
        ["Agreed for the year, version 1", "", "42.00", "42.00"], ["Session", reference, "-1.00", "41.00"],
    ]  # fmt: skip
    assert [cell.value for cell in sheet[3]][6:] == [-1, 41]
    taken = AuditEvent.objects.filter(verb="exported", actor=cast.head)
    assert {event.detail["form"] for event in taken} == {"csv", "xlsx"}
    assert client.get(at("statement", cast.school, 1999, 1)).status_code == 404
    assert client.get(at("statement", cast.school, 2026, 13)).status_code == 404


def test_a_statement_is_a_pdf(cast, client_for, year):
    answer = client_for(cast.coordinator).get(at("statement_pdf", cast.school, *month()))

    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert f"statement-{cast.school.urn}" in answer["Content-Disposition"]


def test_accounts_are_given_what_costs_money_and_nothing_else(cast, client_for, year):
    agreement = cast.school.service_agreements.get()
    ServiceAgreement.objects.filter(pk=agreement.pk).update(subsidy=100, subsidy_from="=County council")
    HoursEntry.objects.create(
        school=cast.school, on=timezone.localdate(), kind="top_up", hours=4, by=cast.coordinator,
        request=HoursRequestFactory(school=cast.school),
    )  # fmt: skip
    entry = HoursEntry.objects.get(school=cast.school, kind="agreed")
    HoursEntry.objects.create(
        school=cast.school, on=entry.on, kind="agreed", hours=-42, agreement=agreement, corrects=entry, by=cast.head
    )

    file = text(client_for(cast.coordinator), at("statement_accounts", cast.school, *month()))

    heads, *rows = csv.reader(StringIO(file))
    assert heads[0] == "ContactName" and heads[-2:] == ["AccountCode", "TaxType"]
    assert {row[0] for row in rows} == {cast.school.name} and {row[-1] + row[-2] for row in rows} == {""}
    assert [row[5:8] for row in rows] == [
        ["Agreed for the year, version 1", "40.00", "52.50"],
        ["Staff training: A training day", "1", "300.00"],
        ["Subsidy, paid by =County council", "1", "-100.00"],
        ["Top-up", "4.00", "52.50"],
        ["Taken back: agreed for the year, version 1", "-40.00", "52.50"],
        ["Staff training: A training day", "-1", "300.00"],
        ["Subsidy, paid by =County council", "-1", "-100.00"],
    ]
    assert client_for(cast.head).get(at("statement_accounts", cast.school, *month())).status_code == 404


# --- Rates and agreements


def test_a_rate_is_added(cast, client_for):
    client, add = client_for(cast.coordinator), reverse("casework_rate_modeladmin_create")

    client.post(
        add, filled(client, add, service=str(cast.service.uuid), band="cluster", amount="50", starts_on="2026-09-01")
    )

    assert Rate.objects.get().amount == 50


def test_an_agreement_is_proposed_changed_signed_and_proposed_again(cast, client_for, year):
    ServiceAgreement.objects.all().update(replaced_at=timezone.now())
    client, add = client_for(cast.coordinator), reverse("casework_serviceagreement_modeladmin_create")
    typed = {"school": str(cast.school.uuid), "school_year": str(year.uuid), "hours": "30", "subsidy": "0"}
    packages = {f"package_{row}_{part}": "" for row in range(1, 6) for part in range(4)}
    first = {"package_1_0": "group", "package_1_1": "A group about loss", "package_1_2": "6", "package_1_3": "250"}

    unrated = client.post(add, filled(client, add) | packages | typed)
    half = client.post(add, filled(client, add) | packages | typed | {"rate": "50", "package_1_0": "group"})
    client.post(add, filled(client, add) | packages | typed | first | {"rate": "50"})

    assert "No cluster rate is written down" in unrated.content.decode()
    assert "say what it is" in half.content.decode()
    proposed = ServiceAgreement.objects.get(signed_on=None)
    assert (proposed.number, proposed.lines.get().words) == (2, "A group about loss")

    edit = reverse("casework_serviceagreement_modeladmin_edit", args=[proposed.uuid])
    shown = text(client, edit)
    assert "A group about loss" in shown and 'name="school"' not in shown
    client.post(
        edit, filled(client, edit) | packages | {"hours": "31", "package_1_0": "parents", "package_1_1": "Evenings"}
    )
    assert [line.words for line in proposed.lines.all()] == ["Evenings"]

    send(client, at("service_agreement_sign", proposed), signed_on=str(timezone.localdate()))
    proposed.refresh_from_db()
    assert proposed.signed_on and "Propose again" in text(
        client, reverse("casework_serviceagreement_modeladmin_inspect", args=[proposed.uuid])
    )
    assert client.get(at("service_agreement_sign", proposed)).status_code == 404

    again = at("service_agreement_again", proposed)
    RateFactory(service=cast.service, starts_on=year.starts_on)
    assert "At this year’s pace the school uses about" in text(client, again)
    send(client, again, school_year=str(year.uuid), hours="20")
    assert ServiceAgreement.objects.get(signed_on=None).hours == 20
