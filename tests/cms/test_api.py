"""The website as data: what everybody reads on its pages, and not a word of anything else."""

import json
from datetime import date, timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.models import GroupSitePermission, Page, PageViewRestriction, get_page_models

from casework.models import Practitioner
from cms import library_pages
from cms.api import PAGE_FIELDS, router
from cms.library import LibraryPage, SiteImage
from cms.models import DirectoryEntry, HomePage, LibraryDocument, StandardPage
from tests.cms import files

PAGES, PICTURES, OTHER_HELP = "/api/v2/pages/", "/api/v2/images/", "/api/v2/directory/"
CANARY = "canary"
NOBODYS_ID = 987654


def body(words):
    return [("text", f"<p>{words}</p>")]


def picture(title):
    return SiteImage.objects.create(title=title, description=title, file=SimpleUploadedFile("a.png", files.picture()))


def canary_page(parent, name, **fields):
    words = f"{CANARY} {name}"
    page = StandardPage(
        title=words, slug=f"{CANARY}-{name}", lede=words, body=body(words), search_description=words, **fields
    )
    return parent.add_child(instance=page)


def copy_of(entry, **fields):
    words = dict.fromkeys(("name", "what", "who_for", "area", "how_to_ask"), f"{CANARY} entry")
    kept = {field.attname: getattr(entry, field.attname) for field in entry._meta.concrete_fields}
    return DirectoryEntry.objects.create(**kept | {"id": None, "uuid": uuid4()} | words | fields)


@pytest.fixture
def hidden(site, cluster_site):
    """What must not come out: each of it has the word in everything that it says of itself. The pages and pictures."""
    home = site.root_page.specific
    shown = StandardPage.objects.child_of(home).get(slug="how-we-are-run")
    home.hero_picture = picture("A wall in the sun")
    home.save()

    draft = canary_page(home, "draft", live=False)
    scheduled = canary_page(home, "scheduled", live=False, go_live_at=timezone.now() + timedelta(days=1))
    scheduled.save_revision().publish()
    restricted = canary_page(home, "restricted")
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    below = canary_page(restricted, "below")
    elsewhere = canary_page(cluster_site.root_page, "elsewhere")
    library = LibraryPage.objects.child_of(home).get()
    library.title = library.intro = f"{CANARY} library"
    library.save()
    open_by_mistake = home.add_child(instance=LibraryPage(title=f"{CANARY} open", slug=f"{CANARY}-open"))

    shown.title = shown.lede = shown.search_description = f"{CANARY} rewritten"
    shown.body = [*body(f"{CANARY} rewritten")]
    shown.save_revision()

    in_draft, in_nothing, in_elsewhere = (picture(f"{CANARY} {name}") for name in ("one", "two", "three"))
    HomePage.objects.filter(pk=cluster_site.root_page_id).update(hero_picture=in_elsewhere)
    cluster_site.root_page.specific.save()
    home.hero_picture = in_draft
    home.save_revision()
    entry = DirectoryEntry.objects.of(site).first()
    not_shown = copy_of(entry, shown=False)
    of_the_other = copy_of(entry, site_id=cluster_site.pk)
    files_of_the_library = LibraryDocument.objects.create(
        title=f"{CANARY} document", dated=date.today(), file=SimpleUploadedFile(f"{CANARY}.txt", b"words")
    )
    return {
        "pages": [draft, scheduled, restricted, below, elsewhere, library, open_by_mistake, elsewhere.get_parent()],
        "pictures": [in_draft, in_nothing, in_elsewhere],
        "entries": [not_shown, of_the_other],
        "documents": [files_of_the_library],
    }


