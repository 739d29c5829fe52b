"""The service's own pages in the library: the team reads them, the coordinator writes them, and nobody else finds them.

Each leak that a page could have is tried with a word of its own.
"""

import pytest
from django.contrib.auth.models import Group
from django.http import Http404
from django.test import RequestFactory
from django.urls import reverse
from wagtail.models import PageViewRestriction

from allyance_site import surfaces
from allyance_site.kept_pages import SHELF
from casework.access.rules import WEBSITE_EDITORS
from casework.models import AuditEvent
from cms import frame
from cms.library import LibraryPage
from cms.library_pages import LibraryArticlePage
from cms.models import StandardPage
from tests.matrix.addresses import every_address

CANARY = "zqwren"
PATH = "/library/how-we-write-notes/"
READERS = {"coordinator", "supervisor", "therapist", "other_therapist"}


@pytest.fixture
def article(cast, site):
    """A page below the library of the first service's site."""
    cast.service.editors = Group.objects.get(name=WEBSITE_EDITORS)
    cast.service.save()
    cast.coordinator.groups.add(cast.service.editors)
    library = LibraryPage.objects.child_of(site.root_page).get()
    page = LibraryArticlePage(
        title=f"{CANARY} title", slug="how-we-write-notes", lede=f"{CANARY} lede", show_in_menus=True,
        search_description=f"{CANARY} description", body=[("text", f"<p>{CANARY} body</p>")],
    )  # fmt: skip
    library.add_child(instance=page)
    page.save_revision().publish()
    SHELF.kept.clear()
    return page


def test_the_team_reads_it_and_its_opening_is_on_record(cast, client_for, article):
    opens = {part for part, person in cast.people().items() if client_for(person).get(PATH).status_code == 200}
    assert opens == READERS
    assert AuditEvent.objects.filter(verb="opened", subject_type="cms.libraryarticlepage").count() == len(READERS)
    answer = client_for(cast.therapist).get(PATH)
    assert f"{CANARY} body" in answer.text
    assert answer["Cache-Control"] == "private, no-store"
    assert not SHELF.kept


def test_whoever_does_not_read_it_is_told_nothing(cast, client_for, article):
    client = client_for(cast.head)
    assert client.get(PATH).content.replace(b"how-we-write-notes", b"") == client.get(
        "/library/missing/"
    ).content.replace(b"missing", b"")
    assert CANARY not in client.get("/library/").text


def test_a_visitor_is_asked_to_sign_in_and_a_draft_is_not_there(cast, client, client_for, article):
    answer = client.get(PATH)
    assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next={PATH}")
    assert answer["Cache-Control"] == "private, no-store"
    article.unpublish()
    assert client_for(cast.therapist).get(PATH).status_code == 404


def test_the_librarys_page_lists_it_for_its_readers(cast, client_for, article):
    assert f"{CANARY} title" in client_for(cast.therapist).get("/library/").text
    assert CANARY not in client_for(cast.hidden_therapist).get("/library/").text


def test_it_stays_shut_when_the_restriction_is_gone_or_the_hook_is(cast, client, client_for, article):
    assert article.get_view_restrictions().exists()
    PageViewRestriction.objects.all().delete()
    assert client.get(PATH).status_code == 302
    assert client_for(cast.editor).get(PATH).status_code == client_for(cast.head).get(PATH).status_code == 404
    with pytest.raises(Http404):
        article.serve(RequestFactory().get(PATH))


@pytest.mark.parametrize("restricted", [True, False])
def test_no_visitor_meets_a_word_of_it(client, site, article, restricted):
    if not restricted:
        PageViewRestriction.objects.all().delete()
    library = article.get_parent()
    for path in (
        "/", "/for-schools/", "/sitemap.xml", "/robots.txt", f"/search/?q={CANARY}", "/get-help-now/",
        "/api/v2/pages/?limit=100&fields=*", f"/api/v2/pages/?search={CANARY}", f"/api/v2/pages/{article.pk}/",
        f"/api/v2/pages/?child_of={library.pk}", "/api/v2/pages/?type=cms.LibraryArticlePage",
        f"/api/v2/pages/find/?html_path={PATH}", PATH,
    ):  # fmt: skip
        answer = client.get(path)
        assert CANARY not in answer.text.replace(f"q={CANARY}", "").replace(f'value="{CANARY}"', "").replace(
            f"<title>{CANARY}", ""
        ).replace(f"“{CANARY}”", ""), path
        assert "how-we-write-notes" not in answer.text or path == PATH, path
    assert article.pk not in {place.pk for place in frame.of(client.get("/").wsgi_request).places}


def every_address_of_a_page(page):
    """Every address of the website's admin, with this page wherever one is named."""
    named = {*surfaces.TABLE[surfaces.CMS], *surfaces.TABLE[surfaces.SHELL]}
    for address in every_address():
        if address.name in named:
            revision = str(page.latest_revision_id)
            values = [
                revision if "revision_id" in parameter else
                {"content_type_app_name": "cms", "content_type_model_name": "libraryarticlepage"}.get(
                    parameter, str(page.pk)
                )
                for parameter in address.parameters
            ]  # fmt: skip
            yield address.name, address.path(*values)


def test_an_editor_who_does_not_coordinate_meets_no_word_of_it_in_the_admin(cast, client_for, article):
    client = client_for(cast.editor)
    seen = []
    for name, path in every_address_of_a_page(article):
        for query in ("", f"?q={CANARY[:-1]}"):
            answer = client.get(path + query)
            if not answer.streaming and CANARY in answer.content.decode("utf-8", "replace"):
                seen.append((name, query))
    assert seen == []
    library = article.get_parent()
    for name in ("explore", "choose_page_child"):
        assert CANARY not in client.get(reverse(f"wagtailadmin_{name}", args=[library.pk])).text
    listed = client.get(f"{reverse('wagtailadmin_api:pages:listing')}?child_of={library.pk}&fields=*")
    assert CANARY not in listed.text
    assert client.post(reverse("wagtailadmin_pages:delete", args=[article.pk])).status_code in (302, 403, 404)
    assert (
        client.get(reverse("wagtailadmin_pages:add", args=["cms", "libraryarticlepage", library.pk])).status_code != 200
    )
    assert LibraryArticlePage.objects.filter(pk=article.pk, live=True).exists()


def test_the_coordinator_writes_it(cast, client_for, article):
    client = client_for(cast.coordinator)
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    assert edit.status_code == 200 and CANARY in edit.text
    library = article.get_parent()
    assert CANARY in client.get(reverse("wagtailadmin_explore", args=[library.pk])).text
    assert (
        client.get(reverse("wagtailadmin_pages:add", args=["cms", "libraryarticlepage", library.pk])).status_code == 200
    )
    draft = client.get(reverse("wagtailadmin_pages:view_draft", args=[article.pk]))
    assert CANARY in draft.text


def test_a_coordinator_of_another_service_writes_none_of_it(cast, client_for, article, cluster_site):
    cast.other_service.editors = Group.objects.get(name__startswith=f"{WEBSITE_EDITORS},")
    cast.other_service.save()
    cast.outsider.groups.add(cast.other_service.editors, cast.service.editors)
    client = client_for(cast.outsider)
    assert CANARY not in client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).text
    assert CANARY not in client.get(reverse("wagtailadmin_explore", args=[article.get_parent().pk])).text


def test_an_ordinary_page_cannot_be_put_there(site):
    assert LibraryPage.allowed_subpage_models() == [LibraryArticlePage]
    assert LibraryPage not in StandardPage.allowed_parent_page_models()
