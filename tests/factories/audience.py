"""Library documents, and whom they are for."""

import factory
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection

from casework.models import DocumentAudience

from .base import RowFactory
from .service import ServiceFactory

PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


class DocumentFactory(RowFactory):
    """A small document that nobody may open yet."""

    class Meta:
        model = get_document_model()

    title = factory.Sequence(lambda n: f"Document {n}")
    file = factory.Sequence(lambda n: ContentFile(PDF, name=f"document-{n}.pdf"))
    collection = factory.LazyFunction(Collection.get_first_root_node)


class DocumentAudienceFactory(RowFactory):
    """A document of the whole team of a service; name a `school` and it is that school's."""

    class Meta:
        model = DocumentAudience

    document = factory.SubFactory(DocumentFactory)
    service = factory.SubFactory(ServiceFactory)
    school = None
