from uuid import uuid4

import pytest
from django.urls import reverse

from casework.lifecycle import Status
from casework.models import Carer, FamilyAgreement, Pupil, Purpose, Referral
from tests.casework.admin.sending import hidden, send, text_of
from tests.factories import ListItemFactory, PupilFactory, ReferralFactory

REFER = "casework_refer"


@pytest.fixture
def draft(cast):
    """A SENDCO's draft without an agreement."""
    return ReferralFactory(school=cast.school, pupil=cast.pupil, referred_by=cast.sendco, agreed=False)


def why(referral):
    return reverse("casework_refer_change", args=[referral.uuid])


def agree(referral):
    return reverse("casework_agree", args=[referral.uuid])


def enrolment(pupil):
    return str(pupil.enrolments.get().uuid)


def whole(form):
    """A form's own values, as a browser would send them back."""
    typed = {field.html_name: field.value() for field in form if field.value() is not None}
    return {
        name: [str(one) for one in value] if isinstance(value, list) else str(value) for name, value in typed.items()
    }


def test_refer_goes_from_the_child_to_the_sent_referral(cast, client_for):
    client = client_for(cast.sendco)

    change = send(client, reverse(REFER), pupil=enrolment(cast.pupil)).url
    referral = Referral.objects.get(pupil=cast.pupil)
    assert change == why(referral)
    reason = str(cast.items["Bereavement"].uuid)
    agreement = send(client, change, how_soon="soon", reasons=[reason], concerns="Sits alone.").url
    assert agreement == agree(referral)
    check = send(client, agreement, carer=str(cast.carer.uuid), method="spoken", agreed_on="2026-01-05").url
    assert check == reverse("casework_step", args=[referral.uuid, "submit"])
    done = send(client, check).url

    assert done == reverse("casework_case", args=[referral.uuid])
    referral.refresh_from_db()
    assert referral.status == Status.SUBMITTED
    assert (referral.concerns, referral.how_soon) == ("Sits alone.", "soon")
    assert list(referral.reasons.all()) == [cast.items["Bereavement"]]


def test_refer_adds_a_child_who_is_not_in_the_list(cast, client_for):
    send(
        client_for(cast.sendco), reverse(REFER),
        first_name="Nell", last_name="Overy", date_of_birth="2018-03-04", year_group="4",
    )  # fmt: skip

    referral = Referral.objects.get(pupil__first_name="Nell")
    assert (referral.school, referral.year_group, referral.status) == (cast.school, "4", Status.DRAFT)
    assert referral.pupil.enrolments.get().school == cast.school


def test_refer_sent_twice_starts_one_referral_and_adds_one_child(cast, client_for):
    client = client_for(cast.sendco)
    child = {"first_name": "Nell", "last_name": "Overy", "date_of_birth": "2018-03-04", "year_group": "4"}
    form = hidden(client, reverse(REFER)) | child

    answers = [client.post(reverse(REFER), form) for _ in range(2)]

    assert answers[0].url == answers[1].url
    assert Pupil.objects.filter(first_name="Nell").count() == 1


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({}, "pupil", "Choose a pupil from the list, or add one below."),
        ({"first_name": "Nell"}, "last_name", "Enter the child’s last name."),
        (
            {"first_name": "Nell", "last_name": "O", "year_group": "4", "date_of_birth": "yesterday"},
            "date_of_birth",
            "Enter a date like 24 9 2026.",
        ),
        ({"pupil": str(uuid4())}, "pupil", "Choose a pupil from the list."),
        ({"pupil": "1"}, "pupil", "Choose a pupil from the list."),
    ],
)
def test_refer_says_how_to_mend_what_is_wrong_and_keeps_the_rest(cast, client_for, typed, field, words):
    page = text_of(send(client_for(cast.sendco), reverse(REFER), **typed))

    assert "<title>Error: " in page
    assert f'<a href="#id_{field}">{words}</a>' in page
    assert typed.get("first_name", "") in page
    assert not Referral.objects.filter(school=cast.school).exists()


