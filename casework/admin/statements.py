"""A school's statement of a month: a page, and files to keep, to calculate with, and to put into accounts."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from ..access import reading, rules
from ..actions.refusals import StepRefused
from ..models import HoursKind, ServiceAgreement
from ..reports import statements
from ..reports.statements import Line, Statement
from .exporting import as_file
from .hours_page import SchoolScreen
from .pdf import pdf_response

HEADINGS = ("School", "School year", "Entered", "Day", "What", "Case", "Hours", "Left")
ACCOUNTS = (
    "ContactName", "InvoiceNumber", "Reference", "InvoiceDate", "DueDate", "Description", "Quantity", "UnitAmount",
    "AccountCode", "TaxType",
)  # fmt: skip
"""As a widely used accounting program names the columns of the sales that it takes in; others match columns by name.

Account and tax are left to whoever keeps the accounts.
"""

FILES = {"pdf": "statement.pdf", "csv": "statement.csv", "xlsx": "statement.xlsx", "accounts": "accounts.csv"}
"""The forms in which a statement is taken out, and what each is called in its address."""


class StatementScreen(SchoolScreen):
    """The statement of a month; a month in which nothing could be entered has none."""

    statement: Statement
    for_school = False

    def find(self) -> None:
        super().find()
        if not rules.can_view_statement(self.request.user, self.school):
            raise Http404
        month = month_of(self.kwargs["year"], self.kwargs["month"])
        self.months = statements.months(self.request.user, self.school)
        if month not in self.months:
            raise Http404
        self.statement = statements.statement(self.request.user, self.school, month, for_school=self.for_school)
        self.page_title, self.page_subtitle = f"Statement of {month:%B %Y}", ""


class StatementPage(StatementScreen):
    """What was entered in a month, and what was left before and after."""

    template_name = "casework/hours/statement.html"

    def open(self) -> None:
        reading.opened(self.request.user, self.school, part="statement")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, at = self.request.user, self.months.index(self.statement.month)
        return super().get_context_data(
            statement=self.statement,
            before=self.months[at + 1] if at + 1 < len(self.months) else None,
            after=self.months[at - 1] if at else None,
            may_take_out=rules.can_take_out_statement(user, self.school),
            may_take_accounts=rules.can_take_out_accounts(user, self.school),
            **kwargs,
        )


class StatementFile(StatementScreen):
    """The same as a file, which goes out to the school beside an invoice."""

    for_school = True

    def find(self) -> None:
        super().find()
        self.form = self.kwargs["form"]
        may = rules.can_take_out_accounts if self.form == "accounts" else rules.can_take_out_statement
        if not may(self.request.user, self.school):
            raise Http404

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.find()
        name = f"statement-{self.school.urn}-{self.statement.month:%Y-%m}"
        try:
            file = self._file(name)
        except StepRefused as refused:
            messages.error(request, refused.words)
            return redirect(statement_address(self.school, self.statement.month))
        reading.taken_out(request.user, self.school, part=f"statement {self.statement.month:%Y-%m}", form=self.form)
        return file

    def _file(self, name: str) -> HttpResponse:
        if self.form == "pdf":
            content = {
                "reference": f"Statement of hours, {self.statement.month:%B %Y}",
                "service": self.school.service.name,
                "statement": self.statement,
            }
            return pdf_response(self.request, "casework/print/statement.html", content, name=name)
        if self.form == "accounts":
            return as_file("csv", f"accounts-{name}", ACCOUNTS, list(accounts_of(self.statement)))
        return as_file(self.form, name, HEADINGS, list(rows_of(self.statement)))


def rows_of(statement: Statement) -> Iterator[tuple[Any, ...]]:
    """Its entries, a row each."""
    for part in statement.parts:
        year = str(part.year or "none")
        for line in part.lines:
            yield (
                statement.school.name, year, line.entered_on, line.on, line.what, line.reference, line.hours, line.left,
            )  # fmt: skip


def accounts_of(statement: Statement) -> Iterator[tuple[Any, ...]]:
    """What costs money, a row each: hours that were agreed or topped up, packages and subsidies; what was taken back
    with a minus. How hours were used costs nothing more."""
    school, month = statement.school, statement.month
    number = f"{school.urn}-{month:%Y-%m}"
    for part in statement.parts:
        for line in part.lines:
            for what, quantity, amount in _costs(line, part.agreement):
                yield (
                    school.name, number, f"{line.entry.get_kind_display().capitalize()} {part.year or ''}".strip(),
                    f"{line.entered_on:%d/%m/%Y}", "", what, quantity, amount, "", "",
                )  # fmt: skip


def _costs(line: Line, in_force: ServiceAgreement | None) -> Iterator[tuple[str, Decimal, Decimal]]:
    entry = line.entry
    if entry.kind == HoursKind.TOP_UP and in_force:
        yield line.what, entry.hours, in_force.rate
    if entry.kind == HoursKind.AGREED:
        agreement: Any = entry.agreement
        sign = 1 if entry.hours > 0 else -1
        if agreement.hours:
            yield line.what, sign * agreement.hours, agreement.rate
        for package in agreement.lines.all():
            if package.price:
                yield f"{package.get_package_display().capitalize()}: {package.words}", Decimal(sign), package.price
        if agreement.subsidy:
            yield f"Subsidy, paid by {agreement.subsidy_from}", Decimal(sign), -agreement.subsidy


def month_of(year: int, month: int) -> date:
    """The first of a month; Http404 for what is no month."""
    try:
        return date(year, month, 1)
    except ValueError:
        raise Http404 from None


def statement_address(school: Any, month: date) -> str:
    """The page of a month's statement."""
    return reverse("casework_statement", args=[school.uuid, month.year, month.month])
