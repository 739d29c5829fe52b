"""Step 2 of a referral, why now: ticks before words, and the service's own questions last."""

from typing import Any

from django import forms

from ..actions.referring import TEXTS, TICKS, TOO_MANY_REASONS
from ..models import MOST_REASONS, HowSoon, ListItem, Referral, Weekday
from ..sealed import TextKind
from .fields import Fields, RecordsField, SealedText, entries
from .question_fields import NEEDED, QuestionsForm

TICKED = tuple(TICKS)
LABELS = {"reasons": "Reasons", "tried_already": "What has been tried?", "helpers": "Who else helps?"}
HINTS = {"reasons": f"Tick up to {MOST_REASONS}: those that matter most."}
ORDER = (
    "how_soon", "urgent_because", "reasons", "concerns", "strengths", "tried_already", "tried", "helpers", "helped_by",
    "own_words", "offered_days", "offered_times",
)  # fmt: skip


class WhyForm(QuestionsForm):
    """Step 2: why now."""

    how_soon = Fields.choose("How soon is help needed?", HowSoon.choices, required="Choose how soon help is needed.")
    urgent_because = SealedText(
        "If it is urgent: why?", TextKind.REFERRAL, rows=2, hint="Needed before an urgent referral can be sent."
    )
    concerns = SealedText("What have you seen?", TextKind.REFERRAL, hint=f"Two to four sentences. {NEEDED}")
    strengths = SealedText("What goes well, and what does the child enjoy?", TextKind.REFERRAL, rows=3)
    tried = SealedText("What has the school tried, in words?", TextKind.REFERRAL, rows=3)
    helped_by = SealedText("Who else helps, and how?", TextKind.REFERRAL, rows=2)
    own_words = SealedText("What does the child say, in their own words?", TextKind.REFERRAL, rows=3)
    offered_days = forms.MultipleChoiceField(
        label="Which days can the school offer?",
        choices=[(str(day.value), day.label) for day in Weekday],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the list."},
    )
    offered_times = SealedText("Which times, and which not?", TextKind.REFERRAL, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, list_name in TICKS.items():
            kept = getattr(self.referral, name).all()
            offered = entries(self.referral.school.service, list_name, kept=kept)
            if offered.exists():
                hint = HINTS.get(name, "")
                self.fields[name] = RecordsField(offered, label=LABELS[name], required=False, help_text=hint)
        self.fields["concerns"].is_needed = True
        self.order_fields(ORDER)

    def clean_reasons(self) -> list[ListItem]:
        reasons = list(self.cleaned_data["reasons"])
        if len(reasons) > MOST_REASONS:
            raise forms.ValidationError(TOO_MANY_REASONS)
        return reasons

    def answers(self) -> dict[str, Any]:
        """What the action takes."""
        names = [name for name in ("how_soon", *TICKED, *TEXTS) if name in self.fields]
        days = "".join(sorted(self.cleaned_data["offered_days"]))
        return {name: self.cleaned_data[name] for name in names} | {"offered_days": days}


def answers_of(referral: Referral) -> dict[str, Any]:
    """How a referral fills the form."""
    ticked = {name: list(getattr(referral, name).all()) for name in TICKED}
    texts = {name: getattr(referral, name) for name in ("how_soon", *TEXTS)}
    return texts | ticked | {"offered_days": list(referral.offered_days)}
