"""Handing a worked case over: who takes it, in which hour, what they should know, and what passes to them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from wagtail.admin import messages

from ..access import reading, rules
from ..actions import handing_over
from ..lifecycle import WORKED
from ..models import Placement
from ..sealed import TextKind
from .fields import SealedText
from .screens import CaseFormScreen, address_after
from .step_forms import AllocateForm, therapists_at
from .step_pages import StepPage

PAGE = StepPage("Hand the case over", "", "", "handed over")


class HandOverForm(AllocateForm):
    """Who takes it, and, of who may read clinical text, what that one should know."""

    words = SealedText(
        "What should the next therapist know?", TextKind.CLINICAL, rows=8,
        required="Write what the next therapist should know.",
        hint="How the work stands, what helps this child, what is promised, and how the ending was said.",
    )  # fmt: skip

    def __init__(self, *args: Any, others: QuerySet[Placement], **kwargs: Any) -> None:
        self.others = others
        super().__init__(*args, page=PAGE, **kwargs)
        self.fields["therapist"].label = "Who takes the case?"
        if TextKind.CLINICAL not in rules.readable_kinds(self.user, self.referral):
            del self.fields["words"]

    def offer(self, placements: QuerySet[Placement]) -> None:
        """Of these, whoever does not work it now."""
        super().offer(self.others)

    def extras(self) -> dict[str, Any]:
        return super().extras() | {"words": self.cleaned_data.get("words", "")}


class HandOverCase(CaseFormScreen):
    """One act: the allocation ends and the next begins."""

    template_name = "casework/case/hand_over.html"
    form_class = HandOverForm
    kept_part = "hand-over"
    submit_label = PAGE.label
    header_icon = "user"

    def find(self) -> None:
        super().find()
        self.allocation = self.referral.open_allocation()
        may = rules.can_hand_over_case(self.request.user, self.referral)
        if not may or self.allocation is None or self.referral.status not in WORKED:
            raise PermissionDenied
        placed = therapists_at(rules.visible_takers(self.request.user, self.referral), self.referral)
        self.others = placed.exclude(practitioner=self.allocation.practitioner)
        self.page_title, self.page_subtitle = self.referral.reference, PAGE.label

    def open(self) -> None:
        reading.opened(self.request.user, self.referral, part=self.kept_part)

    def form_options(self) -> dict[str, Any]:
        return {"referral": self.referral, "user": self.request.user, "others": self.others}

    def initial(self) -> dict[str, Any]:
        return {"version": self.referral.version, "parents_first": self.allocation.parents_first}

    def perform(self, form: HandOverForm) -> str:
        taker: Placement = form.cleaned_data["therapist"]
        handing_over.hand_over(
            self.referral, by=self.request.user, version=form.cleaned_data["version"], **form.extras()
        )
        messages.success(self.request, f"{self.referral.reference} goes on with {taker.practitioner.name}.")
        return address_after(self.request.user, self.referral)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        referral = self.referral
        return super().get_context_data(
            now_with=self.allocation,
            reviews=referral.reviews.count(),
            assessments=referral.assessments.count(),
            sessions=referral.sessions.count(),
            others=self.others,
            can_cover=rules.can_arrange_cover(self.request.user, referral),
            **kwargs,
        )
