"""Asking a family by a link: who makes one, what an answer is worth before and after somebody has looked at it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.actions import agreement_links
from casework.actions.refusals import StaleVersion, StepRefused
from casework.models import AgreementLink, AuditEvent, FamilyAgreement, FamilysAnswer, OutboxMessage, Purpose, Referral
from tests.cast import PEOPLE
from tests.factories import AgreementLinkFactory, CarerFactory, ConflictBlockFactory

MAY = {"head", "sendco", "coordinator", "therapist"}


def again(referral):
    return Referral.objects.get(pk=referral.pk)


@pytest.fixture
def answered(cast, case):
    """Makes a link to the mother that was answered."""

    def make(answer=FamilysAnswer.YES, *, referral=None, **fields):
        link = AgreementLinkFactory(referral=referral or case(active=True), carer=cast.carer, **fields)
        return agreement_links.answer(link, answer=answer, name="Ada Carer")

    return make


@pytest.mark.parametrize("act", ["make", "end", "settle"])
def test_acts_on_a_link_by_whom(act, cast, case, answered, everything):
    referral = case(active=True)
    link = answered(referral=referral) if act == "settle" else AgreementLinkFactory(referral=referral)
    acts = {
        "make": lambda by: agreement_links.make(referral, by=by, carer=cast.carer),
        "end": lambda by: agreement_links.end(link, by=by),
        "settle": lambda by: agreement_links.settle(link, by=by, version=2, counts=True),
    }
    before = everything()
    for part in PEOPLE.keys() - MAY:
        with pytest.raises(PermissionDenied):
            acts[act](getattr(cast, part))
    ConflictBlockFactory(user=cast.head, pupil=cast.pupil).delete()
    assert everything() == before
    acts[act](cast.therapist)


def test_make_asks_one_person_once_at_a_time(cast, case):
    referral = case(active=True)
    first = agreement_links.make(referral, by=cast.sendco, carer=cast.carer, purpose=Purpose.CAMHS)
    other = agreement_links.make(referral, by=cast.sendco, carer=cast.carer, purpose=Purpose.MEETING)
    second = agreement_links.make(referral, by=cast.sendco, carer=cast.carer, purpose=Purpose.CAMHS)
    assert set(AgreementLink.objects.open()) == {other, second}
    assert first.expires_at - first.created_at == pytest.approx(timedelta(days=14), abs=timedelta(seconds=5))
    assert not OutboxMessage.objects.exists()  # it is given by hand: the system's mail never carries one


@pytest.mark.parametrize("who", ["other_carer", "foster"])
def test_make_asks_nobody_who_cannot_agree(who, cast, case, everything):
    carer = CarerFactory(family=cast.pupil.family, foster=True) if who == "foster" else cast.other_carer
    referral = case(active=True)
    before = everything()
    with pytest.raises(ValidationError, match="carer"):
        agreement_links.make(referral, by=cast.sendco, carer=carer)
    assert everything() == before


def test_make_for_what_is_over(cast, case):
    with pytest.raises(StepRefused, match="“Closed”"):
        agreement_links.make(case(closed=True), by=cast.sendco, carer=cast.carer)


def test_answer_waits_and_opens_nothing_by_itself(cast, case, answered):
    referral = case(submitted=True, agreed=False)
    link = answered(referral=referral)
    assert link.waits
    assert not referral.agreements.exists()
    assert not again(referral).agrees_to(Purpose.WORK)
    event = AuditEvent.objects.get(verb="was answered")
    assert (event.actor, event.referral, event.detail) == (None, referral, {})
    told = OutboxMessage.objects.get()
    assert (told.kind, told.to, told.reference) == ("agreement_answered", referral.referred_by, referral.reference)


@pytest.mark.parametrize("why", ["answered before", "ended", "expired", "referral closed"])
def test_answer_to_a_link_that_works_no_longer(why, cast, case, answered, everything):
    link = answered() if why == "answered before" else AgreementLinkFactory(referral=case(active=True))
    if why == "ended":
        agreement_links.end(link, by=cast.sendco)
    if why == "expired":
        AgreementLink.objects.update(expires_at=timezone.now())
    if why == "referral closed":
        Referral.objects.filter(pk=link.referral_id).update(submitted_at=timezone.now())
        link = AgreementLinkFactory(referral=case(withdrawn=True))
    before = everything()
    with pytest.raises(StepRefused):
        agreement_links.answer(link, answer=FamilysAnswer.NO, name="Somebody")
    assert everything() == before


@pytest.mark.parametrize(("answer", "name", "field"), [("maybe", "Ada", "answer"), (FamilysAnswer.YES, "  ", "name")])
def test_answer_that_is_none(answer, name, field, case, everything):
    link = AgreementLinkFactory(referral=case(active=True))
    before = everything()
    with pytest.raises(ValidationError) as refused:
        agreement_links.answer(link, answer=answer, name=name)
    assert field in refused.value.message_dict
    assert everything() == before


def test_settle_makes_a_yes_an_agreement_of_the_day_of_the_answer(cast, case, answered):
    referral = case(submitted=True, agreed=False)
    link = answered(referral=referral, purpose=Purpose.MEETING)

    agreement_links.settle(link, by=cast.sendco, version=2, counts=True)

    agreement = referral.agreements.get()
    assert (agreement.carer, agreement.method, agreement.purpose) == (cast.carer, "link", Purpose.MEETING)
    assert (agreement.agreed_on, agreement.recorded_by) == (timezone.localdate(), cast.sendco)
    assert again(referral).agrees_to(Purpose.MEETING)
    assert not again(referral).agrees_to(Purpose.WORK)


def test_settle_makes_a_no_a_withdrawal_of_what_that_carer_had_agreed_to(cast, case, answered):
    referral = case(active=True)
    link = answered(FamilysAnswer.NO, referral=referral)
    assert again(referral).agrees_to(Purpose.WORK), "it counts when it is confirmed"

    agreement_links.settle(link, by=cast.therapist, version=2, counts=True)

    agreement = referral.agreements.get()
    assert (agreement.withdrawn_how, agreement.withdrawn_who) == ("link", "Ada Carer")
    assert again(referral).family_withdrew


def test_settle_of_a_no_leaves_what_another_agreed_to(cast, case, answered):
    referral = case(active=True, agreed=False)
    father = CarerFactory(family=cast.pupil.family, relationship="father")
    FamilyAgreement.objects.create(
        referral=referral, data_key=referral.data_key, carer=father, method="spoken", recorded_by=cast.sendco,
        agreed_on=timezone.localdate(), review_on=timezone.localdate(),
    )  # fmt: skip
    agreement_links.settle(answered(FamilysAnswer.NO, referral=referral), by=cast.therapist, version=2, counts=True)
    assert again(referral).agrees_to(Purpose.WORK)


@pytest.mark.parametrize("answer", FamilysAnswer.values)
def test_settle_aside_changes_nothing(answer, cast, case, answered):
    referral = case(active=True)
    link = answered(answer, referral=referral, purpose=Purpose.WORK)
    settled = agreement_links.settle(link, by=cast.sendco, version=2, counts=False)
    assert (settled.counts, settled.settled_by) == (False, cast.sendco)
    assert referral.agreements.count() == 1
    assert again(referral).agrees_to(Purpose.WORK)
    with pytest.raises(StepRefused):
        agreement_links.settle(settled, by=cast.sendco, version=3, counts=True)


def test_settle_is_refused_for_another_version(cast, answered):
    with pytest.raises(StaleVersion):
        agreement_links.settle(answered(), by=cast.sendco, version=1, counts=True)


def test_settle_a_yes_of_somebody_who_holds_no_responsibility_any_more(cast, case, answered, everything):
    link = answered(referral=case(active=True, agreed=False))
    cast.carer.has_parental_responsibility = False
    cast.carer.save()
    before = everything()
    with pytest.raises(ValidationError, match="parental responsibility"):
        agreement_links.settle(link, by=cast.sendco, version=2, counts=True)
    assert everything() == before
