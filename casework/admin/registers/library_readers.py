"""The register of library readers: whom each library document is for."""

from ...access import rules
from ...access.rules import Side
from ...models import DocumentAudience, School
from .. import filters
from ..facts import Fact, Shown
from ..guarded import GuardedModelAdmin
from ..guarded_forms import RecordForm


class AudienceForm(RecordForm):
    """A document that has no readers yet, and who they are. Later only the school may change."""

    fixed = ("document", "service")

    class Meta:
        model = DocumentAudience
        fields = ["document", "service", "school"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["school"].empty_label = "None: the whole team"

    def choices_for(self, name, field):
        return rules.unassigned_documents(self.user) if name == "document" else super().choices_for(name, field)

    def clean(self):
        cleaned = super().clean()
        school, service = cleaned.get("school"), cleaned.get("service") or self.instance.service_id
        if school and service and school.service_id != getattr(service, "pk", service):
            self.add_error("school", "Choose a school of the same service.")
        return cleaned


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
        "for": Fact(
            "Who may open it", lambda audience: f"Those of {audience.school}" if audience.school else "The whole team"
        ),
        "service": Fact("Service", "service"),
    }
    shown = {Side.COORDINATION: Shown("document for", file="document for service")}
    filters = {"school": filters.of_records("School", School, "school")}