def test_refer_offers_the_own_schools_pupils_alone(cast, client_for):
    page = text_of(client_for(cast.sendco).get(reverse(REFER)))

    assert cast.pupil.reference in page
    assert cast.other_pupil.reference not in page


def test_refer_takes_no_pupil_of_another_school(cast, client_for):
    page = text_of(send(client_for(cast.sendco), reverse(REFER), pupil=enrolment(cast.other_pupil)))

    assert "Choose a pupil from the list." in page
    assert not Referral.objects.filter(pupil=cast.other_pupil).exists()


def test_refer_leads_to_the_referral_that_a_pupil_has_already(cast, client_for, draft):
    client = client_for(cast.head)

    assert f"(already referred: {draft.reference})" in text_of(client.get(reverse(REFER)))
    answer = send(client, reverse(REFER), pupil=enrolment(cast.pupil))

    assert answer.url == reverse("casework_case", args=[draft.uuid])
    assert f"This pupil is already referred: go on with {draft.reference}. Nothing was started" in text_of(
        client.get(answer.url)
    )


def of_a_surgery(cast, client, **typed):
    child = {"first_name": cast.pupil.first_name, "last_name": cast.pupil.last_name, "year_group": "4"}
    child |= {"date_of_birth": f"{cast.pupil.date_of_birth:%Y-%m-%d}", "same": str(cast.pupil.uuid)}
    address = reverse(REFER) + f"?school={cast.school.uuid}"
    return send(client, address, source_name="Coldwell surgery", **child, **typed)


def test_refer_tells_the_coordinator_that_the_school_is_writing_and_nothing_of_what(cast, client_for, draft):
    page = text_of(of_a_surgery(cast, client_for(cast.coordinator), school_may_see="on"))

    assert "Somebody else is writing a referral of this pupil, and has not sent it yet." in page
    assert draft.reference not in page
    assert Referral.objects.filter(pupil=cast.pupil).get() == draft


def test_refer_beside_one_that_the_family_keeps_from_the_school_is_seen_by_the_coordinator_alone(
    cast, client_for, draft
):
    coordinator, sendco = client_for(cast.coordinator), client_for(cast.sendco)
    of_a_surgery(cast, coordinator)
    kept = Referral.objects.get(pupil=cast.pupil, school_may_see=False)

    page = text_of(coordinator.get(reverse("casework_case", args=[kept.uuid])))
    assert "A second referral of this pupil is being written</strong>, and is not sent yet." in page
    assert draft.reference not in page
    assert kept.reference not in text_of(sendco.get(reverse("casework_case", args=[draft.uuid])))


def test_two_that_were_sent_lead_the_coordinator_from_one_to_the_other(cast, client_for):
    own = ReferralFactory(submitted=True, school=cast.school, pupil=cast.pupil, referred_by=cast.sendco)
    kept = ReferralFactory(submitted=True, kept_from_school=True, school=cast.school, pupil=cast.pupil)

    for one, other in ((own, kept), (kept, own)):
        page = text_of(client_for(cast.coordinator).get(reverse("casework_case", args=[one.uuid])))
        assert f'<a href="{reverse("casework_case", args=[other.uuid])}">{other.reference}</a>, Sent' in page


def test_refer_says_first_whom_to_tell_of_danger(cast, client_for):
    cast.school.telephone = "01632 960123"
    cast.school.save()

    page = text_of(client_for(cast.sendco).get(reverse(REFER))).split('id="main"')[1]

    assert page.index("999") < page.index("01632 960123") < page.index("<form")
    assert cast.dsl.get_full_name() in page


