"""Who may, of the whole cast, for the acts that no address alone shows: the rule is asked directly, person by person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

from casework import audit
from casework.access import rules
from casework.models import (
    About,
    Absence,
    BackupRun,
    CalendarFeed,
    Carer,
    ClosedDays,
    Concern,
    KeptWords,
    OutboxMessage,
    Proposal,
    Pupil,
    Referral,
    SchoolYear,
    Service,
    Session,
    Term,
)
from casework.sealed import TextKind
from tests.cast import Cast
from tests.factories import (
    AgreementLinkFactory,
    ConcernFactory,
    ConflictBlockFactory,
    DocumentAudienceFactory,
    FamilyAgreementFactory,
    KeptWordsFactory,
    ProcessNoteFactory,
    ProfessionalFactory,
    ProposalFactory,
    PupilListFactory,
    QuestionFactory,
    ReferralFactory,
    SchoolShareFactory,
    SessionFactory,
    UserFactory,
    WorkFactory,
)


@dataclass(frozen=True)
class Ask:
    """What a rule is asked about, and who of the cast may."""

    about: Callable[[Cast], tuple[Any, ...]]
    who: str


def _case(cast: Cast) -> Referral:
    return ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)


def _waiting(cast: Cast) -> Referral:
    return ReferralFactory(submitted=True, school=cast.school, pupil=cast.pupil)


def _proposal(cast: Cast) -> Proposal:
    return ProposalFactory(user=cast.head, school=cast.other_school, proposed_by=cast.coordinator)


def _kept(cast: Cast, kind: TextKind = TextKind.PROCESS) -> KeptWords:
    return KeptWordsFactory(referral=_case(cast), author=cast.other_therapist, kind=kind)


def _concern(cast: Cast) -> Concern:
    return ConcernFactory(school=cast.school, pupil=cast.pupil, author=cast.therapist)


def _session(cast: Cast, **fields: Any) -> Session:
    return SessionFactory(referral=_case(cast), practitioner=cast.therapist_practitioner, **fields)


def _stranger() -> Any:
    return UserFactory()


WHO_MAY = {
    "can_settle_agreement_link": Ask(
        lambda cast: (AgreementLinkFactory(referral=_case(cast)),), "coordinator therapist head sendco"
    ),
    "can_add_pupil": Ask(lambda cast: (cast.school,), "coordinator head sendco"),
    "can_agree_to_proposal": Ask(lambda cast: (_proposal(cast),), "supervisor"),
    "can_refuse_proposal": Ask(lambda cast: (_proposal(cast),), "coordinator supervisor"),
    "can_allow_second_step": Ask(lambda cast: (cast.service,), "coordinator"),
    "can_block_pupil": Ask(lambda cast: (_case(cast).pupil, cast.other_therapist), "coordinator supervisor"),
    "can_unblock_pupil": Ask(lambda cast: (_case(cast).pupil, cast.other_therapist), "coordinator supervisor"),
    "can_break_glass": Ask(lambda cast: (_case(cast),), "supervisor"),
    "can_bring_in_pupil_list": Ask(lambda cast: (PupilListFactory(school=cast.school, sent_by=cast.sendco),), "sendco"),
    "can_change_audience": Ask(lambda cast: (DocumentAudienceFactory(service=cast.service),), "coordinator"),
    "can_change_cluster": Ask(lambda cast: (cast.cluster,), "coordinator"),
    "can_change_list_item": Ask(lambda cast: (cast.items["Bereavement"],), "coordinator"),
    "can_change_placement": Ask(lambda cast: (cast.placement,), "coordinator"),
    "can_change_practitioner": Ask(lambda cast: (cast.therapist_practitioner,), "coordinator"),
    "can_change_question": Ask(lambda cast: (QuestionFactory(service=cast.service),), "coordinator"),
    "can_change_school": Ask(lambda cast: (cast.school,), "coordinator"),
    "can_change_service": Ask(lambda cast: (cast.service,), "coordinator"),
    "can_end_role": Ask(lambda cast: (cast.school.roles.get(user=cast.head),), "coordinator"),
    "can_endorse_for_school": Ask(lambda cast: (_waiting(cast),), "head sendco"),
    "can_endorse_for_therapist": Ask(lambda cast: (_waiting(cast),), "therapist"),
    "can_give_role": Ask(lambda cast: (_stranger(), cast.cluster), "coordinator"),
    "can_learn_of_pupil": Ask(lambda cast: (cast.other_pupil, cast.school), "coordinator head sendco"),
    "can_learn_of_referral": Ask(lambda cast: (ReferralFactory(school=cast.school, pupil=cast.pupil),), "coordinator"),
    "can_look_after_person": Ask(lambda cast: (cast.head,), "coordinator"),
    "can_open_kept_words": Ask(lambda cast: (_kept(cast),), "supervisor"),
    "can_hand_on_kept_words": Ask(lambda cast: (_kept(cast, TextKind.CLINICAL), cast.therapist), "coordinator"),
    "can_read_kept_words": Ask(lambda cast: (_kept(cast, TextKind.SCHOOL),), "coordinator supervisor"),
    "can_see_to_kept_words": Ask(lambda cast: (_kept(cast, TextKind.CLINICAL),), "supervisor"),
    "can_invite_people": Ask(lambda cast: (), "coordinator outsider"),
    "can_invite_again": Ask(lambda cast: (cast.head,), "coordinator"),
    "can_note_notification": Ask(lambda cast: (_concern(cast),), "therapist dsl supervisor"),
    "can_raise_concern": Ask(lambda cast: (cast.school, About.CHILD), "coordinator supervisor therapist"),
    "can_view_concern": Ask(lambda cast: (_concern(cast),), "therapist dsl supervisor"),
    "can_refer_for_school": Ask(lambda cast: (cast.school,), "head sendco"),
    "can_refer_pupil": Ask(lambda cast: (cast.pupil, cast.school), "coordinator head sendco"),
    "can_rely_on_second_step": Ask(
        lambda cast: (Service.objects.filter(pk=cast.service.pk),),
        "coordinator supervisor therapist other_therapist head other_head sendco dsl tsl steering",
    ),
    "can_help_with_account": Ask(lambda cast: (cast.head,), "technical"),
    "can_set_up_sign_in": Ask(lambda cast: (), "technical"),
    "can_share_case": Ask(lambda cast: (_case(cast), cast.other_therapist), "coordinator"),
    "can_show_to_school": Ask(
        lambda cast: (ReferralFactory(kept_from_school=True, submitted=True, school=cast.school, pupil=cast.pupil),),
        "coordinator",
    ),
    "can_change_absence": Ask(
        lambda cast: (Absence(practitioner=cast.therapist_practitioner),), "coordinator therapist"
    ),
    "can_change_closed_days": Ask(lambda cast: (ClosedDays(service=cast.service, school=cast.school),), "coordinator"),
    "can_change_school_year": Ask(lambda cast: (SchoolYear(service=cast.service),), "coordinator"),
    "can_change_term": Ask(lambda cast: (Term(school_year=SchoolYear(service=cast.service)),), "coordinator"),
    "can_keep_feed": Ask(lambda cast: (cast.therapist_practitioner,), "therapist"),
    "can_record_work": Ask(lambda cast: (cast.therapist_practitioner,), "therapist"),
    "can_record_work_of": Ask(lambda cast: (_case(cast),), "therapist"),
    "can_change_work": Ask(
        lambda cast: (WorkFactory(practitioner=cast.therapist_practitioner, school=cast.school),), "therapist"
    ),
    "can_write_note": Ask(lambda cast: (_session(cast),), "therapist"),
    "can_add_to_note": Ask(
        lambda cast: (ProcessNoteFactory(session=_session(cast, created_at=timezone.now() - rules.NOTE_LOCKS_AFTER)),),
        "therapist",
    ),
    "can_view_history": Ask(lambda cast: (cast.school,), "coordinator"),
    "can_view_referral": Ask(lambda cast: (_case(cast),), "coordinator supervisor therapist head sendco"),
}


@pytest.mark.parametrize("name", WHO_MAY)
def test_rule_says_yes_to_these_of_the_cast_and_to_nobody_else(cast, name):
    about = WHO_MAY[name].about(cast)
    assert {part for part, person in cast.people().items() if getattr(rules, name)(person, *about)} == set(
        WHO_MAY[name].who.split()
    )


def test_can_block_pupil_is_for_whoever_sees_the_pupil_where_they_themselves_are_relatives(cast):
    pupil: Pupil = _case(cast).pupil
    blocks = {part for part, person in cast.people().items() if rules.can_block_pupil(person, pupil, person)}
    assert blocks == {"coordinator", "supervisor", "therapist", "head", "sendco"}


def test_can_unblock_pupil_is_for_nobody_themselves(cast):
    pupil: Pupil = _case(cast).pupil
    assert not [part for part, person in cast.people().items() if rules.can_unblock_pupil(person, pupil, person)]


# --- Lists that are only ever narrowed to a record


def test_visible_carers_are_the_schools_the_coordinators_and_the_therapists(cast):
    _case(cast)
    sees = {part for part, person in cast.people().items() if cast.carer in rules.visible_carers(person)}
    assert sees == {"coordinator", "therapist", "head", "sendco"}


def test_visible_families_and_who_else_helps_are_of_who_reads_contact_details(cast):
    professional = ProfessionalFactory(family=_case(cast).pupil.family)
    for seen, record in [("visible_families", professional.family), ("visible_professionals", professional)]:
        sees = {part for part, person in cast.people().items() if record in getattr(rules, seen)(person)}
        assert sees == {"coordinator", "therapist", "head", "sendco"}, seen


def test_visible_agreements_are_of_whom_one_reads_a_referral(cast):
    agreement = FamilyAgreementFactory(referral=_case(cast), carer=cast.carer)
    SchoolShareFactory(referral=agreement.referral, school=cast.other_school)
    sees = {part for part, person in cast.people().items() if agreement in rules.visible_agreements(person)}
    assert sees == {"coordinator", "supervisor", "therapist", "head", "sendco"}


def test_visible_agreement_links_are_of_who_may_ask_the_family(cast):
    link = AgreementLinkFactory(referral=_case(cast))
    SchoolShareFactory(referral=link.referral, school=cast.other_school)
    sees = {part for part, person in cast.people().items() if link in rules.visible_agreement_links(person)}
    assert sees == {"coordinator", "therapist", "head", "sendco"}


def test_visible_matches_are_the_schools_own_pupils_and_for_the_coordinator_the_services(cast):
    seen = {part: set(rules.visible_matches(person, cast.school)) for part, person in cast.people().items()}

    assert {part for part, pupils in seen.items() if pupils} == {"coordinator", "head", "sendco"}
    assert seen["sendco"] == seen["head"] == {cast.pupil}
    assert seen["coordinator"] == {cast.pupil, cast.other_pupil}
    assert not rules.visible_matches(cast.sendco, cast.other_school).exists()


def test_visible_matches_leave_out_whom_a_conflict_of_interest_closes(cast):
    for person in (cast.sendco, cast.coordinator):
        cast.pupil.conflict_blocks.create(user=person, reason="relative")

        assert cast.pupil not in rules.visible_matches(person, cast.school)
        assert not rules.can_learn_of_pupil(person, cast.pupil, cast.school)


def test_visible_carers_of_one_family_are_what_one_sees_of_all_its_carers(cast):
    _case(cast)
    families = set(Carer.objects.values_list("family_id", flat=True))
    for person in cast.people().values():
        for family in families:
            theirs = rules.visible_carers(person).filter(family_id=family)
            assert set(rules.visible_carers(person, family)) == set(theirs)
    blocked = ConflictBlockFactory(user=cast.therapist, pupil=cast.pupil).user
    assert not rules.visible_carers(blocked, cast.pupil.family_id).exists()


def test_visible_messages_are_the_coordinators_about_cases_that_were_sent(cast):
    sent, draft = _case(cast), ReferralFactory(school=cast.other_school, pupil=cast.other_pupil)
    for referral in (sent, draft, cast.hidden_referral):
        OutboxMessage.objects.create(to=cast.head, kind="referral_sent", reference=referral.reference)
    seen = {
        part: set(rules.visible_messages(person).values_list("reference", flat=True))
        for part, person in cast.people().items()
    }
    assert {part for part, references in seen.items() if references} == {"coordinator", "outsider"}
    assert seen["coordinator"] == {sent.reference}


def test_visible_accounts_are_the_technical_administrators(cast):
    seen = {part for part, person in cast.people().items() if rules.visible_accounts(person).exists()}
    assert seen == {"technical"}
    assert set(cast.people().values()) <= set(rules.visible_accounts(cast.technical))


def test_can_help_with_account_is_for_nobody_themselves_and_for_none_that_ended(cast):
    assert not rules.can_help_with_account(cast.technical, cast.technical)
    assert not rules.can_help_with_account(cast.technical, UserFactory(is_active=False))


def test_visible_backups_are_the_coordinators_and_the_technical_administrators(cast):
    run = BackupRun.objects.create(name="allyance.tar.age", size=1)
    seen = {part for part, person in cast.people().items() if run in rules.visible_backups(person)}
    assert seen == {"coordinator", "outsider", "technical"}


def test_visible_concern_events_are_for_who_hears_of_it(cast):
    concern = _concern(cast)
    audit.record("opened", concern, by=cast.therapist)
    sees = {part for part, person in cast.people().items() if rules.visible_concern_events(person, concern).exists()}
    assert sees == {"dsl"}


def test_visible_concern_messages_are_for_who_reads_it_and_not_the_coordinators(cast):
    concern = _concern(cast)
    OutboxMessage.objects.create(to=cast.dsl, kind="concern_raised", reference=concern.reference)
    sees = {part for part, person in cast.people().items() if rules.visible_concern_messages(person, concern).exists()}
    assert sees == {"dsl", "therapist", "supervisor"}
    assert not rules.visible_messages(cast.coordinator).filter(reference=concern.reference).exists()


def test_visible_feeds_are_ones_own(cast):
    feed = CalendarFeed.objects.create(
        practitioner=cast.therapist_practitioner, digest="x" * 64, made_by=cast.therapist
    )
    seen = {part for part, person in cast.people().items() if feed in rules.visible_feeds(person)}
    assert seen == {"therapist"}
