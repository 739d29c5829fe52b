from uuid import uuid4

import pytest
from django.urls import reverse

from casework.access import rules
from casework.actions import referrals
from casework.admin.step_pages import PAGES
from casework.lifecycle import Status
from casework.models import Allocation, StatusChange
from tests.casework.admin.sending import hidden, send, text_of
from tests.factories import ListItemFactory, ReferralFactory


def address(case, step):
    return reverse("casework_step", args=[case.uuid, step])


@pytest.fixture
def make(cast):
    """Makes a case of the cast's own school and therapist."""

    def case(**fields):
        return ReferralFactory(school=cast.school, pupil=cast.pupil, referred_by=cast.sendco, **fields)

    return case


def test_pages_say_every_step_of_the_lifecycle():
    assert PAGES.keys() == rules.STEPS.keys() == referrals.STEPS.keys()


def test_step_is_taken_once_however_often_it_is_sent(cast, client_for, make):
    case, client = make(submitted=True), client_for(cast.coordinator)
    form = hidden(client, address(case, "accept"))

    answers = [client.post(address(case, "accept"), form) for _ in range(2)]

    assert [answer.url for answer in answers] == [reverse("casework_case", args=[case.uuid])] * 2
    case.refresh_from_db()
    assert case.status == Status.ACCEPTED
    assert StatusChange.objects.filter(referral=case, step="accept").count() == 1


def test_step_that_closes_the_case_to_its_sender_leads_home_both_times(cast, client_for, make):
    case, client = make(active=True, practitioner=cast.therapist_practitioner), client_for(cast.therapist)
    form = hidden(client, address(case, "close")) | {"reason": str(cast.items["Planned ending"].uuid), "summary": ""}

    answers = [client.post(address(case, "close"), form) for _ in range(2)]

    assert [answer.url for answer in answers] == [reverse("wagtailadmin_home")] * 2
    case.refresh_from_db()
    assert case.status == Status.CLOSED


def test_step_allocate_gives_the_case_with_its_hour(cast, client_for, make):
    case = make(accepted=True)
    day = cast.placement.weekdays[0]

    send(
        client_for(cast.coordinator), address(case, "allocate"),
        therapist=str(cast.placement.uuid), weekday=str(day), time="09:15",
        parents_first="on",
    )  # fmt: skip

    allocation = Allocation.objects.get(referral=case)
    assert (allocation.practitioner, allocation.weekday) == (cast.therapist_practitioner, day)
    assert f"{allocation.time:%H:%M}" == "09:15"
    assert allocation.parents_first


@pytest.mark.parametrize("forged", ["other_placement", "nothing", "malformed"])
def test_step_allocate_takes_only_who_is_placed_at_the_school(cast, client_for, make, forged):
    case = make(accepted=True)
    value = {"other_placement": str(cast.other_placement.uuid), "nothing": "", "malformed": "1"}[forged]

    page = text_of(send(client_for(cast.coordinator), address(case, "allocate"), therapist=value))

    assert "<title>Error: " in page
    assert '<a href="#id_therapist">Choose a therapist who is placed at this school.</a>' in page
    assert not Allocation.objects.filter(referral=case).exists()


def test_step_close_offers_this_services_reasons_alone(cast, client_for, make):
    case = make(active=True, practitioner=cast.therapist_practitioner)
    foreign = ListItemFactory(closure=True, service=cast.other_service)

    page = text_of(send(client_for(cast.therapist), address(case, "close"), reason=str(foreign.uuid), summary="Kept."))

    assert "Choose the closing reason that fits best." in page
    assert "Kept." in page
    case.refresh_from_db()
    assert case.status == Status.ACTIVE


def test_step_with_a_note_says_how_to_mend_it_where_there_is_none(cast, client_for, make):
    case = make(submitted=True)

    page = text_of(send(client_for(cast.coordinator), address(case, "decline"), note=" "))

    assert 'role="alert"' in page
    assert '<a href="#id_note">Write what the school and the family can do instead.</a>' in page
    case.refresh_from_db()
    assert case.status == Status.SUBMITTED


def test_step_on_a_version_that_was_changed_meanwhile_keeps_what_was_typed(cast, client_for, make):
    case, client = make(submitted=True), client_for(cast.coordinator)
    form = hidden(client, address(case, "decline")) | {"note": "Ask the school nurse first."}
    type(case).objects.filter(pk=case.pk).update(version=case.version + 1)

    page = client.post(address(case, "decline"), form)

    assert f"{case.reference} was changed while you were writing" in text_of(page)
    assert "Ask the school nurse first." in text_of(page)
    again = {field.html_name: str(field.value()) for field in page.context["form"].hidden_fields()}
    client.post(address(case, "decline"), again | {"note": "Ask the school nurse first."})
    case.refresh_from_db()
    assert case.status == Status.DECLINED


def test_step_that_the_status_does_not_allow_says_so(cast, client_for, make):
    case = make(active=True, practitioner=cast.therapist_practitioner)

    page = text_of(client_for(cast.coordinator).get(address(case, "accept")))

    assert "This case is “In sessions” now" in page
    assert "<form" not in page.split('id="main"')[1].split("</main>")[0]


def test_step_that_needs_something_says_what_and_where(cast, client_for, make):
    draft = make(agreed=False)

    page = text_of(client_for(cast.sendco).get(address(draft, "submit")))

    assert "It needs the agreement of a person with parental responsibility." in page
    assert reverse("casework_agree", args=[draft.uuid]) in page
    assert "Send the referral</button>" not in page


def test_step_sent_although_something_is_missing_is_refused_in_words(cast, client_for, make):
    draft, client = make(agreed=False), client_for(cast.sendco)

    page = text_of(send(client, address(draft, "submit")))

    assert "This cannot be done yet: it needs the agreement of a person with parental responsibility." in page
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_step_submit_shows_all_that_is_sent_with_links_to_change_it(cast, client_for, make):
    draft = make(concerns="Sits alone.", own_words="I like drums.")

    page = text_of(client_for(cast.sendco).get(address(draft, "submit")))

    assert "Sits alone." in page
    assert "I like drums." in page
    assert page.count(reverse("casework_refer_change", args=[draft.uuid])) >= 5


@pytest.mark.parametrize(
    ("person", "step"),
    [
        ("head", "accept"),
        ("supervisor", "accept"),
        ("therapist", "accept"),
        ("other_head", "withdraw"),
        ("outsider", "accept"),
        ("coordinator", "start_sessions"),
        ("coordinator", "delete"),
        ("dsl", "withdraw"),
    ],
)
def test_step_of_another_is_not_there(cast, client_for, make, person, step):
    case, client = make(submitted=True), client_for(getattr(cast, person))

    assert client.get(address(case, step)).status_code == 404
    form = {"form_key": str(uuid4()), "version": str(case.version), "note": "Forged."}
    assert client.post(address(case, step), form).status_code == 404
    case.refresh_from_db()
    assert case.status == Status.SUBMITTED


def test_step_without_its_form_key_is_refused(cast, client_for, make):
    case = make(submitted=True)

    answer = client_for(cast.coordinator).post(address(case, "accept"), {"version": str(case.version)})

    assert answer.status_code == 400
    case.refresh_from_db()
    assert case.status == Status.SUBMITTED
