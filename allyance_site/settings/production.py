"""A live service behind TLS. It runs on no default: it says what is missing, and how to make it."""

from collections.abc import Iterator
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import (
    ALLOWED_HOSTS,
    AUDIT_KEY_FILE,
    DATA_DIR,
    KEY_RING_FILE,
    KEYS_DIR,
    PEOPLE_KEYS_FILE,
    READY_TOKEN,
    SECRET_KEY,
    env,
)

NEEDED = {
    "ALLYANCE_HOSTS": "the names that the site answers to, with commas between them",
    "ALLYANCE_BASE_URL": "its own address, as in https://counselling.example.org",
    "ALLYANCE_DATA_DIR": "the directory of database, files and caches",
    "ALLYANCE_KEYS_DIR": "the directory of the keys, away from the data",
    "ALLYANCE_FROM_EMAIL": "the address that its mail comes from",
    "ALLYANCE_SECURITY_CONTACT": "where a weakness is reported, as in mailto:security@example.org",
    "EMAIL_URL": "the mail server, as in smtp+tls://name:password@mail.example.org:587",
}
SENDS_MAIL = ("smtp:", "smtp+tls:", "smtp+ssl:", "smtps:")
KEY_FILES = (KEY_RING_FILE, AUDIT_KEY_FILE, PEOPLE_KEYS_FILE)
MAKE_KEYS = f"make them once with `python -m allyance_site.keys {KEYS_DIR}`, or put the copy back"
LONG_ENOUGH, VARIED_ENOUGH = 50, 5  # as `manage.py check --deploy` counts
TOKEN_LONG_ENOUGH = 32


def _wrong() -> Iterator[str]:
    """A sentence for everything that a live service must not run with."""
    for name, words in NEEDED.items():
        if not env.str(name, ""):
            yield f"Set {name}: {words}."
    for name in ("ALLYANCE_DEMO", "DEBUG"):
        if env.bool(name, False):
            yield f"Take {name} out of the environment: it is for a developer's machine."
    if "*" in ALLOWED_HOSTS:
        yield "Name the hosts in ALLYANCE_HOSTS one by one: with * the site would answer to any name."
    if not env.str("ALLYANCE_BASE_URL", "https://").startswith("https://"):
        yield "Let ALLYANCE_BASE_URL begin with https://: links in mail lead there."
    if not env.str("EMAIL_URL", "smtp:").startswith(SENDS_MAIL):
        yield f"Let EMAIL_URL name a mail server ({', '.join(SENDS_MAIL)}): otherwise no mail leaves this machine."
    if len(SECRET_KEY) < LONG_ENOUGH or len(set(SECRET_KEY)) < VARIED_ENOUGH or "insecure" in SECRET_KEY:
        yield (
            f"The secret key is short or a default: take SECRET_KEY out of the environment and {MAKE_KEYS}; "
            "a file secret_key that is there already is replaced only once it is deleted."
        )
    if READY_TOKEN and len(READY_TOKEN) < TOKEN_LONG_ENOUGH:
        yield (
            f"Make ALLYANCE_READY_TOKEN {TOKEN_LONG_ENOUGH} characters or longer, as `openssl rand -hex 32` does: "
            "tries at it are not counted."
        )
    if lost := [path.name for path in KEY_FILES if not path.is_file()]:
        yield f"{KEYS_DIR} lacks {', '.join(lost)}: {MAKE_KEYS}. What is stored cannot be read with new ones."
    if _lies_in(DATA_DIR, KEYS_DIR) or _lies_in(KEYS_DIR, DATA_DIR):
        yield "Put ALLYANCE_KEYS_DIR and ALLYANCE_DATA_DIR apart: a copy of the data must not bring the keys with it."
    elif KEYS_DIR.is_dir() and KEYS_DIR.stat().st_mode & 0o007:
        yield f"Close the keys to everybody else on this machine: `chmod -R o= {KEYS_DIR}`."


def _lies_in(inner: Path, outer: Path) -> bool:
    return inner.resolve().is_relative_to(outer.resolve())


if wrong := list(_wrong()):
    raise ImproperlyConfigured("\n- ".join(["This is not how a live service runs.", *wrong]))

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 63072000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
MFA_TRUST_COOKIE_NAME = "__Host-trusted-device"
