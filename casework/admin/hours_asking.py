"""A head asks for extra hours; the coordinator answers, or asks another school to lend, whose head says yes or no."""

from typing import Any

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from wagtail.admin import messages

from ..access import reading, rules
from ..actions import hours_requests, loans
from ..charts import plain
from ..models import HoursLoan, HoursRequest, School
from ..reports import hours
from ..reports.hours_words import sentence
from ..sealed import TextKind
from .acting import OnceForm
from .fields import Fields, RecordField, SealedText, VersionedForm
from .hours_page import SchoolScreen, hours_address
from .screens import FormScreen

READERS = "The school’s head and SENDCO and the coordinator read this. Name no child."
TOP_UP, LOAN, NO = "top_up", "loan", "no"
YES, TAKE_BACK = "yes", "back"


def hours_field(
    label: str, *, required: str = "Give a number of hours.", help_text: str = "", least: str = "0.25"
) -> forms.DecimalField:
    """A number of hours, to the quarter."""
    return forms.DecimalField(
        label=label,
        required=bool(required),
        max_digits=7,
        decimal_places=2,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"step": "0.25", "inputmode": "decimal", **({"min": least} if least else {})}),
        error_messages={"required": required, "invalid": "Enter a number like 6 or 7.5."},
    )


class AskForm(OnceForm):
    """How many, and what for."""

    hours = hours_field("How many extra hours?")
    why = SealedText("What are they for?", TextKind.SCHOOL, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].tell(READERS)


class AskForHours(SchoolScreen, FormScreen):
    """One form for a head: the coordinator hears at once that it waits."""

    form_class = AskForm
    page_title = "Ask for extra hours"
    submit_label = "Ask for extra hours"

    def find(self) -> None:
        super().find()
        if not rules.can_request_hours(self.request.user, self.school):
            raise Http404

    def open(self) -> None:
        reading.opened(self.request.user, self.school, part="asking for hours")

    def perform(self, form: AskForm) -> str:
        hours_requests.ask(
            by=self.request.user, school=self.school, hours=form.cleaned_data["hours"], why=form.cleaned_data["why"]
        )
        messages.success(self.request, "You have asked for extra hours. The coordinator is told, and answers here.")
        return hours_address(self.school)


