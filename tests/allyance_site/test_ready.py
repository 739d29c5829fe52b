"""/readyz answers whoever brings the token; for all others it is like any page that is not there."""

import pytest
from django.core.cache import caches

from allyance_site.management import readiness
from tests.signed_in import sign_in

TOKEN = "f" * 64
BROUGHT = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(autouse=True)
def _token(db, settings):
    settings.READY_TOKEN = TOKEN
    caches["default"].clear()


def test_with_the_token_it_says_one_word_for_each(client):
    response = client.get("/readyz", headers=BROUGHT)
    assert response.status_code == 503, "nothing has been at work here, and there is no backup"
    assert response.json() == readiness.look()
    assert response["Content-Type"] == "application/json"
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", ""), "no session was looked for"


@pytest.mark.parametrize(("words", "status"), [(["fine", "off"], 200), (["fine", "late"], 503), (["broken"], 503)])
def test_one_that_is_not_well_is_enough(client, monkeypatch, words, status):
    monkeypatch.setattr(readiness, "look", lambda: dict(enumerate(words)))
    assert client.get("/readyz", headers=BROUGHT).status_code == status
    assert client.head("/readyz", headers=BROUGHT).status_code == status


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer "},
        {"Authorization": TOKEN},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": f"Bearer {TOKEN[:-1]}"},
        {"Authorization": f"Bearer {TOKEN}f"},
        {"Authorization": "Bearer fünf"},
    ],
)
def test_without_it_nothing_is_there_and_nothing_is_looked_at(client, monkeypatch, given):
    monkeypatch.setattr(readiness, "look", lambda: pytest.fail("it looked"))
    answers = [client.get(path, headers=given) for path in ("/readyz", "/no-such-page/")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1
    assert not any(answer.cookies for answer in answers)


@pytest.mark.parametrize("given", [{}, {"Authorization": "Bearer "}, {"Authorization": "Bearer"}, BROUGHT])
def test_where_no_token_is_set_there_is_none_to_bring(client, settings, given):
    settings.READY_TOKEN = ""
    assert client.get("/readyz", headers=given).status_code == 404


@pytest.mark.parametrize("who", ["coordinator", "technical", "therapist"])
def test_signing_in_opens_nothing(client, cast, who):
    sign_in(client, getattr(cast, who))
    assert client.get("/readyz").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_it_only_answers(client, method):
    answers = [getattr(client, method)(path, headers=BROUGHT) for path in ("/readyz", "/admin/no-such-page/")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_no_query_string_brings_the_token(client):
    assert client.get(f"/readyz?token={TOKEN}&Authorization=Bearer {TOKEN}").status_code == 404
