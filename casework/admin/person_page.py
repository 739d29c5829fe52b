"""The list of people, and a person's page with what can be done about their account."""

from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.widgets.button import Button, HeaderButton

from .guarded_lists import Index
from .guarded_pages import Inspect
from .guarded_writing import Create
from .leaving import Leave
from .person_acts import InviteAgain, Reopen, RevokeInvitation


class PeopleList(Index):
    """Everybody, and the way to what was done with roles of late."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        changes = Button("Role changes", url=reverse("casework_role_changes"), icon_name="history", priority=10)
        return [*super().header_more_buttons, changes]


class Invite(Create):
    """Somebody new."""

    submit_button_label = "Send the invitation"
    submit_button_active_label = "Sending…"


class PersonPage(Inspect):
    """One person: what they hold and how their account stands."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return []

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        user, person = self.request.user, self.object
        return [
            Button(act.button, url=reverse(act.address, args=[person.uuid]), icon_name=act.header_icon, priority=place)
            for place, act in enumerate((InviteAgain, RevokeInvitation, Leave, Reopen))
            if act.may(user, person)
        ]
