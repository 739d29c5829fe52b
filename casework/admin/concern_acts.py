"""What is done with a concern, each on a page of its own with one form; and which of it is offered to whom."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ..access import reading, rules
from ..actions import concerns
from ..models import About, Concern, ConcernStatus, Retention
from .acting import OnceForm
from .concern_forms import NotificationForm, ToldForm, WordsForm, now
from .concern_raise import concern_address
from .fields import SealedText
from .screens import FormScreen
from .who_reads import CONCERN

Status = ConcernStatus


class ConcernAct(FormScreen):
    """One act: whether it is offered is the rule's to say, and the concern's own state."""

    template_name = "casework/concern/act.html"
    form_class: Any = OnceForm
    header_icon = "warning"
    slug: str
    label: str
    question = ""
    in_status: tuple[Status, ...] = tuple(Status)
    is_quiet = False
    rule: str

    @classmethod
    def is_open(cls, user: Any, concern: Concern) -> bool:
        """Whether it makes sense now, for whoever may."""
        return concern.status in cls.in_status and getattr(rules, cls.rule)(user, concern)

    def find(self) -> None:
        user = self.request.user
        seen = rules.visible_concerns(user).select_related("school__service", "data_key", "pupil")
        self.concern = get_object_or_404(seen, uuid=self.kwargs["uuid"])
        if not getattr(rules, self.rule)(user, self.concern):
            raise PermissionDenied
        self.page_title, self.page_subtitle = self.concern.reference, self.label

    @property
    def submit_label(self) -> str:
        return self.label

    def open(self) -> None:
        reading.opened(self.request.user, self.concern, part=self.slug)

    def form(self, data: Any = None) -> Any:
        form = super().form(data)
        for field in form.fields.values():
            if isinstance(field, SealedText):
                field.tell(CONCERN[About(self.concern.about)].replace("Read by you", "Read by its author"))
        return form

    def trail(self) -> list[tuple[str, str]]:
        return [(self.concern.reference, concern_address(self.concern))]

    def do(self, words: dict[str, Any]) -> None:
        """Call the action with what the form says."""
        raise NotImplementedError

    def perform(self, form: Any) -> str:
        self.do({name: value for name, value in form.cleaned_data.items() if name != "form_key"})
        return concern_address(self.concern)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            concern=self.concern, question=self.question, case_address=concern_address(self.concern), **kwargs
        )


class Acknowledge(ConcernAct):
    slug, label, rule = "acknowledge", "Acknowledge", "can_acknowledge_concern"
    in_status = (Status.RAISED,)
    question = "You have this concern and act on it now. Its author hears that you do, and the clock stops."

    def do(self, words: dict[str, Any]) -> None:
        concerns.acknowledge(self.concern, by=self.request.user)


class Answer(ConcernAct):
    slug, label, rule = "answer", "Say what was done", "can_answer_concern"
    form_class = WordsForm
    in_status = (Status.ACKNOWLEDGED, Status.ANSWERED)
    question = "What did you decide, and what was done? Also when you decided to do nothing, and why."

    def do(self, words: dict[str, Any]) -> None:
        concerns.answer(self.concern, by=self.request.user, **words)


class Tell(ConcernAct):
    slug, label, rule = "tell", "I have told somebody", "can_add_to_concern"
    form_class = ToldForm
    in_status = (Status.RAISED, Status.ACKNOWLEDGED)

    def initial(self) -> dict[str, Any]:
        return {"at": now()}

    def do(self, words: dict[str, Any]) -> None:
        concerns.tell(self.concern, by=self.request.user, **words)


class Add(ConcernAct):
    slug, label, rule = "add", "Add something", "can_add_to_concern"
    form_class = WordsForm
    question = "What is written stays as it is. What you add is heard anew: it waits to be acknowledged again."

    def do(self, words: dict[str, Any]) -> None:
        concerns.add(self.concern, by=self.request.user, **words)


class Notify(ConcernAct):
    slug, label, rule = "notify", "I have told police or local authority", "can_note_notification"
    form_class = NotificationForm
    is_quiet = True
    question = "The duty to tell them is each person’s own: write down what you told them yourself."

    def initial(self) -> dict[str, Any]:
        return {"at": now()}

    def do(self, words: dict[str, Any]) -> None:
        concerns.note_notification(self.concern, by=self.request.user, **words)


class Close(ConcernAct):
    slug, label, rule = "close", "Close the concern", "can_close_concern"
    in_status = (Status.ANSWERED,)
    is_quiet = True
    question = "Nothing more is to be done. It stays where it is, and what its author adds opens it again."

    def do(self, words: dict[str, Any]) -> None:
        concerns.close(self.concern, by=self.request.user)


class Hold(ConcernAct):
    """Both ways: the button says which."""

    slug, label, rule = "hold", "Keep it on hold, or no longer", "can_hold_concern"
    is_quiet = True

    @property
    def is_held(self) -> bool:
        return self.concern.retention == Retention.LONG_HOLD

    @property
    def submit_label(self) -> str:
        return "Take it off hold" if self.is_held else "Put it on hold"

    @property
    def question(self) -> str:
        if self.is_held:
            return "It is kept as safeguarding records are, and no longer than that."
        return "It is kept beyond its time, because an inquiry into child sexual abuse may ask for it."

    def do(self, words: dict[str, Any]) -> None:
        concerns.hold(self.concern, by=self.request.user, held=not self.is_held)


ACTS: tuple[type[ConcernAct], ...] = (Acknowledge, Answer, Tell, Add, Notify, Close, Hold)


def offered(user: Any, concern: Concern) -> list[dict[str, Any]]:
    """What this person may do with it now: the words of each button, where it leads, and whether it is set aside."""
    return [
        {
            "slug": act.slug,
            "label": act.label,
            "address": reverse(f"casework_concern_{act.slug}", args=[concern.uuid]),
            "is_quiet": act.is_quiet,
        }
        for act in ACTS
        if act.is_open(user, concern)
    ]
