"""The seals of the audit: a keyed hash over an event, and one over a link and the link before it.

The key lies with the key ring, outside the database: who can write to the database alone cannot make a seal.
"""

import hmac
import json
from datetime import UTC
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from ..models import AuditEvent

START = ""
"""What stands before the first link."""


@lru_cache(maxsize=1)
def key() -> bytes:
    """The audit's key; ImproperlyConfigured when its file is missing or damaged."""
    try:
        secret = bytes.fromhex(settings.AUDIT_KEY_FILE.read_text().strip())
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(
            f"The audit's key {settings.AUDIT_KEY_FILE} cannot be read: put the file back."
        ) from error
    if len(secret) < 32:
        raise ImproperlyConfigured("The audit's key is too short: put back the copy that your second custodian keeps.")
    return secret


def of_event(event: AuditEvent) -> str:
    """The seal of an event, over all that it says."""
    content = [
        str(event.uuid),
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.actor_id,
        event.verb,
        event.subject_type,
        str(event.subject or ""),
        event.referral_id,
        event.detail,
        event.request_id,
        event.address,
    ]
    return _mac("event", json.dumps(content, sort_keys=True, separators=(",", ":")))


def of_link(previous: str, seq: int, event: AuditEvent) -> str:
    """The seal of a link: the seal before it, its number, and its event."""
    return _mac("link", f"{previous}|{seq}|{event.uuid}|{event.mac}")


def same(one: str, other: str) -> bool:
    """Whether two seals are one."""
    return hmac.compare_digest(one, other)


def _mac(purpose: str, content: str) -> str:
    return hmac.digest(key(), f"{purpose}:{content}".encode(), "sha256").hex()
