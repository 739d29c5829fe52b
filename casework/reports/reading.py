"""What of the library is to be read, who has not yet, and what the coordinator has to look after there."""

from collections.abc import Iterable
from datetime import date

from ..access import must_read
from ..access.must_read import Owed
from ..models import Practitioner

__all__ = ["Owed", "owed"]


def owed(practitioners: Iterable[Practitioner], day: date) -> dict[int, list[Owed]]:
    """What each of them must read and has not, by practitioner, with an empty list for who owes nothing.

    Three questions, however many they are. Whose it may show, the caller asks the rule.
    """
    team = list(practitioners)
    found = must_read.owed_by(must_read.posts_in_team(team, day), day)
    posts = {one.pk: must_read.Reader(one.user_id, None if one.user_id else one.pk, one.service_id) for one in team}
    return {number: found.get(reader, []) for number, reader in posts.items()}
