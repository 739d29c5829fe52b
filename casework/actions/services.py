"""A service's set-up: what its coordinator sets; whether a role takes two people is set with the care of one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from .. import audit
from ..access import second_yes
from ..audit import sealer
from ..models import Service
from . import registers


@transaction.atomic
def save(service: Service, *, by: Any, version: int | None, two_people_for_roles: bool, **fields: Any) -> Service:
    """Change what a coordinator sets. Two people for a role is turned on at once, where there is a second person; off
    by their yes."""
    current = registers.save(service, by=by, version=version, **fields)
    if two_people_for_roles == current.two_people_for_roles:
        return current
    if not two_people_for_roles:
        second_yes.propose_alone(current, by=by)
        return current
    if not second_yes.second_people(current, apart_from={by.pk}):
        words = "First give somebody the role of coordinator, clinical supervisor or trustee: they say the second yes."
        raise ValidationError({"two_people_for_roles": words})
    current.two_people_for_roles = True
    current.version += 1
    current.save()
    audit.record("changed", current, by=by, fields=["two_people_for_roles"])
    sealer.seal_before_answering()
    return current
