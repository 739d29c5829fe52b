"""Editing the website: the pages open in the admin for their editors, and for nobody of casework."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text

from allyance_site.management.commands import timer
from cms import groups
from cms.library import SiteImage
from cms.models import ChildrenPage, HelpNowPage, LanguagePage, PackagesPage, StandardPage, StepsPage
from tests.cms import files
from tests.cms.test_public_pages import read


@pytest.fixture
def editor(cast, site):
    cast.editor.groups.add(groups.editors_of(site))
    return cast.editor


def test_editor_opens_every_kind_of_page(client_for, editor, site):
    client = client_for(editor)
    kinds = {type(page): page for page in site.root_page.get_descendants(inclusive=True).specific()}
    assert len(kinds) == 16
    for page in kinds.values():
        assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200, page


def test_new_page_of_every_kind_starts_from_something(client_for, editor, site):
    client = client_for(editor)
    for model in (StandardPage, StepsPage, PackagesPage, ChildrenPage):
        answer = client.get(f"/admin/pages/add/cms/{model._meta.model_name}/{site.root_page_id}/")
        assert answer.status_code == 200
        assert any(getattr(model(), name, None) for name in ("steps", "packages", "body")), model


def test_editor_of_one_site_cannot_open_the_others_pages(client_for, editor, cluster_site):
    other = cluster_site.root_page
    assert client_for(editor).get(f"/admin/pages/{other.pk}/edit/").status_code != 200


def test_form_knows_no_page_and_no_picture_of_another_site_whatever_number_is_sent(
    client_for, editor, site, cluster_site
):
    """A chooser shows one's own; a form that took any number would show the title of a draft, and publish a picture."""
    client, home = client_for(editor), site.root_page
    page = LanguagePage.objects.descendant_of(home).first()
    foreign, own = (one.root_page.get_children().first().pk for one in (cluster_site, site))
    pictures = [
        SiteImage.objects.create(
            title="A hill", file=SimpleUploadedFile("a.png", files.picture()), collection=groups.pictures_of(one)
        )
        for one in (cluster_site, site)
    ]
    link = f'<p><a linktype="page" id="{foreign}">words</a></p>'
    for where, field, theirs, ours in [
        (page.pk, "twin", foreign, own),
        (home.pk, "hero_picture", *(picture.pk for picture in pictures)),
        (page.pk, "next_steps", rich_text(link), rich_text(link.replace(str(foreign), str(own)))),
    ]:
        empty = {f"{stream}-count": "0" for stream in ("body", "buttons", "doors", "steps", "schools")}
        sent = [client.post(f"/admin/pages/{where}/edit/", empty | {field: value}) for value in (theirs, ours)]
        assert [answer.status_code for answer in sent] == [404, 200], field


def test_editor_opens_the_services_settings(client_for, editor, site):
    assert client_for(editor).get(f"/admin/settings/cms/servicesettings/{site.pk}/").status_code == 200


@pytest.mark.parametrize("person", ["therapist", "head", "supervisor", "steering"])
def test_casework_opens_no_page_for_editing(cast, client_for, site, person):
    client = client_for(getattr(cast, person))
    assert client.get(f"/admin/pages/{site.root_page_id}/edit/").status_code == 404


def test_draft_is_not_public(client, site):
    page = StandardPage.objects.descendant_of(site.root_page).get(slug="how-we-are-run")
    page.unpublish()
    assert client.get("/how-we-are-run/").status_code == 404
    assert "How we are run" not in client.get("/").content.decode()


def test_moved_help_page_is_found_by_every_page(client, site):
    page = HelpNowPage.objects.child_of(site.root_page).get()
    page.slug = "help"
    page.save()
    assert 'href="/help/"' in read(client, site, site.root_page).content.decode()


def test_editor_is_led_to_add_one_picture(client_for, editor, site):
    answer = client_for(editor).get("/admin/images/")
    assert "/admin/images/add/" in answer.content.decode()
    assert "/admin/images/multiple/" not in answer.content.decode()
    assert client_for(editor).get("/admin/images/add/").status_code == 200


def add_picture(client, name, content):
    fields = {"title": "Wall", "description": "A wall.", "tags": "", "file": SimpleUploadedFile(name, content)}
    return client.post("/admin/images/add/", fields)


def test_picture_is_added_once_it_is_one(client_for, editor, site):
    client = client_for(editor)
    assert add_picture(client, "wall.jpg", files.with_a_place()).status_code == 302
    with SiteImage.objects.get().file.open() as stored:
        assert b"taken at home" not in stored.read()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("wall.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("wall.png", files.picture(form="JPEG")),
        ("wall.png", files.picture((6000, 5000), mode="1")),
        ("wall.png", files.picture() + b"0" * 10 * 1024 * 1024),
        ("wall.png", files.picture((400, 300))[:-40]),
        ("wall.png", b"<script>"),
    ],
)
def test_picture_that_is_none_is_refused_by_the_form(client_for, editor, site, name, content):
    assert add_picture(client_for(editor), name, content).status_code == 200
    assert not SiteImage.objects.exists()


def test_pictures_count_for_the_day_too(client_for, editor, site, settings):
    settings.UPLOADS_A_DAY = len(files.picture())
    assert "Go on tomorrow" in add_picture(client_for(editor), "a.jpg", files.with_a_place()).content.decode()
    assert not SiteImage.objects.exists()


def test_timer_publishes_what_is_due(client, site):
    page = StandardPage.objects.descendant_of(site.root_page).get(slug="how-we-are-run")
    page.unpublish()
    due = timezone.now() + timedelta(hours=1)
    page.go_live_at = due
    page.save_revision().publish()
    job = next(job for job in timer.JOBS if job.name == "publish what is due")
    job.run()
    assert client.get("/how-we-are-run/").status_code == 404
    with time_machine.travel(due + timedelta(minutes=1)):
        job.run()
        assert client.get("/how-we-are-run/").status_code == 200
