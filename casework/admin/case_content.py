"""What a case file is made of, fetched once for one person: a fixed number of queries, however long the case."""

from functools import cached_property
from typing import Any

from ..access import rules
from ..lifecycle import Status
from ..models import (
    Allocation,
    Carer,
    Endorsement,
    FamilyAgreement,
    ListItem,
    ProcessNote,
    Referral,
    Review,
    Session,
    StatusChange,
    in_force,
)
from ..sealed import TextKind
from .endorsing import standing_yeses
from .moves import Move, moves_of
from .timeline import SHOWN, Entry, entries


class Case:
    """A case as one person sees it."""

    def __init__(self, user: Any, referral: Referral) -> None:
        self.user = user
        self.referral = referral

    @cached_property
    def kinds(self) -> frozenset[TextKind]:
        return rules.readable_kinds(self.user, self.referral)

    @cached_property
    def outcomes(self) -> bool:
        """Whether this person reads review outcomes and the ending summary."""
        return rules.can_read_outcomes(self.user, self.referral)

    @cached_property
    def works(self) -> bool:
        return rules.can_record_session(self.user, self.referral)

    @cached_property
    def moves(self) -> list[Move]:
        return moves_of(self.user, self.referral)

    @cached_property
    def sessions(self) -> list[Session]:
        sessions = rules.visible_sessions(self.user).filter(referral=self.referral)
        related = sessions.select_related("attendance", "practitioner", "data_key", "process_note")
        return list(related.defer("process_note__text"))

    @cached_property
    def notes(self) -> dict[int, ProcessNote]:
        """Process notes by session, without their text."""
        notes = (getattr(session, "process_note", None) for session in self.sessions)
        return {note.session_id: note for note in notes if note}

    @cached_property
    def reasons(self) -> list[ListItem]:
        return list(self.referral.reasons.all())

    @cached_property
    def carers(self) -> list[Carer]:
        carers = rules.visible_carers(self.user, self.referral.pupil.family_id)
        return list(carers.select_related("data_key"))

    @cached_property
    def changes(self) -> list[StatusChange]:
        return list(self.referral.changes.select_related("by", "data_key"))

    @cached_property
    def reviews(self) -> list[Review]:
        return list(self.referral.reviews.select_related("recorded_by", "data_key"))

    @cached_property
    def allocation(self) -> Allocation | None:
        return self.referral.allocations.filter(in_force()).select_related("practitioner__discipline").first()

    @cached_property
    def agreement(self) -> FamilyAgreement | None:
        return self.referral.agreements.standing().select_related("carer").last()

    @cached_property
    def timeline(self) -> list[Entry]:
        notes = TextKind.REFERRAL in self.kinds
        return entries(self.changes, self.sessions, self.reviews, notes=notes)[:SHOWN]

    @cached_property
    def yeses(self) -> list[Endorsement]:
        """Who has said yes so far, where school and therapist decide."""
        if self.referral.status != Status.SUBMITTED:
            return []
        return list(standing_yeses().filter(referral=self.referral))

    @property
    def reads_progress(self) -> bool:
        """Whether this person reads anything of reviews and the ending."""
        return self.outcomes or TextKind.SCHOOL in self.kinds

    @property
    def has_progress(self) -> bool:
        return bool(self.reviews or self.referral.closed_at or self.works)
