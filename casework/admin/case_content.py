"""What a case file is made of, fetched once for one person: a fixed number of queries, however long the case."""

from functools import cached_property
from typing import Any

from ..access import rules
from ..lifecycle import Status
from ..models import (
    Allocation,
    Assessment,
    Carer,
    Endorsement,
    FamilyAgreement,
    ListItem,
    LookAgain,
    ProcessNote,
    Referral,
    Review,
    SentMeanwhile,
    Session,
    StatusChange,
    in_force,
)
from ..sealed import TextKind
from .endorsing import standing_yeses
from .moves import Move, moves_of
from .timeline import SHOWN, Entry, entries

ANSWERS = {
    Status.RETURNED: "The question to the school",
    Status.DECLINED: "The advice",
    Status.SIGNPOSTED: "Which service helps, and how to reach it",
    Status.WITHDRAWN: "Why it was withdrawn",
    Status.ON_HOLD: "Why it is on hold, and until when",
}


class Case:
    """A case as one person sees it."""

    acts = True
    """Whether who looks at it may also do something here."""

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
    def answer(self) -> tuple[str, str] | None:
        """What was said with the step that brought it where it stands, where the school is to read and act on it."""
        title = ANSWERS.get(Status(self.referral.status))
        if title is None or TextKind.REFERRAL not in self.kinds or not self.changes:
            return None
        last = self.changes[-1]
        return (title, last.note) if last.to_status == self.referral.status and last.note else None

    @cached_property
    def reviews(self) -> list[Review]:
        return list(self.referral.reviews.select_related("recorded_by", "data_key"))

    @cached_property
    def assessments(self) -> list[Assessment]:
        """Assessments as far as this person may read them, without what stands in them."""
        assessments = rules.visible_assessments(self.user).filter(referral=self.referral)
        return list(assessments.select_related("data_key", "written_by"))

    @cached_property
    def looks(self) -> list[LookAgain]:
        """The days to look again that were set while it waited; newest first."""
        return list(self.referral.looks.select_related("by", "data_key"))

    @cached_property
    def sendings(self) -> list[SentMeanwhile]:
        """What the family was sent while it waited; newest first."""
        return list(self.referral.sendings.select_related("recorded_by", "data_key"))

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
