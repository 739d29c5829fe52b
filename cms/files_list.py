"""Wagtail's list of documents, with each file's own name, whether it holds, and what is known of viruses in it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column, DownloadColumn

from casework.access import versions


class FileColumn(DownloadColumn):
    """A file by the name that it came with; a link to it while it may be opened."""

    cell_template_name = "cms/file_cell.html"


def with_viruses(columns: cached_property) -> property:
    """A list's columns: in the place of the name on our disk the file's own, and beside it what the scanner said."""
    ours = [
        FileColumn("filename", label="File", accessor="download_name"),
        Column("edition", label="Edition", accessor="edition"),
        Column("standing", label="Standing", accessor=_standing),
        Column("scan_state", label="Viruses", accessor="scan_in_words"),
    ]

    def all_columns(view: Any) -> list[Any]:
        return [column for theirs in columns.func(view) for column in (ours if theirs.name == "filename" else [theirs])]

    return property(all_columns)


def with_standing(base: Callable[[Any], QuerySet[Any]]) -> Callable[[Any], QuerySet[Any]]:
    """The documents of a list, each with whether a newer one took its place."""

    def documents(view: Any) -> QuerySet[Any]:
        return base(view).annotate(is_superseded=versions.superseded(timezone.localdate()))

    return documents


def _standing(document: Any) -> str:
    return versions.standing(document, timezone.localdate())


def is_scanned(view: Any) -> bool:
    """Whether a virus scanner is set."""
    return bool(settings.SCANNER)
