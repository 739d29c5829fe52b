"""The short way to a page is for what everybody may read: nothing of the library takes it, restricted or not."""

import pytest
from wagtail.models import Page, PageViewRestriction, Site

from cms import frame, generation
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


@pytest.mark.parametrize("what", ["restricted", "restricted above", "taken back", "moved away", "another's site"])
def test_page_that_is_remembered_is_shown_no_longer_than_everybody_may_read_it(client, site, monkeypatch, what):
    monkeypatch.setattr(generation, "_may_be_taken_back", lambda: False)
    parent = Page.objects.child_of(site.root_page).get(slug="for-parents")
    child = Page.objects.child_of(parent).live().first()
    path = f"/for-parents/{child.slug}/"
    for _ in range(2):
        assert client.get(path, {"asked": "again"}).status_code == 200
    if what == "restricted":
        PageViewRestriction.objects.create(page=child, restriction_type=PageViewRestriction.LOGIN)
    elif what == "restricted above":
        PageViewRestriction.objects.create(page=parent, restriction_type=PageViewRestriction.LOGIN)
    elif what == "taken back":
        child.specific.unpublish()
    elif what == "moved away":
        child.move(LibraryPage.objects.child_of(site.root_page).get(), pos="last-child")
    else:
        Site.objects.filter(pk=site.pk).update(root_page=parent)
    answer = client.get(path, {"asked": "again"})
    wanted = {"restricted": 302, "restricted above": 302, "moved away": 301}  # to where it went, which asks to sign in
    assert answer.status_code == wanted.get(what, 404)
    if what == "moved away":
        assert client.get(answer["Location"]).status_code == 302
