"""The screens of a concern: whom to ring comes first, nothing typed is lost, and each reader finds what is theirs."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from allyance_site.management.bench.pages import queries
from casework.access.roles import Role
from casework.models import About, AuditEvent, Concern, OutboxMessage, Session
from tests.casework.admin.sending import hidden, send, text_of
from tests.factories import (
    ConcernEntryFactory,
    ConcernFactory,
    ReferralFactory,
    SchoolRoleFactory,
    ServiceRoleFactory,
)
from tests.pdf import needs_pango, parts_of

BEGIN = reverse("casework_concern_begin")
WORDS = "He locks me in the shed."


@pytest.fixture
def case(cast):
    return ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)


@pytest.fixture
def concern(cast):
    """One of the cast's therapist about a child of the school, which waits."""
    return ConcernFactory(school=cast.school, pupil=cast.pupil, author=cast.therapist, own_words=WORDS)


@pytest.fixture(autouse=True)
def numbers(cast):
    """Of the school and of the local authority."""
    cast.school.telephone, cast.service.lado_telephone = "01632 960111", "01632 960333"
    cast.service.children_services_telephone = "01632 960222"
    cast.school.save()
    cast.service.save()


def raise_at(cast, about=About.CHILD, case=None):
    address = reverse("casework_concern_raise", args=[about, cast.school.uuid])
    return f"{address}?case={case.uuid}" if case else address


def page_of(concern):
    return reverse("casework_concern", args=[concern.uuid])


def act_on(concern, act):
    return reverse(f"casework_concern_{act}", args=[concern.uuid])


def typed(**other):
    given = {"in_danger": "no", "told": "no", "named": "Wren", "noticed_at": "2026-09-21T10:25", "own_words": WORDS}
    return given | other


def words(answer):
    return BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)


# --- Raising


def test_begin_asks_first_whom_it_is_about(cast, client_for):
    client = client_for(cast.therapist)
    assert "999" in text_of(client.get(BEGIN))
    assert "Choose whom it is about." in text_of(client.get(BEGIN, {"about": "", "school": cast.school.uuid}))
    answer = client.get(BEGIN, {"about": "adult", "school": cast.school.uuid})
    assert answer.url == raise_at(cast, About.SCHOOL_ADULT)


def test_begin_keeps_the_case_that_it_arose_in(cast, client_for, case):
    client = client_for(cast.therapist)
    answer = client.get(BEGIN, {"about": "child", "school": cast.school.uuid, "case": case.uuid})
    assert answer.url == raise_at(cast, case=case)
    assert client.get(BEGIN, {"case": cast.hidden_referral.uuid}).status_code == 404
    assert client.get(BEGIN, {"case": "nonsense"}).status_code == 404


def test_begin_offers_the_school_our_own_people_alone(cast, client_for):
    page = text_of(client_for(cast.sendco).get(BEGIN))
    assert 'value="ours"' in page
    assert 'value="child"' not in page
    assert client_for(cast.sendco).get(raise_at(cast)).status_code == 404
    assert client_for(cast.sendco).get(raise_at(cast, About.OURS)).status_code == 200


@pytest.mark.parametrize("part", ["steering", "tsl", "editor", "technical"])
def test_begin_is_not_there_for_who_raises_none(cast, client_for, part):
    assert client_for(getattr(cast, part)).get(BEGIN).status_code == 404


def test_raise_names_whom_to_ring_before_anything_is_written(cast, client_for):
    page = words(client_for(cast.therapist).get(raise_at(cast)))
    for first in ("999", "Joanna Hartwell", "01632 960111", "01632 960222"):
        assert page.index(first) < page.index("The child’s own words")
    assert page.index("Whom did you speak to?") < page.index("The child’s own words")
    assert "Saving it here is not telling" in page
    assert "Read by you, the school’s designated safeguarding leads" in page


def test_raise_about_an_adult_names_the_head_and_the_lado_and_no_dsl(cast, client_for):
    page = words(client_for(cast.therapist).get(raise_at(cast, About.SCHOOL_ADULT)))
    assert "Priya Elwood" in page.split("Is anybody in danger")[0]
    assert "01632 960333" in page
    assert "Joanna Hartwell" not in page.split("Is anybody in danger")[0]


