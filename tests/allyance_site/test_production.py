"""A live service starts on nothing half made: `manage.py check --deploy`, as an operator runs it."""

import shutil

import pytest
from django.core.checks import run_checks

from allyance_site import keys
from tests.allyance_site.live import environment, manage


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Directories with keys, as `python -m allyance_site.keys` makes them."""
    place = tmp_path_factory.mktemp("production")
    (place / "data").mkdir()
    keys.make(place / "keys")
    return place


def said(env) -> str:
    done = manage(env, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode != 0, done.stdout
    return done.stderr.rpartition("ImproperlyConfigured: ")[2]


def test_a_service_that_is_set_up_has_nothing_to_mend(made):
    done = manage(environment(made), "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ALLYANCE_HOSTS", None, "Set ALLYANCE_HOSTS: the names that the site answers to"),
        ("ALLYANCE_HOSTS", "*", "Name the hosts in ALLYANCE_HOSTS one by one"),
        ("ALLYANCE_BASE_URL", None, "Set ALLYANCE_BASE_URL: its own address"),
        ("ALLYANCE_BASE_URL", "http://counselling.example", "Let ALLYANCE_BASE_URL begin with https://"),
        ("ALLYANCE_DATA_DIR", None, "Set ALLYANCE_DATA_DIR"),
        ("ALLYANCE_FROM_EMAIL", None, "Set ALLYANCE_FROM_EMAIL"),
        ("ALLYANCE_SECURITY_CONTACT", None, "Set ALLYANCE_SECURITY_CONTACT"),
        ("EMAIL_URL", None, "Set EMAIL_URL: the mail server"),
        ("EMAIL_URL", "consolemail://", "Let EMAIL_URL name a mail server"),
        ("EMAIL_URL", "dummymail://", "Let EMAIL_URL name a mail server"),
        ("ALLYANCE_DEMO", "1", "Take ALLYANCE_DEMO out of the environment"),
        ("DEBUG", "1", "Take DEBUG out of the environment"),
        ("ALLYANCE_READY_TOKEN", "x" * 31, "Make ALLYANCE_READY_TOKEN 32 characters or longer"),
        ("SECRET_KEY", "short", "The secret key is short or a default"),
        ("SECRET_KEY", "x" * 60, "The secret key is short or a default"),
        ("SECRET_KEY", "django-insecure-" + "abcdefghij" * 6, "The secret key is short or a default"),
    ],
)
def test_a_default_is_refused_with_what_to_do(made, name, value, words):
    told = said(environment(made, **{name: value}))
    assert f"- {words}" in told
    assert told.count("\n- ") == 1, "it names what is wrong and nothing else"


def test_all_that_is_missing_is_said_at_once(made):
    told = said(environment(made, ALLYANCE_HOSTS=None, EMAIL_URL=None, DEBUG="1"))
    assert told.count("\n- ") == 3


def test_no_secret_key_at_all_is_refused_with_how_to_make_one(made, tmp_path):
    told = said(environment(made, ALLYANCE_KEYS_DIR=str(tmp_path)))
    assert f"make the keys once with `python -m allyance_site.keys {tmp_path}`" in told


@pytest.mark.parametrize("name", ["ring.json", "audit_key", "people_keys"])
def test_a_missing_key_is_refused_by_its_name(made, tmp_path, name):
    shutil.copytree(made / "keys", tmp_path / "keys")
    (tmp_path / "keys" / name).unlink()
    told = said(environment(made, ALLYANCE_KEYS_DIR=str(tmp_path / "keys")))
    assert f"lacks {name}: make them once with `python -m allyance_site.keys" in told


def test_keys_among_the_data_are_refused(tmp_path):
    keys.make(tmp_path / "data" / "keys")
    told = said(environment(tmp_path, ALLYANCE_KEYS_DIR=str(tmp_path / "data" / "keys")))
    assert "Put ALLYANCE_KEYS_DIR and ALLYANCE_DATA_DIR apart" in told


def test_keys_that_everybody_on_the_machine_may_read_are_refused(tmp_path):
    keys.make(tmp_path / "keys")
    (tmp_path / "keys").chmod(0o755)
    assert "chmod -R o=" in said(environment(tmp_path))


def test_a_cache_of_each_process_for_itself_is_found(settings, db):
    shared = {"BACKEND": "allyance_site.caches.Files", "LOCATION": "/nowhere"}
    settings.CACHES = settings.CACHES | {"default": shared}
    found = [error for error in run_checks(include_deployment_checks=True) if error.id == "allyance.E001"]
    assert [error.msg for error in found] == ["The cache “tries” is kept by each process for itself."]
