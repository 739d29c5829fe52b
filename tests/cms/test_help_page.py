"""“Get help now” stays: never deleted, and off the website only with the others told, or with a second person's yes."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from casework.models import OutboxMessage, Service
from cms import frame, groups
from cms.models import HelpNowPage, TakingDown

LIST = "/admin/numbers-to-check/"


@pytest.fixture
def page(site):
    return HelpNowPage.objects.child_of(site.root_page).get()


@pytest.fixture
def people(cast, client_for, site):
    """The editor, and the coordinator, who edits the site too."""
    group = groups.editors_of(site)
    cast.editor.groups.add(group)
    cast.coordinator.groups.add(group)
    Service.objects.filter(pk=cast.service.pk).update(editors=group)
    return {"editor": client_for(cast.editor), "coordinator": client_for(cast.coordinator)}


@pytest.fixture
def two(cast, people):
    Service.objects.filter(pk=cast.service.pk).update(two_people_for_help=True)
    return people


def take_off(client, page, **sent):
    return client.post(f"/admin/pages/{page.pk}/unpublish/", sent)


def say(client, page, answer):
    return client.post(f"/admin/help-page/{page.pk}/", {"answer": answer})


def live(page):
    page.refresh_from_db()
    return page.live


def told(kind):
    return {message.to.email for message in OutboxMessage.objects.filter(kind=kind)}


def test_it_goes_at_once_and_the_others_are_told(cast, people, page, client):
    assert take_off(people["editor"], page).status_code == 302
    assert not live(page) and client.get("/get-help-now/").status_code == 404
    assert told("help_page_down") == {cast.coordinator.email}
    assert "is not on the website" in people["coordinator"].get(LIST).content.decode()


def test_one_click_brings_it_back_as_it_was(people, page, client):
    page.lede = "A draft."
    page.save_revision()
    take_off(people["editor"], page)
    assert say(people["coordinator"], page, "back").status_code == 302
    assert live(page)
    shown = client.get("/get-help-now/").content.decode()
    assert "A draft." not in shown
    assert "is not on the website" not in people["coordinator"].get(LIST).content.decode()


def test_other_pages_go_without_a_word(people, site):
    other = site.root_page.get_children().get(slug="how-we-are-run")
    take_off(people["editor"], other)
    assert not live(other) and not OutboxMessage.objects.filter(kind__startswith="help_page").exists()


def test_with_two_people_it_stays_until_the_second_says_yes(cast, two, page, client):
    assert take_off(two["editor"], page).status_code == 302
    assert live(page) and client.get("/get-help-now/").status_code == 200
    assert told("help_page_waits") == {cast.coordinator.email}
    take_off(two["editor"], page)
    assert OutboxMessage.objects.filter(kind="help_page_waits").count() == 1, "asked twice, asked once"
    assert "Somebody else says yes to this" in two["editor"].get(LIST).content.decode()
    say(two["editor"], page, "yes")
    assert live(page) and TakingDown.objects.exists(), "nobody is their own second person"
    assert "It stays there until you say yes" in two["coordinator"].get(LIST).content.decode()
    assert say(two["coordinator"], page, "yes").status_code == 302
    assert not live(page) and not TakingDown.objects.exists()
    assert told("help_page_down") == {cast.editor.email}


def test_second_person_says_no_and_who_asked_is_told(cast, two, page):
    take_off(two["editor"], page)
    assert say(two["coordinator"], page, "no").status_code == 302
    assert live(page) and not TakingDown.objects.exists()
    assert told("help_page_kept") == {cast.editor.email}


def test_who_asked_takes_it_back(two, page):
    take_off(two["editor"], page)
    assert say(two["editor"], page, "no").status_code == 302
    assert live(page) and not TakingDown.objects.exists() and not told("help_page_kept")


def test_without_a_second_person_it_stays(cast, two, page, site):
    cast.coordinator.groups.clear()
    take_off(two["editor"], page)
    assert live(page) and not TakingDown.objects.exists()


@pytest.mark.parametrize("wants_two", [True, False])
def test_it_does_not_go_unseen_with_the_pages_above_it(cast, people, page, site, wants_two):
    Service.objects.filter(pk=cast.service.pk).update(two_people_for_help=wants_two)
    take_off(people["editor"], site.root_page, include_descendants="on")
    assert live(page) is wants_two
    assert told("help_page_waits" if wants_two else "help_page_down") == {cast.coordinator.email}


def test_it_is_never_deleted(people, page):
    for public in (True, False):
        HelpNowPage.objects.update(live=public)
        assert people["editor"].post(f"/admin/pages/{page.pk}/delete/").status_code == 302
        assert HelpNowPage.objects.filter(pk=page.pk).exists()


def test_it_does_not_expire(page):
    page.expire_at = timezone.now()
    with pytest.raises(ValidationError, match="does not expire"):
        page.full_clean()


def test_it_does_not_go_until_a_day_to_come(page):
    """Wagtail takes a page that was made by a program off the website when its next words are set for a later day."""
    page.go_live_at = timezone.now() + timedelta(days=300)
    with pytest.raises(ValidationError, match="is on the website"):
        page.full_clean()
    page.go_live_at, page.live = page.go_live_at, False
    page.full_clean()


def test_the_way_to_it_stays_where_the_home_page_is_off(rf, site, page):
    menu = frame.of(rf.get("/")).below_home()
    site.root_page.specific.unpublish()
    around = frame.of(rf.get("/"))
    assert [place.pk for place in around.of_kinds(HelpNowPage)] == [page.pk]
    assert around.below_home() == menu


def test_another_sites_page_is_nobody_elses(people, cluster_site, page):
    other = HelpNowPage.objects.child_of(cluster_site.root_page).get()
    TakingDown.objects.create(page=other, asked_by=other.owner or page.owner or _somebody())
    for answer in ("yes", "no", "back"):
        assert say(people["editor"], other, answer).status_code == 404
    assert live(other) and TakingDown.objects.exists()
    assert "Harbourside" not in people["editor"].get(LIST).content.decode()


@pytest.mark.parametrize("person", ["therapist", "head", "technical"])
def test_nobody_else_answers(cast, client_for, two, page, person):
    take_off(two["editor"], page)
    assert say(client_for(getattr(cast, person)), page, "yes").status_code == 404
    assert live(page)


@pytest.mark.parametrize("answer", ["", "back", "maybe"])
def test_nonsense_changes_nothing(people, page, answer):
    assert say(people["editor"], page, answer).status_code == 404
    assert live(page)


def _somebody():
    from tests.factories import UserFactory

    return UserFactory()
