"""The screens of an assessment: begin, write, add, put down who received it, and take it out as a file."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from ..access import reading, rules
from ..actions import assessments
from ..actions.refusals import StepRefused
from ..models import Assessment, AssessmentPart
from ..sealed import TextKind
from .assessment_forms import AdditionForm, AssessmentForm, BeginForm, RecipientForm, part_name
from .danger import danger
from .pdf import pdf_response
from .screens import RELATED, CaseFormScreen, KeepsWords, Screen, case_address
from .who_reads import who_reads

TAB = "assessment"
FINISH = "finish"
"""The name of the button that also finishes it."""


class BeginAssessment(CaseFormScreen):
    """A new assessment, for who works the case."""

    template_name = "casework/case/assessment.html"
    form_class = BeginForm
    submit_label = "Begin the assessment"
    header_icon = "form"

    def find(self) -> None:
        super().find()
        if not rules.can_write_assessment(self.request.user, self.referral):
            raise PermissionDenied
        self.page_title, self.page_subtitle = self.referral.reference, "Begin an assessment"

    def open(self) -> None:
        reading.opened(self.request.user, self.referral, part="new assessment")

    def initial(self) -> dict[str, Any]:
        return {"held_on": timezone.localdate()}

    def perform(self, form: BeginForm) -> str:
        answers = {name: form.cleaned_data[name] for name in ("held_on", "early_help_reference")}
        begun = assessments.begin(self.referral, by=self.request.user, **answers)
        return reverse("casework_assessment_change", args=[begun.uuid])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(readers=who_reads(TextKind.CLINICAL, self.referral), **kwargs)


class OneAssessment(Screen):
    """A page about one assessment that this person may read."""

    header_icon = "form"
    subtitle: str

    def find(self) -> None:
        self.assessment = visible_assessment(self.request.user, self.kwargs["uuid"])
        self.referral = self.assessment.referral
        if not self.is_theirs():
            raise PermissionDenied
        self.page_title, self.page_subtitle = self.referral.reference, self.subtitle

    def is_theirs(self) -> bool:
        """Whether this person may do here what the page is for."""
        raise NotImplementedError

    def open(self) -> None:
        reading.opened(self.request.user, self.assessment, part=self.subtitle.lower())

    def trail(self) -> list[tuple[str, str]]:
        return [(self.referral.reference, case_address(self.referral, TAB))]


class AssessmentFormScreen(OneAssessment, KeepsWords):
    """A form about one assessment."""

    template_name = "casework/case/assessment.html"
    done: str

    @property
    def kept_part(self) -> str:
        return self.subtitle.lower()

    def form_options(self) -> dict[str, Any]:
        return {"referral": self.referral}

    def perform(self, form: Any) -> str:
        self.write(form)
        messages.success(self.request, f"{self.referral.reference}: {self.done}.")
        return case_address(self.referral, TAB)

    def write(self, form: Any) -> None:
        """Call the action."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            referral=self.referral,
            case_address=case_address(self.referral, TAB),
            **danger(self.referral.school),
            **kwargs,
        )


class ChangeAssessment(AssessmentFormScreen):
    """Write under the headings; save as a draft, or finish."""

    form_class = AssessmentForm
    subtitle = "Write the assessment"
    done = "the assessment is saved"

    def is_theirs(self) -> bool:
        return rules.can_change_assessment(self.request.user, self.assessment)

    def form_options(self) -> dict[str, Any]:
        return {"assessment": self.assessment}

    def initial(self) -> dict[str, Any]:
        return {"version": self.assessment.version} | self._own(self.assessment)

    def answers_of(self, current: Any) -> dict[str, Any]:
        return self._own(current) | {part_name(part): part.text for part in current.parts.select_related("data_key")}

    def typed(self) -> list[tuple[str, TextKind, str]]:
        """What stands under the headings otherwise than it was saved."""
        parts = AssessmentPart.objects.filter(assessment__uuid=self.kwargs["uuid"]).select_related("data_key")
        sent = [(part, self.sent(part_name(part))) for part in parts]
        return [(part.heading, TextKind.CLINICAL, text) for part, text in sent if text.strip() != part.text]

    def write(self, form: AssessmentForm) -> None:
        answers = {name: form.cleaned_data[name] for name in ("held_on", "early_help_reference", "version")}
        finish = FINISH in self.request.POST
        assessments.change(self.assessment, by=self.request.user, texts=form.texts(), finish=finish, **answers)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        finishes = FINISH if self.assessment.finished_at is None else ""
        self.submit_label = "Save as a draft" if finishes else "Save"
        readers = who_reads(TextKind.CLINICAL, self.referral)
        return super().get_context_data(readers=readers, finish=finishes, **kwargs)

    @staticmethod
    def _own(assessment: Assessment) -> dict[str, Any]:
        return {"held_on": assessment.held_on, "early_help_reference": assessment.early_help_reference}


class AddToAssessment(AssessmentFormScreen):
    """Add to a finished assessment."""

    form_class = AdditionForm
    subtitle = "Add to the assessment"
    submit_label = "Add"
    done = "your words are added to the assessment"

    def is_theirs(self) -> bool:
        return rules.can_write_assessment(self.request.user, self.referral)

    def write(self, form: AdditionForm) -> None:
        assessments.add(self.assessment, by=self.request.user, text=form.cleaned_data["text"])


class RecordRecipient(AssessmentFormScreen):
    """Put down who received an assessment. The page sends nothing to anybody."""

    form_class = RecipientForm
    subtitle = "Who received the assessment"
    done = "it is put down who received the assessment"

    def is_theirs(self) -> bool:
        return rules.can_record_recipient(self.request.user, self.assessment)

    def initial(self) -> dict[str, Any]:
        return {"shared_on": timezone.localdate()}

    def write(self, form: RecipientForm) -> None:
        answers = {name: form.cleaned_data[name] for name in ("name", "agency", "shared_on", "basis", "because")}
        assessments.record_recipient(self.assessment, by=self.request.user, **answers)


class AssessmentFile(OneAssessment):
    """A finished assessment as a file to print."""

    subtitle = "As a file"

    def is_theirs(self) -> bool:
        return self.assessment.finished_at is not None

    def show(self, **context: Any) -> HttpResponse:
        try:
            answer = pdf_response(self.request, "casework/print/assessment.html", self._content(), name=self._name())
        except StepRefused as refused:
            messages.error(self.request, refused.words)
            return redirect(case_address(self.referral, TAB))
        self.open()
        return answer

    def _content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment,
            "parts": list(self.assessment.parts.select_related("data_key")),
            "additions": list(self.assessment.additions.select_related("data_key", "written_by")),
            "reference": self.referral.reference,
            "service": self.referral.school.service.name,
            "readers": who_reads(TextKind.CLINICAL, self.referral),
        }

    def _name(self) -> str:
        return f"{self.referral.reference}-assessment-{self.assessment.held_on:%Y-%m-%d}"


def visible_assessment(user: Any, uuid: Any) -> Assessment:
    """The assessment of an address; a foreign one answers like a missing one."""
    related = ("data_key", "written_by", *(f"referral__{name}" for name in RELATED))
    return get_object_or_404(rules.visible_assessments(user).select_related(*related), uuid=uuid)
