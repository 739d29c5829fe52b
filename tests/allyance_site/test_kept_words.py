"""A form that could not be saved comes back whole: to its sender alone, and never with a password."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from allyance_site import kept_words
from tests.cast import build
from tests.factories import ReferralFactory
from tests.signed_in import sign_in


@pytest.fixture
def cast(transactional_db):
    return build()


@pytest.fixture
def read_only(transactional_db):
    """From here on the database takes nothing."""
    sqlite = connection.vendor == "sqlite"

    def set_to(closed):
        sql = f"PRAGMA query_only = {int(closed)}" if sqlite else f"SET default_transaction_read_only = {int(closed)}"
        with connection.cursor() as cursor:
            cursor.execute(sql)

    yield lambda: set_to(True)
    set_to(False)


def browser(user=None, **options):
    client = Client(raise_request_exception=False, **options)
    if user:
        sign_in(client, user)
    return client


def fields_of(response):
    (form,) = BeautifulSoup(response.content, "html.parser").find_all("form")
    return form["action"], {
        field["name"]: field.text[1:] if field.name == "textarea" else field["value"]
        for field in form.find_all(["input", "textarea"])
    }


FORMS = {
    "casework_review": {"outcome": "It goes <well> & on.", "version": "1"},
    "casework_step": {"note": "Why and until when.", "version": "1"},
}


@pytest.mark.parametrize("name", sorted(FORMS))
def test_page_gives_every_answer_back(name, cast, read_only):
    case = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)
    client = browser(cast.therapist)
    more = ["hold"] if name == "casework_step" else []
    address = reverse(name, args=[case.uuid, *more])
    sent = {"form_key": str(uuid4())} | FORMS[name]
    read_only()

    response = client.post(address, sent)

    assert response.status_code == 503
    assert "no-store" in response["Cache-Control"]
    assert response["Retry-After"] == "60"
    assert fields_of(response) == (address, sent)


def test_register_gives_its_labels_too(cast, read_only):
    client = browser(cast.coordinator)
    sent = {"form_key": str(uuid4()), "name": "Wendham", "service": str(cast.service.uuid)}
    read_only()

    response = client.post(reverse("casework_cluster_modeladmin_create"), sent)

    assert response.status_code == 503
    assert fields_of(response)[1] == sent
    assert [label.text for label in BeautifulSoup(response.content, "html.parser").find_all("label")] == ["Name"]


def test_somebody_whose_check_was_not_passed_gets_nothing_back(cast):
    """The words could be a stranger's, sent from a page of theirs."""
    response = browser(cast.therapist, enforce_csrf_checks=True).post("/admin/refer/", {"note": "words of a stranger"})
    assert response.status_code == 403
    assert b"words of a stranger" not in response.content


def test_a_password_is_never_given_back(rf):
    request = rf.post("/sign-in/", {"login": "priya@school.example", "password": "a secret", "note": "some words"})
    request.csrf_processing_done = True
    assert kept_words.page(request, status=503) is None


@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_to_give_back(rf, method):
    request = getattr(rf, method)("/admin/", {"note": "some words"})
    request.csrf_processing_done = method == "get"
    assert kept_words.page(request, status=503) is None


@pytest.mark.parametrize(("status", "words"), [(500, b"our fault"), (503, b"cannot save anything at this moment")])
def test_page_says_whose_fault_it_is(rf, status, words):
    request = rf.post("/admin/", {"some_note": "two words", "one": "word", "tags": ["a", "b"], "version": "1 2"})
    request.csrf_processing_done = True

    response = kept_words.page(request, status=status)

    assert (response.status_code, words in response.content) == (status, True)
    soup = BeautifulSoup(response.content, "html.parser")
    assert [(area["name"], area.text[1:]) for area in soup.find_all("textarea")] == [("some_note", "two words")]
    assert [label.text for label in soup.find_all("label")] == ["Some note"]
    assert [(field["name"], field["value"]) for field in soup.find_all("input")] == [
        ("one", "word"), ("tags", "a"), ("tags", "b"), ("version", "1 2"),
    ]  # fmt: skip


def test_a_file_has_to_be_chosen_again(rf):
    request = rf.post("/admin/", {"title": "A title", "file": SimpleUploadedFile("plan.pdf", b"%PDF")})
    request.csrf_processing_done = True
    content = kept_words.page(request, status=503).content
    assert b"has to be chosen again" in content and b"plan.pdf" not in content


def test_a_mistake_of_ours_is_not_the_machines():
    assert not kept_words.is_out_of_order(ValueError())
    assert not kept_words.is_out_of_order(None)
