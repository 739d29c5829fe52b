"""What a built demo holds, in a form that two builds can be compared by and words be looked for in."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps

from allyance_site.management import demo
from allyance_site.people.models import User
from casework.models import Pupil, Referral, Session
from casework.sealed import SealedTextField


def sealed_texts() -> Iterator[str]:
    """What stands in the sealed fields, opened."""
    for model in apps.get_app_config("casework").get_models():
        names = [field.name for field in model._meta.concrete_fields if isinstance(field, SealedTextField)]
        for row in model._default_manager.select_related("data_key") if names else ():
            yield from (getattr(row, name) for name in names)


def every_text() -> Iterator[str]:
    """All that is written: sealed or plain in casework, people's names, and the demo's own files."""
    yield from sealed_texts()
    for model in apps.get_app_config("casework").get_models():
        for name in getattr(model, "REGISTER_TEXT", ()):
            yield from map(str, model._default_manager.values_list(name, flat=True))
    yield from (person.get_full_name() for person in User.objects.all())
    yield from (path.read_text() for path in Path(demo.__path__[0]).glob("*.py"))


def snapshot() -> dict[str, Any]:
    """What two builds of the same day must have in common."""
    return {
        "referrals": list(Referral.objects.order_by("reference").values_list("reference", "status", "created_at")),
        "pupils": list(Pupil.objects.order_by("reference").values_list("reference", "first_name", "last_name")),
        "sessions": Counter(Session.objects.values_list("referral__reference", "starts_at", "attendance__label")),
        "people": sorted(User.objects.values_list("email", flat=True)),
        "texts": sorted(sealed_texts()),
    }
