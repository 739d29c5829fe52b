"""What is to be sent: rows written in the transaction of what caused them, sent by the worker, each once.

A mail says that something waits and gives at most a reference; nobody's name and no text is ever in it. A message
marked `at_least_once` may arrive twice under one Message-ID; any other is sent at most once, and one whose fate
nobody knows is shown as such.
"""

import logging
import smtplib
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from .models import OutboxMessage

logger = logging.getLogger(__name__)

State = OutboxMessage.State
MOST_ATTEMPTS = 8
STUCK = timedelta(minutes=10)

SUBJECTS = {
    "referral_sent": "A referral waits for you",
    "referral_returned": "A referral came back with a question",
    "referral_decided": "A referral was decided",
    "case_allocated": "A case was given to you",
    "case_closed": "A case was closed",
    "allocation_made": "A case was allocated: you may object within two working days",
    "allocation_undone": "An allocation was taken back",
    "allocation_objected": "The clinical supervisor objects to an allocation",
    "case_handed_over": "A case goes to another therapist",
    "hours_plan_proposed": "A plan for your school's hours waits for your yes",
    "agreement_answered": "A family has answered",
    "agreement_withdrawn": "A family has taken its agreement back",
    "words_handed_on": "Words were handed on to you",
    "colleague_away": "A colleague is away",
    "note_opened": "A note of yours was opened",
    "concern_raised": "A concern waits for you",
    "concern_late": "A concern is not acknowledged",
    "concern_acknowledged": "Your concern was acknowledged",
    "concern_answered": "What was done about your concern",
    "website_message": "Somebody has written to you through the website",
    "digest": "What waits for you this week",
    "help_page_down": "The page “Get help now” was taken off the website",
    "help_page_waits": "Taking “Get help now” off the website waits for your yes",
    "help_page_kept": "“Get help now” stays on the website: somebody said no",
    "role_given": "You have a new role",
    "role_ended": "A role of yours has ended",
    "role_waits": "A role waits for your yes",
    "role_not_agreed": "A role that you wanted to give was not agreed to",
    "service_agreement_proposed": "An agreement for your school is proposed",
    "service_agreement_signed": "An agreement for your school was signed",
    "hours_requested": "A school asks for more hours",
    "hours_answered": "Your request for hours was answered",
    "loan_asked": "Your school is asked to lend hours",
    "loan_answered": "A school has answered whether it lends hours",
    "record_changed": "Your record was changed",
    "meeting_asked": "You are asked to come to supervision or training",
    "meeting_moved": "A supervision or training has moved",
    "meeting_cancelled": "A supervision or training does not take place, or not with you",
    "role_changed": "A role was given or ended in your service",
    "pack_sent": "A school where you work has sent its safeguarding pack",
    "letter_issued": "A letter of assurance for your school was issued",
    "letter_reissued": "A letter of assurance for your school was issued anew",
    "letter_withdrawn": "A letter of assurance for your school no longer holds",
}

WAITING_ONE_AND_MORE = {
    "reading": ("document to read", "documents to read"),
    "packs": ("school whose safeguarding pack is due", "schools whose safeguarding packs are due"),
    "evidence": ("paper of yours that is missing or ends soon", "papers of yours that are missing or end soon"),
    "team": ("colleague whose papers need looking after", "colleagues whose papers need looking after"),
    "agreements": ("family’s agreement to look at", "families’ agreements to look at"),
    "notes": ("note to write", "notes to write"),
    "supervision": ("supervision or training this week", "supervisions or trainings this week"),
}
"""What a digest counts, in the order in which it says so."""


def put(
    kind: str, *, to: Any, reference: str = "", service: int | None = None, at_least_once: bool = False
) -> OutboxMessage:
    """Leave a message for one person, in the transaction of what caused it: about a case by its reference, or about a
    role in a service. KeyError for an unknown kind."""
    SUBJECTS[kind]
    return OutboxMessage.objects.create(
        kind=kind, to=to, reference=reference, service_id=service, at_least_once=at_least_once
    )


def send_due(limit: int = 50) -> int:
    """Send what is due; how many went out. Safe with several workers."""
    _settle_stuck()
    sent = 0
    for message in OutboxMessage.objects.filter(state=State.WAITING, due_at__lte=timezone.now())[:limit]:
        if _claim(message):
            sent += _send(message)
    return sent


def _claim(message: OutboxMessage) -> bool:
    """Take a message before another worker does."""
    return bool(
        OutboxMessage.objects.filter(pk=message.pk, state=State.WAITING).update(
            state=State.SENDING, attempts=message.attempts + 1, due_at=timezone.now()
        )
    )


def _send(message: OutboxMessage) -> bool:
    """Send a claimed message. A refusal before anything is handed over is tried again; a broken conversation is not."""
    mail = _mail(message)
    server = mail.connection = get_connection()
    try:
        server.open()
    except OSError as error:
        _refused(message, error)
        return False
    try:
        mail.send()
    except (smtplib.SMTPServerDisconnected, TimeoutError):
        _after(message, State.WAITING if message.at_least_once else State.UNKNOWN)
    except OSError as error:
        _refused(message, error)
    else:
        OutboxMessage.objects.filter(pk=message.pk).update(state=State.SENT, sent_at=timezone.now())
        return True
    finally:
        with suppress(OSError):  # it took the message or it did not: a broken farewell changes neither
            server.close()
    return False


def _refused(message: OutboxMessage, error: OSError) -> None:
    """The server did not take it: once more, later; given up in the end where that is allowed."""
    logger.warning("message %s was not sent: %s", message.pk, type(error).__name__)
    again = message.attempts + 1 < MOST_ATTEMPTS or message.at_least_once
    _after(message, State.WAITING if again else State.FAILED)


def _after(message: OutboxMessage, state: OutboxMessage.State) -> None:
    """Set a message aside, later each time."""
    wait = timedelta(minutes=min(2**message.attempts, 60))
    OutboxMessage.objects.filter(pk=message.pk).update(state=state, due_at=timezone.now() + wait)


def _settle_stuck() -> None:
    """Messages that a worker took and never finished: sent again where that is allowed, else shown as unknown."""
    stuck = OutboxMessage.objects.filter(state=State.SENDING, due_at__lt=timezone.now() - STUCK)
    with transaction.atomic():
        stuck.filter(at_least_once=True).update(state=State.WAITING)
        stuck.filter(at_least_once=False).update(state=State.UNKNOWN)


def _mail(message: OutboxMessage) -> EmailMessage:
    subject = SUBJECTS[message.kind]
    body = (
        f"{subject}{f' ({message.reference})' if message.reference else ''}.\n\n"
        f"{_waiting(message)}"
        f"Sign in to read it: {settings.WAGTAILADMIN_BASE_URL}\n\n"
        "This message holds no details, to keep families safe. Please do not answer it.\n"
    )
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")
    return EmailMessage(subject, body, to=[message.to.email], headers={"Message-ID": f"<{message.uuid}@{domain}>"})


def _waiting(message: OutboxMessage) -> str:
    """How many things of which sort wait, a line for each; nothing for what is no digest."""
    digest = getattr(message, "digest", None)
    counts = digest.counts if digest else {}
    words = {sort: counts[sort] for sort in WAITING_ONE_AND_MORE if counts.get(sort)}
    lines = [f"- {number} {WAITING_ONE_AND_MORE[sort][number > 1]}" for sort, number in words.items()]
    return "\n".join([*lines, "", ""]) if lines else ""
