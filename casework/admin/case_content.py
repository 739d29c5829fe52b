"""What a case file is made of, fetched once for one person: a fixed number of queries, however long the case."""

from functools import cached_property
from typing import Any

from django.db.models import F, Prefetch, prefetch_related_objects

from ..access import rules
from ..lifecycle import WORKED, Status
from ..models import (
    AgreementLink,
    Allocation,
    Assessment,
    Carer,
    Endorsement,
    Family,
    FamilyAgreement,
    HandOver,
    LookAgain,
    ProcessNote,
    Professional,
    Pupil,
    Purpose,
    Referral,
    Review,
    SentMeanwhile,
    Session,
    StatusChange,
    Work,
    WorkKind,
    in_force,
)
from ..reports.clocks import Clock, clocks_of
from ..reports.progress import Progress, progress_of, was_read
from ..sealed import TextKind
from .endorsing import standing_yeses
from .moves import Move, moves_of
from .timeline import SHOWN, Entry, entries

OF_AGREEMENT = ("carer__data_key", "data_key", "decided_by")
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
        # What waits for an agreement asks for them often: they are fetched once.
        prefetch_related_objects(
            [referral], Prefetch("agreements", FamilyAgreement.objects.select_related(*OF_AGREEMENT))
        )

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
    def work(self) -> list[Work]:
        """What was done for it besides its sessions."""
        done = rules.visible_case_work(self.user).filter(referral=self.referral)
        return list(done.select_related("kind", "practitioner"))

    @cached_property
    def parents_come_first(self) -> bool:
        """Whether a meeting with the parents was asked for with the allocation, and none is recorded yet."""
        asked = self.allocation is not None and self.allocation.parents_first and self.referral.status in WORKED
        return asked and not self.referral.other_work.filter(kind__work_kind=WorkKind.PARENTS).exists()

    @cached_property
    def carers(self) -> list[Carer]:
        carers = rules.visible_carers(self.user, self.referral.pupil.family_id)
        return list(carers.select_related("data_key", "family__data_key", "evidence_seen_by"))

    @cached_property
    def family(self) -> Family | None:
        """The family, where this person reads its contact details."""
        if self.carers:
            return self.carers[0].family
        return rules.visible_families(self.user, self.referral.pupil.family_id).select_related("data_key").first()

    @cached_property
    def professionals(self) -> list[Professional]:
        """Who else works with the family: the lead practitioner first, who no longer does last."""
        seen = rules.visible_professionals(self.user, self.referral.pupil.family_id)
        return list(seen.select_related("data_key").order_by(F("ended_on").desc(nulls_first=True), "-is_lead", "pk"))

    @cached_property
    def siblings(self) -> list[Pupil]:
        """Brothers and sisters whom this person may see."""
        seen = rules.visible_pupils(self.user).filter(family_id=self.referral.pupil.family_id)
        return list(seen.exclude(pk=self.referral.pupil_id))

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
    def hand_overs(self) -> list[HandOver]:
        """What earlier therapists handed on in words, as far as this person may read it; newest first."""
        if TextKind.CLINICAL not in self.kinds:
            return []
        seen = rules.visible_hand_overs(self.user).filter(referral=self.referral)
        return list(seen.select_related("data_key", "giver", "taker"))

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
    def agreements(self) -> list[FamilyAgreement]:
        """What the family agreed to, the newest first."""
        seen = rules.visible_agreements(self.user).filter(referral=self.referral)
        return list(seen.select_related(*OF_AGREEMENT).order_by("-agreed_on", "-pk"))

    @property
    def taken_back(self) -> bool:
        """Whether the family took its agreement to the work back, for those who read the referral."""
        return TextKind.REFERRAL in self.kinds and self.referral.family_withdrew

    @cached_property
    def links(self) -> list[AgreementLink]:
        """What the family was asked by a link: what works or waits, and nothing that is over."""
        seen = rules.visible_agreement_links(self.user).filter(referral=self.referral)
        return [link for link in seen.select_related("carer") if link.is_open or link.waits]

    @property
    def agreement(self) -> FamilyAgreement | None:
        """The newest agreement to the work that stands."""
        return next(iter(reversed(self.referral.standing_agreements(Purpose.WORK))), None)

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

    @cached_property
    def progress(self) -> Progress | None:
        """How far it is, for who refers at its school."""
        referral = self.referral
        if not rules.can_refer_for_school(self.user, referral.school):
            return None
        is_sent = referral.status == Status.SUBMITTED
        is_read = is_sent and Referral.objects.filter(was_read(), pk=referral.pk).exists()
        return progress_of(Status(referral.status), referral.resumes_to, is_read=is_read)

    @property
    def clocks(self) -> list[Clock]:
        """How long it took so far, by the sessions that this person sees."""
        decided = self.referral.decided_at
        seen = sorted(
            one.starts_at for one in self.sessions if one.attendance.seen and decided and one.starts_at >= decided
        )
        return clocks_of(self.referral, *(seen[0], seen[-1]) if seen else (None, None))

    @property
    def reads_progress(self) -> bool:
        """Whether this person reads anything of reviews and the ending."""
        return self.outcomes or TextKind.SCHOOL in self.kinds

    @property
    def has_progress(self) -> bool:
        return bool(self.works or self.referral.closed_at or self.reviews)
