"""Somebody leaves: a page that says what must be handed over, what ends, and ends it with one button."""

from typing import Any

from django import forms
from django.urls import reverse
from wagtail.admin import messages

from ..access import holdings, rules
from ..access.accounts import accounts
from ..actions import people
from .acting import OnceForm
from .person_acts import PersonScreen
from .screens import case_address
from .sections import Entry, Section

DRAFTS = "Referrals that they began, or that came back to them: {}"


class LeaveForm(OnceForm):
    """One button; and where work is left, that it is known."""

    handed_over = forms.BooleanField(
        label="I know that this work is still theirs, and see to it",
        help_text="Whoever must go at once, goes: the work waits for whoever takes it over.",
        error_messages={"required": "Hand the work over first, or tick that you know of it."},
    )

    def __init__(self, *args: Any, asks: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not asks:
            del self.fields["handed_over"]


class Leave(PersonScreen):
    """The check list of somebody who leaves."""

    template_name = "casework/people/leave.html"
    form_class = LeaveForm
    button = "This person leaves"
    submit_label = "End all of this now"
    header_icon = "logout"
    part = "leave"

    @classmethod
    def may(cls, user: Any, person: Any) -> bool:
        return person.is_active and rules.can_look_after_person(user, person)

    def find(self) -> None:
        super().find()
        self.page_subtitle = self.button
        self.held = holdings.of_person(self.person, seen_by=self.request.user)

    def form_options(self) -> dict[str, Any]:
        return {"asks": bool(self.held.to_hand_over)}

    def perform(self, form: LeaveForm) -> str:
        known = form.cleaned_data.get("handed_over", False)
        closed = people.leave(self.person, by=self.request.user, handed_over=known)
        what = "Their account is closed." if closed else "Their account stays open: they hold something elsewhere."
        messages.success(self.request, f"{self.person} is signed out, and what they held here has ended. {what}")
        return self.own_address()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sections = [_to_hand_over(self.held), _ends(self.held)]
        places = accounts().sessions_of(self.person)
        return super().get_context_data(sections=sections, places=places, **kwargs)


def _to_hand_over(held: holdings.Holdings) -> Section:
    entries = [Entry(str(case), case_address(case), "arrange cover") for case in held.cases]
    if held.unseen_cases:
        entries.append(Entry(f"Cases that another coordinator hands over: {held.unseen_cases}"))
    if held.drafts:
        entries.append(Entry(DRAFTS.format(held.drafts), "", "the head and the SENDCO of the school find them"))
    return Section("To hand over first", "Nothing waits to be handed over.", entries)


def _ends(held: holdings.Holdings) -> Section:
    entries = [
        Entry(
            row.permission.name,
            reverse(f"casework_{row._meta.model_name}_modeladmin_inspect", args=[row.uuid]),
            str(row.content_object),
        )
        for row in held.roles
    ]
    entries += [
        Entry(
            str(post.discipline), reverse("casework_practitioner_modeladmin_inspect", args=[post.uuid]), "in the team"
        )
        for post in held.posts
    ]
    entries += [
        Entry(
            f"Placement at {placement.school}",
            reverse("casework_placement_modeladmin_inspect", args=[placement.uuid]),
            placement.days,
        )
        for placement in held.placements
    ]
    entries += [Entry(f"Cover of {share.content_object}", case_address(share.content_object)) for share in held.covers]
    return Section("Ends now", "They hold nothing that you look after.", entries)
