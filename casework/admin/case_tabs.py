"""The tabs of the case file: who is offered which, and what each shows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Prefetch, prefetch_related_objects

from ..access import rules
from ..access.readers import readers_of
from ..lifecycle import FINISHED, WAITING, WORKED, Status
from ..models import (
    Assessment,
    AssessmentAddition,
    AssessmentPart,
    AssessmentRecipient,
    AuditEvent,
    ProcessNote,
    Review,
    Session,
)
from ..sealed import TextKind
from . import attendance
from .agreement_rows import agreement_rows
from .case_content import Case
from .referral_texts import texts_of
from .who_reads import OUTCOME, who_reads

EVENTS_SHOWN = 100
SUPERVISED = {*WORKED, Status.ON_HOLD, Status.CLOSED}
MAY_AGREE = {*Status} - FINISHED | {Status.CLOSED}


@dataclass(frozen=True)
class Tab:
    """One tab: its key in the address, its title, who is offered it, and what its template is given."""

    key: str
    title: str
    offered: Callable[[Case], bool]
    content: Callable[[Case], dict[str, Any]]

    @property
    def template(self) -> str:
        return f"casework/case/tab_{self.key}.html"


def _overview(case: Case) -> dict[str, Any]:
    return {"timeline": case.timeline, "allocation": case.allocation, "hand_overs": case.hand_overs}


def _referral(case: Case) -> dict[str, Any]:
    user, referral = case.user, case.referral
    return {
        "texts": [text for text in texts_of(referral) if text.words],
        "reasons": referral.ticked["reasons"],
        "agreement": case.agreement,
        "sendings": case.sendings,
        "looks": case.looks,
        "puts_down": case.acts and referral.status in WAITING and rules.can_record_sending(user, referral),
        "looks_again": case.acts and referral.status == Status.ACCEPTED and rules.can_set_look_again(user, referral),
    }


def _agreements(case: Case) -> dict[str, Any]:
    return {
        "rows": agreement_rows(case),
        "links": case.links,
        "records": case.acts
        and rules.can_record_agreement(case.user, case.referral)
        and case.referral.status in MAY_AGREE,
        "readers": who_reads(TextKind.REFERRAL, case.referral),
        "clinical_readers": who_reads(TextKind.CLINICAL, case.referral),
    }


def _family(case: Case) -> dict[str, Any]:
    return {
        "carers": case.carers,
        "family": case.family,
        "professionals": case.professionals,
        "siblings": case.siblings,
        "changes": case.family is not None and rules.can_change_family(case.user, case.family),
        "readers": who_reads(TextKind.CONTACT, case.referral),
    }


def _sessions(case: Case) -> dict[str, Any]:
    return {
        "picture": attendance.picture(case.sessions) if case.sessions else "",
        "work": case.work,
        "reads_work": case.outcomes,
        "rows": [session_row(case, session) for session in case.sessions],
        "reads_strategies": TextKind.SCHOOL in case.kinds,
        "readers": who_reads(TextKind.SCHOOL, case.referral),
    }


def session_row(case: Case, session: Session) -> dict[str, Any]:
    """One session: strategies for those who read them, the link to its note for its author and the supervisor."""
    session.referral = case.referral
    note = case.notes.get(session.pk)
    return {
        "session": session,
        "strategies": session.strategies if TextKind.SCHOOL in case.kinds else "",
        "note": note if note and may_ask_for(case.user, note, session) else None,
        "changes": rules.can_change_session(case.user, session),
        "writes": case.acts and session.note_later and rules.can_write_note(case.user, session),
    }


def may_ask_for(user: Any, note: ProcessNote, session: Session) -> bool:
    """Whether the page of the note opens for this person, with a reason or without."""
    note.session = session
    return rules.can_open_process_note(user, note) or rules.can_read_process_note(user, note)


def _assessment(case: Case) -> dict[str, Any]:
    rows = [assessment_row(case, assessment) for assessment in with_contents(case.assessments)]
    writes = rules.can_write_assessment(case.user, case.referral)
    return {
        "rows": rows,
        "writes": writes,
        "begins": writes and all(row["assessment"].finished_at for row in rows),
        "readers": who_reads(TextKind.CLINICAL, case.referral),
    }


def with_contents(assessments: list[Assessment]) -> list[Assessment]:
    """Assessments with all that stands in them, in as many queries for ten as for one."""
    prefetch_related_objects(
        assessments,
        Prefetch("parts", AssessmentPart.objects.select_related("data_key")),
        Prefetch("additions", AssessmentAddition.objects.select_related("data_key", "written_by")),
        Prefetch("recipients", AssessmentRecipient.objects.select_related("data_key", "recorded_by")),
    )
    return assessments


def assessment_row(case: Case, assessment: Assessment) -> dict[str, Any]:
    """One assessment: the headings with something under them, what was added, who received it."""
    assessment.referral = case.referral
    return {
        "assessment": assessment,
        "parts": [part for part in assessment.parts.all() if part.text],
        "additions": assessment.additions.all(),
        "recipients": assessment.recipients.all(),
        "changes": rules.can_change_assessment(case.user, assessment),
    }


def _ending(case: Case) -> dict[str, Any]:
    return {
        "reviews": [review_row(case, review) for review in case.reviews],
        "ending": case.referral.ending_summary if case.outcomes else "",
        "outcome_readers": OUTCOME,
        "direction_readers": who_reads(TextKind.CLINICAL, case.referral),
        "school_readers": who_reads(TextKind.SCHOOL, case.referral),
    }


def review_row(case: Case, review: Review) -> dict[str, Any]:
    """One review, as far as this person reads it."""
    return {
        "review": review,
        "outcome": review.outcome if case.outcomes else "",
        "direction": review.direction_in_words if TextKind.CLINICAL in case.kinds else "",
        "for_school": review.for_school if TextKind.SCHOOL in case.kinds else "",
    }


def _supervision(case: Case) -> dict[str, Any]:
    items = rules.visible_supervision_items(case.user).filter(referral=case.referral, meeting__cancelled_at=None)
    related = items.select_related("meeting", "data_key").order_by("-meeting__starts_at", "-pk")
    return {
        "rows": [
            {"item": item, "prepares": case.acts and item.brought is None and not item.meeting.has_begun}
            for item in related
        ],
        "readers": who_reads(TextKind.CLINICAL, case.referral),
    }


def _is_supervised(case: Case) -> bool:
    """Whether this person reads what is said of it in supervision, once it is worked."""
    begun = case.referral.status in SUPERVISED or bool(case.sessions)
    return TextKind.CLINICAL in case.kinds and begun


def _readers(case: Case) -> dict[str, Any]:
    return {"people": readers_of(case.referral)}


def _events(case: Case) -> dict[str, Any]:
    events = rules.visible_events(case.user).filter(referral=case.referral).select_related("actor")[:EVENTS_SHOWN]
    return {"events": [(event, what_happened(event)) for event in events], "most": EVENTS_SHOWN}


def what_happened(event: AuditEvent) -> str:
    """An event in words: what was done, to which kind of record, and to which part of it."""
    record = apps.get_model(event.subject_type)._meta.verbose_name
    part = event.detail.get("part", "")
    return f"{event.verb} {record}{f': {part}' if part else ''}".capitalize()


TABS = (
    Tab("overview", "Overview", lambda case: True, _overview),
    Tab("referral", "Referral", lambda case: TextKind.REFERRAL in case.kinds, _referral),
    Tab("agreements", "Agreements", lambda case: TextKind.REFERRAL in case.kinds, _agreements),
    Tab("family", "Family", lambda case: TextKind.CONTACT in case.kinds, _family),
    Tab(
        "assessment",
        "Assessment",
        lambda case: TextKind.CLINICAL in case.kinds and (case.works or bool(case.assessments)),
        _assessment,
    ),
    Tab("sessions", "Sessions", lambda case: bool(case.sessions or case.works or case.work), _sessions),
    Tab("ending", "Review and ending", lambda case: case.reads_progress and case.has_progress, _ending),
    Tab("supervision", "Supervision", _is_supervised, _supervision),
    Tab("readers", "Who can see this", lambda case: True, _readers),
    Tab("opened", "Who has opened this", lambda case: rules.can_view_events(case.user, case.referral), _events),
)
