"""The file that says where to report a weakness: whoever finds one must not have to search."""

from datetime import datetime, timedelta

from django.utils import timezone

PATH = "/.well-known/security.txt"


def fields(response) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in response.content.decode().splitlines())


def test_it_names_the_contact_and_is_good_for_half_a_year(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@counselling.example"
    told = fields(client.get(PATH))
    assert told["Contact"] == settings.SECURITY_CONTACT
    left = datetime.fromisoformat(told["Expires"]) - timezone.now()
    assert timedelta(days=170) < left < timedelta(days=365)


def test_there_is_none_without_a_contact(client, db, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get(PATH).status_code == 404
