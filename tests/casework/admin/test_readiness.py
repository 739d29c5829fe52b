"""The page of readiness, a practitioner's record and its forms: who opens them, what stands there, how often is asked."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from allyance_site.management import usual as starts_with
from allyance_site.management.bench.pages import queries, with_an_empty_page
from casework.models import (
    AuditEvent,
    Endorsement,
    Evidence,
    IfMissing,
    RequirementKind,
    SchoolYear,
    Waiver,
)
from tests.casework.admin.filling import send as fill
from tests.casework.admin.sending import send, text_of
from tests.cast import PEOPLE
from tests.factories import (
    DocumentAudienceFactory,
    EvidenceFactory,
    PlacementFactory,
    PractitionerFactory,
    ReferralFactory,
    RequirementFactory,
    SchoolPackFactory,
    SchoolYearFactory,
    WaiverFactory,
)

PAGE = "/admin/readiness/"
A_MATRIX = 14
OFFICE = {"coordinator", "supervisor"}


@pytest.fixture
def usual(cast):
    """What a service usually requires, by kind."""
    rows = starts_with.requirements(cast.service)
    for row in rows:
        row.save()
    return {row.kind: row for row in rows}


@pytest.fixture
def person(cast):
    return cast.therapist_practitioner


def record_of(practitioner):
    return reverse("casework_practitioner_record", args=[practitioner.uuid])


def form_of(practitioner, requirement):
    return reverse("casework_evidence_record", args=[practitioner.uuid, requirement.uuid])


def ahead(days):
    return timezone.localdate() + timedelta(days=days)


def in_order(practitioner, requirements, **expires_on):
    """Evidence of all that is written down, which lasts for two years where no other day is named."""
    for kind, requirement in requirements.items():
        if kind not in ("reading", "pack"):
            EvidenceFactory(
                practitioner=practitioner, requirement=requirement, expires_on=expires_on.get(kind, ahead(700))
            )


# --- The page


@pytest.mark.parametrize("part", PEOPLE)
def test_the_page_is_for_coordinator_and_supervisor(cast, client_for, usual, person, part):
    answer = client_for(getattr(cast, part)).get(PAGE)
    if part not in OFFICE and part != "outsider":
        assert answer.status_code == 404
        return
    page = text_of(answer)
    assert answer.status_code == 200
    assert (person.name in page) is (part in OFFICE)
    assert (cast.hidden_practitioner.name in page) is (part == "outsider")


def test_the_page_says_school_by_therapist_in_words(cast, client_for, usual, person):
    in_order(person, usual, insurance=ahead(-3), training=ahead(30))
    in_order(cast.other_practitioner, usual, registration=ahead(20), induction=ahead(10))

    SchoolYearFactory(service=cast.service, starts_on=timezone.localdate() - timedelta(days=60))

    page = text_of(client_for(cast.coordinator).get(PAGE))

    assert "1 of 2 cannot take a new case now." in page
    assert "Not ready: Insurance</span>" in page
    assert "Ready, 2 to see to</span>" in page
    assert "Run out</span>" in page and f"{ahead(-3):%-d %b %Y}" in page
    assert page.count("This year’s pack has not come") == 2 and "All read" in page


def test_a_pack_that_came_and_what_is_still_to_read_stand_beside_the_school(cast, client_for, usual, person):
    in_order(person, usual)
    today = timezone.localdate()
    year = SchoolYearFactory(service=cast.service, starts_on=today - timedelta(days=60))
    assert SchoolYear.objects.get().ends_on > today
    SchoolPackFactory(school=cast.school, school_year=year)
    DocumentAudienceFactory(service=cast.service, school=cast.school, must_read="practitioners")
    DocumentAudienceFactory(service=cast.service, school=None)

    page = text_of(client_for(cast.supervisor).get(PAGE))

    assert "This year’s pack is here" in page and page.count("This year’s pack has not come") == 1
    assert "1 still to read" in page and page.count("All read") == 1
    assert "Ready, 1 to see to" in page


def test_the_plot_names_what_ends_within_six_months_and_nothing_else(cast, client_for, usual, person):
    in_order(person, usual, dbs=ahead(100), insurance=ahead(250), registration=ahead(-2))

    page = text_of(client_for(cast.coordinator).get(PAGE))
    plot = page[page.index('<table class="ends">') :]

    assert f"<li>Enhanced DBS check <strong>{ahead(100):%-d %B %Y}</strong></li>" in plot
    assert plot.count("<li>") == 1 and plot.count('class="ends__stops"') == 1


def test_the_page_is_narrowed_by_school_and_by_therapist(cast, client_for, usual, person):
    client, other = client_for(cast.coordinator), cast.other_practitioner

    by_school = client.get(PAGE, {"school": str(cast.school.uuid)}).context["teams"][0]["team"]
    assert [one.practitioner for one in by_school.people] == [person]
    by_therapist = client.get(PAGE, {"therapist": str(other.uuid)}).context["teams"][0]["team"]
    assert [one.practitioner for one in by_therapist.people] == [other]
    assert [at.school for at in by_therapist.schools] == [cast.other_school]
    foreign = client.get(PAGE, {"school": str(cast.hidden_school.uuid)}).context["teams"][0]["team"]
    assert len(foreign.people) == 2


def test_the_second_table_goes_out_as_a_file_and_on_record(cast, client_for, usual, person):
    in_order(person, usual, insurance=ahead(-3))

    answer = client_for(cast.coordinator).get(PAGE, {"export": "csv"})

    lines = answer.content.decode().splitlines()
    assert answer["Content-Type"].startswith("text/csv") and len(lines) == 3
    assert lines[0].startswith("Therapist,Service,In all,Enhanced DBS check,Registration,Insurance,")
    (row,) = [line for line in lines if person.name in line]
    assert f'"run out, {ahead(-3).isoformat()}"' in row and "001234567890" not in row
    assert AuditEvent.objects.get(verb="exported").detail == {"rows": 2, "form": "csv"}


def test_an_empty_service_says_what_to_do(cast, client_for):
    assert "Nothing is required of this team yet" in text_of(client_for(cast.coordinator).get(PAGE))


def test_the_page_asks_no_more_of_thirty_than_of_three(cast, client_for, usual, person):
    client = client_for(cast.coordinator)
    SchoolYearFactory(service=cast.service)
    DocumentAudienceFactory(service=cast.service, school=None, must_read="practitioners")

    def join(times):
        for _ in range(times):
            new = PractitionerFactory(service=cast.service, discipline=cast.items["Play therapist"])
            PlacementFactory(practitioner=new, school=cast.school)
            in_order(new, usual, insurance=ahead(40))
            WaiverFactory(practitioner=new, requirement=usual["training"])

    join(1)
    few = queries(client, PAGE)
    board = queries(client, reverse("casework_board"))
    join(27)
    assert queries(client, PAGE) == few
    assert queries(client, reverse("casework_board")) == board
    with with_an_empty_page() as empty:
        assert few - queries(client, empty) <= A_MATRIX


# --- The record


@pytest.mark.parametrize("part", PEOPLE)
def test_the_record_is_opened_by_its_own_practitioner_and_the_office_and_put_on_record(
    cast, client_for, usual, person, part
):
    in_order(person, usual)

    answer = client_for(getattr(cast, part)).get(record_of(person))

    may = part in OFFICE | {"therapist"}
    assert answer.status_code == (200 if may else 404)
    opened = AuditEvent.objects.filter(verb="opened", subject=person.uuid, detail={"part": "record"})
    assert opened.exists() is may
    if may:
        page = text_of(answer)
        assert "001234567890" in page
        assert ("Record new evidence" in page) is (part in OFFICE)


def test_the_record_shows_what_was_replaced_by_the_end_of_its_number_alone(cast, client_for, usual, person):
    dbs = usual["dbs"]
    EvidenceFactory(practitioner=person, requirement=dbs, number="009999994321", replaced_at=timezone.now())
    EvidenceFactory(practitioner=person, requirement=dbs)

    page = text_of(client_for(cast.coordinator).get(record_of(person)))

    assert "…4321" in page and "009999994321" not in page and "001234567890" in page
    assert "What stood here before (1)" in page


def test_what_is_no_longer_required_is_kept_and_shown(cast, client_for, usual, person):
    in_order(person, usual)
    usual["induction"].active = False
    usual["induction"].save()
    page = text_of(client_for(cast.coordinator).get(record_of(person)))
    assert "No longer required" in page


def test_the_record_leads_to_the_body_s_public_register(cast, client_for, usual, person):
    person.body = cast.items["Bereavement"]
    person.body.list, person.body.public_register = "body", "https://register.example/"
    person.body.save()
    person.save()
    assert 'href="https://register.example/"' in text_of(client_for(cast.therapist).get(record_of(person)))


def test_the_record_is_led_to_from_the_register_for_who_reads_it(cast, client_for, usual, person):
    address = reverse("casework_practitioner_modeladmin_inspect", args=[person.uuid])
    assert record_of(person) in text_of(client_for(cast.coordinator).get(address))
    assert record_of(person) not in text_of(client_for(cast.head).get(address))


# --- The forms


def test_a_form_asks_what_its_kind_asks_and_has_no_upload(cast, client_for, usual, person):
    client = client_for(cast.coordinator)
    dbs, insurance = (text_of(client.get(form_of(person, usual[kind]))) for kind in ("dbs", "insurance"))
    assert "Number of the certificate" in dbs and 'name="expires_on"' not in dbs and 'name="issuer"' not in dbs
    assert "Number of the policy" in insurance and "Last day of the cover" in insurance
    for page in (dbs, insurance):
        assert "Never keep a copy" in page and 'type="file"' not in page
        assert "Read by whom it is about, the coordinator and the clinical supervisor." in page


def test_recording_leads_back_to_the_record(cast, client_for, usual, person):
    client = client_for(cast.coordinator)
    typed = {"level": "Enhanced", "number": "001712345678", "dated": str(ahead(-9)), "seen_on": str(ahead(0))}

    answer = send(client, form_of(person, usual["dbs"]), **typed)

    assert answer["Location"] == record_of(person)
    assert Evidence.objects.get().number == "001712345678"
    assert "is recorded" in text_of(client.get(record_of(person)))


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(cast, client_for, usual, person):
    typed = {"level": "Enhanced", "number": "", "dated": str(ahead(2)), "seen_on": str(ahead(0))}
    page = text_of(send(client_for(cast.coordinator), form_of(person, usual["dbs"]), **typed))
    assert "Fill in “Number of the certificate”." in page and 'value="Enhanced"' in page
    typed["number"] = "001712345678"
    page = text_of(send(client_for(cast.coordinator), form_of(person, usual["dbs"]), **typed))
    assert "This day has not come yet." in page and not Evidence.objects.exists()


def test_what_somebody_else_recorded_meanwhile_is_shown_beside_what_was_typed(cast, client_for, usual, person):
    client, address = client_for(cast.coordinator), form_of(person, usual["dbs"])
    typed = {"level": "Enhanced", "number": "001712345678", "dated": str(ahead(-9)), "seen_on": str(ahead(0))}
    form = client.get(address).context["form"]
    hidden = {field.html_name: str(field.value()) for field in form.hidden_fields()}
    EvidenceFactory(practitioner=person, requirement=usual["dbs"], level="Basic")

    answer: HttpResponse = client.post(address, hidden | typed)

    page = text_of(answer)
    assert "Basic" in page and "001712345678" in page and Evidence.objects.count() == 1
    again = {field.html_name: str(field.value()) for field in answer.context["form"].hidden_fields()}
    assert client.post(address, again | typed)["Location"] == record_of(person)
    assert Evidence.objects.filter(replaced_at=None).get().level == "Enhanced"


@pytest.mark.parametrize("part", sorted(PEOPLE.keys() - OFFICE))
def test_nobody_else_opens_or_sends_a_form(cast, client_for, usual, person, part):
    client = client_for(getattr(cast, part))
    evidence = EvidenceFactory(practitioner=person, requirement=usual["dbs"])
    waiver = WaiverFactory(practitioner=person, requirement=usual["training"])
    for address in (
        form_of(person, usual["dbs"]),
        reverse("casework_evidence_look_up", args=[evidence.uuid]),
        reverse("casework_evidence_waive", args=[person.uuid, usual["training"].uuid]),
        reverse("casework_waiver_end", args=[waiver.uuid]),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, {"form_key": "9e4b6a4e-8f36-4b8f-8b1a-0d5d0f0a9a01"}).status_code == 404


def test_a_requirement_of_another_service_or_one_that_is_counted_has_no_form(cast, client_for, usual, person):
    client = client_for(cast.coordinator)
    assert client.get(form_of(person, RequirementFactory(service=cast.other_service))).status_code == 404
    assert client.get(form_of(person, usual["pack"])).status_code == 404
    assert client.get(form_of(cast.hidden_practitioner, usual["dbs"])).status_code == 404


def test_looking_up_again_is_written_down(cast, client_for, usual, person):
    evidence = EvidenceFactory(practitioner=person, requirement=usual["dbs"])
    taught = EvidenceFactory(practitioner=person, requirement=usual["training"])
    client = client_for(cast.supervisor)
    send(client, reverse("casework_evidence_look_up", args=[evidence.uuid]), on=str(ahead(0)))
    evidence.refresh_from_db()
    assert evidence.checked_on == ahead(0)
    assert client.get(reverse("casework_evidence_look_up", args=[taught.uuid])).status_code == 404


def test_the_supervisor_allows_and_takes_back(cast, client_for, usual, person):
    client = client_for(cast.supervisor)
    address = reverse("casework_evidence_waive", args=[person.uuid, usual["training"].uuid])
    assert address in text_of(client.get(record_of(person)))
    assert address not in text_of(client_for(cast.coordinator).get(record_of(person)))

    send(client, address, reason="The course was cancelled.", until=str(ahead(20)))

    waiver = Waiver.objects.get()
    page = text_of(client_for(cast.therapist).get(record_of(person)))
    assert "The course was cancelled." in page and "Allowed for now" in page
    send(client, reverse("casework_waiver_end", args=[waiver.uuid]))
    waiver.refresh_from_db()
    assert waiver.withdrawn_at is not None
    stops = reverse("casework_evidence_waive", args=[person.uuid, usual["dbs"].uuid])
    assert client.get(stops).status_code == 404


# --- Where a case is given


def test_who_is_not_ready_is_no_choice_and_it_is_said(cast, client_for, usual, person):
    in_order(person, usual, insurance=ahead(-3))
    referral = ReferralFactory(accepted=True, school=cast.school, pupil=cast.pupil, referred_by=cast.sendco)
    client = client_for(cast.coordinator)
    step = reverse("casework_step", args=[referral.uuid, "allocate"])
    why = f"Not offered: {person.name}, not ready (Insurance: run out on {ahead(-3):%-d %B %Y})."

    for address in (reverse("casework_board"), step):
        page = text_of(client.get(address))
        assert why in page and f'value="{cast.placement.uuid}"' not in page
    assert "not ready" in text_of(client.get(reverse("casework_board"))).split("Who has room")[1]

    page = text_of(send(client, step, therapist=str(cast.placement.uuid)))
    assert "cannot take a new case yet: Insurance: run out on" in page
    assert not referral.allocations.exists()


def test_a_colleague_learns_no_more_than_that_somebody_cannot(cast, client_for, usual, person):
    PlacementFactory(practitioner=cast.other_practitioner, school=cast.school)
    referral = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=person)
    page = text_of(client_for(cast.therapist).get(reverse("casework_hand_over", args=[referral.uuid])))
    assert f"Not offered: {cast.other_practitioner.name}, cannot take a new case now." in page
    assert "Insurance" not in page


def test_the_head_s_yes_is_refused_at_the_form_without_the_reason(cast, client_for, usual, person):
    referral = ReferralFactory(submitted=True, school=cast.school, pupil=cast.pupil, referred_by=cast.sendco)
    Endorsement.objects.create(referral=referral, side="therapist", given_by=cast.therapist)
    address = reverse("casework_queue_item", args=[referral.uuid])

    page = text_of(send(client_for(cast.head), address, side="school"))

    assert f"{person.name} cannot take a new case now: ask the coordinator." in page
    assert "Insurance" not in page and not referral.allocations.exists()


# --- Home


def test_homes_say_what_is_missing_in_one_question_more(cast, client_for, person):
    clients = {part: client_for(getattr(cast, part)) for part in ("coordinator", "supervisor", "therapist", "head")}
    before = {part: queries(client, "/admin/") for part, client in clients.items()}
    insurance = RequirementFactory(service=cast.service, kind=RequirementKind.INSURANCE, name="Insurance")
    EvidenceFactory(practitioner=person, requirement=insurance, expires_on=ahead(20))

    more = {part: queries(client, "/admin/") - before[part] for part, client in clients.items()}
    pages = {part: text_of(client.get("/admin/")) for part, client in clients.items()}

    assert max(more.values()) <= 2 and more["head"] == 0 and more["coordinator"] == more["therapist"] == 1
    for part in OFFICE:
        assert "1 cannot take a new case now." in pages[part]
        assert "Insurance: missing" in pages[part] and f"Insurance: ends on {ahead(20):%-d %B %Y}" in pages[part]
    assert f"Insurance: ends on {ahead(20):%-d %B %Y}" in pages["therapist"]
    assert record_of(person) in pages["therapist"] and cast.other_practitioner.name not in pages["therapist"]
    assert "Insurance" not in pages["head"]


# --- The register of requirements


def test_the_kind_of_a_requirement_is_chosen_once(cast, client_for):
    client = client_for(cast.coordinator)
    requirement = RequirementFactory(service=cast.service)
    address = reverse("casework_requirement_modeladmin_edit", args=[requirement.uuid])
    page = text_of(client.get(address))
    assert 'name="kind"' not in page and 'name="if_missing"' in page
    assert 'name="kind"' in text_of(client.get(reverse("casework_requirement_modeladmin_create")))


def test_what_is_counted_cannot_be_made_to_stop(cast, client_for):
    client = client_for(cast.coordinator)
    address = reverse("casework_requirement_modeladmin_create")
    typed = {"kind": "pack", "name": "The pack", "if_missing": "stops"}
    assert "they stop nothing" in text_of(fill(client, address, **typed))
    fill(client, address, **typed | {"if_missing": "warns"})
    assert cast.service.requirements.get().if_missing == IfMissing.WARNS


@pytest.mark.parametrize("part", sorted(PEOPLE.keys() - {"coordinator", "outsider"}))
def test_the_register_of_requirements_is_the_coordinator_s(cast, client_for, part):
    RequirementFactory(service=cast.service)
    client = client_for(getattr(cast, part))
    assert client.get(reverse("casework_requirement_modeladmin_index")).status_code == 404


def test_a_mark_of_readiness_never_styles_the_whole_page():
    """Wagtail gives the page itself the class `ready`: a rule for it put a frame round every page and made it bold."""
    sheets = (settings.BASE_DIR / "templates/static").rglob("*.css")
    rules = {sheet.name: re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL) for sheet in sheets}

    assert ".ready-mark" in rules["readiness.css"]
    assert [name for name, text in rules.items() if re.search(r"\.ready(?![\w-])", text)] == []
