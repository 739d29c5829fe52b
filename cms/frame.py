"""What stands around every page of a site, and the way to each: its settings, and every page that everybody may read.

Made once in a process for each generation of the website, and once for a request. So are the pages themselves, for as
long as nothing of the website changes; nobody may change one that came from here.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Page, Site

from cms import generation
from cms.generation import Memory

STEP = Page.steplen
"""How much longer the path of a page is than that of the page above it."""


class Place(NamedTuple):
    """A page that everybody may read, and where it stands."""

    pk: int
    title: str
    url: str
    path: str
    kind: int
    in_menus: bool
    changed: datetime | None


class Translation(NamedTuple):
    """A public page in another language, and the English page that says the same."""

    place: Place
    language: str
    twin: int


class Frame(NamedTuple):
    """A site: its settings and its public pages, home first where it is one, each before those below it."""

    memory: Memory
    service: Any
    root: str
    """The address that the site itself goes by, whatever name it was asked under."""
    home: str
    """The path of the home page, which may be off the website itself."""
    places: tuple[Place, ...] = ()
    translations: tuple[Translation, ...] = ()

    def pages(self, places: tuple[Place, ...]) -> list[Page]:
        """The pages of these places, in their order: one question for each kind of those that nobody asked for yet."""
        missing = [place for place in places if ("page", place.pk) not in self.memory]
        for kind in {place.kind for place in missing}:
            model = ContentType.objects.get_for_id(kind).model_class()
            for page in model.objects.in_bulk([place.pk for place in missing if place.kind == kind]).values():
                self.memory["page", page.pk] = page
        return [self.memory["page", place.pk] for place in places if ("page", place.pk) in self.memory]

    def at(self, url: str) -> Place | None:
        """The page at this address."""
        return next((place for place in self.places if place.url == url), None)

    def of(self, page: Page) -> Place | None:
        """Where a page stands; None for one that not everybody may read."""
        return next((place for place in self.places if place.pk == page.pk), None)

    def below(self, path: str) -> tuple[Place, ...]:
        """The pages right below the page of this path."""
        length = len(path) + STEP
        return tuple(place for place in self.places if len(place.path) == length and place.path.startswith(path))

    def below_home(self) -> tuple[Place, ...]:
        """The pages right below home."""
        return self.below(self.home)

    def beside(self, page: Page) -> tuple[Place, ...]:
        """The other pages of the section that a page is in; none for a page right below home."""
        section = page.path[:-STEP]
        if section == self.home:
            return ()
        return tuple(place for place in self.below(section) if place.pk != page.pk)

    def trail(self, page: Page) -> tuple[Place, ...]:
        """The pages above a page, home first."""
        return tuple(place for place in self.places if page.path != place.path and page.path.startswith(place.path))

    def in_other_languages(self, page: Page) -> tuple[Translation, ...]:
        """The pages that say the same as this one in other languages; for one of them, itself among them."""
        twin = next((one.twin for one in self.translations if one.place.pk == page.pk), page.pk)
        return tuple(one for one in self.translations if one.twin == twin)

    def in_english(self, page: Page) -> Place | None:
        """The English page beside those, where it is public."""
        said = self.in_other_languages(page)
        return next((place for place in self.places if said and place.pk == said[0].twin), None)

    def of_kinds(self, *kinds: type[Page]) -> tuple[Place, ...]:
        """Those of the pages right below home that are of these kinds."""
        wanted = {kind.pk for kind in ContentType.objects.get_for_models(*kinds).values()}
        return tuple(place for place in self.below_home() if place.kind in wanted)

    def of_kind(self, kind: type[Page]) -> tuple[Place, ...]:
        """The pages of this kind, wherever they stand."""
        wanted = ContentType.objects.get_for_model(kind).pk
        return tuple(place for place in self.places if place.kind == wanted)


def of(request: HttpRequest | None) -> Frame | None:
    """The frame of the site that was asked; None where there is no site."""
    if request is None:
        return None
    if not hasattr(request, "frame"):
        memory = generation.memory()
        name = split_domain_port(request.get_host())[0]
        site = memory.of(("site", name, request.get_port()), lambda: Site.find_for_request(request))
        request.frame = memory.of(("frame", site.pk), lambda: _of_site(site, memory)) if site else None
        if request.frame:
            # Where Wagtail and templates find them, as if they had been asked for.
            request._wagtail_site = site
            setattr(request, request.frame.service.get_cache_attr_name(), request.frame.service)
    found: Frame | None = request.frame
    return found


def _of_site(site: Site, memory: Memory) -> Frame:
    home = site.root_page
    closed = [apps.get_model("cms", name) for name in ("LibraryPage", "LibraryArticlePage")]
    public = Page.objects.descendant_of(home, inclusive=True).live().public().not_exact_type(*closed)
    fields = public.order_by("path").values_list(
        "pk", "title", "url_path", "path", "content_type", "show_in_menus", "last_published_at"
    )
    places = [Place(pk, title, f"/{url.removeprefix(home.url_path)}", *rest) for pk, title, url, *rest in fields]
    service = apps.get_model("cms.ServiceSettings").for_site(site)
    return Frame(memory, service, site.root_url, home.path, tuple(places), tuple(_translations(places)))


def _translations(places: list[Place]) -> Iterator[Translation]:
    by_number = {place.pk: place for place in places}
    model = apps.get_model("cms.LanguagePage")
    said = model.objects.filter(pk__in=list(by_number), twin__in=list(by_number)).exclude(language=model.EASY_READ)
    for pk, language, twin in said.order_by("path").values_list("pk", "language", "twin"):
        yield Translation(by_number[pk], language, twin)
