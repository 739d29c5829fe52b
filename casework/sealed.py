"""Sealed text: what is written about a child is stored as AES-GCM tokens, never as words.

A row's text is encrypted under its subject's data key and bound to model, field and the row's UUID, so a token
moved, altered or forged is refused, never shown wrong. Data keys are wrapped by a key ring that lies outside the
database: without the ring's file the service does not start.
"""

import base64
import json
import secrets
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models.query_utils import DeferredAttribute

if TYPE_CHECKING:
    TextField = models.TextField[str, str]
else:
    TextField = models.TextField  # at run time, Django's fields take no type arguments

NONCE_BYTES = 12
KEY_BYTES = 32
MARK = "sealed1:"


class TextKind(StrEnum):
    """What kind of text a field holds, which decides who may read it (the table in docs/architecture.md)."""

    REGISTER = "register"
    CONTACT = "contact"
    REFERRAL = "referral"
    CLINICAL = "clinical"
    PROCESS = "process"
    SCHOOL = "school"
    MEETING = "meeting"
    SAFEGUARDING = "safeguarding"
    PACK = "pack"
    STAFF = "staff"
    PUBLIC = "public"


class SealBroken(Exception):
    """A token does not belong where it stands, was altered, or its key is gone. The text is not shown."""


class KeyRing:
    """Named 32-byte keys from outside the database: `current` wraps new data keys, all of them open old ones."""

    def __init__(self, current: str, keys: dict[str, bytes]) -> None:
        if current not in keys or any(len(key) != KEY_BYTES for key in keys.values()):
            raise ImproperlyConfigured("The key ring is damaged: put back the copy that your second custodian keeps.")
        self.current = current
        self._keys = keys

    @classmethod
    def load(cls, path: Path) -> "KeyRing":
        """The ring in a JSON file `{"current": name, "keys": {name: base64}}`; ImproperlyConfigured when unreadable."""
        try:
            content = json.loads(path.read_text())
            return cls(content["current"], {name: base64.b64decode(key) for name, key in content["keys"].items()})
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ImproperlyConfigured(
                f"The key ring {path} cannot be read ({type(error).__name__}). "
                "Without it no note can be opened, so nothing starts: "
                "put the file back, or name its directory in ALLYANCE_KEYS_DIR."
            ) from error

    @property
    def names(self) -> frozenset[str]:
        """Every key that the ring holds."""
        return frozenset(self._keys)

    def wrap(self, secret: bytes, owner: UUID) -> tuple[str, bytes]:
        """The name of the wrapping key, and the secret wrapped for its owner."""
        return self.current, _encrypt(self._keys[self.current], secret, _bound("data-key", owner))

    def unwrap(self, name: str, wrapped: bytes, owner: UUID) -> bytes:
        """The secret of `owner`; SealBroken when it was wrapped for another or its ring key is gone."""
        if name not in self._keys:
            raise SealBroken("the ring has no such key")
        return _decrypt(self._keys[name], wrapped, _bound("data-key", owner))


def ring() -> KeyRing:
    """This installation's key ring; read again when its file was changed, so that a rotation needs no restart."""
    path = Path(settings.KEY_RING_FILE)
    try:
        stat = path.stat()
    except OSError:
        return _ring(path, (0, 0))
    return _ring(path, (stat.st_mtime_ns, stat.st_ino))


@lru_cache(maxsize=2)
def _ring(path: Path, changed: tuple[int, int]) -> KeyRing:
    return KeyRing.load(path)


def new_secret() -> bytes:
    """A fresh secret for a data key."""
    return secrets.token_bytes(KEY_BYTES)


class Token(str):
    """Sealed text as it stands in the database."""


class HoldsSealedText(Protocol):
    """A row with sealed fields: its UUID is made before it is first saved, and it has its subject's data key."""

    uuid: UUID

    @property
    def data_key(self) -> "OpensData": ...


class OpensData(Protocol):
    """A data key that can be opened."""

    def secret(self) -> bytes: ...


def seal(text: str, key: OpensData, place: str, owner: UUID) -> Token:
    """The token of a text that stands in this place of its owner."""
    return Token(MARK + base64.b64encode(_encrypt(key.secret(), text.encode(), _bound(place, owner))).decode())


def unseal(token: str, key: OpensData, place: str, owner: UUID) -> str:
    """The words of a token; SealBroken when it does not stand in its own place."""
    if not token.startswith(MARK):
        raise SealBroken("not a sealed text")
    try:
        sealed = base64.b64decode(token.removeprefix(MARK), validate=True)
    except ValueError as error:
        raise SealBroken("not a sealed text") from error
    return _decrypt(key.secret(), sealed, _bound(place, owner)).decode()


class SealedAttribute(DeferredAttribute):
    """Gives the words of a sealed field to who asks the record for them, and the token to the database."""

    field: "SealedTextField"

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        value = super().__get__(instance, owner)
        return self.field.unseal(instance, value) if isinstance(value, Token) else value

    def __set__(self, instance: models.Model, value: str) -> None:
        instance.__dict__[self.field.attname] = value


class SealedTextField(TextField):
    """Text that only its record can read. It cannot be filtered by, ordered by or set by a bulk update."""

    descriptor_class = SealedAttribute

    def __init__(self, *args: Any, kind: TextKind = TextKind.PROCESS, **options: Any) -> None:
        self.kind = TextKind(kind)
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"kind": str(self.kind)}

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        return Token(value) if value else value

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = model_instance.__dict__[self.attname]
        return (
            value if isinstance(value, Token) or not value else self.seal(cast(HoldsSealedText, model_instance), value)
        )

    def get_prep_value(self, value: Any) -> Any:
        if value and not isinstance(value, Token):
            raise TypeError(
                f"{self.name} is sealed: it is written by saving its record, and nothing is looked up by it."
            )
        return value

    def get_lookup(self, lookup_name: str) -> Any:
        """Whether there is a text at all, and nothing about it: patterns would search in tokens."""
        return super().get_lookup(lookup_name) if lookup_name in {"exact", "in", "isnull"} else None

    def value_to_string(self, obj: models.Model) -> str:
        """Fixtures and dumps hold the token."""
        return self.pre_save(obj, add=False)

    def seal(self, instance: HoldsSealedText, text: str) -> Token:
        """The token of `text` in this row."""
        return seal(text, instance.data_key, self._place, instance.uuid)

    def unseal(self, instance: HoldsSealedText, token: Token) -> str:
        """The words of a token in this row; SealBroken when it is not this row's own."""
        return unseal(token, instance.data_key, self._place, instance.uuid)

    @property
    def _place(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"


def _bound(place: str, owner: UUID) -> bytes:
    return f"{place}:{owner}".encode()


def _encrypt(key: bytes, content: bytes, place: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, place)


def _decrypt(key: bytes, sealed: bytes, place: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)
    except (InvalidTag, ValueError) as error:
        raise SealBroken("this text was altered, moved or sealed with another key") from error
