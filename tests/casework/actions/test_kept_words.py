"""Words that were typed into a case which had closed meanwhile: kept for what was opened lately, read by their kind."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.access import reading, rules, scope
from casework.actions import kept_words
from casework.models import Allocation, AuditEvent, ConflictBlock, KeptWords, OutboxMessage, Referral
from casework.sealed import MARK, TextKind
from tests.factories import ConflictBlockFactory, KeptWordsFactory, ReferralFactory

PART = "new session"
WORDS = [("Strategies", TextKind.SCHOOL, "A quiet corner."), ("Process note", TextKind.PROCESS, "The same boat.")]


@pytest.fixture
def case(cast):
    """Worked by the other therapist, who has taken it over."""
    return ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.other_practitioner)


def keep(cast, case, words=WORDS, by=None):
    return kept_words.keep(case.uuid, PART, by=by or cast.therapist, words=words)


def opened(cast, case, part=PART):
    reading.opened(cast.therapist, case, part=part)


def kept(case, cast, kind):
    return KeptWordsFactory(referral=case, author=cast.therapist, kind=kind)


# --- Keeping


def test_words_of_a_form_that_was_open_are_kept_sealed(cast, case):
    opened(cast, case)
    assert keep(cast, case)
    note = KeptWords.objects.get(kind=TextKind.PROCESS)
    assert (note.text, note.label, note.author) == ("The same boat.", "Process note", cast.therapist)
    assert str(KeptWords.objects.values_list("text", flat=True).get(pk=note.pk)).startswith(MARK)
    assert AuditEvent.objects.filter(verb="kept words", referral=case, actor=cast.therapist).count() == 2


@pytest.mark.parametrize("why", ["never", "another part", "another case", "yesterday", "another person"])
def test_words_of_anything_else_are_not(cast, case, why):
    if why == "another part":
        opened(cast, case, "overview")
    if why == "another case":
        opened(cast, ReferralFactory(active=True, school=cast.school))
    if why == "yesterday":
        with time_machine.travel(datetime.now(UTC) - timedelta(hours=25)):
            opened(cast, case)
    if why == "another person":
        reading.opened(cast.other_therapist, case, part=PART)
    assert not keep(cast, case)
    assert not KeptWords.objects.exists()


def test_no_words_are_kept_of_a_case_that_nobody_sent_or_that_is_not_there(cast):
    draft = ReferralFactory(school=cast.school, pupil=cast.pupil)
    opened(cast, draft)
    assert not keep(cast, draft)
    assert not kept_words.keep(uuid4(), PART, by=cast.therapist, words=WORDS)


def test_same_words_are_kept_once_and_empty_ones_never(cast, case):
    opened(cast, case)
    assert keep(cast, case) and keep(cast, case)
    assert KeptWords.objects.count() == 2
    assert not keep(cast, case, [("Strategies", TextKind.SCHOOL, "  ")])


def test_nobody_fills_a_case_with_words(cast, case):
    opened(cast, case)
    for number in range(20):
        keep(cast, case, [("Process note", TextKind.PROCESS, f"The {number}th boat.")])
    assert KeptWords.objects.count() == kept_words.MOST


# --- Who reads


READERS = {
    TextKind.PROCESS: "",
    TextKind.CLINICAL: "supervisor",
    TextKind.SCHOOL: "coordinator supervisor",
    TextKind.REFERRAL: "coordinator supervisor",
}


@pytest.mark.parametrize("kind", READERS)
def test_words_are_read_by_their_kind_and_a_note_by_nobody_yet(cast, case, kind):
    words = kept(case, cast, kind)
    seen = {part for part, person in cast.people().items() if rules.visible_kept_words(person).exists()}
    assert seen == {"coordinator", "supervisor"}
    assert {part for part, person in cast.people().items() if rules.can_read_kept_words(person, words)} == set(
        READERS[kind].split()
    )


def test_author_finds_them_where_the_case_is_theirs_again(cast, case):
    words = kept(case, cast, TextKind.PROCESS)
    Allocation.objects.filter(referral=case).update(practitioner=cast.therapist_practitioner)
    assert rules.can_read_kept_words(cast.therapist, words)
    assert not rules.can_read_kept_words(cast.other_therapist, words)


def test_a_relative_finds_none(cast, case):
    words = kept(case, cast, TextKind.SCHOOL)
    ConflictBlockFactory(user=cast.coordinator, pupil=case.pupil, reason=ConflictBlock.Reason.RELATIVE)
    assert not rules.visible_kept_words(cast.coordinator).exists()
    assert not rules.can_read_kept_words(cast.coordinator, words)


def test_another_services_are_not_there(cast):
    KeptWordsFactory(referral=cast.hidden_referral)
    for part in ("coordinator", "supervisor", "therapist"):
        assert not rules.visible_kept_words(getattr(cast, part)).exists()


# --- Handing on, opening, seeing to


def test_coordinator_hands_on_what_she_may_not_read(cast, case):
    words = kept(case, cast, TextKind.CLINICAL)
    assert not rules.can_read_kept_words(cast.coordinator, words)
    assert not rules.can_read_kept_words(cast.other_therapist, words)
    kept_words.hand_on(words, to=cast.other_therapist, by=cast.coordinator)
    words.refresh_from_db()
    assert rules.can_read_kept_words(cast.other_therapist, words)
    assert not rules.can_read_kept_words(cast.coordinator, words)
    assert OutboxMessage.objects.get(kind="words_handed_on").to == cast.other_therapist


def test_handed_words_close_with_the_case(cast, case):
    words = kept(case, cast, TextKind.CLINICAL)
    kept_words.hand_on(words, to=cast.other_therapist, by=cast.coordinator)
    Allocation.objects.filter(referral=case).update(ends_at=timezone.now())
    scope.renew(cast.other_therapist)
    assert not rules.can_read_kept_words(cast.other_therapist, KeptWords.objects.get())


def test_a_process_note_is_handed_to_nobody(cast, case):
    words = kept(case, cast, TextKind.PROCESS)
    for by in (cast.coordinator, cast.supervisor):
        with pytest.raises(PermissionDenied):
            kept_words.hand_on(words, to=cast.other_therapist, by=by)


@pytest.mark.parametrize("to", ["therapist", "head", "supervisor", "coordinator"])
def test_only_who_works_the_case_gets_them(cast, case, to):
    with pytest.raises(PermissionDenied):
        kept_words.hand_on(kept(case, cast, TextKind.CLINICAL), to=getattr(cast, to), by=cast.coordinator)


@pytest.mark.parametrize("by", ["supervisor", "other_therapist", "therapist", "head", "technical", "outsider"])
def test_only_the_coordinator_hands_on(cast, case, by):
    with pytest.raises(PermissionDenied):
        kept_words.hand_on(kept(case, cast, TextKind.SCHOOL), to=cast.other_therapist, by=getattr(cast, by))


def test_supervisor_opens_a_note_for_the_day_with_a_reason_that_its_author_is_told(cast, case):
    words = kept(case, cast, TextKind.PROCESS)
    with pytest.raises(ValidationError, match="why"):
        kept_words.open_with_reason(words, by=cast.supervisor, reason=" ")
    kept_words.open_with_reason(words, by=cast.supervisor, reason="The family rings.")
    assert rules.can_read_kept_words(cast.supervisor, words)
    assert OutboxMessage.objects.get(kind="note_opened").to == cast.therapist
    with time_machine.travel(datetime.now(UTC) + timedelta(days=1, hours=1)):
        assert not rules.can_read_kept_words(cast.supervisor, words)


@pytest.mark.parametrize("who", ["coordinator", "other_therapist", "therapist", "head", "technical", "outsider"])
def test_nobody_else_opens_a_note(cast, case, who):
    with pytest.raises(PermissionDenied):
        kept_words.open_with_reason(kept(case, cast, TextKind.PROCESS), by=getattr(cast, who), reason="Curious.")


def test_what_is_seen_to_waits_for_nobody_and_stays(cast, case):
    words = kept(case, cast, TextKind.SCHOOL)
    with pytest.raises(PermissionDenied):
        kept_words.see_to(words, by=cast.other_therapist)
    kept_words.see_to(words, by=cast.coordinator)
    with pytest.raises(ValidationError, match="already"):
        kept_words.hand_on(words, to=cast.other_therapist, by=cast.coordinator)
    assert Referral.objects.get(pk=case.pk).kept_words.get().text
