"""Makes both services' websites, and lets each service's coordinator edit the own one and its library's files."""

from datetime import date
from urllib.parse import urlsplit

from django.core.files.base import ContentFile
from wagtail.models import Site

from cms.demo_content import CHECKED_EVERY, make_site
from cms.models import FileReaders, PublicFile

from .. import set_up
from . import ground, pdf
from .places import Places

HARBOURSIDE_HOST = "harbourside.localhost"
PLAIN_PORT = 80


def make(places: Places, address: str, today: date) -> None:
    """The counselling service answers at the printed address, the other at a name that means this machine too."""
    split = urlsplit(address)
    sites = {
        ground.LARKWELL: make_site(
            service_name=ground.LARKWELL,
            hostname=split.hostname or "127.0.0.1",
            port=split.port or PLAIN_PORT,
            slug="larkwell",
            is_default=True,
            schools=_schools_of(ground.LARKWELL),
            checked_on=today,
        ),
        ground.HARBOURSIDE: make_site(
            service_name=ground.HARBOURSIDE,
            hostname=HARBOURSIDE_HOST,
            port=split.port or PLAIN_PORT,
            slug="harbourside",
            kind="cluster",
            schools=_schools_of(ground.HARBOURSIDE),
            checked_on=today,
        ),
    }
    for name, site in sites.items():
        _leaflet(site, today)
        service = places.services[name]
        service.editors = set_up.editors_of(service, site)
        service.save()


LEAFLET = "A leaflet for parents"
LEAFLET_SAYS = (
    "An invented leaflet of the demo.",
    "",
    "Is your child sad, cross, scared or very quiet? You are not alone.",
    "",
    "What we do: your child sees the same person in school, most weeks.",
    "They talk, play, draw or make music. Your family pays nothing.",
    "",
    "How to ask: ring your child's school, and ask for the SENDCO.",
    "Nothing starts until you say yes. You can change your mind.",
    "",
    "It is private. We tell someone only to keep a child safe.",
    "",
    "We are not an emergency service. In danger, ring 999.",
    "For help with how somebody feels, ring 111 and choose mental health.",
    "Children can ring Childline on 0800 1111, day and night.",
)


def _leaflet(site: Site, today: date) -> None:
    """A file that everybody may read and print."""
    PublicFile.objects.create(
        site=site,
        title=LEAFLET,
        readers=FileReaders.FAMILIES,
        file=ContentFile(pdf.page(site.site_name, LEAFLET_SAYS), name="leaflet.pdf"),
        last_checked=today,
        review_by=today + CHECKED_EVERY,
    )


def move(address: str) -> None:
    """Follow to another port, where a later run was given one."""
    split = urlsplit(address)
    for site in Site.objects.all():
        if site.is_default_site or site.hostname == HARBOURSIDE_HOST:
            site.port = split.port or PLAIN_PORT
            site.save()


def second(address: str) -> str:
    """Where the cluster service's website answers."""
    split = urlsplit(address)
    return split._replace(netloc=split.netloc.replace(split.hostname or "", HARBOURSIDE_HOST)).geturl()


def _schools_of(service: str) -> tuple[str, ...]:
    return tuple(school.name for school in ground.SCHOOLS.values() if school.service == service)
