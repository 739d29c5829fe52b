"""The library: what is not yours is not there, and what is opened is written down."""

import pytest
from django.core.files.base import ContentFile
from django.http import Http404
from django.test import Client, RequestFactory
from wagtail.models import PageViewRestriction

from casework.access import grants
from casework.models import AuditEvent
from cms.library import LibraryPage
from tests.factories import DocumentAudienceFactory, DocumentFactory

PDF = b"%PDF-1.4 a policy"


@pytest.fixture
def documents(cast, site):
    """One of the team's, one of each school's, one of another service's, and one without readers."""
    readers = {
        "team": {"service": cast.service},
        "school": {"service": cast.service, "school": cast.school},
        "other_school": {"service": cast.service, "school": cast.other_school},
        "hidden": {"service": cast.other_service},
    }
    made = {
        name: DocumentAudienceFactory(document__title=f"About {name}", **fields).document
        for name, fields in readers.items()
    }
    return made | {"nobody": DocumentFactory(title="About nobody")}


def listed(client: Client) -> set[str]:
    body = client.get("/library/").content.decode()
    return {name for name in ("team", "school", "other_school", "hidden", "nobody") if f"About {name}<" in body}


def test_visitor_is_asked_to_sign_in_at_the_page(client, site):
    response = client.get("/library/")
    assert response.status_code == 302
    assert response["Location"] == "/sign-in/?next=/library/"


def test_visitor_gets_one_answer_for_every_document(client, documents):
    missing = client.get("/documents/999999/nothing.pdf")
    assert missing.status_code == 302
    for document in documents.values():
        response = client.get(document.url)
        assert response.status_code == 302
        assert response["Location"] == f"/sign-in/?next={document.url}"


def test_therapist_finds_the_teams_and_the_own_schools(cast, client_for, documents):
    assert listed(client_for(cast.therapist)) == {"team", "school"}


def test_head_finds_the_own_schools_only(cast, client_for, documents):
    assert listed(client_for(cast.head)) == {"school"}


def test_coordinator_finds_the_whole_service(cast, client_for, documents):
    assert listed(client_for(cast.coordinator)) == {"team", "school", "other_school"}


@pytest.mark.parametrize("person", ["editor", "technical", "steering"])
def test_whoever_has_no_library_finds_no_page(cast, client_for, documents, person):
    client = client_for(getattr(cast, person))
    assert client.get("/library/").status_code == 404
    for document in documents.values():
        assert client.get(document.url).status_code == 404


def test_a_document_that_is_not_yours_reads_like_one_that_is_not(cast, client_for, documents):
    client = client_for(cast.therapist)
    missing = client.get("/documents/999999/nothing.pdf")
    for name in ("other_school", "hidden", "nobody"):
        response = client.get(documents[name].url)
        assert (response.status_code, response.content) == (404, missing.content)


def test_a_document_comes_with_its_own_name_and_stays_in_no_cache(cast, client_for):
    document = DocumentFactory(title="Policy", file=ContentFile(PDF, name="Our policy.pdf"))
    DocumentAudienceFactory(document=document, service=cast.service)
    response = client_for(cast.therapist).get(document.url)
    assert response.status_code == 200
    assert response.getvalue() == PDF
    assert response["Content-Disposition"] == 'attachment; filename="Our policy.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"


def test_opening_is_written_down_and_refusal_is_not_an_opening(cast, client_for, documents):
    client = client_for(cast.therapist)
    opened = AuditEvent.objects.filter(actor=cast.therapist, verb="opened")
    client.get(documents["hidden"].url)
    assert not opened.exists()
    client.get(documents["team"].url).getvalue()
    assert opened.count() == 1


def test_page_stays_in_no_cache(cast, client_for, documents):
    assert client_for(cast.therapist).get("/library/")["Cache-Control"] == "private, no-store"


def test_library_is_shut_even_when_its_restriction_is_gone(cast, client, client_for, documents):
    PageViewRestriction.objects.all().delete()
    assert client.get("/library/").status_code == 302
    assert client_for(cast.editor).get("/library/").status_code == 404


def test_wagtail_alone_never_shows_the_page(site):
    with pytest.raises(Http404):
        LibraryPage.objects.first().serve(RequestFactory().get("/library/"))


def test_library_is_restricted_from_the_start(site):
    library = LibraryPage.objects.child_of(site.root_page).get()
    restriction = library.get_view_restrictions().get()
    assert restriction.restriction_type == PageViewRestriction.GROUPS
    assert [group.name for group in restriction.groups.all()] == [grants.LIBRARY_READERS]
    assert library not in LibraryPage.objects.public()


def test_whoever_oversees_reading_finds_the_way_to_it(cast, client_for, site):
    for part, finds in (("coordinator", True), ("supervisor", True), ("therapist", False), ("head", False)):
        assert ("Who has read what" in client_for(getattr(cast, part)).get("/library/").text) is finds


def test_empty_library_says_who_fills_it(cast, client_for, site):
    assert "The coordinator adds them." in client_for(cast.therapist).get("/library/").content.decode()


def test_stored_name_and_address_say_nothing_about_a_document(cast):
    document = DocumentFactory(title="Policy", file=ContentFile(PDF, name="../Wren Marlow.pdf"))
    assert document.download_name == "Wren Marlow.pdf"
    assert "Wren" not in document.file.name + document.url


def test_document_made_without_a_form_knows_its_size(db):
    document = DocumentFactory(file=ContentFile(PDF, name="a.pdf"))
    assert document.file_size == len(PDF)


def test_two_sites_have_a_library_each(site, cluster_site):
    assert LibraryPage.objects.count() == 2
