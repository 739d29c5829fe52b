"""Two websites in one installation: an editor who makes a link is shown the pages of their own."""

import pytest

from cms import groups
from cms.models import StandardPage


@pytest.fixture
def chooser(cast, client_for, site):
    cast.editor.groups.add(groups.editors_of(site))
    return client_for(cast.editor)


@pytest.fixture
def others_draft(cluster_site):
    page = StandardPage(title="Zqunfinished", slug="unfinished", lede="Not yet.", live=False)
    return cluster_site.root_page.add_child(instance=page)


def test_choose_child_shows_the_pages_below_ones_own(chooser, site):
    answer = chooser.get(f"/admin/choose-page/{site.root_page_id}/")
    assert answer.status_code == 200
    assert StandardPage.objects.child_of(site.root_page).first().title in answer.json()["html"]


@pytest.mark.parametrize("below", ["root_page", "draft"])
def test_choose_child_does_not_know_another_sites_pages(chooser, cluster_site, others_draft, below):
    page = {"root_page": cluster_site.root_page, "draft": others_draft}[below]
    answer = chooser.get(f"/admin/choose-page/{page.pk}/")
    assert answer.status_code == 404
    assert "Zqunfinished" not in answer.content.decode()


@pytest.mark.parametrize("address", ["/admin/choose-page/", "/admin/choose-page/search/?q=Zqunfinished"])
def test_own_pages_leave_another_sites_out_of_list_and_search(chooser, others_draft, address):
    answer = chooser.get(address)
    assert answer.status_code == 200
    assert others_draft.get_parent().title not in answer.content.decode()
    assert f"/{others_draft.pk}/" not in answer.content.decode()
