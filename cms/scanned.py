"""A file that somebody added and the virus scanner looks at: what is known of it, and whether anybody may open it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

from cms.naming import extension, safe_name
from cms.redrawn import FORMATS, without_hidden_data


class ScanState(models.TextChoices):
    """What the virus scanner said of a file. Where one is set, nobody opens a file that is not clean."""

    PENDING = "pending", "Waiting"
    CLEAN = "clean", "Clean"
    INFECTED = "infected", "Infected"
    UNSCANNABLE = "unscannable", "Not to be looked into"


IN_WORDS = {
    ScanState.PENDING: "Nobody can open it yet: it waits for the virus scanner.",
    ScanState.CLEAN: "No virus found",
    ScanState.INFECTED: "Nobody can open it: a virus was found. Whoever looks after the files deletes it.",
    ScanState.UNSCANNABLE: "Nobody can open it: the virus scanner could not look into it. Add it in another form.",
}


class Scanned(models.Model):
    """A record of one `file`; its size and its hash are set by `_set_document_file_metadata`."""

    given_name = models.CharField("name of the file", max_length=255, blank=True, editable=False)
    scan_state = models.CharField(
        "viruses", max_length=11, choices=ScanState.choices, default=ScanState.PENDING, editable=False
    )
    scanned_at = models.DateTimeField("last looked at for viruses", null=True, editable=False)

    file: Any
    _set_document_file_metadata: Callable[[], None]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.is_new_file():
            self._take_in()
            kwargs.pop("update_fields", None)  # all that is said of a file goes with it
        super().save(*args, **kwargs)

    @property
    def is_shut(self) -> bool:
        """Whether nobody can open it, for the virus scanner's sake."""
        if self.scan_state == ScanState.INFECTED:
            return True
        return bool(settings.SCANNER) and self.scan_state != ScanState.CLEAN

    @property
    def scan_in_words(self) -> str:
        """What is known of viruses in it."""
        if self.scanned_at and self.scan_state == ScanState.CLEAN:
            return f"{IN_WORDS[ScanState.CLEAN]} on {date_format(timezone.localtime(self.scanned_at), 'j F Y')}"
        return IN_WORDS[ScanState(self.scan_state)] if self.is_shut else "Not looked at"

    def is_new_file(self) -> bool:
        """Whether its file is one that was just sent."""
        return bool(self.file) and not self.file._committed

    def _take_in(self) -> None:
        """Take in a new file: nothing that was found out about an older one holds for it."""
        name = self.file.name or ""
        if extension(name) in FORMATS:
            self.file = without_hidden_data(self.file)
        self.given_name = safe_name(name)
        self._set_document_file_metadata()
        self.scan_state, self.scanned_at = ScanState.PENDING, None
