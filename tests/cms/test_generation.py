"""Whatever changes what visitors see makes the website's number higher; drafts and files of the library do not."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupSitePermission, PageViewRestriction, Site

from casework.models import Practitioner, Service
from cms import generation
from cms.models import (
    DirectoryEntry,
    Helpline,
    HelpNowPage,
    LibraryDocument,
    PublicFile,
    SectionPage,
    ServiceSettings,
    StandardPage,
)


@pytest.fixture
def page(site):
    return StandardPage.objects.child_of(site.root_page).get(slug="how-we-are-run")


@pytest.fixture
def leaflet(site):
    dates = {"last_checked": "2026-09-07", "review_by": "2026-12-07"}
    return PublicFile.objects.create(site=site, title="A leaflet", file=ContentFile(b"%PDF-", name="a.pdf"), **dates)


def counted(act, *arguments, **fields):
    before = generation.current()
    act(*arguments, **fields)
    return generation.current() - before


def test_every_change_of_what_is_shown_is_counted(site, page, cast, leaflet):
    line = Helpline.objects.first()
    changes = {
        "a page is saved": page.save,
        "a draft is published": lambda: page.save_revision().publish(),
        "a page is taken back": page.unpublish,
        "pages are changed past their model": lambda: StandardPage.objects.update(lede="Other words."),
        "a page is restricted": lambda: PageViewRestriction.objects.create(page=page, restriction_type="login"),
        "a restriction is lifted": lambda: PageViewRestriction.objects.filter(page=page).delete(),
        "a page is moved": lambda: page.move(SectionPage.objects.child_of(site.root_page).first(), pos="first-child"),
        "a helpline is checked": lambda: Helpline.objects.filter(pk=line.pk).update(last_checked=date(2026, 9, 8)),
        "a helpline is taken out": line.delete,
        "the settings are changed": lambda: ServiceSettings.objects.update(footer_text="Other words."),
        "a redirect is added": lambda: Redirect.add_redirect("/old/", page),
        "a site has another name": lambda: Site.objects.update(site_name="Other"),
        "an entry of other help is hidden": lambda: DirectoryEntry.objects.update(shown=False),
        "somebody of the team agrees to be shown": lambda: Practitioner.objects.update(on_website=True),
        "another group edits the site": lambda: GroupSitePermission.objects.filter(site=site).delete(),
        "a service has other editors": lambda: Service.objects.update(editors=None),
        "a file to download is taken back": lambda: PublicFile.objects.update(scan_state="infected"),
        "a page is deleted": HelpNowPage.objects.first().delete,
    }
    assert [what for what, change in changes.items() if not counted(change)] == []


def test_what_no_visitor_sees_is_not_counted(site, page, cast):
    page.title = "Words of a draft"
    assert counted(page.save_revision) == 0
    assert counted(lambda: Practitioner.objects.update(weekly_hours=7)) == 0
    assert counted(lambda: Service.objects.filter(pk=cast.service.pk).update(name="Another")) == 0
    assert counted(lambda: LibraryDocument.objects.update(title="Another")) == 0


def test_change_that_is_taken_back_was_none(site, page):
    def change_and_take_back():
        with transaction.atomic():
            page.save()
            transaction.set_rollback(True)

    assert counted(change_and_take_back) == 0


def test_triggers_are_off_while_tables_are_changed_and_then_nothing_is_kept(site, page):
    generation.stop_counting()
    assert generation._triggers() == []
    assert generation.current() is None
    page.save()

    generation.count_from_now_on()
    generation.count_from_now_on()
    assert counted(page.save) > 0


def test_every_table_of_the_website_is_counted_or_was_left_out_with_a_reason(db):
    tables = {table for table in connection.introspection.table_names() if table.startswith("cms_")}
    assert tables - dict(generation.shown()).keys() == {f"cms_{name}" for name in generation.NOT_SHOWN}
