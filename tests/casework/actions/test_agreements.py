"""Agreements: by whom and to what, what they open, taking one back, and what is then decided."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.access import grants, rules
from casework.actions import agreements, referrals, reviews, sessions
from casework.actions.refusals import StaleVersion, StepRefused
from casework.lifecycle import Status
from casework.models import (
    AuditEvent,
    FamilyAgreement,
    ListItem,
    ListName,
    OutboxMessage,
    Purpose,
    Referral,
    SchoolShare,
    WhoDecides,
)
from tests.cast import PEOPLE
from tests.factories import CarerFactory, ConflictBlockFactory, FamilyAgreementFactory, ListItemFactory, take_back

WHOLE_SCHOOL, A_WEEK = {"head", "sendco"}, timedelta(weeks=1)


def agree(cast, referral, by=None, **fields):
    ours = {"carer": cast.carer, "method": "spoken", "agreed_on": timezone.localdate()}
    return agreements.agree(referral, by=by or cast.sendco, **ours | fields)


def withdraw(agreement, by, **fields):
    return agreements.withdraw(
        agreement, by=by, **{"version": agreement.version, "how": "spoken", "who": "The mother"} | fields
    )


def again(referral):
    return Referral.objects.get(pk=referral.pk)


# --- Recording one


def test_agree_lets_it_be_sent(cast, case):
    referral = case(agreed=False)

    agreement = agree(cast, referral)

    assert referral.agrees_to(Purpose.WORK)
    assert (agreement.carer, agreement.recorded_by) == (cast.carer, cast.sendco)
    event = AuditEvent.objects.get()
    assert (event.verb, event.subject_type, event.referral) == ("added", "casework.familyagreement", referral)


def test_agree_holds_for_the_months_of_the_service(cast, case):
    cast.service.agreement_months = 6
    cast.service.save()
    agreed_on = timezone.localdate().replace(month=8, day=31) - timedelta(days=365)

    agreement = agree(cast, case(agreed=False), agreed_on=agreed_on)

    assert (agreement.review_on.month, agreement.review_on.year) == (2, agreed_on.year + 1)
    assert not agreement.stands


@pytest.mark.parametrize(
    ("status", "may"),
    [
        (Status.DRAFT, WHOLE_SCHOOL),
        (Status.ACTIVE, {*WHOLE_SCHOOL, "coordinator", "therapist"}),
        (Status.CLOSED, {*WHOLE_SCHOOL, "coordinator"}),
    ],
)
def test_agree_by_whom(status, may, cast, case):
    referral = case(status=status, agreed=False)

    for part in PEOPLE.keys() - may:
        with pytest.raises(PermissionDenied):
            agree(cast, referral, getattr(cast, part))
    assert not FamilyAgreement.objects.filter(referral=referral).exists()
    for part in may:
        agree(cast, referral, getattr(cast, part))
    assert FamilyAgreement.objects.filter(referral=referral).count() == len(may)


def test_agree_for_what_is_over(cast, case):
    with pytest.raises(StepRefused, match="“Withdrawn”"):
        agree(cast, case(withdrawn=True, agreed=False))


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        (lambda cast: {"carer": cast.other_carer}, "carer", "this pupil's family"),
        (lambda cast: {"carer": CarerFactory(family=cast.pupil.family, foster=True)}, "carer", "choose another person"),
        (lambda cast: {"agreed_on": timezone.localdate() + timedelta(days=1)}, "agreed_on", "has not come yet"),
        (lambda cast: {"method": "by thought"}, "method", "not a valid choice"),
        (lambda cast: {"purpose": "research"}, "purpose", "not a valid choice"),
        (lambda cast: {"carer": None}, "judged_by", "say who judged it"),
        (lambda cast: {"carer": None, "judged_by": "Saoirse Calder"}, "competence", "say why they can"),
        (lambda cast: {"disagreement": "The father says no."}, "disagreement_decision", "Write both"),
        (lambda cast: {"review_on": timezone.localdate() - timedelta(days=1)}, "__all__", "comes after"),
    ],
)
def test_agree_that_is_none(wrong, field, words, cast, case, everything):
    referral, fields = case(agreed=False), wrong(cast)
    before = everything()

    with pytest.raises(ValidationError) as refused:
        agree(cast, referral, **fields)

    assert words in refused.value.message_dict[field][0]
    assert everything() == before


def test_agree_for_oneself_from_sixteen_or_where_somebody_judged_it(cast, case):
    referral = case(agreed=False)
    agree(cast, referral, carer=None, judged_by="Saoirse Calder, therapist", competence="She weighs what may follow.")
    assert referral.agrees_to(Purpose.WORK)

    take_back(referral)
    cast.pupil.date_of_birth = timezone.localdate().replace(year=timezone.localdate().year - 16, day=1)
    cast.pupil.save()
    agree(cast, again(referral), carer=None)
    assert again(referral).agrees_to(Purpose.WORK)


# --- What stands, and what it opens


STANDS_NOT = {
    "withdrawn": lambda cast: {"taken_back": True},
    "of last year": lambda cast: {"agreed_on": timezone.localdate() - timedelta(days=366)},
    "of a foster carer": lambda cast: {"carer": CarerFactory(family=cast.pupil.family, foster=True)},
    "to another purpose": lambda cast: {"purpose": Purpose.WORK},
}


@pytest.mark.parametrize("why", STANDS_NOT)
@pytest.mark.parametrize("purpose", [purpose for purpose in Purpose if purpose != Purpose.WORK])
def test_an_agreement_that_does_not_stand_opens_nothing(why, purpose, cast, case):
    referral = case(submitted=True, agreed=False)
    FamilyAgreementFactory(referral=referral, **{"carer": cast.carer, "purpose": purpose} | STANDS_NOT[why](cast))

    assert not again(referral).agrees_to(purpose)

    FamilyAgreementFactory(referral=referral, carer=cast.carer, purpose=purpose)
    assert again(referral).agrees_to(purpose)


@pytest.fixture
def meets(cast):
    cast.cluster.decides = WhoDecides.MEETING
    cast.cluster.save()


@pytest.mark.parametrize("why", [None, *STANDS_NOT])
def test_put_to_meeting_waits_for_that_agreement(why, meets, cast, case):
    referral = case(submitted=True)
    if why:
        FamilyAgreementFactory(
            referral=referral, **{"carer": cast.carer, "purpose": Purpose.MEETING} | STANDS_NOT[why](cast)
        )

    with pytest.raises(StepRefused, match="sharing at a Support and Guidance meeting"):
        referrals.put_to_meeting(referral, by=cast.coordinator, version=1)

    FamilyAgreementFactory(referral=referral, carer=cast.carer, purpose=Purpose.MEETING)
    assert referrals.put_to_meeting(referral, by=cast.coordinator, version=1).status == Status.DISCUSSION


@pytest.mark.parametrize("why", [None, *STANDS_NOT])
def test_the_next_school_waits_for_that_agreement(why, cast, case):
    referral = case(active=True)
    if why:
        FamilyAgreementFactory(
            referral=referral, **{"carer": cast.carer, "purpose": Purpose.YEAR_7} | STANDS_NOT[why](cast)
        )
    share = {"by": cast.coordinator, "until": timezone.now() + A_WEEK, "reason": "Year 7"}

    with pytest.raises(ValidationError, match="going on in Year 7"):
        grants.share_with_school(referral, cast.other_school, **share)

    FamilyAgreementFactory(referral=referral, carer=cast.carer, purpose=Purpose.YEAR_7)
    grants.share_with_school(referral, cast.other_school, **share)
    assert rules.can_view_referral(cast.other_head, referral)


@pytest.mark.parametrize("purpose", [Purpose.CAMHS, Purpose.SERVICE])
def test_close_to_another_service_waits_for_that_agreement(purpose, cast, case, everything):
    referral = case(active=True)
    reason = ListItemFactory(service=cast.service, list=ListName.CLOSURE, label="Passed on", passes_on_to=purpose)
    before = everything()

    with pytest.raises(ValidationError, match=Purpose(purpose).label):
        referrals.close(referral, by=cast.coordinator, version=1, reason=reason)
    assert everything() == before

    FamilyAgreementFactory(referral=referral, carer=cast.carer, purpose=purpose)
    assert referrals.close(referral, by=cast.coordinator, version=1, reason=reason).status == Status.CLOSED


def test_close_to_camhs_at_urgent_risk_does_not_wait_and_is_on_record(cast, case):
    reason = ListItemFactory(service=cast.service, list=ListName.CLOSURE, label="CAMHS", passes_on_to=Purpose.CAMHS)

    referrals.close(case(active=True), by=cast.coordinator, version=1, reason=reason, urgent=True)

    event = AuditEvent.objects.get(verb="passed on at urgent risk")
    assert (event.actor, event.detail) == (cast.coordinator, {"purpose": "camhs"})


def test_close_for_any_other_reason_waits_for_nothing(cast, case):
    referral = case(active=True, agreed=False)
    closing = ListItem.objects.get(service=cast.service, label="Planned ending")
    assert referrals.close(referral, by=cast.therapist, version=1, reason=closing).status == Status.CLOSED


def test_signpost_waits_only_where_something_is_passed_on(cast, case):
    take = {"by": cast.coordinator, "version": 1, "note": "The family centre, by telephone."}
    first = case(submitted=True)
    with pytest.raises(ValidationError, match="a referral to another service"):
        referrals.signpost(first, **take, passes_on=True)

    urgent = referrals.signpost(first, **take, passes_on=True, urgent=True)
    assert urgent.status == Status.SIGNPOSTED
    assert referrals.signpost(case(submitted=True), **take).status == Status.SIGNPOSTED


# --- Writing more, taking back, deciding


def test_change_writes_what_came_later_and_keeps_who_agreed(cast, case):
    agreement = FamilyAgreementFactory(referral=case(active=True), carer=cast.carer)

    agreements.change(
        agreement, by=cast.therapist, version=1, disagreement="The father says no.",
        disagreement_decision="A court order gives the mother the say.",
    )  # fmt: skip

    agreement = FamilyAgreement.objects.get(pk=agreement.pk)
    assert (agreement.disagreement, agreement.version) == ("The father says no.", 2)
    assert agreement.stands
    with pytest.raises(StaleVersion):
        agreements.change(agreement, by=cast.sendco, version=1, own_view="I like it.")
    with pytest.raises(TypeError):
        agreements.change(agreement, by=cast.sendco, version=2, carer=cast.other_carer)


@pytest.mark.parametrize("act", ["change", "withdraw", "decide"])
def test_acts_on_an_agreement_by_whom(act, cast, case, everything):
    agreement = FamilyAgreementFactory(referral=case(active=True), carer=cast.carer, taken_back=act == "decide")
    acts = {
        "change": lambda by: agreements.change(agreement, by=by, version=1, own_view="I like it."),
        "withdraw": lambda by: withdraw(agreement, by),
        "decide": lambda by: agreements.decide(agreement, by=by, version=1, decision="One last session."),
    }
    before = everything()
    may = {"therapist", "coordinator"} | (set() if act == "decide" else WHOLE_SCHOOL)

    for part in PEOPLE.keys() - may:
        with pytest.raises(PermissionDenied):
            acts[act](getattr(cast, part))
    assert everything() == before
    acts[act](getattr(cast, sorted(may)[0]))
    assert everything() != before


@pytest.mark.parametrize("act", ["change", "withdraw", "decide"])
def test_acts_on_an_agreement_are_closed_by_a_conflict_of_interest(act, cast, case):
    agreement = FamilyAgreementFactory(referral=case(active=True), carer=cast.carer)
    for person in (cast.sendco, cast.coordinator, cast.therapist):
        ConflictBlockFactory(user=person, pupil=cast.pupil)
    rule = rules.can_decide_withdrawal if act == "decide" else rules.can_change_agreement
    assert not [person for person in (cast.sendco, cast.coordinator, cast.therapist) if rule(person, agreement)]


def test_withdraw_stops_new_sharing_at_once_and_hides_nothing(cast, case):
    referral = case(active=True)
    before = sessions.record(
        referral, by=cast.therapist, starts_at=timezone.now() - A_WEEK, minutes=60, attendance=cast.items["Came"],
        strategies="A quiet corner.",
    )  # fmt: skip

    withdraw(referral.agreements.get(), cast.sendco, why="They would rather wait.")

    assert again(referral).family_withdrew
    new = {"by": cast.therapist, "starts_at": timezone.now(), "minutes": 60, "attendance": cast.items["Came"]}
    with pytest.raises(ValidationError, match="nothing new is shared with the school"):
        sessions.record(referral, **new, strategies="A new one.")
    with pytest.raises(ValidationError, match="nothing new is shared with the school"):
        sessions.change(before, by=cast.therapist, version=1, strategies="A changed one.")
    with pytest.raises(ValidationError, match="nothing new is shared with the school"):
        reviews.record(
            referral, by=cast.therapist, held_on=timezone.localdate(), outcome="Better.", for_school="Much better."
        )
    assert sessions.record(referral, **new, note="We said goodbye.").process_note.text == "We said goodbye."
    for part in ("head", "sendco", "coordinator", "therapist", "supervisor"):
        assert rules.can_view_referral(getattr(cast, part), referral)
        assert before in rules.visible_sessions(getattr(cast, part))
    assert type(before).objects.get(pk=before.pk).strategies == "A quiet corner."


def test_withdraw_tells_who_decides_and_never_what(cast, case):
    referral = case(active=True)
    withdraw(referral.agreements.get(), cast.sendco)
    sent = OutboxMessage.objects.values_list("kind", "to__first_name", "reference")
    assert set(sent) == {
        ("agreement_withdrawn", cast.therapist.first_name, referral.reference),
        ("agreement_withdrawn", cast.coordinator.first_name, referral.reference),
    }


def test_withdraw_of_one_while_another_stands_stops_nothing(cast, case):
    referral = case(active=True)
    FamilyAgreementFactory(referral=referral, carer=CarerFactory(family=cast.pupil.family))
    withdraw(referral.agreements.first(), cast.sendco)
    assert again(referral).agrees_to(Purpose.WORK)
    assert not again(referral).family_withdrew


def test_withdraw_from_year_7_closes_the_case_to_the_next_school(cast, case):
    referral = case(active=True)
    agreement = FamilyAgreementFactory(referral=referral, carer=cast.carer, purpose=Purpose.YEAR_7)
    grants.share_with_school(
        referral, cast.other_school, by=cast.coordinator, until=timezone.now() + A_WEEK, reason="Year 7"
    )
    withdraw(agreement, cast.sendco)
    assert not rules.can_view_referral(cast.other_head, referral)
    assert SchoolShare.objects.get().ends_at <= timezone.now()
    assert rules.can_view_referral(cast.head, referral)


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"who": " "}, "who"), ({"on": timezone.localdate() + A_WEEK}, "on"), ({"how": "by thought"}, "withdrawn_how")],
)
def test_withdraw_that_says_too_little(fields, field, cast, case, everything):
    agreement = case(active=True).agreements.get()
    before = everything()
    with pytest.raises(ValidationError) as refused:
        withdraw(agreement, cast.sendco, **fields)
    assert field in refused.value.message_dict
    assert everything() == before


def test_withdraw_twice(cast, case):
    agreement = withdraw(case(active=True).agreements.get(), cast.sendco)
    with pytest.raises(StepRefused, match="withdrawn before"):
        withdraw(agreement, cast.sendco)


def test_decide_says_how_the_work_goes_on_once(cast, case):
    referral = case(active=True)
    agreement = withdraw(referral.agreements.get(), cast.sendco)
    assert list(FamilyAgreement.objects.to_decide()) == [agreement]

    decided = agreements.decide(agreement, by=cast.therapist, version=2, decision="One last session, as she wishes.")

    assert (decided.decided_by, decided.decision) == (cast.therapist, "One last session, as she wishes.")
    assert not FamilyAgreement.objects.to_decide().exists()
    with pytest.raises(StepRefused):
        agreements.decide(decided, by=cast.therapist, version=3, decision="Another.")


@pytest.mark.parametrize("settled", ["a new agreement", "on hold", "closed"])
def test_to_decide_is_over_where_the_case_says_so(settled, cast, case):
    referral = case(active=True)
    withdraw(referral.agreements.get(), cast.sendco)
    if settled == "a new agreement":
        agree(cast, referral)
    elif settled == "on hold":
        referrals.hold(referral, by=cast.therapist, version=1, note="Until they have talked.")
    else:
        referrals.close(referral, by=cast.therapist, version=1, reason=cast.items["Planned ending"])
    assert not FamilyAgreement.objects.to_decide().exists()


def test_to_review_names_each_purpose_once_and_only_where_nothing_newer_stands(cast, case):
    soon, referral = timezone.localdate() + timedelta(weeks=4), case(active=True, agreed=False)
    old = FamilyAgreementFactory(
        referral=referral, carer=cast.carer, agreed_on=timezone.localdate() - timedelta(days=350)
    )
    assert list(FamilyAgreement.objects.to_review(soon)) == [old]
    FamilyAgreementFactory(referral=referral, carer=cast.carer)
    assert not FamilyAgreement.objects.to_review(soon).exists()