@pytest.mark.parametrize("screen", ["casework_refer_change", "casework_agree", "casework_step"])
def test_each_later_page_says_it_too(cast, client_for, draft, screen):
    step = ["submit"] if screen == "casework_step" else []

    page = text_of(client_for(cast.sendco).get(reverse(screen, args=[draft.uuid, *step])))

    assert "Is a child in danger right now?" in page
    assert cast.dsl.get_full_name() in page


def test_refer_lets_a_coordinator_choose_the_school_and_names_the_other_service(cast, client_for):
    client = client_for(cast.coordinator)
    address = reverse(REFER) + f"?school={cast.other_school.uuid}"
    child = {"first_name": "Nell", "last_name": "Overy", "date_of_birth": "2018-03-04", "year_group": "4"}

    assert str(cast.other_school.uuid) in text_of(client.get(reverse(REFER)))
    wrong = text_of(send(client, address, **child))
    change = send(client, address, source_name="Coldwell surgery", **child).url

    assert "Name the service that refers" in wrong
    referral = Referral.objects.get(pupil__first_name="Nell")
    assert (referral.source, referral.source_name, referral.school_may_see) == ("other", "Coldwell surgery", False)
    page = text_of(client.get(change))
    assert "Read by the coordinator, the clinical supervisor and the therapist who works the case." in page
    send(client, change, how_soon="term", concerns="The doctor sees a sad child.")
    agreed = send(
        client,
        agree(referral),
        name="Ada Overy",
        relationship="mother",
        holds="on",
        method="written",
        agreed_on="2026-01-05",
    )
    assert agreed.url == reverse("casework_step", args=[referral.uuid, "submit"])
    send(client, agreed.url)
    referral.refresh_from_db()
    assert referral.status == Status.SUBMITTED
    assert client_for(cast.other_head).get(reverse("casework_case", args=[referral.uuid])).status_code == 404


@pytest.mark.parametrize("school", ["hidden_school", "other_school"])
def test_refer_for_a_foreign_school_is_not_there(cast, client_for, school):
    client, address = client_for(cast.sendco), reverse(REFER) + f"?school={getattr(cast, school).uuid}"

    assert client.get(address).status_code == 404
    assert client.post(address, {"form_key": str(uuid4()), "first_name": "Nell"}).status_code == 404


@pytest.mark.parametrize("person", ["therapist", "supervisor", "dsl", "tsl", "steering", "editor", "technical"])
def test_refer_is_not_there_for_those_who_refer_nobody(cast, client_for, person):
    assert client_for(getattr(cast, person)).get(reverse(REFER)).status_code == 404


def test_refer_change_on_a_changed_version_shows_both_texts_and_keeps_yours(cast, client_for, draft):
    client = client_for(cast.sendco)
    form = whole(client.get(why(draft)).context["form"]) | {"concerns": "What I typed."}
    send(
        client_for(cast.head),
        why(draft),
        **whole(client.get(why(draft)).context["form"]) | {"concerns": "What the head typed."},
    )

    answer = client.post(why(draft), form)
    page = text_of(answer)

    assert f"{draft.reference} was changed while you were writing" in page
    assert "What the head typed.</td>" in page
    assert ">\nWhat I typed.</textarea>" in page
    again = whole(answer.context["form"])
    assert client.post(why(draft), again).status_code == 302
    draft.refresh_from_db()
    assert draft.concerns == "What I typed."


def test_refer_change_saves_for_later(cast, client_for, draft):
    answer = send(client_for(cast.sendco), why(draft), how_soon="term", concerns="In pieces.", later="yes")

    assert answer.url == reverse("casework_case", args=[draft.uuid])
    draft.refresh_from_db()
    assert draft.concerns == "In pieces."


def test_refer_change_forged_fields_do_nothing(cast, client_for, draft):
    foreign = ListItemFactory(reason=True, service=cast.other_service)
    client = client_for(cast.sendco)

    send(client, why(draft), how_soon="term", status="active", school=str(cast.other_school.pk), school_may_see="")
    page = text_of(send(client, why(draft), how_soon="term", reasons=[str(foreign.uuid)]))

    draft.refresh_from_db()
    assert (draft.status, draft.school, draft.school_may_see) == (Status.DRAFT, cast.school, True)
    assert "Choose from the list." in page
    assert not draft.reasons.exists()


