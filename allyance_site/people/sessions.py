"""Sessions in the database, sealed: whoever reads a copy of it learns nothing of what a session holds."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from . import sealing


class SessionStore(DatabaseStore):
    """Django's own store, with its content sealed."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        return sealing.seal(super().encode(session_dict))

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """What the session holds; nothing, as for any session that is not valid, when it cannot be opened."""
        try:
            return super().decode(sealing.unseal(str(session_data)))
        except sealing.Broken:
            return {}
