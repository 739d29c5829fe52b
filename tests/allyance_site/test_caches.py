"""What can be made anew is gone without where the cache is away; what guards something is not."""

import pytest
from django.core.cache import caches
from redis.exceptions import ConnectionError as RedisIsAway

from tests.drills.processes import free_port


@pytest.fixture(params=["redis", "files"])
def away(request, settings, tmp_path):
    """Caches that are away: no server at their port, or a file where their directory lay."""
    backends = "django.core.cache.backends"
    kinds = {
        "redis": ("Redis", f"{backends}.redis.RedisCache", f"redis://127.0.0.1:{free_port()}"),
        "files": ("Files", f"{backends}.filebased.FileBasedCache", str(tmp_path / "cache")),
    }
    ours, plain, place = kinds[request.param]
    settings.CACHES = {
        "default": {"BACKEND": f"allyance_site.caches.{ours}", "LOCATION": place},
        "tries": {"BACKEND": plain, "LOCATION": place},
    }
    assert all(caches[name] for name in settings.CACHES)  # made while all was well
    if request.param == "files":
        (tmp_path / "cache").rmdir()
        (tmp_path / "cache").write_text("not a directory")


def test_what_is_kept_is_gone_without(away, caplog):
    cache = caches["default"]
    cache.set("page", "words of a page")
    assert cache.get("page", "made anew") == "made anew"
    assert "words of a page" not in caplog.text


def test_a_count_is_not_gone_without(away):
    with pytest.raises((RedisIsAway, OSError)):
        caches["tries"].set("count", 1)


def test_files_keep_what_they_are_given(settings, tmp_path):
    settings.CACHES = {"default": {"BACKEND": "allyance_site.caches.Files", "LOCATION": tmp_path}}
    caches["default"].set("page", "words", 60)
    assert caches["default"].get("page") == "words"