def every_question(hidden):
    """Each endpoint, by every parameter that it knows or might know, for what is shown and for what is not."""
    ids = [*Page.objects.values_list("pk", flat=True), NOBODYS_ID]
    words = [CANARY, "draft", "rewritten", "restricted", "library"]
    types = [f"{model._meta.app_label}.{model.__name__}" for model in get_page_models()]
    yield from product(
        [PAGES, PICTURES, OTHER_HELP],
        [{}, {"fields": "*"}, {"fields": "_,title"}, {"fields": "*", "limit": "100"}, {"format": "api"}],
    )
    for kind in types:
        fields = [field.name for field in router._endpoints["pages"].get_body_fields(Page)]
        yield PAGES, {"type": kind, "fields": "*"}
        yield from ((PAGES, {"type": kind, "fields": f"*,{name}(*)"}) for name in PAGE_FIELDS.get(kind, ()))
        yield from ((PAGES, {"type": kind, "order": sign + field}) for sign, field in product(["", "-"], fields))
        yield from ((PAGES, {"type": kind, "search": word, "fields": "*"}) for word in words)
    for field, word in product(["title", "slug", "lede", "body", "seo_title", "search_description"], words):
        yield PAGES, {field: word}
        yield PAGES, {field: f"{CANARY} {word}"}
        yield PAGES, {"order": field}
    for word in words:
        yield from product([PAGES, PICTURES], [{"search": word}, {"search": word, "search_operator": "or"}])
    for pk in ids:
        for name in ("child_of", "descendant_of", "ancestor_of", "translation_of", "id", "parent", "alias_of"):
            yield PAGES, {name: pk, "fields": "*"}
        yield f"{PAGES}{pk}/", {"fields": "*"}
        yield f"{PAGES}{pk}/", {}
        yield f"{PAGES}find/", {"id": pk}
    for page in hidden["pages"]:
        yield f"{PAGES}find/", {"html_path": page.url_path.partition("/")[2].partition("/")[2]}
        yield f"{PAGES}find/", {"html_path": f"/{page.slug}/"}
    for name in ("child_of", "descendant_of", "translation_of"):
        yield PAGES, {name: "root", "fields": "*"}
    for site, locale in product(["localhost", "localhost:80", "testserver"], ["en-gb", "en", "xx"]):
        yield PAGES, {"site": site}
        yield PAGES, {"locale": locale}
    for pk in [*SiteImage.objects.values_list("pk", flat=True), NOBODYS_ID]:
        yield f"{PICTURES}{pk}/", {"fields": "*"}
        yield f"{PICTURES}find/", {"id": pk}
    for pk in [
        *DirectoryEntry.objects.values_list("pk", flat=True)[:6],
        *(one.pk for one in hidden["entries"]),
        NOBODYS_ID,
    ]:
        yield f"{OTHER_HELP}{pk}/", {"fields": "*"}
        yield f"{OTHER_HELP}find/", {"id": pk}
    for name in ("name", "topic", "shown", "site", "uuid", "review_by", "order", "search"):
        yield OTHER_HELP, {name: CANARY if name != "order" else "-name"}
    for name in ("title", "description", "tags", "collection", "file", "order"):
        yield PICTURES, {name: CANARY if name != "order" else "title"}
    for form in ("html", "markdown", "db_markdown"):
        yield PAGES, {"rich_text_format": form}
    for door in ("/api/v2/documents/", "/api/v2/", "/api/v3/", "/api/v2/redirects/", "/api/v2/snippets/"):
        yield door, {}


@pytest.fixture(params=["visitor", "coordinator"])
def reader(request, cast, client, client_for):
    """Somebody who signs in reads no more than a visitor."""
    return client if request.param == "visitor" else client_for(cast.coordinator)


def test_nothing_else_comes_out_whatever_is_asked(client, hidden):
    asked = answered = 0
    for path, query in every_question(hidden):
        answer = client.get(path, query)
        said = answer.content.decode() + answer.get("Location", "")
        named = said.replace(f"'{query.get('order')}'", "").lower()
        assert CANARY not in named, (path, query)
        assert answer.status_code in (200, 302, 400, 404), (path, query)
        asked, answered = asked + 1, answered + (answer.status_code == 200)
    assert asked > 300 and answered > 100


def test_what_is_hidden_answers_like_what_is_not_there(reader, hidden):
    for page in hidden["pages"]:
        for question in ("{pk}/", "find/?id={pk}", "?child_of={pk}", "?descendant_of={pk}", "?ancestor_of={pk}"):
            ours, nobodys = (reader.get(PAGES + question.format(pk=pk)) for pk in (page.pk, NOBODYS_ID))
            assert (ours.status_code, ours.content) == (nobodys.status_code, nobodys.content), (page, question)
    for path in (PAGES, PICTURES, OTHER_HELP):
        assert CANARY not in reader.get(path, {"fields": "*", "limit": 100}).content.decode()
    for one in hidden["pictures"]:
        assert reader.get(f"{PICTURES}{one.pk}/").status_code == 404
    for one in hidden["entries"]:
        assert reader.get(f"{OTHER_HELP}{one.pk}/").status_code == 404