def test_raise_saves_and_says_that_nobody_was_told_yet(cast, client_for):
    client = client_for(cast.therapist)
    answer = send(client, raise_at(cast), **typed())

    concern = Concern.objects.get()
    page = words(client.get(answer.url))
    assert answer.url == page_of(concern)
    assert "Nobody has been told in person yet" in page
    assert "Saving it is not telling." in page
    assert "01632 960111" in page
    assert OutboxMessage.objects.filter(kind="concern_raised", to=cast.dsl, at_least_once=True).exists()


def test_raise_twice_is_one_concern(cast, client_for):
    client = client_for(cast.therapist)
    form = hidden(client, raise_at(cast)) | typed()
    answers = [client.post(raise_at(cast), form) for _ in range(2)]
    assert len({answer.url for answer in answers}) == 1
    assert Concern.objects.count() == 1


def test_raise_loses_no_word_of_what_is_not_complete(cast, client_for):
    client = client_for(cast.therapist)
    page = text_of(send(client, raise_at(cast), **typed(told="yes", told_at="", in_danger="")))
    assert "Say whom you told." in page
    assert "Say when you told them." in page
    assert "Say whether anybody is in danger now." in page
    assert WORDS in page
    assert not Concern.objects.exists()


def test_raise_in_a_case_is_about_its_child(cast, client_for, case):
    send(client_for(cast.therapist), raise_at(cast, case=case), **typed())
    assert (Concern.objects.get().pupil, Concern.objects.get().arose_in) == (case.pupil, case)


def test_raise_offers_the_children_that_its_author_sees(cast, client_for, case):
    page = text_of(client_for(cast.therapist).get(raise_at(cast)))
    assert str(case.pupil.uuid) in page
    assert str(cast.other_pupil.uuid) not in page
    answer = send(client_for(cast.therapist), raise_at(cast), **typed(pupil=str(cast.hidden_pupil.uuid)))
    assert "Choose from the list." in text_of(answer)


def test_raise_about_the_head_has_the_head_chosen_who_then_never_sees_it(cast, client_for):
    client = client_for(cast.therapist)
    form = client.get(raise_at(cast, About.HEAD)).context["form"]
    assert form.fields["subject"].initial == cast.head.uuid
    send(client, raise_at(cast, About.HEAD), **typed(subject=str(cast.head.uuid), named=""))
    assert Concern.objects.get().subject == cast.head
    assert client_for(cast.head).get(page_of(Concern.objects.get())).status_code == 404


def test_a_session_with_a_concern_leads_on_to_it_and_keeps_no_trace(cast, client_for, case):
    client = client_for(cast.therapist)
    address = reverse("casework_session_record", args=[case.uuid])
    filled = {"attendance": cast.items["Came"].uuid, "minutes": "60", "starts_at": "2026-09-21T10:30"}
    answer = send(client, address, **filled, concern="yes")
    assert answer.url == f"{BEGIN}?case={case.uuid}"
    assert Session.objects.count() - 1 == 1  # and the second service's
    assert not Concern.objects.exists()


def test_the_case_file_leads_to_a_concern_for_who_may_raise_one(cast, client_for, case):
    address = reverse("casework_case", args=[case.uuid])
    link = f"{BEGIN}?case={case.uuid}"
    assert link in text_of(client_for(cast.therapist).get(address))
    assert link not in text_of(client_for(cast.head).get(address))


# --- Reading and answering


def test_from_the_dsls_home_to_the_authors_outcome(cast, client_for, concern):
    dsl, therapist = client_for(cast.dsl), client_for(cast.therapist)
    assert f'href="{page_of(concern)}"' in text_of(dsl.get("/admin/"))

    send(dsl, act_on(concern, "acknowledge"))
    assert "Say what was done" in words(dsl.get("/admin/"))
    send(dsl, act_on(concern, "answer"), text="A social worker comes today.")

    page = words(therapist.get(page_of(concern)))
    assert "Outcome returned" in page
    assert "A social worker comes today." in page
    assert "Outcome returned" in words(therapist.get("/admin/"))
    assert AuditEvent.objects.filter(verb="opened", subject=concern.uuid, actor=cast.therapist).exists()


