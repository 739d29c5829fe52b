"""What every casework screen shares: Wagtail's frame, the one 404, and a form that is sent once and loses no word."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..access import rules, scope
from ..actions import kept_words
from ..actions.refusals import StaleVersion, StepRefused
from ..models import Referral
from ..sealed import TextKind
from .acting import act, sent_before
from .differences import differences
from .error_summary import items_of
from .fields import LONGEST_TEXT, SealedText

RELATED = ("pupil", "school__service", "school__cluster", "data_key", "referred_by", "closure_reason")


GONE = 410
"""A case that was open to this person, and is not any more."""


class Screen(WagtailAdminTemplateMixin, View):
    """A page in Wagtail's frame. What a rule refuses answers like what does not exist."""

    header_icon = "user"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except PermissionDenied:
            raise Http404 from None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.find()
        return self.show()

    def find(self) -> None:
        """Fetch what the page is about; Http404 where this person may not."""

    def open(self) -> None:
        """Put on record what is about to be shown."""

    def show(self, **context: Any) -> HttpResponse:
        """Record the opening, then make the page."""
        self.open()
        return self.render_to_response(self.get_context_data(**context))

    def trail(self) -> list[tuple[str, str]]:
        """The pages above this one: label and address."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [{"url": address, "label": label} for label, address in self.trail()]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.get_header_title()}]


class CaseScreen(Screen):
    """A page about one case that this person may see."""

    referral: Referral

    def find(self) -> None:
        self.referral = visible_case(self.request.user, self.kwargs["uuid"])

    def trail(self) -> list[tuple[str, str]]:
        return [(self.referral.reference, case_address(self.referral))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(referral=self.referral, case_address=case_address(self.referral), **kwargs)


class FormScreen(Screen):
    """A page with one form: a POST calls one action, once; what is refused comes back with the words that mend it."""

    template_name = "casework/form.html"
    form_class: type[forms.Form]
    submit_label = "Save"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.find()
        return self.show(form=self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if done := sent_before(request):
            return done
        self.find()
        form = request.sent_form = self.form(request.POST)  # its labels, should it have to be given back unsaved
        if not form.is_valid():
            return self.show(form=form)
        try:
            return self.carry_out(form)
        except StaleVersion as stale:
            return self.show(**self.both_texts(form, stale.current))
        except StepRefused as refused:
            form.add_error(None, refused.words)
        except ValidationError as error:
            refuse(form, error)
        return self.show(form=form)

    def carry_out(self, form: Any) -> HttpResponse:
        """Do what a valid form asks for."""
        return act(self.request, lambda: self.perform(form))

    def form(self, data: Any = None) -> forms.Form:
        return self.form_class(data, initial=self.initial(), **self.form_options())

    def initial(self) -> dict[str, Any]:
        """What stands in the form when it is opened."""
        return {}

    def form_options(self) -> dict[str, Any]:
        """What the form must know besides its data."""
        return {}

    def perform(self, form: Any) -> str:
        """Call the action; the address to go to."""
        raise NotImplementedError

    def answers_of(self, current: Model) -> dict[str, Any]:
        """How the record answers this form's fields now, to show beside what was typed."""
        return {}

    def both_texts(self, form: forms.Form, current: Any) -> dict[str, Any]:
        """The form as it was typed, ready to be sent again, and how the record stands now."""
        pairs = differences(form, self.answers_of(current))
        data = form.data.copy()
        data["version"] = str(current.version)
        self.find()
        return {"form": self.form(data), "stale": {"record": str(current), "pairs": pairs}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(submit_label=self.submit_label, **kwargs)
        form = context["form"]
        return context | {"errors": items_of(form) if form is not None else []}


class KeepsWords(FormScreen):
    """A form that loses no word when what it is about closes to its writer: it is refused, and its words are kept,
    where `kept_part` says as what the form is on record when it is opened."""

    kept_part = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            if request.method == "POST" and self.kept_part and self._keep_words():
                return render(request, "casework/words_kept.html", status=GONE)
            raise

    def asked(self) -> dict[str, SealedText]:
        """The texts that the form asks for, by name: known without the record, which is closed to its writer by now."""
        return {name: field for name, field in self.form_class.base_fields.items() if isinstance(field, SealedText)}

    def typed(self) -> list[tuple[str, TextKind, str]]:
        """What to keep: label, kind and text."""
        return [(str(field.label), field.kind, self.sent(name)) for name, field in self.asked().items()]

    def sent(self, name: str) -> str:
        """What came in a field, as long as a text may be."""
        return self.request.POST.get(name, "")[:LONGEST_TEXT]

    def _keep_words(self) -> bool:
        return kept_words.keep(self.kwargs["uuid"], self.kept_part, by=self.request.user, words=self.typed())


class CaseFormScreen(CaseScreen, KeepsWords):
    """A form about one case."""


def visible_case(user: Any, uuid: UUID) -> Referral:
    """The case of an address; a foreign one answers like a missing one."""
    return get_object_or_404(with_related(rules.visible_referrals(user)), uuid=uuid)


def with_related(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """With all that a page says of a case in one query."""
    return referrals.select_related(*RELATED)


def case_address(referral: Referral, tab: str = "") -> str:
    """The case file's address, or that of one of its tabs."""
    return reverse("casework_case", args=[referral.uuid]) + (f"?tab={tab}" if tab else "")


def address_after(user: Any, referral: Referral) -> str:
    """Where an act leads: back to the case, or home when the act closed the case to this person."""
    scope.renew(user)
    return case_address(referral) if rules.can_view_referral(user, referral) else reverse("wagtailadmin_home")


def refuse(form: forms.Form, error: ValidationError) -> None:
    """Say at each field what the action found wrong with it, and above the form what belongs to none."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
