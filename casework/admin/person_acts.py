"""What is done about a person's account with one question: invite anew, take an invitation back, open it again."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import classproperty
from wagtail.admin import messages

from ..access import reading, rules
from ..access.accounts import accounts
from ..actions import people
from .acting import OnceForm
from .screens import FormScreen


class PersonScreen(FormScreen):
    """A form about one of the people that this person looks after; anybody else is not there."""

    template_name = "casework/people/act.html"
    form_class = OnceForm
    part = ""
    person: Any

    @classproperty
    def address(cls) -> str:
        return f"casework_person_{cls.part}"

    @classproperty
    def button(cls) -> str:
        """What leads here is called."""
        return cls.submit_label

    @classmethod
    def may(cls, user: Any, person: Any) -> bool:
        """Whether it can be done for this person, who is one that the user may see."""
        raise NotImplementedError

    def find(self) -> None:
        seen = accounts().with_standing(rules.visible_people(self.request.user))
        self.person = get_object_or_404(seen, uuid=self.kwargs["uuid"])
        if not self.may(self.request.user, self.person):
            raise Http404
        self.page_title, self.page_subtitle = str(self.person), self.submit_label

    def open(self) -> None:
        reading.opened(self.request.user, self.person, part=self.part)

    def trail(self) -> list[tuple[str, str]]:
        return [("People", reverse("casework_user_modeladmin_index")), (str(self.person), self.own_address())]

    def own_address(self) -> str:
        return reverse("casework_user_modeladmin_inspect", args=[self.person.uuid])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(person=self.person, case_address=self.own_address(), **kwargs)


class PersonAct(PersonScreen):
    """One question, and one button."""

    question = ""
    done = ""

    def do(self) -> None:
        raise NotImplementedError

    def perform(self, form: OnceForm) -> str:
        self.do()
        messages.success(self.request, self.done.format(person=self.person))
        return self.own_address()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(question=self.question.format(person=self.person), **kwargs)


class InviteAgain(PersonAct):
    """A new link, for who has lost password or second step, or whose invitation ran out."""

    part = "invite_again"
    submit_label = "Send a new invitation"
    header_icon = "mail"
    question = (
        "{person} gets a mail with a new link, at {person.email}. It works once, for 14 days. Using it takes away "
        "their password, their second step and every device that they are signed in on, and they set up new ones."
    )
    done = "A new invitation is on its way to {person}."

    @classmethod
    def may(cls, user: Any, person: Any) -> bool:
        return rules.can_invite_again(user, person)

    def do(self) -> None:
        people.invite_again(self.person, by=self.request.user)


class RevokeInvitation(PersonAct):
    """The link that was sent does not work any more."""

    part = "revoke"
    submit_label = "Take the invitation back"
    header_icon = "cross"
    question = "The link that {person} was sent does not work any more. Their roles stay: end them where they are held."
    done = "The invitation of {person} is taken back."

    @classmethod
    def may(cls, user: Any, person: Any) -> bool:
        return bool(person.invited_until) and rules.can_look_after_person(user, person)

    def do(self) -> None:
        people.revoke_invitation(self.person, by=self.request.user)


class Reopen(PersonAct):
    """Somebody comes back, or was seen off by mistake."""

    part = "reopen"
    submit_label = "Open the account again"
    header_icon = "undo"
    question = (
        "{person} gets a mail with a new link, at {person.email}, and sets up password and second step anew. They hold "
        "nothing until roles are given: those that ended within two weeks stand under Role changes, to be undone."
    )
    done = "The account of {person} is open again, and an invitation is on its way."

    @classmethod
    def may(cls, user: Any, person: Any) -> bool:
        return not person.is_active and rules.can_look_after_person(user, person)

    def do(self) -> None:
        people.reopen(self.person, by=self.request.user)
