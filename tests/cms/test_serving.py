"""The short way to a page is for what everybody may read: nothing of the library takes it, restricted or not."""

import pytest
from wagtail.models import PageViewRestriction

from cms import frame
from cms.library_pages import KINDS
from cms.models import LibraryArticlePage, LibraryPage, StandardPage


@pytest.fixture
def library(site):
    """A library that somebody has left unrestricted, with an article."""
    page = LibraryPage.objects.child_of(site.root_page).get()
    PageViewRestriction.objects.filter(page=page).delete()
    if not LibraryArticlePage.objects.child_of(page).exists():
        page.add_child(instance=LibraryArticlePage(title="An article", slug="an-article", lede="Words."))
    return page


def test_no_page_of_the_library_is_in_the_frame(library, rf, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    kinds = {place.kind for place in frame.of(rf.get("/")).places}
    assert kinds and not kinds & {frame.ContentType.objects.get_for_model(kind).pk for kind in KINDS}


def test_library_asks_a_visitor_to_sign_in_and_is_not_there_for_others(client, client_for, cast, library):
    article = LibraryArticlePage.objects.child_of(library).first()
    for path in ("/library/", f"/library/{article.slug}/"):
        assert client.get(path).status_code == 302, path
        assert client_for(cast.editor).get(path).status_code == 404, path


def test_restricted_page_still_asks(client, site):
    page = StandardPage.objects.child_of(site.root_page).get(slug="how-we-are-run")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/how-we-are-run/").status_code == 302


def test_page_that_is_there_and_one_that_is_not(client, site):
    assert client.head("/how-we-are-run/").status_code == 200
    assert client.get("/no-such-page/").status_code == 404
