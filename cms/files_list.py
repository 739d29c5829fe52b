"""Wagtail's list of documents, with each file's own name and what is known of viruses in it."""

from typing import Any

from django.conf import settings
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column, DownloadColumn


class FileColumn(DownloadColumn):
    """A file by the name that it came with; a link to it while it may be opened."""

    cell_template_name = "cms/file_cell.html"


def with_viruses(columns: cached_property) -> property:
    """A list's columns: in the place of the name on our disk the file's own, and beside it what the scanner said."""
    ours = [
        FileColumn("filename", label="File", accessor="download_name"),
        Column("scan_state", label="Viruses", accessor="scan_in_words"),
    ]

    def all_columns(view: Any) -> list[Any]:
        return [column for theirs in columns.func(view) for column in (ours if theirs.name == "filename" else [theirs])]

    return property(all_columns)


def is_scanned(view: Any) -> bool:
    """Whether a virus scanner is set."""
    return bool(settings.SCANNER)
