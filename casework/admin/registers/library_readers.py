"""The register of library readers: whom each library document is for, and who must read it."""

from django.utils import timezone
from django.utils.text import capfirst

from ...access import must_read, rules, versions
from ...access.rules import Side
from ...models import DocumentAudience, School
from .. import filters
from ..facts import Fact, Shown
from ..guarded import GuardedModelAdmin
from ..guarded_forms import RecordForm, day


class AudienceForm(RecordForm):
    """A document that has no readers yet, and who they are. Later the document stays."""

    fixed = ("document", "service")

    read_by = day("To be read by", required=False, help_text="Leave empty for 30 days after it is first open.")

    class Meta:
        model = DocumentAudience
        fields = [
            *("document", "service", "school", "must_read", "parts", "read_by", "check_question", "check_answers"),
        ]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["school"].empty_label = "None: the whole team"
        self.fields["must_read"].choices = [
            (value, label.capitalize()) for value, label in self.fields["must_read"].choices
        ]

    def choices_for(self, name, field):
        return rules.unassigned_documents(self.user) if name == "document" else super().choices_for(name, field)

    def clean(self):
        cleaned = super().clean()
        school, service = cleaned.get("school"), cleaned.get("service") or self.instance.service_id
        if school and service and school.service_id != getattr(service, "pk", service):
            self.add_error("school", "Choose a school of the same service.")
        newly_asked = cleaned.get("must_read") and not self.initial.get("must_read")
        if newly_asked and not self.is_new and not cleaned.get("read_by") and self._is_long_open():
            self.add_error("read_by", "It has been open for more than 30 days: say by which day it is to be read.")
        return cleaned

    def _is_long_open(self):
        return must_read.opened_on(self.instance) + must_read.GRACE < timezone.localdate()


def standing(audience):
    """Whether the document holds, in words."""
    document = audience.document
    document.is_superseded = audience.is_superseded
    return capfirst(versions.standing(document, timezone.localdate()))


class LibraryReaders(GuardedModelAdmin):
    model = DocumentAudience
    base_url_path = "library-readers"
    menu_label = "Who may open library documents"
    menu_icon = "doc-full"
    form_class = AudienceForm
    has_page = False
    related = ("document", "service", "school")
    order = ("document__title", "pk")
    add_label = "Give a document its readers"
    empty_words = "No document is open to anybody yet. Upload it under Documents, then say here whom it is for."

    facts = {
        "document": Fact("Document", lambda audience: audience.document.title, sort=("document__title",)),
        "edition": Fact("Edition", "document.edition", minor=True),
        "standing": Fact("Standing", standing),
        "for": Fact(
            "Who may open it", lambda audience: f"Those of {audience.school}" if audience.school else "The whole team"
        ),
        "must_read": Fact("Who must read it", lambda audience: audience.get_must_read_display().capitalize()),
        "read_by": Fact("To be read by", "read_by", minor=True),
        "service": Fact("Service", "service"),
    }
    shown = {
        Side.COORDINATION: Shown(
            "document edition standing for must_read", file="document edition standing for must_read read_by service"
        )
    }
    filters = {"school": filters.of_records("School", School, "school")}

    def with_related(self, records):
        newer = versions.superseded(timezone.localdate(), "document")
        return super().with_related(records).annotate(is_superseded=newer)
