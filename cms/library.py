"""The library's documents, the website's pictures, and the closed page that lists the documents."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import Page
from wagtail.search import index

from cms import versions
from cms.library_writing import Shelving
from cms.naming import safe_name
from cms.own_things import OwnThingsPageForm
from cms.redrawn import check_picture, without_hidden_data
from cms.scanned import Scanned
from cms.uploads import check_document, check_size, stored_name


def library_storage() -> Storage:
    """Where documents lie: outside the media folder, without an address of its own."""
    return storages["library"]


class DocumentKind(models.TextChoices):
    """What a document is, as its readers would ask for it."""

    POLICY = "policy", "Policy"
    STATUTORY = "statutory", "Statutory guidance"
    SCHOOL = "school", "School information"
    TRAINING = "training", "Training"
    FORM = "form", "Form"


class LibraryDocument(Scanned, AbstractDocument):
    """A document of the library. Who may open it is asked of `casework.access.rules` each time, never stored here."""

    title = models.CharField(
        "title", max_length=255,
        help_text="Harmless: it stands in lists and records. No child’s name, no adult’s, and nothing about either.",
    )  # fmt: skip
    file = models.FileField(
        "file", upload_to=stored_name, storage=library_storage,
        help_text="Another file in its place is a new version: whoever must read it reads it again.",
    )  # fmt: skip
    came_at = models.DateTimeField("file added", default=timezone.now, editable=False)
    kind = models.CharField("kind", max_length=12, choices=DocumentKind.choices, default=DocumentKind.POLICY)
    dated = models.DateField(
        "date of the document", null=True, blank=True, help_text="The date printed on it, or from which it holds."
    )
    edition = models.CharField("edition", max_length=40, blank=True, help_text="For example: 2026, or: version 3.")
    valid_from = models.DateField(
        "valid from",
        null=True,
        blank=True,
        help_text="Until then only the coordinator can open it. Empty: from now on.",
    )
    review_by = models.DateField(
        "review by", null=True, blank=True, help_text="The day by which somebody looks whether it still holds."
    )
    replaces = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="newer", verbose_name="new version of",
        help_text="The older one closes on the first day of this one, once this one has readers. It stays on record.",
    )  # fmt: skip
    withdrawn_on = models.DateField(
        "withdrawn on", null=True, blank=True,
        help_text="From that day nobody can open it, the coordinator neither. Who read it stays on record.",
    )  # fmt: skip

    admin_form_fields = (
        *("title", "file", "kind", "edition", "dated", "valid_from", "review_by", "replaces", "withdrawn_on"),
        *("collection", "tags"),
    )
    search_fields = [*AbstractDocument.search_fields, index.FilterField("kind")]

    class Meta(AbstractDocument.Meta):
        verbose_name = "library document"
        verbose_name_plural = "library documents"

    def clean(self) -> None:
        super().clean()
        if self.is_new_file():
            check_document(self.file)
        if wrong := dict(versions.objections(self)):
            raise ValidationError(wrong)

    @property
    def download_name(self) -> str:
        """What the file is called on the reader's own computer."""
        return safe_name(self.given_name or f"{self.title}.{self.file_extension}")

    def _take_in(self) -> None:
        super()._take_in()
        self.came_at = timezone.now()


class SiteImage(AbstractImage):
    """A picture of the public website: never of a child, and never a record."""

    description = models.CharField(
        "what it shows",
        max_length=255,
        default="",
        help_text="Read aloud to people who cannot see the picture. Say what it shows in one sentence.",
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = "picture"
        verbose_name_plural = "pictures"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.file and not self.file._committed:
            self.file = without_hidden_data(self.file)
            self._set_image_file_metadata()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.file and not self.file._committed:
            check_size(self.file, settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
            check_picture(self.file)

    def generate_rendition_file(self, filter: Any, *, source: File | None = None) -> File:
        # Wagtail hands on its working file, still open; this one is read, and closed at once.
        with super().generate_rendition_file(filter, source=source) as made:
            made.seek(0)
            return ContentFile(made.read(), name=made.name)

    def get_upload_to(self, filename: str) -> str:
        return f"original_images/{stored_name(self, filename)}"


class SiteRendition(AbstractRendition):
    """A picture in the size that a page shows: the only kind of media file that has a public address."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = "picture in one size"
        verbose_name_plural = "pictures in one size"
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_of_a_size")
        ]


class LibraryPage(Page):
    """The list of documents. Wagtail alone never shows it: `cms.reading_room` does, after asking the rule."""

    intro = RichTextField("introduction", blank=True, features=["bold", "italic", "link", "ul"])

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.LibraryArticlePage"]
    base_form_class = OwnThingsPageForm
    content_panels = [*Page.content_panels, "intro"]
    template = "cms/library_page.html"

    class Meta:
        verbose_name = "library"
        verbose_name_plural = "libraries"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Reached only if the hook that asks the rule is gone: then nobody reads.
        raise Http404

    def permissions_for_user(self, user: Any) -> Shelving:
        return Shelving(user, self)
