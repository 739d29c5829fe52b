"""Files for everybody: a leaflet to print, a page in easy read. They lie apart from the library, and are none of it."""

from functools import partial
from hashlib import file_digest
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.core.validators import FileExtensionValidator
from django.db import models, transaction
from django.urls import reverse

from cms.naming import extension, safe_name
from cms.scanned import Scanned
from cms.uploads import check_document, stored_name

from .checked import Checked

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}
"""By the end of its name, what a file says of itself when it is sent."""


def public_storage() -> Storage:
    """Where they lie: a folder of their own, without an address of its own."""
    return storages["public"]


class FileReaders(models.TextChoices):
    """Whom a file is for, which says where it is listed."""

    FAMILIES = "families", "Parents and carers"
    CHILDREN = "children", "Children"
    SCHOOLS = "schools", "Schools"
    ALL = "all", "Everybody"


class PublicFile(Scanned, Checked):
    """A file of one site that everybody may read from the moment it is kept, or once it was found clean."""

    uuid = models.UUIDField("address", default=uuid4, unique=True, editable=False)
    title = models.CharField(
        "title", max_length=100, help_text="What a reader gets, for example: A leaflet for parents."
    )
    readers = models.CharField(
        "for", max_length=8, choices=FileReaders.choices, default=FileReaders.FAMILIES,
        help_text="It is listed wherever a page shows the files for these readers.",
    )  # fmt: skip
    file = models.FileField(
        "file", upload_to=stored_name, storage=public_storage, validators=[FileExtensionValidator(tuple(KINDS))],
        help_text="A PDF, Word or OpenDocument file. Everybody in the world may read it: nobody’s name stands in it.",
    )  # fmt: skip
    file_size = models.PositiveBigIntegerField("size", default=0, editable=False)
    file_hash = models.CharField("hash", max_length=64, blank=True, editable=False)
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField("added", auto_now_add=True)

    class Meta(Checked.Meta):
        verbose_name = "file to download"
        verbose_name_plural = "files to download"
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["site", "title"], name="one_public_file_of_a_title"),
            *Checked.Meta.constraints,
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and self.is_new_file():
            self._drop_file_of(type(self).objects.filter(pk=self.pk).first())
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        self._drop_file_of(self)
        return super().delete(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.is_new_file() and self.kind.lower() in KINDS:
            check_document(self.file)

    def get_absolute_url(self) -> str:
        """Where everybody reads it."""
        return reverse("public_file", args=[self.uuid])

    @property
    def kind(self) -> str:
        """PDF, DOCX or ODT."""
        return extension(self.file.name or "").upper()

    @property
    def content_type(self) -> str:
        """What it says of itself when it is sent."""
        return KINDS[self.kind.lower()]

    @property
    def download_name(self) -> str:
        """What the file is called on the reader's own computer."""
        return safe_name(f"{self.title}.{self.kind.lower()}")

    def get_file_hash(self) -> str:
        """By which a browser knows whether it has it already."""
        return self.file_hash

    def _set_document_file_metadata(self) -> None:
        self.file_size = self.file.size
        self.file.seek(0)
        self.file_hash = file_digest(self.file, "sha256").hexdigest()
        self.file.seek(0)

    @staticmethod
    def _drop_file_of(kept: "PublicFile | None") -> None:
        """Nothing is left of a file that is replaced or taken out, once that is certain."""
        if kept and kept.file:
            transaction.on_commit(partial(kept.file.storage.delete, kept.file.name or ""))
