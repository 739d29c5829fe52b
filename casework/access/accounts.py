"""What casework asks of the accounts that people sign in with. Who answers is said by `settings.CASEWORK_ACCOUNTS`.

Casework knows people by what they hold; passwords, second steps, invitations and sessions are the wiring's.
"""

from importlib import import_module
from typing import Any, Protocol, cast

from django.conf import settings
from django.db.models import QuerySet

Person = Any


class Accounts(Protocol):
    """What the answering module has. Each act asks the rule book once more."""

    def with_standing(self, people: QuerySet[Any]) -> QuerySet[Any]:
        """Each with `has_second_step`, and with `invited_until` while an invitation of theirs is good."""

    def invite(self, *, email: str, first_name: str, last_name: str, by: Person) -> Person:
        """An account that has a way in now. ValidationError where somebody uses the address already."""

    def invite_again(self, person: Person, *, by: Person) -> None:
        """A new way in; using it takes every earlier one away."""

    def revoke_invitation(self, person: Person, *, by: Person) -> None:
        """Take back the way in that was not used."""

    def sessions_of(self, person: Person) -> int:
        """At how many places a person is signed in."""

    def sign_out(self, person: Person, *, by: Person) -> None:
        """End every session and every trusted device."""

    def close(self, person: Person, *, by: Person) -> None:
        """Nobody signs in to it any more."""

    def reopen(self, person: Person, *, by: Person) -> None:
        """Open a closed account, with a new invitation as its only way in."""


def accounts() -> Accounts:
    """The module that answers."""
    return cast(Accounts, import_module(settings.CASEWORK_ACCOUNTS))
