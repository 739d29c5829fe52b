"""Words of a form that was refused because the case had closed meanwhile: kept, handed on, read, and seen to."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit, outbox
from ..access import reading, rules
from ..models import KeptWords, KeptWordsOpening, Referral
from ..sealed import TextKind
from .notes import end_of_today
from .saving import locked

MOST = 12
"""Texts that one person can leave with one case: two forms of the longest kind, and no store."""


@transaction.atomic
def keep(subject: UUID, part: str, *, by: Any, words: list[tuple[str, TextKind, str]]) -> bool:
    """Keep the words of a form that this person had opened lately, for the case that it was about; whether any were.

    `words` are labels, kinds and texts. The same words, sent twice, are kept once.
    """
    case = reading.open_lately(by, subject, part)
    if case is None or case.submitted_at is None:
        return False
    referral = Referral.objects.select_for_update(of=("self",)).select_related("data_key").get(pk=case.pk)
    there = list(KeptWords.objects.filter(referral=referral, author=by, seen_to_at=None).select_related("data_key"))
    known = {(one.label, one.text) for one in there}
    new = [one for one in words if one[2].strip() and (one[0], one[2]) not in known][: max(0, MOST - len(there))]
    for label, kind, text in new:
        row = KeptWords(referral=referral, data_key=referral.data_key, author=by, kind=kind, label=label)
        row.text = text
        row.save()
        audit.record("kept words", row, by=by, kind=str(kind))
    return bool(new) or any((label, text) in known for label, _, text in words)


@transaction.atomic
def hand_on(kept: KeptWords, *, to: Any, by: Any) -> None:
    """Give them to who works the case now, who reads them from then on."""
    current = _lock(kept)
    if not rules.can_hand_on_kept_words(by, current, to):
        raise PermissionDenied
    current.handed_to = to
    current.version += 1
    current.save()
    audit.record("handed on", current, by=by)
    outbox.put("words_handed_on", to=to, reference=current.referral.reference)


@transaction.atomic
def open_with_reason(kept: KeptWords, *, by: Any, reason: str) -> KeptWordsOpening:
    """Open the words of a process note until this day ends in London; their author is told, as of any note."""
    current = _lock(kept)
    if not rules.can_open_kept_words(by, current):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": "Say why."})
    opening = KeptWordsOpening(kept=current, opened_by=by, data_key=current.data_key, ends_at=end_of_today())
    opening.reason = reason.strip()
    opening.save()
    audit.record("opened with a reason", current, by=by)
    outbox.put("note_opened", to=current.author, reference=current.referral.reference)
    return opening


@transaction.atomic
def see_to(kept: KeptWords, *, by: Any) -> None:
    """Nothing is left to do with them: they wait for nobody any more. They stay with the case."""
    current = _lock(kept)
    if not rules.can_see_to_kept_words(by, current):
        raise PermissionDenied
    current.seen_to_at = timezone.now()
    current.version += 1
    current.save()
    audit.record("saw to", current, by=by)


def _lock(kept: KeptWords) -> KeptWords:
    current = locked(kept, "data_key", "referral__school", "author")
    if current.seen_to_at is not None:
        raise ValidationError("These words are seen to already.")
    return current
