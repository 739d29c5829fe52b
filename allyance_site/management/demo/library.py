"""Fills the demo's library: two documents for the whole team, and one of each of two schools."""

from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile
from django.utils.text import slugify
from wagtail.models import Collection

from casework.models import DocumentAudience
from cms.library import DocumentKind, LibraryDocument

from .. import set_up
from . import ground, pdf
from .places import Places


@dataclass(frozen=True)
class Paper:
    """A document; without a school it is for the whole team."""

    title: str
    kind: DocumentKind
    lines: tuple[str, ...]
    school: str = ""


PAPERS = (
    Paper(
        "How we keep children safe",
        DocumentKind.POLICY,
        (
            "An invented document of the demo.",
            "1. A worry about a child's safety goes to the school's safeguarding lead at once, in person.",
            "2. Write the child's own words. Do not ask leading questions. Do not promise to keep a secret.",
            "3. In danger now: 999.",
        ),
    ),
    Paper(
        "This year's guidance: what each of us reads",
        DocumentKind.STATUTORY,
        (
            "An invented document of the demo.",
            "Each September everyone reads the part of the statutory guidance that is meant for all staff,",
            "and says that it was read and understood.",
        ),
    ),
    Paper(
        "Cawdale: whom to tell, and where",
        DocumentKind.SCHOOL,
        (
            "An invented document of the demo.",
            "Safeguarding lead: the office next to the hall. Deputy: the head.",
            "Sessions are in The Nest; the fire door leads to the garden.",
        ),
        "cawdale",
    ),
    Paper(
        "Brackenfield: whom to tell, and where",
        DocumentKind.SCHOOL,
        (
            "An invented document of the demo.",
            "Safeguarding lead: the head, first door on the left. Deputy: the Year 6 teacher.",
            "Sessions are in the music store; sign in at the hatch.",
        ),
        "brackenfield",
    ),
)


def make(places: Places, dated: date) -> Collection:
    """The documents of the counselling service, in a collection of its own, and whom each is for."""
    service = places.services[ground.LARKWELL]
    collection = set_up.collection_of(service)
    for paper in PAPERS:
        document = LibraryDocument(title=paper.title, kind=paper.kind, dated=dated, collection=collection)
        document.file = ContentFile(pdf.page(paper.title, paper.lines), name=f"{slugify(paper.title)}.pdf")
        document.full_clean()
        document.save()
        school = places.schools[paper.school] if paper.school else None
        DocumentAudience.objects.create(document=document, service=service, school=school)
    return collection