def test_page_is_kept_nowhere_and_leads_the_dsl_to_no_case(cast, client_for, case):
    concern = ConcernFactory(school=cast.school, pupil=case.pupil, author=cast.therapist, arose_in=case)
    dsl = client_for(cast.dsl).get(page_of(concern))
    assert "no-store" in dsl["Cache-Control"]
    assert case.reference not in text_of(dsl)
    assert str(case.uuid) not in text_of(dsl)
    assert case.reference in text_of(client_for(cast.therapist).get(page_of(concern)))


@pytest.mark.parametrize("part", ["coordinator", "head", "sendco", "other_therapist", "other_head", "outsider", "tsl"])
def test_page_of_another_is_not_there(cast, client_for, concern, part):
    client = client_for(getattr(cast, part))
    missing = client.get(reverse("casework_concern", args=[uuid4()]))
    assert client.get(page_of(concern)).status_code == missing.status_code == 404
    assert client.post(act_on(concern, "acknowledge"), {"form_key": str(uuid4())}).status_code == 404
    assert WORDS not in text_of(client.get("/admin/"))
    assert concern.reference not in text_of(client.get("/admin/"))


def test_page_says_who_reads_it_and_to_whom_a_mail_went(cast, client_for, concern):
    lead = ServiceRoleFactory(role=Role.SAFEGUARDING_LEAD, content_object=cast.service).user
    OutboxMessage.objects.create(to=cast.dsl, kind="concern_raised", reference=concern.reference, state="failed")
    page = words(client_for(cast.therapist).get(page_of(concern)))
    readers = page[page.index("Who can read this") :]
    for person in (cast.therapist, cast.dsl, cast.supervisor, lead):
        assert person.get_full_name() in readers
    assert cast.coordinator.get_full_name() not in readers
    assert "To Joanna Hartwell, that a concern waits: could not be sent" in page


def test_late_is_red_on_the_homes_of_who_hears_and_who_watches(cast, client_for, concern):
    Concern.objects.update(due_at=timezone.now() - timedelta(minutes=1), told_at=timezone.now())
    for person in (cast.dsl, cast.supervisor, cast.therapist):
        assert "mark--urgent" in text_of(client_for(person).get("/admin/?only=concerns"))


def test_who_told_the_police_stands_under_their_own_name(cast, client_for, concern):
    send(
        client_for(cast.supervisor), act_on(concern, "notify"),
        body="police", whom="Sergeant Hale", at="2026-09-21T11:00", outside_reference="OP-77",
    )  # fmt: skip
    page = words(client_for(cast.dsl).get(page_of(concern)))
    assert "Told the police Sergeant Hale Their reference: OP-77 Miriam Brandt" in page


def test_register_lists_references_and_no_words(cast, client_for, concern):
    page = text_of(client_for(cast.dsl).get(reverse("casework_concern_modeladmin_index")))
    assert concern.reference in page
    assert WORDS not in page
    assert cast.pupil.last_name not in page


# --- The file


@needs_pango
def test_file_is_a_tagged_pdf_and_on_record(cast, client_for, concern):
    answer = client_for(cast.dsl).get(act_on(concern, "file"))
    assert answer["Content-Type"] == "application/pdf"
    assert f'"{concern.reference}.pdf"' in answer["Content-Disposition"]
    assert b"/StructTreeRoot" in parts_of(answer.content)
    assert AuditEvent.objects.filter(verb="exported", subject=concern.uuid, actor=cast.dsl).exists()


@pytest.mark.parametrize("part", ["therapist", "supervisor", "coordinator", "head"])
def test_file_is_for_who_hears_of_it(cast, client_for, concern, part):
    assert client_for(getattr(cast, part)).get(act_on(concern, "file")).status_code == 404
    assert not AuditEvent.objects.filter(verb="exported").exists()


# --- What it costs


def test_page_and_list_ask_as_much_however_much_there_is(cast, client_for, concern):
    client = client_for(cast.dsl)
    pages = [page_of(concern), reverse("casework_concern_modeladmin_index")]

    def asked():
        return [queries(client, address) for address in pages]

    ConcernEntryFactory(concern=concern, by=cast.dsl)
    few = asked()
    for _ in range(8):
        ConcernEntryFactory(concern=concern, by=SchoolRoleFactory(role=Role.DSL, content_object=cast.school).user)
        ConcernFactory(school=cast.school, pupil=cast.pupil, author=cast.therapist)
    assert asked() == few
