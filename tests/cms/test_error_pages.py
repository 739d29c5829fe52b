"""The pages for what went wrong: they need no database, and they carry the crisis numbers."""

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from allyance_site import errors

NUMBERS = (b"tel:999", b"tel:111", b"tel:08001111", b"tel:116123")
PAGES = [
    (errors.bad_request, 400),
    (errors.forbidden, 403),
    (errors.not_found, 404),
    (errors.server_error, 500),
    (errors.csrf_failure, 403),
]


@pytest.fixture
def request_alone() -> HttpRequest:
    """A request without session and person: whatever reads either fails."""
    return RequestFactory().get("/")


@pytest.mark.parametrize(("view", "status"), PAGES)
def test_page_needs_no_database_and_carries_the_numbers(request_alone, view, status):
    response = view(request_alone)
    assert response.status_code == status
    assert all(number in response.content for number in NUMBERS)
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies


def test_not_found_is_the_same_for_every_cause(client, cast, client_for, site):
    answers = {
        client.get("/no-such-page/").content,
        client.get("/admin/no-such-address/").content,
        client.get("/media/documents/policy.pdf").content,
        client_for(cast.therapist).get("/documents/999999/nothing.pdf").content,
        client_for(cast.editor).get("/library/").content,
    }
    assert len(answers) == 1


def test_expired_form_says_how_to_keep_the_words(db):
    response = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "a@b.example", "password": "words"})
    assert response.status_code == 403
    assert b"Nothing that you typed is lost" in response.content


def test_error_tells_nothing_about_its_cause(request_alone):
    response = errors.not_found(request_alone, Exception("case R26-118"))
    assert b"R26" not in response.content
