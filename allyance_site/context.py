"""What every template may know of this installation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def installation(request: HttpRequest) -> dict[str, Any]:
    """Whether this is the demo, for the bar that says so; and, for who is signed in, when to cover the page."""
    return {"demo": settings.DEMO, "lock": getattr(request, "lock", None)}
