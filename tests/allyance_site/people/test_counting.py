"""Tries are counted in a cache that processes share, and where they cannot be counted nobody signs in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import caches
from redis import Redis
from redis.exceptions import RedisError

from .conftest import PASSWORD, STEP, code_of, is_signed_in, send_password

ROOT = Path(__file__).resolve().parents[3]
REDIS = "redis://127.0.0.1:6379/13"
NOBODY_LISTENS = "redis://127.0.0.1:1/0"
TRY = """
import os, sys
import django
django.setup()
from django.core.cache import caches
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.core.exceptions import ValidationError
from django.test import RequestFactory

def tries(number):
    for _ in range(number):
        request = RequestFactory().post("/sign-in/", HTTP_HOST="127.0.0.1")
        with context.request_context(request):
            try:
                get_adapter().pre_authenticate(request, email="priya@school.example")
            except ValidationError:
                yield False
            else:
                yield True

sys.stdout.write(str(sum(tries(8))))
"""


def shared(url: str) -> dict:
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url, "KEY_PREFIX": "tries"}


def answers() -> bool:
    try:
        return Redis.from_url(REDIS, socket_connect_timeout=1).ping()
    except RedisError:
        return False


@pytest.fixture(params=["redis", "files"])
def place(request, tmp_path):
    """What two processes share: a Redis, or the disk of one machine."""
    if request.param == "files":
        return {"ALLYANCE_DATA_DIR": str(tmp_path)}
    if not answers():
        pytest.skip("no Redis at 127.0.0.1:6379: `apt-get install redis` brings it")
    Redis.from_url(REDIS).flushdb()
    request.addfinalizer(Redis.from_url(REDIS).flushdb)
    return {"REDIS_URL": REDIS, "ALLYANCE_DATA_DIR": str(tmp_path)}


def test_two_processes_at_once_let_ten_tries_through_between_them(place):
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "allyance_site.settings.local",
        "ALLYANCE_KEYS_DIR": str(settings.KEYS_DIR),
        "PYTHONWARNINGS": "ignore",
    } | place
    start = [sys.executable, "-c", TRY]
    both = [subprocess.Popen(start, cwd=ROOT, env=environment, stdout=subprocess.PIPE) for _ in range(2)]
    let_through = [int(process.communicate(timeout=120)[0]) for process in both]
    assert sum(let_through) == 10, let_through


def test_allauth_counts_in_the_cache_that_fails_closed():
    ratelimit.cache.set("here", 1)
    assert caches["tries"].get("here") == 1


class TestAway:
    @pytest.fixture
    def away(self, settings):
        """From now on nobody answers where tries are counted."""

        def go() -> None:
            settings.CACHES = settings.CACHES | {"tries": shared(NOBODY_LISTENS)}

        return go

    def closed(self, response) -> bool:
        return response.status_code == 503 and "Wait a minute" in response.content.decode()

    def test_nobody_signs_in_by_password(self, client, person, away):
        away()
        assert self.closed(send_password(client, person.email))
        assert not is_signed_in(client)
        assert client.get("/sign-in/").status_code == 200

    def test_nobody_signs_in_by_code(self, client, person, away):
        send_password(client, person.email)
        away()
        assert self.closed(client.post(STEP, {"code": code_of(person)}))
        assert not is_signed_in(client)

    def test_nobody_asks_for_a_link_or_uses_an_invitation(self, client, person, away, sent):
        away()
        assert self.closed(client.post("/sign-in/forgotten/", {"email": person.email}))
        assert self.closed(client.post("/invitation/here/", {"password": PASSWORD, "again": PASSWORD}))
        assert sent() == []
