"""Words that were kept when a case had closed to their author: handed on by the coordinator, read by their kind."""

from typing import Any

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from wagtail.admin import messages

from ..access import reading, rules
from ..access.readers import workers_of
from ..actions import kept_words
from ..models import Referral
from ..sealed import TextKind
from .acting import OnceForm
from .notes import ReasonForm
from .screens import RELATED, FormScreen, case_address
from .who_reads import who_reads

SEEN_TO = "seen_to"


class HandOnForm(OnceForm):
    """Who gets them; or nobody, for they are seen to."""

    to = forms.ChoiceField(
        label="What becomes of these words?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one."},
    )

    def __init__(self, *args: Any, people: list[Any], sees_to: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(person.uuid): person for person in people}
        choices = [(key, f"Hand them to {person}, who works the case") for key, person in self.people.items()]
        own = [(SEEN_TO, "They are seen to: nobody has to do anything with them")] if sees_to else []
        self.fields["to"].choices = [*choices, *own]


class Kept(FormScreen):
    """One text. Its words stand here for whoever may read its kind; what can be done with it, for whoever may."""

    template_name = "casework/case/kept_words.html"
    header_icon = "doc-full"
    referral: Referral

    def find(self) -> None:
        user = self.request.user
        rows = rules.visible_kept_words(user).select_related(
            "author", "handed_to", "data_key", *(f"referral__{name}" for name in RELATED)
        )
        self.kept = get_object_or_404(rows, uuid=self.kwargs["uuid"])
        self.referral = self.kept.referral
        self.page_title, self.page_subtitle = self.referral.reference, "Words that were kept"
        self.reads = rules.can_read_kept_words(user, self.kept)
        working = [person for person in workers_of(self.referral) if self._may_get(person)]
        self.people = [] if self.kept.seen_to_at else working
        self.sees_to = not self.kept.seen_to_at and rules.can_see_to_kept_words(user, self.kept)
        self.must_say_why = not self.reads and rules.can_open_kept_words(user, self.kept)
        self.submit_label = "Open the words" if self.must_say_why else "Do this"

    def _may_get(self, person: Any) -> bool:
        new = person.pk != self.kept.handed_to_id
        return new and rules.can_hand_on_kept_words(self.request.user, self.kept, person)

    def open(self) -> None:
        reading.opened(self.request.user, self.kept, part="words" if self.reads else "that there are some")

    def form(self, data: Any = None) -> Any:
        if self.must_say_why:
            return ReasonForm(data)
        if not self.people and not self.sees_to:
            if data is not None:
                raise Http404
            return None
        return HandOnForm(data, people=self.people, sees_to=self.sees_to)

    def perform(self, form: Any) -> str:
        user = self.request.user
        if isinstance(form, ReasonForm):
            kept_words.open_with_reason(self.kept, by=user, reason=form.cleaned_data["reason"])
            return reverse("casework_kept_words", args=[self.kept.uuid])
        if (chosen := form.cleaned_data["to"]) == SEEN_TO:
            kept_words.see_to(self.kept, by=user)
            messages.success(self.request, "These words are seen to.")
        else:
            kept_words.hand_on(self.kept, to=form.people[chosen], by=user)
            messages.success(self.request, f"{form.people[chosen]} is told, and reads them from now on.")
        return reverse("wagtailadmin_home")

    def trail(self) -> list[tuple[str, str]]:
        visible = rules.can_view_referral(self.request.user, self.referral)
        return [(self.referral.reference, case_address(self.referral))] if visible else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = TextKind(self.kept.kind)
        text = self.kept.text if self.reads else ""
        is_note = kind is TextKind.PROCESS
        readers = "" if is_note else who_reads(kind, self.referral)
        return super().get_context_data(kept=self.kept, text=text, is_note=is_note, readers=readers, **kwargs)
