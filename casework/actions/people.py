"""People who come and go: inviting somebody with what they will do here, and seeing somebody off who leaves.

What becomes of an invitation is put on record by whoever answers for accounts, once, whichever way it came about.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model

from .. import audit
from ..access import grants, holdings, rules
from ..access.accounts import accounts
from ..access.roles import Role
from ..audit import sealer
from ..models import ListItem, Practitioner
from . import registers

Person = Any


@transaction.atomic
def invite(
    *, email: str, first_name: str, last_name: str, does: Role | ListItem, on: Model | None = None, by: Person
) -> Person:
    """An account, what its person does here, and the way in: all of it or nothing.

    `does` is a role, held on `on`, or the discipline of somebody who joins the service's team.
    """
    person = accounts().invite(email=email, first_name=first_name, last_name=last_name, by=by)
    if isinstance(does, Role):
        if on is None:
            raise ValidationError("Choose where the role is held.")
        grants.give_role(does, to=person, on=on, by=by, reason="Invited")
    else:
        name, service = person.get_full_name(), does.service
        registers.save(Practitioner(), by=by, service=service, user=person, name=name, discipline=does)
    sealer.seal_before_answering()
    return person


@transaction.atomic
def invite_again(person: Person, *, by: Person) -> None:
    """A new way in, for who has lost theirs or let it run out."""
    accounts().invite_again(person, by=by)
    sealer.seal_before_answering()


@transaction.atomic
def revoke_invitation(person: Person, *, by: Person) -> None:
    """Take an invitation back that was not used."""
    if not rules.can_look_after_person(by, person):
        raise PermissionDenied
    accounts().revoke_invitation(person, by=by)
    sealer.seal_before_answering()


@transaction.atomic
def leave(person: Person, *, by: Person, handed_over: bool = False) -> bool:
    """Somebody leaves: what `by` looks after ends now, they are signed out everywhere, and their account is closed when
    nothing is left; whether it was closed. ValidationError for somebody who is elsewhere alone by now, and while work
    waits to be handed over, unless `handed_over` says that it is known."""
    if not rules.can_look_after_person(by, person):
        raise PermissionDenied
    person = get_user_model().objects.select_for_update().get(pk=person.pk)
    held = holdings.of_person(person, seen_by=by)
    if not (held.roles or held.posts) and holdings.holds_anything(person):
        raise ValidationError("They hold nothing here any more: whoever looks after them now sees them off.")
    if held.to_hand_over and not handed_over:
        raise ValidationError("There is work to hand over: say that you know of it.")
    for role in held.roles:
        grants.end_role(role, by=by)
    for post in held.posts:
        registers.end(post, by=by)
    grants.end_shares(person, by=by)
    accounts().sign_out(person, by=by)
    closes = not holdings.holds_anything(person)
    if closes:
        accounts().close(person, by=by)
    audit.record("let leave", person, by=by, closed=closes)
    sealer.seal_before_answering()
    return closes


@transaction.atomic
def reopen(person: Person, *, by: Person) -> None:
    """Open a closed account again. It holds nothing: its roles are given anew."""
    if person.is_active:
        raise ValidationError("This account is open already.")
    accounts().reopen(person, by=by)
    audit.record("opened account again", person, by=by)
    sealer.seal_before_answering()


def undo_role(row: Any, *, was: str, by: Person) -> Any:
    """Take back what was done with a role: one that was given ends, one that was ended is given again, or waits for a
    second yes as any other does; what came of it."""
    return {"given": grants.end_role, "ended": grants.give_again}[was](row, by=by)
