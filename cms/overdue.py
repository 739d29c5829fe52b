"""What nobody has checked in time, helplines, other help and files: a report, and a check before going live."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.models import Site

from cms import help_page, sites
from cms.framed import Framed
from cms.models import DirectoryEntry, Helpline, PublicFile

EDIT = {Helpline: "helplines:edit", DirectoryEntry: "other_help:edit", PublicFile: "public_files:edit"}


class Overdue(NamedTuple):
    """One entry, and where it is changed."""

    name: str
    kind: str
    site: Site
    last_checked: date
    review_by: date
    address: str


def overdue(today: date, among: QuerySet[Site] | None = None) -> list[Overdue]:
    """What is overdue, the longest first; of some sites, or of all."""
    found = []
    for model, address in EDIT.items():
        due: Iterable[Any] = model.objects.due_for_review(today).select_related("site")
        if among is not None:
            due = due.filter(site__in=among)
        found += [
            Overdue(
                str(entry), str(model._meta.verbose_name), entry.site, entry.last_checked, entry.review_by,
                reverse(address, args=[entry.pk]),
            )
            for entry in due
        ]  # fmt: skip
    return sorted(found, key=lambda entry: entry.review_by)


class NumbersToCheck(Framed, TemplateView):
    """The report, for whoever edits a site: of that site."""

    template_name = "cms/numbers_to_check.html"
    page_title = "Help page and numbers"
    header_icon = "warning"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = sites.edited_by(self.request.user)
        return super().get_context_data(**kwargs) | {
            "entries": overdue(timezone.localdate(), mine),
            "help_pages": help_page.to_look_at(self.request.user),
        }
