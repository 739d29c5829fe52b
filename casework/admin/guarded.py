"""The one base class of every register: modeladmin's registration, menu item, addresses and permission helper around
Wagtail's own views, each of which asks the rule book and fetches from what the person may see."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from wagtail_modeladmin.helpers import AdminURLHelper
from wagtail_modeladmin.options import ModelAdmin

from ..access.adapters import RulesHelper, RulesPolicy
from ..actions import registers
from .facts_by_side import FactsBySide
from .filters import Filter, filterset_of
from .guarded_forms import RecordForm
from .guarded_lists import History, Index
from .guarded_pages import End, Inspect
from .guarded_writing import Change, Create
from .sections import Section


class RegisterURLs(AdminURLHelper):
    """Addresses by plural noun and UUID; names by model."""

    def get_action_url_name(self, action: str) -> str:
        return f"casework_{self.opts.model_name}_modeladmin_{action}"


class GuardedModelAdmin(FactsBySide, ModelAdmin):
    """A register. A subclass says what it shows to whom, what filters and searches it, and how it is written."""

    permission_helper_class = RulesHelper
    url_helper_class = RegisterURLs
    add_to_admin_menu = False

    filters: dict[str, Filter] = {}
    related: Sequence[str] = ()
    order: Sequence[str] = ()

    form_class: type[RecordForm] | None = None
    has_page = True
    is_added_here = True
    is_changed_here = True
    ends = False
    end_question = ""

    add_label = ""
    empty_words = ""
    page_after_saving = False

    inspect_view_enabled = True

    @cached_property
    def policy(self) -> RulesPolicy:
        return RulesPolicy(self.model)

    @cached_property
    def filterset_class(self) -> Any:
        return filterset_of(self.model, self.filters)

    def __repr__(self) -> str:
        return f"<register of {self.opts.verbose_name_plural}>"

    # --- What is shown to whom

    def visible(self, user: Any) -> QuerySet[Any]:
        """The records that this person may see, with what the register says of them."""
        return self.with_related(self.policy.rules.visible(user))

    def with_related(self, records: QuerySet[Any]) -> QuerySet[Any]:
        return records.select_related(*self.related) if self.related else records

    def sections_of(self, user: Any, record: Any) -> list[Section]:
        """What stands beside a record on its page: lists of what belongs to it, each as this person may see it."""
        return []

    def title(self) -> str:
        return self.menu_label or capfirst(self.opts.verbose_name_plural)

    def get_menu_label(self) -> str:
        return self.title()

    # --- Addresses

    def url_name(self, action: str) -> str:
        name: str = self.url_helper.get_action_url_name(action)
        return name

    def address(self, action: str, record: Any = None) -> str:
        return reverse(self.url_name(action), args=[record.uuid] if record is not None else [])

    def address_of(self, record: Any) -> str | None:
        """Where a record's title leads."""
        if self.has_page:
            return self.address("inspect", record)
        return self.address("edit", record) if self.is_changed_here else None

    def add_address(self) -> str:
        return self.address("create")

    def change_address(self, record: Any) -> str:
        return self.address("edit", record)

    # --- Writing

    def save(self, record: Any, form: RecordForm, *, by: Any) -> Any:
        """Write what a valid form says, by the action of this noun; the record as it stands then."""
        return registers.save(record, by=by, version=form.cleaned_data.get("version"), **form.to_save())

    def said(self, saved: Any, *, added: bool) -> str:
        """What is said once it is written."""
        return capfirst(f"{self.opts.verbose_name} {saved} was {'added' if added else 'saved'}.")

    def end(self, record: Any, *, by: Any) -> None:
        """End what lasts, now."""
        registers.end(record, by=by)

    # --- Registration with modeladmin

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.visible(request.user)

    def get_permissions_for_registration(self) -> QuerySet[Permission]:
        """Nothing here is given by Wagtail's groups."""
        return Permission.objects.none()

    def register_admin_url_finders(self) -> None:
        """Nothing in Wagtail leads to a record: its finder goes by number and asks no rule."""

    def register_indexing(self) -> None:
        """Casework is in no index."""

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        """Our own addresses and no other; one that is no UUID does not exist."""
        views: list[tuple[str, str, Callable[..., HttpResponse]]] = [
            ("index", "", self.index_view),
            ("index_results", "results/", self.index_results_view),
        ]
        if self.form_class and self.is_added_here:
            views.append(("create", "create/", self.create_view))
        if self.has_page:
            views.append(("inspect", "<uuid:uuid>/", self.inspect_view))
        if self.form_class and self.is_changed_here:
            views.append(("edit", "<uuid:uuid>/edit/", self.edit_view))
        if self.ends:
            views.append(("end", "<uuid:uuid>/end/", self.end_view))
        if self.has_history:
            views.append(("history", "<uuid:uuid>/history/", self.history_view))
            views.append(("history_results", "<uuid:uuid>/history/results/", self.history_results_view))
        base = self.url_helper.base_url_path
        return tuple(path(f"{base}/{rest}", view, name=self.url_name(name)) for name, rest, view in views)

    @property
    def has_history(self) -> bool:
        """Whatever is seen or written here has a history; a case keeps its own."""
        return self.has_page or bool(self.form_class)

    # --- Views

    def index_view(self, request: HttpRequest) -> HttpResponse:
        return self._view(Index, request)

    def index_results_view(self, request: HttpRequest) -> HttpResponse:
        return self._view(Index, request, results_only=True)

    def create_view(self, request: HttpRequest) -> HttpResponse:
        return self._view(Create, request)

    def inspect_view(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        return self._view(Inspect, request, uuid=uuid)

    def edit_view(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        return self._view(Change, request, uuid=uuid)

    def end_view(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        return self._view(End, request, uuid=uuid)

    def history_view(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        return self._view(History, request, uuid=uuid)

    def history_results_view(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        return self._view(History, request, results_only=True, uuid=uuid)

    def _view(self, view: Any, request: HttpRequest, uuid: Any = None, **options: Any) -> HttpResponse:
        """Answer with a view that knows this register and its policy."""
        answer: HttpResponse = view.as_view(
            register=self, model=self.model, permission_policy=self.policy, header_icon=self.get_menu_icon(), **options
        )(request, **({"uuid": uuid} if uuid else {}))
        return answer


def unguarded(kind: type[ModelAdmin] = ModelAdmin) -> list[type[ModelAdmin]]:
    """Every class of modeladmin's that is not built on GuardedModelAdmin."""
    found = []
    for other in kind.__subclasses__():
        if other is not GuardedModelAdmin:
            found += [other, *unguarded(other)]
    return found


def guarded(kind: type[GuardedModelAdmin] = GuardedModelAdmin) -> list[type[GuardedModelAdmin]]:
    """Every register's class."""
    found: list[type[GuardedModelAdmin]] = []
    for other in kind.__subclasses__():
        found += [other, *guarded(other)]
    return found
