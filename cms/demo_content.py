"""Makes a service's whole website, the demo's or a new service's first one.

Run again, it adds what is missing and changes no page.
"""

from datetime import date, timedelta
from typing import Any, Literal

from django.contrib.auth.models import Group
from wagtail.models import Page, PageViewRestriction, Site

from cms import groups
from cms.demo_texts.cluster import CLUSTER
from cms.demo_texts.counselling import COUNSELLING
from cms.demo_texts.help_now import CRISIS_LINE, HELP, HELPLINES, LIBRARY
from cms.demo_texts.parts import Kind, PageText, ServiceText
from cms.library import LibraryPage
from cms.models import (
    ChildrenPage,
    ContactPage,
    DirectoryEntry,
    DirectoryPage,
    Helpline,
    HelpNowPage,
    HomePage,
    LanguagePage,
    LanguagesPage,
    NewsIndexPage,
    NewsPage,
    PackagesPage,
    PolicyPage,
    SectionPage,
    ServiceSettings,
    StandardPage,
    StepsPage,
    TeamPage,
)

TEXTS: dict[str, ServiceText] = {"counselling": COUNSELLING, "cluster": CLUSTER}
KINDS: dict[Kind, type[Page]] = {
    "section": SectionPage,
    "page": StandardPage,
    "steps": StepsPage,
    "children": ChildrenPage,
    "team": TeamPage,
    "directory": DirectoryPage,
    "packages": PackagesPage,
    "languages": LanguagesPage,
    "language": LanguagePage,
    "policy": PolicyPage,
    "contact": ContactPage,
    "news": NewsIndexPage,
    "news_item": NewsPage,
}
DATED = {"policy": "looked_at_on", "language": "translated_on", "news_item": "dated"}
CHECKED_EVERY = timedelta(days=90)
ENGLISH_TWIN = "for-parents"


def make_site(
    *,
    service_name: str,
    hostname: str,
    slug: str,
    kind: Literal["counselling", "cluster"] = "counselling",
    text: ServiceText | None = None,
    port: int = 80,
    is_default: bool = False,
    schools: tuple[str, ...] = (),
    checked_on: date,
) -> Site:
    """One service's site: home, pages, help now, library, numbers and settings, and who may edit them."""
    text = text or TEXTS[kind]
    home = _home(slug, service_name, text, schools)
    site = _site(home, service_name, hostname, port, is_default)
    ServiceSettings.objects.update_or_create(
        site=site,
        defaults={
            "service_name": service_name,
            "strapline": text.strapline,
            "contact_email": text.contact_email,
            "contact_telephone": text.contact_telephone,
            "footer_text": text.footer_text,
            **CRISIS_LINE,
            **text.colours,
        },
    )
    for page_text in text.pages:
        _make(home, page_text, checked_on)
    _page(home, HelpNowPage, "get-help-now", **HELP)
    _library(home)
    _link(home, text)
    _numbers(site, text, checked_on)
    groups.let_editors_edit(site, home)
    return site


def _page(parent: Page, model: type[Page], slug: str, **fields: Any) -> Any:
    """The child page of this address, made if it is missing."""
    found = model.objects.child_of(parent).filter(slug=slug).first()
    if found:
        return found
    page = model(slug=slug, **{"live": True} | fields)
    parent.add_child(instance=page)
    return page


def _make(parent: Page, text: PageText, checked_on: date) -> None:
    """One page, and the pages below it."""
    fields = dict(text.fields)
    if text.kind in DATED:
        fields[DATED[text.kind]] = checked_on - timedelta(days=text.days_before)
    page = _page(
        parent,
        KINDS[text.kind],
        text.slug,
        title=text.title,
        lede=text.lede,
        drawing=text.drawing,
        body=list(text.body),
        next_steps=text.next_steps,
        show_in_menus=text.in_menu,
        search_description=text.lede,
        live=text.live,
        has_unpublished_changes=not text.live,
        **fields,
    )
    for below in text.below:
        _make(page, below, checked_on)


def _home(slug: str, service_name: str, text: ServiceText, schools: tuple[str, ...]) -> HomePage:
    root = Page.get_first_root_node()
    return _page(
        root,
        HomePage,
        slug,
        title=service_name,
        search_description=text.home.hero_text,
        hero_title=text.home.hero_title,
        hero_text=text.home.hero_text,
        notice=text.home.notice,
        steps=[("step", {"title": title, "text": words}) for title, words in text.home.steps],
        body=list(text.home.body),
        schools_title=text.home.schools_title,
        schools=[("school", school) for school in schools],
    )


def _link(home: HomePage, text: ServiceText) -> None:
    """Doors, buttons and twins lead to pages, which are there only now."""
    pages = {page.slug: page for page in home.get_descendants()}
    LanguagePage.objects.descendant_of(home).filter(twin=None).update(twin=pages[ENGLISH_TWIN])
    if home.doors:
        return
    home.buttons = [("button", {"text": words, "page": pages[slug]}) for words, slug in text.home.buttons]
    home.doors = [
        ("door", {"picture": picture, "title": title, "text": words, "page": pages[slug]})
        for picture, title, words, slug in text.home.doors
    ]
    home.save()


def _site(home: HomePage, service_name: str, hostname: str, port: int, is_default: bool) -> Site:
    """The site at this address. The default site takes over the one that Wagtail brings, with its page of welcome."""
    brought = Site.objects.filter(is_default_site=True).first() if is_default else None
    site = brought or Site.objects.filter(hostname=hostname, port=port).first() or Site(hostname=hostname, port=port)
    welcome = site.root_page if site.pk and site.root_page_id != home.pk else None
    site.hostname, site.port, site.site_name, site.is_default_site = hostname, port, service_name, is_default
    site.root_page = home.page_ptr
    site.save()
    if welcome and type(welcome.specific) is Page and welcome.depth == home.depth:
        welcome.delete()
    return site


def _library(home: HomePage) -> LibraryPage:
    """The library, restricted from the moment it is there."""
    library = _page(home, LibraryPage, "library", **LIBRARY)
    restriction, _ = PageViewRestriction.objects.get_or_create(
        page=library, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.get(name=groups.LIBRARY_READERS))
    return library


def _numbers(site: Site, text: ServiceText, checked_on: date) -> None:
    """The site's helplines and its other help, all checked on one day."""
    dates = {"last_checked": checked_on, "review_by": checked_on + CHECKED_EVERY}
    for line in HELPLINES:
        Helpline.objects.get_or_create(site=site, name=line["name"], number=line["number"], defaults={**line, **dates})
    for entry in text.other_help:
        DirectoryEntry.objects.get_or_create(site=site, name=entry["name"], defaults={**entry, **dates})