def test_pages_and_pictures_that_all_see_are_there(client, hidden, site):
    listed = client.get(PAGES, {"fields": "*", "limit": 100}).json()
    assert {item["meta"]["slug"] for item in listed["items"]} >= {"how-we-are-run", "get-help-now", "for-parents"}
    about = next(item for item in listed["items"] if item["meta"]["slug"] == "how-we-are-run")
    detail = client.get(f"{PAGES}{about['id']}/").json()
    assert detail["title"] == "How we are run" and detail["lede"] and detail["body"]
    assert detail["meta"]["parent"]["id"] == site.root_page_id
    assert client.get(f"{PAGES}find/", {"html_path": "/how-we-are-run/"})["Location"].endswith(
        f"{PAGES}{about['id']}/?"
    )
    assert client.get(PAGES, {"search": "run"}).json()["items"]

    shown = client.get(PICTURES).json()["items"]
    assert [one["description"] for one in shown] == ["A wall in the sun"]
    assert shown[0]["sizes"]["400"].startswith("http") and "/media/images/" in shown[0]["sizes"]["400"]
    home = client.get(f"{PAGES}{site.root_page_id}/").json()
    assert home["hero_picture"]["sizes"] == shown[0]["sizes"]


def test_other_help_is_what_the_website_shows(client, site, cluster_site):
    shown = DirectoryEntry.objects.of(site).filter(shown=True)
    items = client.get(OTHER_HELP, {"limit": 100}).json()["items"]
    assert [item["name"] for item in items] == list(shown.values_list("name", flat=True))
    assert items[0]["ages"] and items[0]["last_checked"]
    free = client.get(OTHER_HELP, {"cost": "free", "limit": 100}).json()["items"]
    assert 0 < len(free) < len(items)


def test_team_is_those_who_agreed_and_no_more_of_them_than_their_page_says(client, site, cast):
    coordinators = Group.objects.create(name="Coordinators of this site")
    GroupSitePermission.objects.create(
        group=coordinators, site=site, permission=Permission.objects.get(codename="change_servicesettings")
    )
    cast.service.editors = coordinators
    cast.service.save()
    shown, hidden = cast.therapist_practitioner, cast.other_practitioner
    Practitioner.objects.filter(pk=shown.pk).update(on_website=True, name="Dr Wren Surname")
    Practitioner.objects.filter(pk=hidden.pk).update(on_website=False, name="Canary Surname")
    answer = client.get(PAGES, {"type": "cms.TeamPage", "fields": "team"})
    (page,) = answer.json()["items"]
    assert [member["first_name"] for member in page["team"]] == ["Wren"]
    assert set(page["team"][0]) == {"first_name", "discipline", "body", "public_register"}
    assert "Surname" not in answer.content.decode() and str(shown.uuid) not in answer.content.decode()


def test_fields_that_are_given_out_are_written_down(client, site):
    known = {f"cms.{model.__name__}" for model in get_page_models() if model not in (Page, *library_pages.KINDS)}
    assert set(PAGE_FIELDS) == known
    given = {name: set(client.get(PAGES, {"type": name, "fields": "*"}).json()["items"][0]) for name in PAGE_FIELDS}
    assert given["cms.StandardPage"] == {"id", "meta", "title", "lede", "body", "next_steps"}
    assert all({getattr(one, "name", one) for one in PAGE_FIELDS[name]} <= given[name] for name in given)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_is_taken_in(client, site, method):
    for path in (PAGES, PICTURES, f"{PAGES}{site.root_page_id}/"):
        assert getattr(client, method)(path).status_code in (403, 404, 405)


def test_who_has_it_is_told_so(client, site):
    first = client.get(PAGES)
    again = client.get(PAGES, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert not first.cookies and "Cookie" not in first["Vary"]


def test_scripts_of_other_websites_read_it_only_where_the_settings_name_them(client, site, settings):
    def allowed(origin, path=PAGES):
        return client.get(path, headers={"origin": origin}).get("Access-Control-Allow-Origin")

    assert allowed("https://school.example") is None
    settings.API_ORIGINS = frozenset({"https://school.example"})
    assert allowed("https://school.example") == "https://school.example"
    assert allowed("https://school.example.evil.example") is None
    assert allowed("https://school.example", "/how-we-are-run/") is None
    answer = client.get(PAGES, headers={"origin": "https://school.example"})
    assert "Origin" in answer["Vary"] and not answer.has_header("Access-Control-Allow-Credentials")


def test_answers_are_short_questions_to_the_database(client, site, django_assert_max_num_queries):
    client.get(PAGES)
    with django_assert_max_num_queries(8):
        client.get(PAGES, {"limit": 100})
    assert len(json.loads(client.get(PAGES, {"limit": 100}).content)["items"]) > 5
