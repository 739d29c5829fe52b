"""What a copy of the database tells of how people sign in: nothing that lets anybody in."""

import io
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import Client

from allyance_site.people import sealing

from .conftest import enter, send_password


def dump() -> str:
    out = io.StringIO()
    call_command("dumpdata", stdout=out, natural_foreign=False)
    return out.getvalue()


def test_database_tells_no_secret_seed_code_or_session(client, person, newcomer):
    enter(client, person)
    session = client.session
    session["canary"] = "CANARYWORD"
    session.save()
    setting_up = Client()
    send_password(setting_up, newcomer.email)
    setting_up.get("/account/app/")
    codes = person.authenticator_set.get(type="recovery_codes")
    telling = [
        sealing.unseal(person.authenticator_set.get(type="totp").data["secret"]),
        sealing.unseal(codes.data["seed"]),
        setting_up.session["mfa.totp.secret"],
        "CANARYWORD",
        *codes.wrap().generate_codes(),
    ]
    text = dump()
    assert person.email in text
    assert [told for told in telling if told in text] == []


def test_session_sealed_by_a_key_that_is_gone_is_a_visitors(client, person, settings, tmp_path):
    enter(client, person)
    settings.PEOPLE_KEYS_FILE = _keys(tmp_path, Fernet.generate_key())
    assert client.get("/account/").status_code == 302


def test_session_that_was_altered_is_a_visitors(client, person):
    enter(client, person)
    stored = client.session.get_model_class().objects.get(session_key=client.session.session_key)
    stored.session_data = stored.session_data[:-8] + "AAAAAAA="
    stored.save()
    assert client.get("/account/").status_code == 302


def test_older_keys_still_open_and_the_first_seals(settings, tmp_path):
    old, new = Fernet.generate_key(), Fernet.generate_key()
    settings.PEOPLE_KEYS_FILE = _keys(tmp_path / "old", old)
    token = sealing.seal("words")
    settings.PEOPLE_KEYS_FILE = _keys(tmp_path / "both", new, old)
    assert sealing.unseal(token) == "words"
    again = sealing.seal("words")
    settings.PEOPLE_KEYS_FILE = _keys(tmp_path / "new", new)
    assert sealing.unseal(again) == "words"
    with pytest.raises(sealing.Broken):
        sealing.unseal(token)


@pytest.mark.parametrize("content", [None, "", "not a key"])
def test_nothing_starts_without_keys(settings, tmp_path, content):
    settings.PEOPLE_KEYS_FILE = tmp_path / "people_keys"
    if content is not None:
        settings.PEOPLE_KEYS_FILE.write_text(content)
    with pytest.raises(ImproperlyConfigured, match="put the file back"):
        sealing.keys()


def _keys(directory: Path, *keys: bytes) -> Path:
    directory.mkdir(exist_ok=True)
    path = directory / "people_keys"
    path.write_text("\n".join(key.decode() for key in keys))
    return path
