"""What of the library is to be read by whom, and what the coordinator has to look after there."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from ..access import must_read, rules, versions
from ..access.must_read import Owed, Reader
from ..models import DocumentAudience, Practitioner, Reading


def owed(practitioners: Iterable[Practitioner], day: date) -> dict[int, list[Owed]]:
    """What each of them must read and has not, by practitioner, with an empty list for who owes nothing.

    Three questions, however many they are. Whose it may show, the caller asks the rule.
    """
    team = list(practitioners)
    found = must_read.owed_by(must_read.posts_in_team(team, day), day)
    posts = {one.pk: Reader(one.user_id, None if one.user_id else one.pk, one.service_id) for one in team}
    return {number: found.get(reader, []) for number, reader in posts.items()}


def mine(user: Any) -> list[Owed]:
    """What one person owes, what is due first, first."""
    return sorted(must_read.mine(user, timezone.localdate()).values(), key=lambda one: (one.due, one.title))


def asking(user: Any) -> QuerySet[DocumentAudience]:
    """The documents that this person must read and has not."""
    read = Reading.objects.filter(
        person=user.pk, document=OuterRef("document"), file_hash=OuterRef("document__file_hash"),
        acknowledged_at__isnull=False,
    )  # fmt: skip
    return rules.documents_to_read(user).exclude(Exists(read))


def past_review(user: Any) -> QuerySet[Any]:
    """Documents that hold, that this person looks after, and that were to be reviewed by now."""
    today = timezone.localdate()
    kept = rules.visible_audiences(user).values("document_id")
    return versions.holding(today).filter(pk__in=kept, review_by__lt=today).order_by("review_by", "title")


def without_readers(user: Any) -> QuerySet[Any]:
    """Documents that nobody may open yet, for they have no readers."""
    return rules.unassigned_documents(user).filter(versions.not_withdrawn(timezone.localdate())).order_by("title")


def to_look_after(user: Any) -> list[QuerySet[Any]]:
    """What of the library asks something of the coordinator."""
    return [past_review(user), without_readers(user)]
