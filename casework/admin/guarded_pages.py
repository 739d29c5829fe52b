"""A register's pages about one record: look at it, and end it after one question; Wagtail's views, guarded."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.views.generic import TemplateView
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button, HeaderButton

from ..access import reading, rules
from ..actions.refusals import StepRefused
from .acting import OnceForm, act, sent_before
from .guarding import OfRecord


class Inspect(OfRecord, generic.InspectView):
    """A record, and what belongs to it."""

    template_name = "casework/registers/inspect.html"
    page_title = ""
    pk_url_kwarg = "uuid"

    def get_object(self, queryset: Any = None) -> Any:
        record = self.find()
        self.facts = self.register.facts_of(self.request.user, "page", record)
        if not self.facts:
            raise Http404
        return record

    def may_enter(self) -> bool:
        return super().may_enter() and bool(self.register.facts_for(self.request.user, "page"))

    def get_fields(self) -> list[str]:
        return []

    def get_fields_context(self) -> list[dict[str, Any]]:
        return [{"label": fact.label, "value": fact.in_words(self.object)} for fact in self.facts.values()]

    def get_page_title(self) -> str:
        return capfirst(self.model._meta.verbose_name)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.trail((str(self.object), ""))

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        buttons = []
        if self.register.is_changed_here and self.may("change", self.object):
            buttons.append(
                HeaderButton("Edit", url=self.register.change_address(self.object), icon_name="edit", priority=10)
            )
        return buttons

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = []
        if self.register.ends and not self.object.has_ended and self.may("change", self.object):
            buttons.append(Button("End", url=self.register.address("end", self.object), icon_name="cross", priority=20))
        if rules.can_view_history(self.request.user, self.object):
            buttons.append(
                Button("History", url=self.register.address("history", self.object), icon_name="history", priority=30)
            )
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sections = self.register.sections_of(self.request.user, self.object)
        return super().get_context_data(**kwargs) | {"sections": sections}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reading.opened(request.user, self.object)
        return super().get(request, *args, **kwargs)


class End(OfRecord, WagtailAdminTemplateMixin, TemplateView):
    """End what lasts, after one question."""

    needs = "change"
    model = None
    template_name = "casework/registers/end.html"
    page_title = "End"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self._lasting()
        reading.opened(request.user, self.object)
        return self.render_to_response(self.get_context_data(form=OnceForm()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.find()
        if done := sent_before(request):
            return done
        self._lasting()
        try:
            return act(request, self.end_instance)
        except PermissionDenied:
            raise Http404 from None
        except (StepRefused, ValidationError):
            raise Http404 from None

    def end_instance(self) -> str:
        self.register.end(self.object, by=self.request.user)
        messages.success(self.request, capfirst(f"{self.model._meta.verbose_name} {self.object} has ended."))
        return self.register.address("index")

    def _lasting(self) -> Any:
        """The record, while there is something to end."""
        record = self.find()
        if record.has_ended:
            raise Http404
        return record

    def get_page_title(self) -> str:
        return f"End {self.model._meta.verbose_name}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        name = str(self.object)
        return self.trail((name, self.register.address_of(self.object) or ""), ("End", ""), about=name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = self.register.facts_of(self.request.user, "page", self.object).values()
        fields = [{"label": fact.label, "value": fact.in_words(self.object)} for fact in facts]
        context = super().get_context_data(object=self.object, fields=fields, **kwargs)
        return context | {
            "action_url": self.register.address("end", self.object),
            "back": self.register.address_of(self.object),
            "question": self.register.end_question,
        }
