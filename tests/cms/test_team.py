"""The page of the team: who agreed, while they are here, and no more of them than the page needs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.access import rules
from casework.access.website import member_of
from casework.models import ListName, Practitioner
from cms import groups, sites
from tests.factories import ListItemFactory, PractitionerFactory


@pytest.fixture
def service(cast, site):
    cast.service.editors = groups.editors_of(site)
    cast.service.save()
    return cast.service


def shown(service, **fields) -> Practitioner:
    """Somebody who agreed to be on the website."""
    body = ListItemFactory(
        service=service, list=ListName.BODY, label="Guild of Listening", public_register="https://guild.example/look-up"
    )
    fields = {"name": "Zqoriel Zqtamsin", "body": body, "on_website": True} | fields
    return PractitionerFactory(service=service, user=None, **fields)


def test_page_shows_first_name_discipline_and_body(client, service):
    shown(service)
    page = client.get("/our-team/").content.decode()
    assert "Zqoriel" in page and "Play therapist" in page and "Guild of Listening" in page
    assert 'href="https://guild.example/look-up" rel="noreferrer"' in page
    assert "Zqtamsin" not in page


@pytest.mark.parametrize(
    "fields",
    [
        {"on_website": False},
        {"starts_at": timezone.now() - timedelta(days=9), "ends_at": timezone.now() - timedelta(days=1)},
        {"starts_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_nobody_is_shown_who_did_not_agree_or_is_not_here(client, service, fields):
    shown(service, **fields)
    assert "Zqoriel" not in client.get("/our-team/").content.decode()


def test_each_site_shows_the_team_of_its_own_service(client, cast, service, cluster_site):
    cast.other_service.editors = groups.editors_of(cluster_site)
    cast.other_service.save()
    shown(cast.other_service)
    assert "Zqoriel" not in client.get("/our-team/").content.decode()
    assert "Zqoriel" in client.get("/our-team/", headers={"host": "localhost"}).content.decode()


def test_site_of_no_service_shows_nobody(site):
    assert sites.team_of(site) == []
    assert not rules.public_team([])


@pytest.mark.parametrize(("name", "first"), [("Dr. Ada Lund", "Ada"), ("Ada", "Ada"), ("Prof", "Play therapist")])
def test_member_of_leaves_titles_and_surnames_out(cast, name, first):
    assert member_of(PractitionerFactory(service=cast.service, user=None, name=name)).first_name == first
