"""The lifecycle: whatever steps are tried in whatever order, a referral never stands where it must not."""

from random import Random
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from casework.access import rules
from casework.actions import agreements, referrals, reviews
from casework.actions.endorsements import endorse_for_school, endorse_for_therapist
from casework.actions.refusals import StaleVersion, StepRefused
from casework.audit.request import answering
from casework.lifecycle import FINISHED, HOLDABLE, WHOSE_MOVE, WORKED, Status
from casework.models import Referral, WhoDecides
from tests.cast import build
from tests.factories import ReferralFactory, take_back

REFUSALS = (PermissionDenied, StaleVersion, StepRefused, ValidationError)
NO_WAY_OUT = FINISHED - {Status.CLOSED}
PEOPLE = ["coordinator", "head", "sendco", "therapist", "other_therapist", "outsider", "steering"]


class Life(RuleBasedStateMachine):
    """A referral to which everybody does anything; only its own rules keep it whole."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.cast = build()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @initialize(status=st.sampled_from(sorted(set(Status) - NO_WAY_OUT)), decides=st.sampled_from(WhoDecides))
    def begin(self, status: str, decides: WhoDecides) -> None:
        self.cast.cluster.decides = decides
        self.cast.cluster.save()
        referral = ReferralFactory(
            status=Status(status),
            school=self.cast.school,
            pupil=self.cast.pupil,
            referred_by=self.cast.sendco,
            practitioner=self.cast.therapist_practitioner,
        )
        self.pk, self.before, self.held_from = referral.pk, referral.status, referral.resumes_to

    @property
    def referral(self) -> Referral:
        return Referral.objects.get(pk=self.pk)

    def attempt(self, act: Any) -> None:
        """Do it or be refused; a refusal leaves the row as it was."""
        referral = self.referral
        self.before = referral.status
        try:
            with transaction.atomic():
                act(referral)
        except REFUSALS:
            assert self.referral.version == referral.version
            assert self.referral.status == referral.status

    @rule(choice=st.randoms(use_true_random=False))
    def something_happens(self, choice: Random) -> None:
        """One rule, for Hypothesis leaves some of several out of a whole life; legal steps most often, to get far."""
        happens = [self.legal_step] * 6 + [self.any_step] * 2
        happens += [self.stale_form, self.family_agrees, self.family_withdraws, self.a_yes, self.review]
        choice.choice(happens)(choice)

    def legal_step(self, choice: Random) -> None:
        referral = self.referral
        with answering(None):  # each person's scope is asked for once
            ways = [
                (step, by)
                for step in sorted(referrals.STEPS)
                if getattr(referral, step)._django_fsm.has_transition(referral.status)
                for by in PEOPLE
                if rules.can_step(getattr(self.cast, by), referral, step)
            ]
        # Whatever ends a life early is tried less often.
        ways = [way for way in ways if way[0] not in {"withdraw", "decline", "signpost", "close"}] * 6 + ways
        if ways:
            self.step(*choice.choice(ways), says_why=True)

    def any_step(self, choice: Random) -> None:
        self.step(choice.choice(sorted(referrals.STEPS)), choice.choice(PEOPLE), says_why=choice.random() < 0.5)

    def step(self, step: str, by: str, says_why: bool) -> None:
        more: dict[str, Any] = {"note": "Because."} if says_why else {}
        if step == "allocate":
            more["practitioner"] = self.cast.therapist_practitioner
        if step == "close":
            more["reason"] = self.cast.items["Planned ending"]
        if self.referral.status != Status.ON_HOLD:
            self.held_from = self.referral.status
        take, person = referrals.STEPS[step], getattr(self.cast, by)
        self.attempt(lambda referral: take(referral, by=person, version=referral.version, **more))

    def stale_form(self, choice: Random) -> None:
        wrong = choice.choice([-1, 1])
        self.attempt(
            lambda referral: referrals.withdraw(
                referral, by=self.cast.sendco, version=referral.version + wrong, note="Because."
            )
        )
        assert self.referral.status == self.before

    def family_agrees(self, _: Random) -> None:
        carer, today = self.cast.carer, timezone.localdate()
        self.attempt(
            lambda referral: agreements.agree(
                referral, by=self.cast.sendco, carer=carer, method="spoken", agreed_on=today
            )
        )

    def family_withdraws(self, _: Random) -> None:
        self.before = self.referral.status
        take_back(self.referral)

    def a_yes(self, choice: Random) -> None:
        endorse, person = choice.choice(
            [(endorse_for_school, self.cast.head), (endorse_for_therapist, self.cast.therapist)]
        )
        self.attempt(lambda referral: endorse(referral, by=person, version=referral.version))

    def review(self, _: Random) -> None:
        by, today = self.cast.therapist, timezone.localdate()
        self.attempt(lambda referral: reviews.record(referral, by=by, held_on=today, outcome="Calmer."))

    @invariant()
    def stands_where_it_may(self) -> None:
        if not hasattr(self, "pk"):
            return
        referral = self.referral
        assert referral.status in Status.values
        assert referral.next_mover
        # No step leads out of declined, signposted or withdrawn.
        assert self.before not in NO_WAY_OUT or referral.status == self.before
        # On hold remembers where it was, and only there anything is remembered; it goes on there, or is withdrawn.
        assert (referral.status == Status.ON_HOLD) == (referral.resumes_to != "")
        if referral.status == Status.ON_HOLD:
            assert referral.resumes_to in HOLDABLE
            assert referral.resumes_to == self.held_from
        if self.before == Status.ON_HOLD:
            assert referral.status in {Status.ON_HOLD, Status.WITHDRAWN, self.held_from}
        # Closed says when and why, and nobody works it; neither does anybody work what was never allocated.
        assert (referral.status == Status.CLOSED) == (referral.closed_at is not None)
        assert (referral.status == Status.CLOSED) == (referral.closure_reason_id is not None)
        holds = referral.status in WORKED or referral.resumes_to in WORKED
        assert holds == (referral.open_allocation() is not None)
        # The history is whole: each step begins where the one before it led.
        steps = list(referral.changes.order_by("at", "pk").values_list("from_status", "to_status"))
        assert [before for before, _ in steps[1:]] == [after for _, after in steps[:-1]]
        assert steps[-1:] == [] or steps[-1][1] == referral.status


def test_lifecycle_whatever_is_tried(db):
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )


def test_whose_move_is_said_of_every_status():
    assert set(WHOSE_MOVE) == set(Status)


@pytest.mark.parametrize("status", ["lost", ""])
def test_an_unknown_status_is_refused_by_the_database(status, cast):
    referral = ReferralFactory(school=cast.school, pupil=cast.pupil)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE casework_referral SET status = %s WHERE id = %s", [status, referral.pk])


def test_status_cannot_be_set_by_hand(cast):
    referral = ReferralFactory(school=cast.school, pupil=cast.pupil)

    with pytest.raises(AttributeError):
        referral.status = Status.CLOSED


def test_docs_lifecycle_is_what_the_lifecycle_says():
    call_command("lifecycle_doc", "--check")


def test_docs_lifecycle_that_is_old_is_named(tmp_path):
    page = tmp_path / "lifecycle.md"
    with pytest.raises(CommandError, match="run `python manage"):
        call_command("lifecycle_doc", "--check", page=page)

    call_command("lifecycle_doc", page=page)

    call_command("lifecycle_doc", "--check", page=page)
    assert all(status.label in page.read_text() for status in Status)
    page.write_text(page.read_text().replace("Allocated", "Given"))
    with pytest.raises(CommandError):
        call_command("lifecycle_doc", "--check", page=page)
