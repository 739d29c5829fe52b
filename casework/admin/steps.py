"""One step of a case: what will happen and who is told, a short form, and, where it cannot be done now, why not."""

from typing import Any

from django.http import Http404, QueryDict
from django.urls import reverse
from wagtail.admin import messages

from ..access import reading, rules
from ..access.readers import readers_of
from ..actions import referrals
from ..models import Purpose, StatusChange
from ..reports.room import hours_in_words
from ..sealed import TextKind
from .as_school import SeenBySchool
from .board_filters import FROM_BOARD, board_address
from .danger import danger
from .fields import SealedText
from .moves import moves_of
from .referral_texts import texts_of
from .screens import address_after
from .step_forms import FORMS, StepForm
from .step_pages import PAGES

SCHOOL_TABS = {"close": ("overview", "ending")}
"""Where the school reads of a step that writes more than a note."""


UNDO = "undo_allocation"
GIVES_HOURS = frozenset({"accept", "allocate"})
"""Whoever takes these is told what the school has left of its hours."""


class Step(SeenBySchool):
    """One step of the lifecycle, for whoever may take it."""

    header_icon = "arrow-right"

    @property
    def kept_part(self) -> str:
        return self.kwargs["step"]

    def asked(self) -> dict[str, SealedText]:
        step = self.kwargs["step"]
        page, form = PAGES.get(step), FORMS.get(step, StepForm)
        note = {"note": SealedText(page.asks, TextKind.REFERRAL)} if page and page.asks else {}
        return note | {name: field for name, field in form.base_fields.items() if isinstance(field, SealedText)}

    def find(self) -> None:
        super().find()
        self.step = self.kwargs["step"]
        if not rules.can_step(self.request.user, self.referral, self.step):
            raise Http404
        self.page = PAGES[self.step]
        self.page_title, self.page_subtitle = self.referral.reference, self.page.label
        self.submit_label = self.page.label
        self.form_class = FORMS.get(self.step, StepForm)
        self.school_tabs = SCHOOL_TABS.get(self.step, ("overview",) if self.page.asks else ())
        self.move = next((move for move in moves_of(self.request.user, self.referral) if move.step == self.step), None)

    def open(self) -> None:
        reading.opened(self.request.user, self.referral, part=self.step)

    def form_options(self) -> dict[str, Any]:
        return {"referral": self.referral, "user": self.request.user, "page": self.page}

    def initial(self) -> dict[str, Any]:
        return {"version": self.referral.version, "parents_first": self.referral.school.service.parents_first}

    def write(self, form: StepForm) -> StatusChange:
        take = referrals.STEPS[self.step]
        take(self.referral, by=self.request.user, version=form.cleaned_data["version"], **form.extras())
        return self.referral.changes.latest("at", "pk")

    def perform(self, form: StepForm) -> str:
        self.write(form)
        undo = [messages.button(reverse("casework_step", args=[self.referral.uuid, UNDO]), PAGES[UNDO].label)]
        words = f"{self.referral.reference}: {self.page.done}."
        messages.success(self.request, words, buttons=undo if self.step == "allocate" else None)
        if FROM_BOARD in self.request.POST:
            return board_address(QueryDict(self.request.POST[FROM_BOARD]))
        return address_after(self.request.user, self.referral)

    def get_template_names(self) -> list[str]:
        return ["casework/refer/check.html" if self.step == "submit" else "casework/case/step.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(page=self.page, writes=bool(self.school_tabs), **kwargs)
        context |= danger(self.referral.school)
        if self.step in GIVES_HOURS:
            context["hours"] = hours_in_words(self.referral.school)
        if not context["form"].is_bound:
            context |= {"elsewhere": self.move is None, "needs": self.move.needs if self.move else ()}
        if self.step == "submit":
            context |= danger(self.referral.school) | {
                "texts": texts_of(self.referral),
                "reasons": self.referral.ticked["reasons"],
                "agreement": next(iter(reversed(self.referral.standing_agreements(Purpose.WORK))), None),
                "readers": readers_of(self.referral),
            }
        return context
