"""Adding a record and changing one: Wagtail's views, guarded, each form sent once and nothing typed lost."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from .. import audit
from ..access import reading, rules, scope
from ..actions.refusals import StaleVersion
from .acting import act, sent_before
from .differences import differences
from .error_summary import items_of
from .guarding import Guarded, OfRecord
from .screens import refuse

READING = ("opened", "listed", "exported")


class Sent:
    """A form that changes something: sent twice it is done once, and what is refused comes back as it was typed."""

    template_name = "casework/registers/form.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        if done := sent_before(request):
            return done
        self.form = request.sent_form = self.get_form()  # its labels, should it have to be given back unsaved
        if not self.form.is_valid():
            return self.form_invalid(self.form)
        try:
            return act(request, self.save_instance)
        except PermissionDenied:
            raise Http404 from None
        except StaleVersion:
            return self.both_texts()
        except ValidationError as error:
            refuse(self.form, error)
        return self.form_invalid(self.form)

    def save_instance(self) -> str:
        """Call the action of the register's noun; the address to go to."""
        record = self.object if self.object is not None else self.model()
        saved = self.register.save(record, self.form, by=self.request.user)
        messages.success(self.request, self.register.said(saved, added=self.object is None))
        return self.address_after(saved)

    def address_after(self, saved: Any) -> str:
        """The record's page, where it has one that this person may see now; else the list."""
        scope.renew(self.request.user)
        if self.register.page_after_saving and self.register.visible(self.request.user).filter(pk=saved.pk).exists():
            return self.register.address("inspect", saved)
        return self.register.address("index")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form writes into a copy, so that headings and the action see the record as it stands."""
        record = copy(self.object) if self.object is not None else self.model()
        data = self.request.POST if self.request.method == "POST" else None
        return {"user": self.request.user, "instance": record, "data": data, "initial": self.get_initial()}

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))

    def both_texts(self) -> HttpResponse:
        """The form as it was typed, ready to be sent again, with what somebody else saved in the meantime beside it."""
        typed, current = self.form, self.find()
        last = audit.of(current).exclude(verb__in=READING).select_related("actor").first()
        stale = {
            "pairs": differences(typed, typed.answers_of(current)),
            "who": str(last.actor) if last else "",
            "at": last.at if last else None,
        }
        data = typed.data.copy()
        data["version"] = str(current.version)
        self.object = current
        self.form = self.register.form_class(data=data, user=self.request.user, instance=copy(current))
        return self.render_to_response(self.get_context_data(form=self.form, stale=stale))

    def get_form_class(self) -> Any:
        return self.register.form_class

    def get_side_panels(self) -> MediaContainer:
        return MediaContainer([])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        form = context["form"]
        return context | {"errors": items_of(form) if form.is_bound else []}


class Create(Sent, Guarded, generic.CreateView):
    """A new record."""

    submit_button_label = "Save"
    submit_button_active_label = "Saving…"

    def may_enter(self) -> bool:
        return super().may_enter() and self.user_has_permission("add")

    def get_object(self, queryset: Any = None) -> None:
        return None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = None
        return self.render_to_response(self.get_context_data())

    def get_add_url(self) -> str:
        return self.register.address("create")

    def get_page_title(self) -> str:
        return self.register.add_label or f"Add {self.model._meta.verbose_name}"

    def get_page_subtitle(self) -> str:
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.trail((self.get_page_title(), ""))


class Change(Sent, OfRecord, generic.EditView):
    """Change a record."""

    needs = "change"
    page_title = "Edit"
    hydrate_create_view = False
    history_url_name = None

    def get_object(self, queryset: Any = None) -> Any:
        return self.find()

    def get_edit_url(self) -> str:
        return self.register.address("edit", self.object)

    def get_history_url(self) -> None:
        """History stands among the buttons, where the other registers' pages have it."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        if not rules.can_view_history(self.request.user, self.object):
            return []
        return [Button("History", url=self.register.address("history", self.object), icon_name="history")]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        name = str(self.object)
        if self.register.has_page:
            return self.trail((name, self.register.address("inspect", self.object)), ("Edit", ""), about=name)
        return self.trail((name, ""))

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        reading.opened(self.request.user, self.object)
        return super().render_to_response(context, **options)
