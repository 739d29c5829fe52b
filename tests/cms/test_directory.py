"""Other help: found by age, language and cost without a script, and looked after by the editors of its own site."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from cms import groups
from cms.models import DirectoryEntry, Helpline

DATES = {"last_checked": "2026-11-02", "review_by": "2027-01-31"}
ENTRY = {
    "name": "Tea and Talk",
    "topic": "home",
    "what": "A morning for parents.",
    "who_for": "parents",
    "area": "Wendham",
    "cost": "free",
    "languages": "English",
    "how_to_ask": "Just come.",
    "shown": "on",
    "position": "0",
    **DATES,
}
LINE = {
    "name": "A line",
    "way": "call",
    "number": "0800 000 001",
    "audience": "adult",
    "who_for": "For parents.",
    "hours": "Day",
    "position": "9",
    **DATES,
}


def shown(client, **asked):
    page = BeautifulSoup(client.get("/other-help/", asked).content, "html.parser")
    return {heading.get_text(strip=True) for heading in page.select(".entry h3")}


def test_filters_leave_out_what_does_not_fit(client, site):
    everything = shown(client)
    assert {"Quiet Corner Online", "Shelter", "Easterby Nurture Mornings"} <= everything
    young = shown(client, age="0-4")
    assert "Easterby Nurture Mornings" in young and "Quiet Corner Online" not in young
    assert shown(client, language="Ukrainian") == {"Citizens’ Desk Wendham"}
    assert everything - shown(client, free="on") == {"Calmer Evenings"}
    assert shown(client, topic="loss") == {"Winston’s Wish"}
    assert shown(client, topic="loss", language="Polish") == set()


def test_nonsense_leaves_out_nothing(client, site):
    assert shown(client, age="-1", topic="'", language="Zq", page="9") == shown(client)


@pytest.mark.parametrize(
    ("youngest", "oldest", "words"),
    [(None, None, "Any age"), (7, None, "7 and over"), (None, 6, "Up to 6"), (7, 16, "7 to 16"), (0, 4, "0 to 4")],
)
def test_ages_in_words(youngest, oldest, words):
    assert DirectoryEntry(youngest=youngest, oldest=oldest).ages == words


def test_ages_stand_in_order(site):
    entry = DirectoryEntry.objects.of(site).first()
    entry.youngest, entry.oldest = 9, 8
    with pytest.raises(ValidationError, match="must not be below"):
        entry.full_clean()


@pytest.fixture
def editor(cast, client_for, site):
    cast.editor.groups.add(groups.editors_of(site))
    return client_for(cast.editor)


@pytest.mark.parametrize(
    ("path", "model", "fields"), [("other-help", DirectoryEntry, ENTRY), ("helplines", Helpline, LINE)]
)
def test_editor_keeps_the_entries_of_their_own_site(editor, site, cluster_site, path, model, fields):
    listed = editor.get(f"/admin/{path}/").content.decode()
    assert listed.count("Website") and "Harbourside" not in listed
    assert editor.get(f"/admin/{path}/new/").status_code == 200
    assert editor.post(f"/admin/{path}/new/", fields | {"site": site.pk}).status_code == 302
    entry = model.objects.get(name=fields["name"])
    assert editor.get(f"/admin/{path}/edit/{entry.pk}/").status_code == 200
    assert (
        editor.post(f"/admin/{path}/edit/{entry.pk}/", fields | {"site": site.pk, "name": "Other"}).status_code == 302
    )
    assert editor.post(f"/admin/{path}/delete/{entry.pk}/").status_code == 302
    assert not model.objects.filter(pk=entry.pk).exists()


@pytest.mark.parametrize(
    ("path", "model", "fields"), [("other-help", DirectoryEntry, ENTRY), ("helplines", Helpline, LINE)]
)
def test_another_sites_entries_are_not_there(editor, site, cluster_site, path, model, fields):
    entry = model.objects.of(cluster_site).first()
    for act in ("edit", "delete"):
        assert editor.get(f"/admin/{path}/{act}/{entry.pk}/").status_code == 404
        assert editor.post(f"/admin/{path}/{act}/{entry.pk}/", fields | {"site": site.pk}).status_code == 404
    before = model.objects.of(cluster_site).count()
    assert editor.post(f"/admin/{path}/new/", fields | {"site": cluster_site.pk}).status_code == 200
    assert model.objects.of(cluster_site).count() == before
