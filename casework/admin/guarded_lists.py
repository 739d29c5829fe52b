"""A register's list, its export, and the history of one of its records: Wagtail's listing views, guarded."""

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.widgets.button import HeaderButton

from ..access import reading, rules
from ..models import AuditEvent
from .columns import WordsColumn, columns_of
from .exporting import as_file
from .facts import Fact
from .guarding import HOME, Guarded, OfRecord

MOST_WORDS = 6
LISTING_PARAMETERS = frozenset({"p", "q", "ordering", "export", "_w_filter_fragment"})


class Index(Guarded, generic.IndexView):
    """The records that a person may see, a page at a time, or all of them as a file."""

    template_name = "casework/registers/index.html"
    results_template_name = "casework/registers/index_results.html"
    paginate_by = 20

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.facts = self.register.facts_for(request.user, "listed")
        super().setup(request, *args, **kwargs)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.parameters = LISTING_PARAMETERS | set(self.register.filters)
        if "export" in request.GET and not (self.is_export and self.may_export):
            raise Http404
        if request.GET.get("ordering", "") not in {"", *self.get_valid_orderings()}:
            raise Http404
        if self.filters and not self.filters.is_valid():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def may_enter(self) -> bool:
        return bool(self.facts) and super().may_enter()

    @cached_property
    def may_export(self) -> bool:
        return bool(self.exported_facts) and self.register.policy.rules.exported(self.request.user)

    @cached_property
    def exported_facts(self) -> dict[str, Fact]:
        return self.register.facts_for(self.request.user, "file")

    # --- What stands in it

    def get_base_queryset(self) -> QuerySet[Any]:
        return self.register.visible(self.request.user)

    @cached_property
    def filterset_class(self) -> Any:
        return self.register.filterset_class

    @cached_property
    def is_searchable(self) -> bool:
        return any(self.register.sought(self.request.user).values())

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Each word must be found in what this person reads."""
        words = self.search_query.split()[:MOST_WORDS]
        return self.register.search(self.request.user, queryset, words) if words else queryset

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """By a declared fact, or as the register is kept; always in one order, so that no row is on two pages."""
        if not self.ordering:
            return queryset.order_by(*self.register.order) if self.register.order else queryset
        fact, falling = self.facts[self.ordering.removeprefix("-")], self.ordering.startswith("-")
        return queryset.order_by(*(f"-{column}" if falling else column for column in fact.sort), "pk")

    def get_ordering(self) -> str | None:
        return self.request.GET.get("ordering") or None

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return columns_of({name: self._where_read(name) for name in self.facts}, self.register.address_of)

    def _where_read(self, name: str) -> Fact:
        """The fact, empty where this person may not read it of a record."""
        fact = self.facts[name]
        return replace(fact, value=lambda record: fact.of(record) if self.reads(record, name) else None)

    def get_table_kwargs(self) -> dict[str, Any]:
        return super().get_table_kwargs() | {"caption": self.register.title(), "classname": "listing register"}

    # --- What is around it

    def get_index_url(self) -> str:
        return self.register.address("index")

    def get_index_results_url(self) -> str:
        return self.register.address("index_results")

    def get_add_url(self) -> str | None:
        return self.register.add_address() if self.user_has_permission("add") else None

    def get_page_title(self) -> str:
        return self.register.title()

    @cached_property
    def add_item_label(self) -> str:
        return self.register.add_label or f"Add {self.model._meta.verbose_name}"

    @cached_property
    def show_export_buttons(self) -> bool:
        return self.may_export

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [HOME, {"label": self.register.title(), "url": ""}]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        return context | {"empty_words": self.register.empty_words, "add_label": self.add_item_label}

    # --- Answering: first on record, then shown

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        if self.is_export:
            return self.as_spreadsheet(context["object_list"], self.request.GET["export"])
        self.reads = self.register.reader(self.request.user, "listed", context["object_list"])
        reading.listed(
            self.request.user,
            self.model,
            rows=context["paginator"].count,
            search=self.is_searching or bool(self.is_filtering),
        )
        return super().render_to_response(context, **options)

    def as_spreadsheet(self, queryset: QuerySet[Any], spreadsheet_format: str) -> HttpResponse:
        facts, found = self.exported_facts, list(queryset)
        reads = self.register.reader(self.request.user, "file", found)
        records = [record for record in found if any(reads(record, name) for name in facts)]
        reading.exported(self.request.user, self.model, rows=len(records), form=spreadsheet_format)
        more = self.register.more_for_file(self.request.user).values()
        rows = (
            [
                *(fact.of(record) if reads(record, name) else None for name, fact in facts.items()),
                *(fact.of(record) for fact in more),
            ]
            for record in records
        )
        headings = [fact.label for fact in (*facts.values(), *more)]
        return as_file(spreadsheet_format, self.register.base_url_path, headings, rows)


class History(OfRecord, HistoryView):
    """What happened to a record and who opened it, for those who may know."""

    template_name = "casework/registers/history.html"
    results_template_name = "casework/registers/history_results.html"
    filterset_class = None
    is_searchable = False
    parameters = frozenset({"p"})

    def get_pk(self) -> Any:
        return self.kwargs["uuid"]

    def get_object(self) -> Any:
        record = self.find()
        if not rules.can_view_history(self.request.user, record):
            raise Http404
        return record

    def get_base_queryset(self) -> QuerySet[AuditEvent]:
        return rules.visible_history(self.request.user, self.object).select_related("actor")

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            WordsColumn("verb", label="What", accessor=what_happened),
            Column("actor", label="Who", width="30%"),
            WordsColumn("at", label="When", width="25%"),
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return []

    def get_index_url(self) -> str:
        return self.register.address("history", self.object)

    def get_index_results_url(self) -> str:
        return self.register.address("history_results", self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        name = str(self.object)
        return self.trail((name, self.register.address_of(self.object) or ""), ("History", ""), about=name)

    @cached_property
    def verbose_name_plural(self) -> str:
        return "events"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reading.opened(request.user, self.object, part="history")
        return super().get(request, *args, **kwargs)


def what_happened(event: AuditEvent) -> str:
    """An event in words: what was done, and to which fields."""
    fields = event.detail.get("fields") or [event.detail[name] for name in ("part", "role") if name in event.detail]
    named = ", ".join(str(field).replace("_", " ") for field in fields)
    return f"{event.verb}: {named}".capitalize() if named else event.verb.capitalize()
