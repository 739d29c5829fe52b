"""Writing down a review: what it found, and what the school reads of it."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import ValidationError
from django.utils import timezone
from wagtail.admin import messages

from ..access import reading, rules
from ..actions import reviews
from ..models import Direction, Review
from ..sealed import TextKind
from .as_school import SeenBySchool
from .danger import danger
from .fields import CaseForm, Fields, SealedText
from .screens import address_after
from .who_reads import OUTCOME, who_reads


class ReviewForm(CaseForm):
    """A review, as a rule after about six weeks."""

    version = None
    held_on = Fields.date("On which day?", required="Enter the day of the review.")
    outcome = SealedText(
        "What did the review find?", TextKind.CLINICAL, required="Write what the review found.", rows=8,
        hint="What goes better, what does not, and what happens next.",
    )  # fmt: skip
    direction = Fields.choose(
        "Where is the work going?", Direction.choices, required="Choose where the work is going.",
        help_text="As you see it. Who supervises sees by it which case to talk about. "
        f"{who_reads(TextKind.CLINICAL)}",
    )  # fmt: skip
    for_school = SealedText("Progress, for the school", TextKind.SCHOOL, rows=5)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].help_text = f"{self.fields['outcome'].hint} {OUTCOME}"

    def clean_held_on(self) -> date:
        day: date = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise ValidationError("This day has not come yet: a review is written down when it was held.")
        return day


class RecordReview(SeenBySchool):
    """A new review of a case, for who works it."""

    template_name = "casework/case/review.html"
    form_class = ReviewForm
    kept_part = "new review"
    school_tabs = ("ending",)
    submit_label = "Save review"
    header_icon = "form"

    def find(self) -> None:
        super().find()
        if not rules.can_record_review(self.request.user, self.referral):
            raise PermissionDenied
        self.page_title, self.page_subtitle = self.referral.reference, "Write a review"

    def open(self) -> None:
        reading.opened(self.request.user, self.referral, part=self.kept_part)

    def form_options(self) -> dict[str, Any]:
        return {"referral": self.referral}

    def initial(self) -> dict[str, Any]:
        return {"held_on": timezone.localdate()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**danger(self.referral.school), **kwargs)

    def write(self, form: ReviewForm) -> Review:
        answers = {name: form.cleaned_data[name] for name in ("held_on", "outcome", "direction", "for_school")}
        return reviews.record(self.referral, by=self.request.user, **answers)

    def perform(self, form: ReviewForm) -> str:
        self.write(form)
        messages.success(self.request, f"{self.referral.reference}: the review is saved.")
        return address_after(self.request.user, self.referral)
