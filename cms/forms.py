"""The forms that files are added by: what one person may add in a day, and a look at a new document for viruses."""

from datetime import timedelta
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms import scanning
from cms.findings import NAMED
from cms.models import LibraryDocument, PublicFile, SiteImage
from cms.redrawn import check_picture
from cms.uploads import check_size

DAYS = ("dated", "valid_from", "review_by", "withdrawn_on")


def added_today(user: Any) -> int:
    """The bytes that a person has added within a day, of what is still kept."""
    since = timezone.now() - timedelta(days=1)
    kept = [
        model._default_manager.filter(uploaded_by_user=user, created_at__gte=since)
        for model in (LibraryDocument, PublicFile, SiteImage)
    ]
    return sum(files.aggregate(size=Sum("file_size", default=0))["size"] for files in kept)


class _Rationed:
    """Nobody fills the disk: one person adds so much in a day, and then waits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.get("user") or kwargs.get("for_user")
        super().__init__(*args, **kwargs)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        most = settings.UPLOADS_A_DAY
        if isinstance(file, UploadedFile) and self.user and added_today(self.user) + (file.size or 0) > most:
            raise ValidationError(f"{filesizeformat(most)} is the most that one person adds in a day. Go on tomorrow.")
        return file


class OlderVersionField(forms.ModelChoiceField):
    """The document that another one takes the place of."""

    def label_from_instance(self, obj: LibraryDocument) -> str:
        return f"{obj.title}, {obj.edition}" if obj.edition else obj.title


class Scannable(_Rationed):
    """A file is looked at as soon as it is kept; until then, and while the scanner is away, it is shut."""

    def save(self, commit: bool = True) -> Any:
        kept = super().save(commit=commit)
        if commit and settings.SCANNER and "file" in self.changed_data:
            # Not within the transaction, which would hold up everybody else's.
            transaction.on_commit(partial(scanning.look_at, kept))
        return kept


class DocumentForm(Scannable, BaseDocumentForm):
    """A document of the library."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in DAYS:
            if name in self.fields:
                self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        if file := self.fields.get("file"):
            file.help_text = f"{file.help_text} {LibraryDocument._meta.get_field('file').help_text}".strip()
        if older := self.fields.get("replaces"):
            # Those that this person looks after: titles of another service's are not for them.
            kept = self.permission_policy.instances_user_has_any_permission_for(self.user, ["change"])
            self.fields["replaces"] = OlderVersionField(
                kept.exclude(pk=self.instance.pk).order_by("title", "pk"), required=False, label=older.label,
                help_text=older.help_text, empty_label="None: it is the first",
                error_messages={"invalid_choice": "Choose from the list."},
            )  # fmt: skip

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        if named := NAMED.search(title):
            raise ValidationError(f"This looks like somebody’s name: “{named[0]}”. Leave it out, or say it otherwise.")
        return title


class PictureField(WagtailImageField):
    """Asks our own questions first: Wagtail unpacks a picture before it looks how large it is."""

    def to_python(self, data: Any) -> Any:
        if data:
            try:
                check_size(data, self.max_upload_size)
                check_picture(data)
            except ValidationError as refusal:
                raise ValidationError(refusal.messages) from None
        return super().to_python(data)


class PictureForm(_Rationed, BaseImageForm):
    """A picture of the website."""

    file = PictureField(label="File", widget=BaseImageForm.Meta.widgets["file"])
