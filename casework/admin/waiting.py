"""The screens of waiting with care: the day to look again, and what the family was sent meanwhile."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import ValidationError
from django.utils import timezone
from wagtail.admin import messages

from ..access import reading, rules
from ..actions import waiting
from ..models import ListName, LookAgain, SentMeanwhile
from ..sealed import TextKind
from .as_school import SeenBySchool
from .danger import danger
from .fields import CaseForm, Fields, SealedText
from .screens import case_address

TAB = "referral"


class LookAgainForm(CaseForm):
    """The next day to look at a referral that waits, and why that day."""

    on = Fields.date("Look again on", required="Enter the day on which you look again.")
    reason = SealedText(
        "Why that day?", TextKind.REFERRAL, required="Say why, in one sentence.", rows=3,
        hint="What has changed since the last time, and what you wait for.",
    )  # fmt: skip

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day <= timezone.localdate():
            raise ValidationError("Choose a day that is still to come.")
        return day


class SentForm(CaseForm):
    """Something that a family was sent while it waits."""

    version = None
    what = Fields.choose("What?", [], required="Choose what the family was sent.")
    sent_on = Fields.date("On which day?", required="Enter the day on which it was sent.")
    words = SealedText("In words", TextKind.REFERRAL, rows=3, hint="Which leaflet or link, or what was said.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = self.referral.school.service.words_of(ListName.MEANWHILE)
        self.fields["what"].choices = [(words, words) for words in listed]

    def clean_sent_on(self) -> date:
        day: date = self.cleaned_data["sent_on"]
        if day > timezone.localdate():
            raise ValidationError("This day has not come yet.")
        return day


class WaitingScreen(SeenBySchool):
    """A short form about a referral that waits. What is written stands among the referral's own texts."""

    template_name = "casework/case/review.html"
    school_tabs = (TAB,)
    header_icon = "time"
    subtitle: str
    done: str

    def find(self) -> None:
        super().find()
        if not self.is_theirs():
            raise PermissionDenied
        self.page_title, self.page_subtitle = self.referral.reference, self.subtitle

    def is_theirs(self) -> bool:
        """Whether the form is this person's to fill in."""
        raise NotImplementedError

    def open(self) -> None:
        reading.opened(self.request.user, self.referral, part=self.subtitle.lower())

    def form_options(self) -> dict[str, Any]:
        return {"referral": self.referral}

    def perform(self, form: Any) -> str:
        self.write(form)
        messages.success(self.request, f"{self.referral.reference}: {self.done}.")
        return case_address(self.referral, TAB)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**danger(self.referral.school), **kwargs)


class SetLookAgain(WaitingScreen):
    """The coordinator looked at a referral that waits, and says when to look again."""

    form_class = LookAgainForm
    subtitle = "Look again at who waits"
    submit_label = "Set the day"
    done = "the day to look again is set"

    def is_theirs(self) -> bool:
        return rules.can_set_look_again(self.request.user, self.referral)

    def initial(self) -> dict[str, Any]:
        after = timedelta(days=self.referral.school.service.look_again_after)
        return {"version": self.referral.version, "on": timezone.localdate() + after}

    def write(self, form: LookAgainForm) -> LookAgain:
        answers = {name: form.cleaned_data[name] for name in ("version", "on", "reason")}
        return waiting.look_again(self.referral, by=self.request.user, **answers)


class SayWhatWasSent(WaitingScreen):
    """The coordinator or the school puts down what the family was sent. The page sends nothing."""

    form_class = SentForm
    subtitle = "What the family was sent"
    submit_label = "Put it down"
    done = "what the family was sent is put down"

    def is_theirs(self) -> bool:
        return rules.can_record_sending(self.request.user, self.referral)

    def initial(self) -> dict[str, Any]:
        return {"sent_on": timezone.localdate()}

    def write(self, form: SentForm) -> SentMeanwhile:
        answers = {name: form.cleaned_data[name] for name in ("what", "sent_on", "words")}
        return waiting.sent(self.referral, by=self.request.user, **answers)
