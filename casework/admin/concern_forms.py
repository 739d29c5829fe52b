"""The forms of a concern: whom it is about comes first, then whom its writer spoke to, and only then what happened."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from ..access import rules
from ..access.safeguarding import could_be_about
from ..models import About, ConcernEntry, Pupil, Referral, School, in_force
from ..sealed import TextKind
from .acting import OnceForm
from .fields import Fields, RecordField, SealedText
from .who_reads import CONCERN

YES, NO = "yes", "no"
TOLD = [(YES, "I have told somebody in person"), (NO, "I have not reached anybody yet")]
IN_DANGER = [(YES, "Yes: I have called 999, or do so now"), (NO, "No")]
BODIES = [
    (ConcernEntry.Kind.POLICE.value, "the police"),
    (ConcernEntry.Kind.AUTHORITY.value, "the local authority’s children’s services"),
    (ConcernEntry.Kind.LADO.value, "the LADO"),
]


class AboutForm(forms.Form):
    """Whom it is about, and at which school: sent by GET, for it changes nothing."""

    about = Fields.choose("Whom is it about?", About.choices, required="Choose whom it is about.")

    def __init__(self, *args: Any, schools: QuerySet[School], only_ours: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if only_ours:
            self.fields["about"].choices = [(About.OURS.value, About.OURS.label)]
            self.fields["about"].help_text = "Other worries of your school go the school’s own way, not through here."
        self.fields["school"] = RecordField(
            schools, missing="Choose the school.", label="At which school?", empty_label="Choose a school"
        )
        if (only := list(schools[:2])) and len(only) == 1:
            self.fields["school"].initial = only[0].uuid
            self.fields["school"].widget = forms.HiddenInput()


class ConcernForm(OnceForm):
    """What a concern says. The fields about people are those that fit whom it is about."""

    case = forms.UUIDField(widget=forms.HiddenInput, required=False)
    in_danger = Fields.choose("Is anybody in danger now?", IN_DANGER, required="Say whether anybody is in danger now.")
    told = Fields.choose("Whom did you speak to?", TOLD, required="Say whether you have reached somebody.")
    told_whom = Fields.line("Who was it?", help_text="The name, and what they are.", length=200)
    told_at = Fields.when("When did you speak to them?", required="")
    named = SealedText("Which child is it?", TextKind.SAFEGUARDING, rows=2)
    noticed_at = Fields.when("When did you see or hear it?", required="Enter the day and the time.")
    own_words = SealedText(
        "The child’s own words", TextKind.SAFEGUARDING, hint="As they were said. Leave it empty if nothing was said."
    )
    seen = SealedText("What you saw or heard yourself", TextKind.SAFEGUARDING, hint="The facts, and where it was.")
    opinion = SealedText("What you think", TextKind.SAFEGUARDING, rows=3, hint="Your opinion, apart from the facts.")

    def __init__(
        self, *args: Any, user: Any, about: About, school: School, referral: Referral | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told_at"].required = False
        before: dict[str, forms.Field] = {}
        if referral is None:
            before["pupil"] = _pupil(user, school, about)
        if about is not About.CHILD:
            before["subject"] = _subject(about, school, user)
            self.fields["named"].label = "Who is it, if not in this list?"
        elif referral is not None:
            del self.fields["named"]
        else:
            self.fields["named"].label = "Which child, if not in this list?"
        for name, field in self.fields.items():
            if isinstance(field, SealedText):
                # It stands above the form, and again where the writing begins; four times would hide the hints.
                field.tell(CONCERN[about] if name == "own_words" else "")
        self._put_before("named" if "named" in self.fields else "noticed_at", before)

    def _put_before(self, name: str, added: dict[str, forms.Field]) -> None:
        fields: dict[str, forms.Field] = {}
        for known, field in self.fields.items():
            fields |= added if known == name else {}
            fields[known] = field
        self.fields = fields

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = self.cleaned_data
        if cleaned.get("told") == YES:
            if not cleaned.get("told_whom") and "told_whom" not in self.errors:
                self.add_error("told_whom", "Say whom you told.")
            if not cleaned.get("told_at") and "told_at" not in self.errors:
                self.add_error("told_at", "Say when you told them.")
        asked = [name for name in ("pupil", "subject", "named") if name in self.fields]
        who = [name for name in asked if name != "pupil"] if "subject" in self.fields else asked
        if who and not any(cleaned.get(name) for name in who) and not set(who) & set(self.errors):
            self.add_error("named", "Say who it is about.")
        if not cleaned.get("own_words") and not cleaned.get("seen"):
            self.add_error("seen", "Write down what was said, or what you saw.")
        return cleaned

    def answers(self) -> dict[str, Any]:
        """What the action takes."""
        cleaned = self.cleaned_data
        told = cleaned["told"] == YES
        return {
            "in_danger": cleaned["in_danger"] == YES,
            "noticed_at": cleaned["noticed_at"],
            "told_whom": cleaned["told_whom"] if told else "",
            "told_at": cleaned["told_at"] if told else None,
            "subject": cleaned.get("subject"),
        } | {name: cleaned.get(name, "") for name in ("named", "own_words", "seen", "opinion")}


class ToldForm(OnceForm):
    """Whom its author has reached now."""

    whom = SealedText("Whom did you speak to?", TextKind.SAFEGUARDING, required="Say whom you told.", rows=2)
    at = Fields.when("When did you speak to them?", required="Say when you told them.")


class WordsForm(OnceForm):
    """What was done, or what is added."""

    text = SealedText("In words", TextKind.SAFEGUARDING, required="Say it in words.")


class NotificationForm(OnceForm):
    """What this person told an authority outside."""

    body = Fields.choose("Whom did you tell?", BODIES, required="Choose whom you told.")
    whom = SealedText("Whom did you speak to there?", TextKind.SAFEGUARDING, required="Say who took it.", rows=2)
    at = Fields.when("When?", required="Enter the day and the time.")
    outside_reference = Fields.line("Their reference", help_text="If they gave you one.")


def now() -> str:
    """This minute, as an input for a day and a time shows it."""
    return timezone.localtime().strftime("%Y-%m-%dT%H:%M")


def _pupil(user: Any, school: School, about: About) -> RecordField:
    pupils = Pupil.objects.filter(
        in_force(prefix="enrolments__"), pk__in=rules.visible_pupils(user), enrolments__school=school
    )
    label = "Which child?" if about is About.CHILD else "Which child, if there is one?"
    empty = "Not in this list"
    return RecordField(
        pupils.distinct(), missing="Choose from the list.", label=label, required=False, empty_label=empty
    )


def _subject(about: About, school: School, user: Any) -> RecordField:
    people = could_be_about(about, school, by=user)
    field = RecordField(
        people, missing="Choose from the list.", label="Who is it?", required=False, empty_label="Not in this list"
    )
    field.label_from_instance = lambda person: person.get_full_name()
    if len(found := list(people[:2])) == 1:
        field.initial = found[0].uuid
    return field
