"""A service's own colours: refused where words could not be read on them, and served at an address that changes."""

import re

import pytest
from django.core.exceptions import ValidationError

from cms import colours
from cms.models import ServiceSettings

MINE = {"brand": "#2a4b7c", "wash": "#e8eef7", "foot": "#1d3557", "accent": "#f4a259"}


@pytest.fixture
def service(site):
    return ServiceSettings.for_site(site)


def test_our_own_colours_have_no_objection():
    assert colours.objections({}) == {} and colours.style_sheet({}) == ""


@pytest.mark.parametrize(
    ("name", "colour"),
    [
        ("brand", "#8fd0c8"),
        ("link", "#7aa7ff"),
        ("help", "#ff9999"),
        ("accent", "#333333"),
        ("wash", "#404040"),
        ("foot", "#dddddd"),
    ],
)
def test_colour_that_cannot_be_read_is_refused_with_its_measure(service, name, colour):
    setattr(service, name, colour)
    with pytest.raises(ValidationError) as refused:
        service.full_clean()
    assert "need 4.5" in str(refused.value.message_dict[name])


@pytest.mark.parametrize("nonsense", ["red", "#12345", "#12345g", "#1234567", "url(x)", "#000}*{x"])
def test_what_is_no_colour_is_refused(service, nonsense):
    service.brand = nonsense
    with pytest.raises(ValidationError, match="six signs"):
        service.full_clean()


def test_sheet_is_linked_and_served_to_its_own_site_alone(client, service, cluster_site):
    for name, colour in MINE.items():
        setattr(service, name, colour)
    service.full_clean()
    service.save()
    address = re.search(r'href="(/colours-[0-9a-f]{12}\.css)"', client.get("/").content.decode())[1]
    answer = client.get(address)
    assert answer["Content-Type"] == "text/css" and "immutable" in answer["Cache-Control"]
    assert "--brand:#2a4b7c;" in answer.content.decode()
    assert client.get("/colours-000000000000.css").status_code == 404
    ServiceSettings.objects.filter(site=cluster_site).update(**dict.fromkeys(colours.OURS, ""))
    assert client.get(address, headers={"host": "localhost"}).status_code == 404


def test_dark_colours_can_be_read(service):
    sheet = colours.style_sheet(colours.OURS)
    dark = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{6})", sheet.split("@media")[1]))
    for name in ("brand", "link", "help-ink"):
        assert colours.contrast(dark[name], colours.NIGHT) >= 7, name


def test_site_without_a_choice_links_no_sheet(client, service):
    assert "/colours-" not in client.get("/").content.decode()
