"""Referring a child, in pieces that are each saved: the child, why now; then the agreement, check and send."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from wagtail.admin import messages

from ..access import reading, rules, scope
from ..actions import pupils, referrals
from ..actions.refusals import AlreadyReferred
from ..lifecycle import WRITABLE
from ..models import Purpose, Referral
from .as_school import SeenBySchool
from .danger import danger
from .refer_forms import ChildForm
from .screens import FormScreen, case_address
from .why_form import TICKED, WhyForm, answers_of

LATER = "later"


class Refer(FormScreen):
    """Step 1: which child, and at which school where the person refers for several."""

    template_name = "casework/refer/child.html"
    form_class = ChildForm
    submit_label = "Save and go on"
    page_title = "Refer a child"
    header_icon = "plus-inverse"

    def find(self) -> None:
        user = self.request.user
        every = rules.visible_schools(user).select_related("service", "cluster")
        self.schools = [school for school in every if rules.can_add_referral(user, school)]
        if not self.schools:
            raise PermissionDenied
        wanted = self.request.GET.get("school", "")
        chosen = [school for school in self.schools if str(school.uuid) == wanted]
        if wanted and not chosen:
            raise Http404
        self.school = chosen[0] if chosen else self.schools[0] if len(self.schools) == 1 else None
        if self.school is None and self.request.method == "POST":
            raise Http404

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.find()
        return self.show(form=self.form() if self.school else None)

    def open(self) -> None:
        if self.school:
            form = getattr(self.request, "sent_form", None)
            part = "whether a pupil is known" if form and form.found else "pupils to refer"
            reading.opened(self.request.user, self.school, part=part)

    def form_options(self) -> dict[str, Any]:
        return {"user": self.request.user, "school": self.school}

    def carry_out(self, form: ChildForm) -> HttpResponse:
        """Whoever refers a pupil a second time is led to the referral that stands, where they see it."""
        try:
            return super().carry_out(form)
        except AlreadyReferred as already:
            if already.known is None:
                raise
            messages.warning(self.request, f"{already.message} Nothing was started or added.")
            return HttpResponseRedirect(case_address(already.known))

    def perform(self, form: ChildForm) -> str:
        user, school = self.request.user, form.school
        if form.is_new:
            pupil = pupils.add(by=user, school=school, **form.new_pupil())
            scope.renew(user)  # the child goes to this school from this moment on
        else:
            pupil = form.pupil
        referral = referrals.start(by=user, school=school, pupil=pupil, year_group=form.year, **form.origin())
        return reverse("casework_refer_change", args=[referral.uuid])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        several = self.schools if len(self.schools) > 1 else []
        context = super().get_context_data(school=self.school, schools=several, part=1, **kwargs)
        return context | danger(self.school)


class ReferralPart(SeenBySchool):
    """A later piece of a referral, for whoever may write it."""

    part = 2
    submit_label = "Save and go on"
    header_icon = "plus-inverse"

    def find(self) -> None:
        super().find()
        if not self.may():
            raise Http404
        self.page_title = self.referral.reference

    def may(self) -> bool:
        """Whether this piece is this person's to write, now."""
        return self.is_writable() and rules.can_change_referral(self.request.user, self.referral)

    def is_writable(self) -> bool:
        """Whether it is still being written."""
        return self.referral.status in WRITABLE

    def open(self) -> None:
        reading.opened(self.request.user, self.referral, part=self.page_subtitle.lower())

    def next_address(self, ahead: str) -> str:
        """On to the next piece, or back to the case when it is to be finished later."""
        return case_address(self.referral) if LATER in self.request.POST else ahead

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(part=self.part, later=LATER, is_writable=self.is_writable(), **kwargs)
        return context | danger(self.referral.school)


class ChangeReferral(ReferralPart):
    """Step 2: why now."""

    template_name = "casework/refer/why.html"
    form_class = WhyForm
    page_subtitle = "Why now"
    school_tabs = ("referral",)

    def form_options(self) -> dict[str, Any]:
        return {"referral": self.referral}

    def initial(self) -> dict[str, Any]:
        answers = answers_of(self.referral)
        ticked = {name: [item.uuid for item in answers[name]] for name in TICKED}
        return {"version": self.referral.version} | answers | ticked

    def answers_of(self, current: Referral) -> dict[str, Any]:
        return answers_of(current)

    def write(self, form: WhyForm) -> Referral:
        version = form.cleaned_data["version"]
        return referrals.change(
            self.referral, by=self.request.user, version=version, answers=form.given(), **form.answers()
        )

    def perform(self, form: WhyForm) -> str:
        self.write(form)
        if self.referral.agrees_to(Purpose.WORK):
            return self.next_address(reverse("casework_step", args=[self.referral.uuid, "submit"]))
        return self.next_address(reverse("casework_agree", args=[self.referral.uuid]))