class AnswerForm(VersionedForm):
    """A top-up, another school's hours, or no."""

    answer = Fields.choose(
        "What is your answer?",
        [(TOP_UP, "Top the school up"), (LOAN, "Ask another school to lend"), (NO, "No")],
        required="Choose an answer.",
    )
    hours = hours_field("Hours", required="", help_text="For a top-up or a loan; they may be fewer than asked for.")
    lender = RecordField(
        School.objects.none(), missing="Choose a school that is to lend.", required=False,
        empty_label="No school",
        label="School that is to lend", help_text="Its head is asked; nothing moves before a yes.",
    )  # fmt: skip
    words = SealedText("Words to the school", TextKind.SCHOOL, rows=3)

    def __init__(self, *args: Any, lenders: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lender"].queryset = lenders
        self.fields["words"].tell(f"{READERS} For a no: why, and what the school can do instead.")

    def clean(self) -> dict[str, Any]:
        answer, given = self.cleaned_data.get("answer"), self.cleaned_data
        if answer in (TOP_UP, LOAN) and not given.get("hours") and "hours" not in self.errors:
            self.add_error("hours", "Give a number of hours.")
        if answer == LOAN and not given.get("lender") and "lender" not in self.errors:
            self.add_error("lender", "Choose a school that is to lend.")
        return given


class TakeBackForm(VersionedForm):
    """One button."""


class RequestPage(FormScreen):
    """A request for hours: what was asked, and for who may, an answer or a way to take it back."""

    template_name = "casework/hours/request.html"
    page_title = "Request for hours"
    header_icon = "time"

    def find(self) -> None:
        found = rules.visible_hours_requests(self.request.user)
        related = ("school__service", "school__cluster", "data_key", "asked_by", "answered_by")
        self.asked: HoursRequest = get_object_or_404(found.select_related(*related), uuid=self.kwargs["uuid"])
        self.page_subtitle = self.asked.school.name
        self.may_answer = rules.can_answer_hours_request(self.request.user, self.asked)
        self.may_take_back = rules.can_withdraw_hours_request(self.request.user, self.asked)
        self.form_class = AnswerForm if self.may_answer else TakeBackForm
        self.submit_label = "Send the answer" if self.may_answer else "Take it back"

    def open(self) -> None:
        reading.opened(self.request.user, self.asked)

    def trail(self) -> list[tuple[str, str]]:
        return [(f"Hours of {self.asked.school.name}", hours_address(self.asked.school))]

    def form(self, data: Any = None) -> forms.Form | None:  # type: ignore[override]
        return super().form(data) if self.may_answer or self.may_take_back or data is not None else None

    def form_options(self) -> dict[str, Any]:
        if not self.may_answer:
            return {}
        same = rules.visible_hours_schools(self.request.user).filter(service=self.asked.school.service_id)
        return {"lenders": same.exclude(pk=self.asked.school_id).order_by("name")}

    def initial(self) -> dict[str, Any]:
        return {"version": self.asked.version, "hours": plain(self.asked.hours)}

    def perform(self, form: Any) -> str:
        user, given = self.request.user, form.cleaned_data
        version, answer = given["version"], given.get("answer")
        if answer == TOP_UP:
            hours_requests.top_up(self.asked, by=user, version=version, hours=given["hours"], answer=given["words"])
        elif answer == LOAN:
            loans.ask(self.asked, by=user, version=version, lender=given["lender"], hours=given["hours"])
        elif answer == NO:
            hours_requests.decline(self.asked, by=user, version=version, answer=given["words"])
        else:
            hours_requests.withdraw(self.asked, by=user, version=version)
        messages.success(self.request, "It is done, and whoever waits for it is told.")
        return reverse("casework_hours_request", args=[self.asked.uuid])

    def both_texts(self, form: forms.Form, current: Any) -> dict[str, Any]:
        """There is one answer: what was typed here comes too late."""
        self.find()
        return {"form": None, "stale": {"record": "This request", "pairs": []}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        school = self.asked.school
        figures = hours.of_school(self.request.user, school)
        return super().get_context_data(
            asked=self.asked,
            sentence=sentence(figures) if figures else "",
            figures=figures,
            loans=self.asked.loans.select_related("lender").order_by("pk"),
            **kwargs,
        )


class LoanForm(VersionedForm):
    """The button that was pressed says the answer."""

    answer = forms.ChoiceField(choices=[(word, word) for word in (YES, NO, TAKE_BACK)], widget=forms.HiddenInput)


class LoanPage(FormScreen):
    """A question to a school whether it lends hours: its head says yes or no, and until then it can be taken back."""

    template_name = "casework/hours/loan.html"
    form_class = LoanForm
    page_title = "Loan of hours"
    header_icon = "time"

    def find(self) -> None:
        found = rules.visible_hours_loans(self.request.user)
        related = ("lender__service", "borrower__service", "request", "answered_by")
        self.loan: HoursLoan = get_object_or_404(found.select_related(*related), uuid=self.kwargs["uuid"])
        self.may_answer = rules.can_answer_loan(self.request.user, self.loan)
        self.may_take_back = rules.can_withdraw_loan(self.request.user, self.loan)

    def open(self) -> None:
        reading.opened(self.request.user, self.loan)

    def initial(self) -> dict[str, Any]:
        return {"version": self.loan.version}

    def perform(self, form: LoanForm) -> str:
        act = {YES: loans.agree, NO: loans.decline, TAKE_BACK: loans.withdraw}[form.cleaned_data["answer"]]
        act(self.loan, by=self.request.user, version=form.cleaned_data["version"])
        messages.success(self.request, "It is done, and whoever waits for it is told.")
        return reverse("casework_hours_loan", args=[self.loan.uuid])

    def both_texts(self, form: forms.Form, current: Any) -> dict[str, Any]:
        self.find()
        return {"form": self.form(), "stale": {"record": "This question", "pairs": []}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figures = hours.of_school(self.request.user, self.loan.lender)
        return super().get_context_data(
            loan=self.loan,
            figures=figures,
            sentence=sentence(figures) if figures else "",
            may_answer=self.may_answer,
            may_take_back=self.may_take_back,
            **kwargs,
        )
