"""Raising a concern: first whom it is about, then whom to tell now, and what happened; saving it is not telling."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from ..access import reading, rules
from ..access.safeguarding import HEARS
from ..actions import concerns
from ..models import About, Concern, Referral
from .concern_contacts import contacts
from .concern_forms import AboutForm, ConcernForm, now
from .error_summary import items_of
from .fields import is_uuid
from .screens import FormScreen, Screen, visible_case
from .who_reads import CONCERN

TITLE = "Raise a concern"


def raise_address(referral: Referral | None = None) -> str:
    """Where a concern is begun, in the case that it arose in where there is one."""
    return reverse("casework_concern_begin") + (f"?case={referral.uuid}" if referral else "")


def concern_address(concern: Concern) -> str:
    """A concern's own page."""
    return reverse("casework_concern", args=[concern.uuid])


class Begin(Screen):
    """What comes first: danger, and whom it is about, which decides who hears and reads."""

    template_name = "casework/concern/begin.html"
    page_title = TITLE
    header_icon = "warning"

    def find(self) -> None:
        self.referral = _case_of(self.request.user, self.request.GET.get("case", ""))
        user = self.request.user
        schools = rules.schools_to_raise_at(user, About.OURS).order_by("name")
        self.schools = schools.filter(pk=self.referral.school_id) if self.referral else schools
        if not self.schools:
            raise Http404
        self.only_ours = About.CHILD not in rules.raises_concerns_about(user)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.find()
        sent = request.GET if "about" in request.GET else None
        form = AboutForm(sent, schools=self.schools, only_ours=self.only_ours)
        if sent is None or not form.is_valid():
            return self.show(form=form, errors=items_of(form), case=self.referral)
        about, school = About(form.cleaned_data["about"]), form.cleaned_data["school"]
        if not rules.can_raise_concern(request.user, school, about):
            form.add_error("about", "At this school you can write here about our own people alone.")
            return self.show(form=form, errors=items_of(form), case=self.referral)
        case = f"?case={self.referral.uuid}" if self.referral else ""
        return redirect(reverse("casework_concern_raise", args=[about, school.uuid]) + case)


class Raise(FormScreen):
    """The concern itself. Its first questions are whether anybody is in danger, and whom its writer has told."""

    template_name = "casework/concern/raise.html"
    form_class = ConcernForm
    submit_label = "Save the concern"
    page_title = TITLE
    header_icon = "warning"

    def find(self) -> None:
        user = self.request.user
        if self.kwargs["about"] not in About.values:
            raise Http404
        self.about = About(self.kwargs["about"])
        schools = rules.schools_to_raise_at(user, self.about).select_related("service")
        self.school = get_object_or_404(schools, uuid=self.kwargs["uuid"])
        self.referral = _case_of(user, self.request.POST.get("case") or self.request.GET.get("case", ""))
        if self.referral and self.referral.school_id != self.school.pk:
            raise Http404

    def open(self) -> None:
        reading.opened(self.request.user, self.school, part="new concern")

    def form_options(self) -> dict[str, Any]:
        return {"user": self.request.user, "about": self.about, "school": self.school, "referral": self.referral}

    def initial(self) -> dict[str, Any]:
        return {"noticed_at": now(), "told_at": now(), "case": self.referral.uuid if self.referral else ""}

    def perform(self, form: ConcernForm) -> str:
        if not rules.can_raise_concern(self.request.user, self.school, self.about):
            raise PermissionDenied
        pupil = self.referral.pupil if self.referral else form.cleaned_data.get("pupil")
        concern = concerns.write_down(
            by=self.request.user, about=self.about, school=self.school, pupil=pupil, arose_in=self.referral,
            **form.answers(),
        )  # fmt: skip
        return concern_address(concern)

    def trail(self) -> list[tuple[str, str]]:
        return [("Whom it is about", raise_address(self.referral))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            about=self.about,
            school=self.school,
            case=self.referral,
            contacts=contacts(self.about, self.school, reader=self.request.user, apart_from=(self.request.user,)),
            hears=HEARS[self.about].title,
            readers=CONCERN[self.about],
            case_address=raise_address(self.referral),
            **kwargs,
        )


def _case_of(user: Any, uuid: str) -> Referral | None:
    """The case in which it arose; one that this person may not see is not there."""
    if not uuid:
        return None
    if not is_uuid(uuid):
        raise Http404
    return visible_case(user, UUID(uuid))
