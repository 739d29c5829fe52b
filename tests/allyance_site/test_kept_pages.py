"""Public pages are kept for the next visitor, never longer than they are right, and for nobody who is somebody."""

import gzip
import hashlib
from time import monotonic

import brotli
import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from wagtail.models import PageViewRestriction

from allyance_site import encodings, headers
from allyance_site.kept_pages import MINUTES, SHELF
from cms.models import Generation, StandardPage
from tests.cms.conftest import cluster_site, site, websites  # noqa: F401
from tests.drills.processes import free_port

PATH = "/how-we-are-run/"


@pytest.fixture
def page(settings, site):  # noqa: F811
    settings.PAGES_KEPT = 2
    SHELF.kept.clear()
    return StandardPage.objects.child_of(site.root_page).get(slug="how-we-are-run")


def is_kept(client, django_assert_num_queries, path=PATH):
    """Asked once more, nothing but the number of the generation is asked of the database."""
    client.get(path)
    with django_assert_num_queries(1):
        return client.get(path)


def test_second_visitor_is_shown_what_the_first_was(client, page, django_assert_num_queries):
    first = client.get(PATH)
    second = is_kept(Client(), django_assert_num_queries)
    assert second.status_code == 200
    assert second.content == first.content
    assert dict(second.items()) == dict(first.items())
    assert second[headers.POLICY] == headers.policy_of("wagtail_serve")
    assert not second.cookies


@pytest.mark.parametrize("past_django", [False, True])
def test_page_that_is_taken_back_is_gone_at_the_next_request(client, page, past_django):
    client.get(PATH)
    if past_django:  # as by another process, of which this one knows nothing
        with connection.cursor() as cursor:
            cursor.execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", [False, page.pk])
    else:
        page.unpublish()
    assert client.get(PATH).status_code == 404


def test_page_that_is_restricted_is_closed_at_the_next_request(client, page):
    client.get(PATH)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    assert client.get(PATH).status_code == 302


def test_new_words_are_seen_at_the_next_request(client, page):
    old = client.get(PATH)
    page.title = "Who we are now"
    page.save_revision().publish()
    new = client.get(PATH)
    assert "Who we are now" in new.content.decode() and old["ETag"] != new["ETag"]


def test_each_host_has_pages_of_its_own(client, page, cluster_site):  # noqa: F811
    both = [client.get("/").content, client.get("/", headers={"host": "localhost"}).content]
    assert both[0] != both[1]
    assert [client.get("/").content, client.get("/", headers={"host": "localhost"}).content] == both
    assert client.get("/", headers={"host": "elsewhere.example"}).status_code == 400


def test_nothing_is_kept_of_what_is_not_the_same_for_all(client, page):
    for ask in (
        lambda: client.get(PATH, {"page": "2"}),
        lambda: client.get(PATH, headers={"cookie": f"{django_settings.SESSION_COOKIE_NAME}=somebodys"}),
        lambda: client.get("/no-such-page/"),
        lambda: client.get("/api/v2/pages/"),
        lambda: client.get("/library/"),
        lambda: client.post(PATH),
        lambda: client.get("/sign-in/"),
        lambda: client.get("/healthz"),
        lambda: page.make_preview_request(),
    ):
        ask()
        assert not SHELF.kept


def test_a_preview_is_of_the_draft_whatever_is_kept(client, page):
    client.get(PATH)
    page.title = "Words of a draft"
    assert "Words of a draft" in page.make_preview_request().content.decode()
    assert "Words of a draft" not in client.get(PATH).content.decode()


def test_whoever_is_signed_in_is_given_nothing_that_was_kept_or_compressed(client, page, django_assert_num_queries):
    is_kept(client, django_assert_num_queries)
    answer = client.get(PATH, headers={"cookie": f"{django_settings.SESSION_COOKIE_NAME}=x", "accept-encoding": "br"})
    assert not answer.has_header("ETag") and not answer.has_header("Content-Encoding")


@pytest.mark.parametrize(
    ("accepted", "encoding", "read"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip;q=1.0, br;q=0", "gzip", gzip.decompress),
        ("gzip, br; q=0.000", "gzip", gzip.decompress),
        ("identity", "", bytes),
        ("", "", bytes),
    ],
)
def test_pages_are_compressed_as_the_browser_takes_them(client, page, accepted, encoding, read):
    plain = client.get(PATH)
    for _ in range(2):
        answer = client.get(PATH, headers={"accept-encoding": accepted})
        assert answer.get("Content-Encoding", "") == encoding
        assert int(answer["Content-Length"]) == len(answer.content)
        assert read(answer.content) == plain.content
        assert "Accept-Encoding" in answer["Vary"]
        assert answer["ETag"].strip('"').partition("-")[0] == hashlib.sha256(plain.content).hexdigest()[:32]


def test_browser_that_has_the_page_is_told_so(client, page):
    tag = client.get(PATH, headers={"accept-encoding": "br"})["ETag"]
    answer = client.get(PATH, headers={"accept-encoding": "br", "if-none-match": tag})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    assert answer["Cache-Control"] == "no-cache"
    page.title = "Who we are now"
    page.save()
    assert client.get(PATH, headers={"accept-encoding": "br", "if-none-match": tag}).status_code == 200


def test_pages_are_kept_while_the_shared_cache_is_away(client, page, settings, django_assert_num_queries):
    away = {"BACKEND": "allyance_site.caches.Redis", "LOCATION": f"redis://127.0.0.1:{free_port()}"}
    settings.CACHES = settings.CACHES | {"default": away}
    is_kept(client, django_assert_num_queries)


def test_nothing_is_kept_where_nothing_is_counted(client, page):
    Generation.objects.all().delete()
    assert client.get(PATH).status_code == 200
    assert not SHELF.kept


def test_old_and_many_pages_are_not_kept(client, page, monkeypatch):
    for path in ("/", PATH, "/for-parents/"):
        client.get(path)
    assert [place.removeprefix("http://") for place in SHELF.kept] == [PATH, "/for-parents/"]

    ready = SHELF.page(f"http://{PATH}")
    monkeypatch.setattr("allyance_site.kept_pages.monotonic", lambda: monotonic() + MINUTES * 60)
    assert ready and SHELF.page(f"http://{PATH}") is None


def test_work_is_never_compressed(cast, client_for):
    answer = client_for(cast.coordinator).get("/admin/", headers={"accept-encoding": "br, gzip"})
    assert answer.status_code == 200 and not answer.has_header("Content-Encoding")


def test_encoded_text_is_shorter():
    lengths = [len(encodings.encoded(b"the same words " * 100, encoding)) for encoding in encodings.ENCODINGS]
    assert lengths == sorted(lengths)
