"""Files for everybody: how an editor adds one, and the door through which all the world gets it."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail.admin.ui.tables import Column
from wagtail.models import Site

from cms import download
from cms.forms import Scannable
from cms.models import PublicFile
from cms.models.public_files import KINDS
from cms.own_sites import CHECKED, OwnEntries, OwnSiteForm


class PublicFileForm(Scannable, OwnSiteForm):
    """A file of one of a person's own sites, looked at as the library's are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The usual field shows the address of the file there is, and this one has none.
        self.fields["last_checked"].help_text = "The day on which somebody read it through."
        self.fields["review_by"].help_text = "Within a year: on that day an editor is asked to read it again."
        self.fields["file"].widget = forms.FileInput(attrs={"accept": ",".join(f".{kind}" for kind in KINDS)})
        if self.instance.pk:
            kept = f"Leave empty to keep the {self.instance.kind} that is there."
            self.fields["file"].help_text = f"{kept} {self.fields['file'].help_text}"

    def save(self, commit: bool = True) -> PublicFile:
        if "file" in self.changed_data:
            self.instance.uploaded_by_user = self.for_user
        saved: PublicFile = super().save(commit=commit)
        return saved


class PublicFiles(OwnEntries):
    """The files of the website, which everybody may read."""

    model = PublicFile
    name = "public_files"
    url_prefix = "files-to-download"
    icon = "download"
    menu_label = "Files to download"
    form = PublicFileForm
    list_display = [
        "title",
        Column("get_readers_display", label="For"),
        Column("scan_state", label="Viruses", accessor="scan_in_words"),
        *CHECKED,
    ]


@require_safe
def public_file(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """A file of the site that was asked, saved and never shown. Of the library nothing can be asked for here."""
    kept = PublicFile.objects.of(Site.find_for_request(request)).filter(uuid=uuid).first()
    if kept is None or kept.is_shut:
        raise Http404
    response = download.answer_with(kept, request)
    response["Cache-Control"] = "no-cache"  # asked for again by its hash
    return response