@pytest.mark.parametrize("person", ["other_head", "therapist", "coordinator", "supervisor", "outsider", "dsl"])
def test_refer_change_and_agreement_of_another_are_not_there(cast, client_for, draft, person):
    client = client_for(getattr(cast, person))

    for address in (why(draft), agree(draft)):
        assert client.get(address).status_code == 404
        assert client.post(address, {"form_key": str(uuid4()), "version": "1"}).status_code == 404


def test_refer_change_of_what_was_sent_is_not_there(cast, client_for):
    sent = ReferralFactory(submitted=True, school=cast.school, pupil=cast.pupil, referred_by=cast.sendco)

    assert client_for(cast.sendco).get(why(sent)).status_code == 404


def test_agree_adds_a_person_who_was_not_in_the_list(cast, client_for, draft):
    send(
        client_for(cast.sendco), agree(draft),
        name="Ines Marlow", relationship="grandmother", holds="on", method="spoken", agreed_on="2026-01-05",
    )  # fmt: skip

    agreement = FamilyAgreement.objects.get(referral=draft)
    assert (agreement.carer.name, agreement.carer.family) == ("Ines Marlow", cast.pupil.family)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "carer"),
        ({"carer": "hidden_carer"}, "carer"),
        ({"carer": "other_carer"}, "carer"),
        ({"name": "Ines Marlow", "relationship": "grandmother"}, "holds"),
        ({"name": "Ines Marlow", "holds": "on"}, "relationship"),
        ({"carer": "carer", "agreed_on": "2999-01-01"}, "agreed_on"),
        ({"carer": "carer", "method": "by pigeon"}, "method_0"),
    ],
)
def test_agree_refuses_in_words(cast, client_for, draft, typed, field):
    carer = {"carer": str(getattr(cast, typed["carer"]).uuid)} if "carer" in typed else {}
    before = Carer.objects.count()

    page = text_of(
        send(client_for(cast.sendco), agree(draft), **{"method": "spoken", "agreed_on": "2026-01-05"} | typed | carer)
    )

    assert f'<a href="#id_{field}">' in page
    assert not FamilyAgreement.objects.filter(referral=draft).exists()
    assert Carer.objects.count() == before


def test_agree_refuses_a_carer_without_parental_responsibility(cast, client_for, draft):
    cast.carer.has_parental_responsibility = False
    cast.carer.save()

    page = text_of(
        send(client_for(cast.sendco), agree(draft), carer=str(cast.carer.uuid), method="spoken", agreed_on="2026-01-05")
    )

    assert "Choose somebody with parental responsibility" in page
    assert not FamilyAgreement.objects.filter(referral=draft).exists()


def test_agree_lets_the_therapist_record_a_new_agreement_and_no_new_person(cast, client_for):
    case = ReferralFactory(
        active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner, agreed=False
    )
    client = client_for(cast.therapist)

    page = text_of(client.get(agree(case)))
    said = {"purpose": Purpose.WORK, "carer": str(cast.carer.uuid), "method": "spoken", "agreed_on": "2026-01-05"}
    answer = send(client, agree(case), **said)

    assert 'name="relationship"' not in page
    assert answer.url == reverse("casework_case", args=[case.uuid]) + "?tab=agreements"
    assert case.agrees_to(Purpose.WORK)


def test_refer_lists_no_pupil_whom_a_conflict_of_interest_closes(cast, client_for):
    blocked = PupilFactory(school=cast.school)
    blocked.conflict_blocks.create(user=cast.sendco, reason="relative")

    assert blocked.reference not in text_of(client_for(cast.sendco).get(reverse(REFER)))
