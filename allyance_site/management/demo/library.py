"""Fills the demo's library: the team's documents, those of two schools, and who has read which version."""

from datetime import date, datetime, time, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Collection, Site

from casework.access import must_read
from casework.models import DocumentAudience, Practitioner, Reading
from cms.library import LibraryDocument, LibraryPage
from cms.library_pages import LibraryArticlePage

from .. import set_up
from . import ground, pdf
from .library_papers import FIRST_WEEK, NEVER, PAPERS, Paper
from .people import People
from .places import Places
from .weeks import SchoolWeeks, at, year_starts

NOON = time(12)


def make(places: Places, people: People, weeks: SchoolWeeks) -> Collection:
    """The documents of the counselling service, in a collection of its own, whom each is for, and who has read it."""
    service = places.services[ground.LARKWELL]
    service.checks_understanding = True
    service.save()
    collection = set_up.collection_of(service)
    made: dict[str, LibraryDocument] = {}
    for paper in PAPERS:
        document = made[paper.key] = _document(paper, made, collection, weeks)
        if paper.has_readers:
            _readers(paper, document, places, people, weeks)
    _own_page()
    return collection


def _document(
    paper: Paper, made: dict[str, LibraryDocument], collection: Collection, weeks: SchoolWeeks
) -> LibraryDocument:
    begins = _day(paper.since, paper, weeks)
    edition = paper.edition.format(this=weeks.year, last=weeks.year - 1)
    document = LibraryDocument(
        title=paper.title, kind=paper.kind, edition=edition, dated=begins, valid_from=begins,
        review_by=_day(paper.review_in, paper, weeks), withdrawn_on=_day(paper.withdrawn_in, paper, weeks),
        replaces=made.get(paper.replaces), collection=collection,
    )  # fmt: skip
    document.file = ContentFile(
        pdf.page(f"{paper.title} {edition}".strip(), paper.lines), name=f"{slugify(paper.title)}.pdf"
    )
    document.full_clean()
    document.save()
    LibraryDocument.objects.filter(pk=document.pk).update(came_at=_came(begins))
    document.refresh_from_db()
    return document


def _readers(paper: Paper, document: LibraryDocument, places: Places, people: People, weeks: SchoolWeeks) -> None:
    """Whom it is for; and of those who must read it, all but the ones who are named have."""
    service = places.services[ground.LARKWELL]
    audience = DocumentAudience.objects.create(
        document=document, service=service, school=places.schools[paper.school] if paper.school else None,
        must_read=paper.must_read, parts=paper.parts, check_question=paper.question,
        check_answers="\n".join(paper.answers), created_at=document.came_at,
    )  # fmt: skip
    begins = document.valid_from or weeks.today
    held = min(weeks.today, document.withdrawn_on - timedelta(days=1) if document.withdrawn_on else weeks.today)
    if begins > held:
        return
    posts = [
        *must_read.posts_in_team(Practitioner.objects.filter(service=service), held),
        *must_read.posts_in_office(service.roles.all(), held),
    ]
    still_to_read = {people.accounts[key].pk for key in paper.unread}
    asked = {post.person for post in posts if post.is_asked(audience)} - still_to_read
    readings = []
    for place, person in enumerate(sorted(one for one in asked if one)):
        opened = min(_came(begins) + timedelta(days=place, hours=place), timezone.now() - timedelta(hours=2))
        readings.append(
            Reading(
                person_id=person,
                document=document,
                file_hash=document.file_hash,
                opened_at=opened,
                acknowledged_at=opened + timedelta(minutes=40),
                understood=bool(paper.question),
            )
        )
    Reading.objects.bulk_create(readings)


def _own_page() -> None:
    """One page of the service's own, below the library of its website."""
    library = LibraryPage.objects.child_of(Site.objects.get(is_default_site=True).root_page).get()
    page = LibraryArticlePage(slug="your-first-week", **FIRST_WEEK)
    library.add_child(instance=page)
    page.save_revision().publish()


def _day(days: int, paper: Paper, weeks: SchoolWeeks) -> date | None:
    """A day of a paper; `since` is its first."""
    if days == NEVER:
        return None
    first = weeks.today if paper.from_today else year_starts(weeks.year).date()
    return first + timedelta(days=days)


def _came(day: date | None) -> datetime:
    """Noon of the day on which something came, and not later than an hour ago."""
    return min(at(day, NOON), timezone.now() - timedelta(hours=1)) if day else timezone.now()
