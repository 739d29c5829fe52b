"""What a school's hours are used for in a year: one side proposes, the other agrees, and every version is kept."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.forms import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from ..access import rules
from ..actions import deciding
from ..models import PLANNED, HoursPlan, School, SchoolYear, ServiceAgreement
from .fields import VersionedForm
from .queue import Queue
from .screens import FormScreen, Screen

MOST_HOURS = 5000


class PlanForm(VersionedForm):
    """Hours for each use."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, said in PLANNED.items():
            label = said.capitalize()
            self.fields[name] = forms.DecimalField(
                label=label,
                min_value=Decimal(0),
                max_value=Decimal(MOST_HOURS),
                decimal_places=2,
                error_messages={
                    "required": f"{label}: enter a number of hours, 0 for none.",
                    "invalid": f"{label}: enter a number of hours like 12 or 1.5.",
                    "min_value": f"{label}: hours cannot be less than nothing.",
                },
            )

    def hours(self) -> dict[str, Decimal]:
        return {name: self.cleaned_data[name] for name in PLANNED}


class OfSchool(Screen):
    """A school, its year, what is agreed with the service, and its plans."""

    header_icon = "time"

    def read(self, school: School) -> None:
        self.school = school
        self.page_title = "Use of hours"
        self.year = SchoolYear.objects.on(timezone.localdate()).filter(service=school.service_id).first()
        plans = rules.visible_hours_plans(self.request.user).filter(school=school, school_year=self.year)
        self.plans = list(plans.select_related("proposed_by", "agreed_by", "school"))
        self.agreed = next((plan for plan in self.plans if plan.agreed_at and not plan.replaced_at), None)
        self.proposed = next((plan for plan in self.plans if not plan.agreed_at and not plan.replaced_at), None)

    def trail(self) -> list[tuple[str, str]]:
        return [(Queue.page_title, reverse("casework_queue"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        in_force = ServiceAgreement.objects.in_force().filter(school=self.school, school_year=self.year)
        agreement = in_force.prefetch_related("lines").first()
        bought = agreement and agreement.hours + sum(line.hours for line in agreement.lines.all())
        return super().get_context_data(
            school=self.school,
            year=self.year,
            bought=bought,
            agreed=self.agreed,
            proposed=self.proposed,
            older=[plan for plan in self.plans if plan.replaced_at],
            may_agree=self.proposed is not None and rules.can_agree_hours_plan(self.request.user, self.proposed),
            **kwargs,
        )


class PlanHours(OfSchool, FormScreen):
    """The plan of this year, and the form in which a side proposes another."""

    template_name = "casework/hours_plan.html"
    form_class = PlanForm
    submit_label = "Propose this plan"

    def find(self) -> None:
        school = get_object_or_404(rules.visible_schools(self.request.user), uuid=self.kwargs["uuid"])
        self.read(school)
        self.may_propose = rules.can_propose_hours_plan(self.request.user, school)
        if not self.may_propose and not rules.can_order_queue(self.request.user, school):
            raise PermissionDenied
        if self.request.method == "POST" and not (self.may_propose and self.year):
            raise Http404

    def initial(self) -> dict[str, Any]:
        shown = self.proposed or self.agreed
        newest = self.plans[0].number if self.plans else 0
        return {"version": newest} | {name: f"{float(getattr(shown, name)) if shown else 0:g}" for name in PLANNED}

    def perform(self, form: PlanForm) -> str:
        if self.year is None:
            raise ValidationError("No school year is set up.")
        version, by = form.cleaned_data["version"], self.request.user
        deciding.propose_plan(self.school, self.year, by=by, version=version, hours=form.hours())
        messages.success(self.request, "Your plan waits for the yes of the other side; they get an e-mail.")
        return reverse("casework_hours_plan", args=[self.school.uuid])

    def both_texts(self, form: forms.Form, current: Any) -> dict[str, Any]:
        context = super().both_texts(form, current)
        data = context["form"].data.copy()
        data["version"] = str(self.initial()["version"])  # a plan's own number, not its version
        return context | {"form": self.form(data)}

    def answers_of(self, current: Any) -> dict[str, Any]:
        return {name: getattr(current, name) for name in PLANNED} if isinstance(current, HoursPlan) else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not (self.may_propose and self.year):
            kwargs["form"] = None
        return super().get_context_data(**kwargs)


class AgreePlan(OfSchool, FormScreen):
    """The other side's yes to a plan that waits for it."""

    template_name = "casework/hours_plan_agree.html"
    form_class = VersionedForm
    submit_label = "Agree to this plan"

    def find(self) -> None:
        plans = rules.visible_hours_plans(self.request.user).select_related("school", "proposed_by")
        self.plan = get_object_or_404(plans, uuid=self.kwargs["uuid"])
        if not rules.can_agree_hours_plan(self.request.user, self.plan):
            raise PermissionDenied
        self.read(self.plan.school)

    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), (self.school.name, reverse("casework_hours_plan", args=[self.school.uuid]))]

    def initial(self) -> dict[str, Any]:
        return {"version": self.plan.version}

    def perform(self, form: VersionedForm) -> str:
        deciding.agree_plan(self.plan, by=self.request.user, version=form.cleaned_data["version"])
        messages.success(self.request, "The plan is agreed and holds from now on.")
        return reverse("casework_hours_plan", args=[self.school.uuid])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(plan=self.plan, **kwargs)
