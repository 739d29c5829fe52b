"""Absences: entered by the practitioner or the coordinator, who is told of what another enters."""

from typing import Any

from django.db import transaction

from .. import outbox
from ..access.roles import Role
from ..models import Absence, ServiceRole, in_force
from .registers import save


@transaction.atomic
def save_absence(absence: Absence, *, by: Any, version: int | None = None, **fields: Any) -> Absence:
    """Add an absence or change its days, and tell the coordinators, for somebody has to see to the children."""
    before = absence.version if absence.pk else None
    saved = save(absence, by=by, version=version, **fields)
    if saved.version != before:
        service = saved.practitioner.service_id
        for role in ServiceRole.objects.filter(
            in_force(), content_object=service, permission__codename=Role.COORDINATOR.codename
        ).exclude(user=by):
            outbox.put("colleague_away", to=role.user, service=service)
    return saved
