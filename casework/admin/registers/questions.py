"""The register of questions: what a service asks on its referral form besides what every form asks."""

from django import forms

from ...access.rules import Side
from ...models import AskedOf, Question, QuestionKind
from .. import filters
from ..facts import Fact, Look, Shown
from ..guarded import GuardedModelAdmin
from ..guarded_forms import RecordForm


class QuestionForm(RecordForm):
    """A question. How it is answered is chosen once, for answers are kept in that form."""

    fixed = ("service", "kind")

    class Meta:
        model = Question
        fields = ["service", "words", "help", "kind", "choices", "asked_of", "required", "position", "active"]
        help_texts = {
            "words": "As the person who refers reads it. Old answers go on showing the words that they were asked in.",
            "help": "One sentence below the question, where it needs one.",
            "kind": "This cannot be changed later: switch the question off and add another.",
            "choices": "One entry a line. Only where the answer is one or several of a list.",
            "required": "A referral can always be saved without it, and not be sent.",
            "position": "Low numbers come first.",
            "active": "Untick what is no longer asked. Old referrals go on showing their answers.",
        }
        widgets = {
            "choices": forms.Textarea(attrs={"rows": 4}),
            "position": forms.NumberInput(attrs={"min": 0}),
        }

    def clean(self):
        cleaned = super().clean()
        kind = QuestionKind(cleaned.get("kind") or self.instance.kind or QuestionKind.LINE)
        written = cleaned.get("choices", "").strip()
        if kind.has_choices and not written:
            self.add_error("choices", "Write what can be chosen, one entry a line.")
        if written and not kind.has_choices:
            self.add_error("choices", f"Leave this empty: the question is answered {kind.label}.")
        return cleaned


class Questions(GuardedModelAdmin):
    model = Question
    base_url_path = "questions"
    menu_label = "Questions"
    menu_icon = "help"
    form_class = QuestionForm
    has_page = False
    related = ("service",)
    order = ("position", "pk")
    add_label = "Add a question"
    empty_words = "No questions of your own yet. Every referral form asks why now, what goes well and what was tried."

    facts = {
        "words": Fact("Question", "words", sort=("words",), sought=("words",)),
        "kind": Fact("Answered", lambda question: question.get_kind_display().capitalize(), minor=True),
        "asked_of": Fact("Stands on", lambda question: question.get_asked_of_display().capitalize(), minor=True),
        "required": Fact("Must be answered", "required", Look.TICK, minor=True),
        "active": Fact("In use", "active", Look.TICK, sort=("active",)),
        "position": Fact("Position", "position", minor=True),
        "help": Fact("Help", "help"),
        "choices": Fact("List", lambda question: ", ".join(question.offered)),
        "service": Fact("Service", "service"),
    }
    shown = {
        Side.COORDINATION: Shown(
            "words kind asked_of required active position",
            file="words help kind choices asked_of required active position service",
        )
    }
    filters = {
        "asked_of": filters.of_choices(
            "Stands on", [(one.value, one.label.capitalize()) for one in AskedOf], "asked_of"
        ),
        "active": filters.of_choices("In use", [("True", "Yes"), ("False", "No")], "active"),
    }
