"""Redis is down: everybody goes on working, and nobody new gets in, for tries to sign in cannot be counted."""

import pytest

from tests.drills.people import Person, session_form
from tests.drills.processes import free_port

PASSWORD = "a password that is the right one"


@pytest.fixture
def sign_in_form(cast, settings):
    """The right one, by which the account gets in as long as tries are counted."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    cast.head.set_password(PASSWORD)
    cast.head.save()
    return {"login": cast.head.email, "password": PASSWORD}


def test_work_goes_on_and_the_limit_on_tries_stays(cast, case, record, start, sign_in_form):
    web = start("web", REDIS_URL=f"redis://127.0.0.1:{free_port()}")
    therapist = Person(web.address, cast.therapist)

    assert therapist.get("/admin/").status == 200
    assert therapist.send(record, session_form(cast.items["Came"], "an hour")).status == 302

    refused = Person(web.address).send("/sign-in/", sign_in_form)
    assert refused.status == 503, refused.page.main.get_text(" ", strip=True)
    assert "Signing in does not work at this moment" in refused.page.get_text(" ", strip=True)
    assert PASSWORD not in refused.text and PASSWORD not in web.said()

    assert Person(start("web").address).send("/sign-in/", sign_in_form).status == 302, "it was the right password"
