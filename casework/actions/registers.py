"""The registers that a coordinator keeps: adding an entry, changing one, ending what lasts for a time."""

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone

from .. import audit
from ..access import grants, rules
from ..models import (
    Absence,
    ClosedDays,
    Cluster,
    DocumentAudience,
    HoursEntry,
    ListItem,
    Placement,
    Practitioner,
    Question,
    Rate,
    Record,
    Requirement,
    School,
    SchoolYear,
    Service,
    SupervisionRule,
    Term,
)
from ..models.practitioners import WEEKDAYS
from . import letters
from .refusals import StepRefused
from .saving import locked, put_in, refuse_stale, refuse_unknown, save_clean, tidy

R = TypeVar("R", bound=Record)
Lasting = TypeVar("Lasting", Placement, Practitioner)

PERIOD = ("starts_at", "ends_at")
DAYS = ("starts_on", "ends_on")
EDITABLE: dict[type[Model], tuple[str, ...]] = {
    Service: (
        "name",
        "decides",
        "contact_email",
        "children_services_telephone",
        "out_of_hours_telephone",
        "lado_telephone",
        "concern_hours",
        "danger_minutes",
        "agreement_months",
        "decide_within",
        "begin_within",
        "contact_within",
        "look_again_after",
        "parents_first",
        "missed_in_a_row",
        "checks_understanding",
        "supervision_within",
        "two_people_for_help",
    ),
    Cluster: ("name", "decides"),
    School: ("cluster", "name", "urn", "phase", "town", "room", "telephone"),
    Practitioner: ("user", "name", "discipline", "body", "weekly_hours", "on_website", *PERIOD),
    Placement: (*WEEKDAYS, *PERIOD),
    ListItem: ("label", "position", "active", "charged", "seen", "passes_on_to", "work_kind", "public_register"),
    Question: ("words", "help", "choices", "asked_of", "required", "position", "active"),
    Requirement: ("name", "if_missing", "grace_days", "holds_months", "position", "active"),
    DocumentAudience: ("school", "must_read", "parts", "read_by", "check_question", "check_answers"),
    Rate: ("amount", "starts_on"),
    SchoolYear: DAYS,
    Term: ("name", *DAYS),
    ClosedDays: ("school", "why", *DAYS),
    Absence: DAYS,
    SupervisionRule: ("hours_a_month", "group_counts", "who_counts"),
}
CHOSEN_ONCE: dict[type[Model], tuple[str, ...]] = {
    Cluster: ("service",),
    School: ("service",),
    Practitioner: ("service",),
    Placement: ("practitioner", "school"),
    ListItem: ("service", "list"),
    Question: ("service", "kind"),
    Requirement: ("service", "kind"),
    DocumentAudience: ("service", "document"),
    Rate: ("service", "band"),
    SchoolYear: ("service",),
    Term: ("school_year",),
    ClosedDays: ("service",),
    Absence: ("practitioner",),
    SupervisionRule: ("service", "body"),
}
"""What says which entry it is: chosen when it is added, and never changed after."""


@transaction.atomic
def save(record: R, *, by: Any, version: int | None = None, **fields: Any) -> R:
    """Add an entry, or change one. Nothing is written where nothing differs.

    The rule is asked of the entry as it was and as it would be. TypeError for a field that is not kept here.
    """
    model = type(record)
    once = CHOSEN_ONCE.get(model, ())
    refuse_unknown(fields, (*EDITABLE[model], *once))
    fields = tidy(fields)
    register = rules.REGISTERS[model]
    is_new = record.pk is None
    if is_new:
        if not register.added(by):
            raise PermissionDenied
        current = record
    else:
        current = locked(record)
        if not register.changed(by, current):
            raise PermissionDenied
        refuse_stale(current, version)
        _refuse_other_choice(current, {name: fields.pop(name) for name in once if name in fields})
    changed = sorted(fields) if is_new else put_in(current, fields)
    if not changed:
        return current
    if is_new:
        for name, value in fields.items():
            setattr(current, name, value)
    else:
        current.version += 1
    current.full_clean()
    if not register.changed(by, current):
        raise PermissionDenied
    _refuse_other_service(current)
    if isinstance(current, Placement):
        _refuse_overlap(current)
    if isinstance(current, SchoolYear) and not is_new:
        _refuse_to_lose_hours(current)
    save_clean(current)
    audit.record("added" if is_new else "changed", current, by=by, fields=sorted(changed))
    _open_library(current)
    if not is_new or isinstance(current, Requirement):
        _renew_letters(current, changed, by=by)
    return current


@transaction.atomic
def end(record: Lasting, *, by: Any) -> Lasting:
    """End a placement, or a practitioner's time with the service and with it their placements, now. History stays;
    letters to the schools that they leave are withdrawn."""
    if isinstance(record, Placement):
        locked(record.practitioner)  # first, as whoever ends the practitioner's own time does
    current = locked(record)
    if not rules.REGISTERS[type(current)].changed(by, current):
        raise PermissionDenied
    if current.has_ended:
        raise StepRefused("an entry that has not ended yet")
    _end(current, by=by)
    if isinstance(current, Practitioner):
        for placement in current.placements.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=timezone.now())):
            _end(placement, by=by)
    letters.renew(current.practitioner if isinstance(current, Placement) else current, by=by)
    return current


def _renew_letters(record: Record, changed: list[str], *, by: Any) -> None:
    """What letters of assurance say of somebody, of a school or of the service may be something else now."""
    if isinstance(record, Practitioner):
        letters.renew(record, by=by)
    elif isinstance(record, Placement):
        letters.renew(record.practitioner, by=by)
    elif isinstance(record, Requirement) or (isinstance(record, School | Service) and {"name", "urn"} & set(changed)):
        letters.renew_all(record if isinstance(record, Service) else record.service, by=by)


def _end(record: Placement | Practitioner, *, by: Any) -> None:
    record.ends_at = max(timezone.now(), record.starts_at)
    record.version += 1
    record.save()
    audit.record("ended", record, by=by)


def _refuse_other_choice(record: Record, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        if getattr(record, name) != value:
            raise ValidationError({name: "This was chosen when the entry was made: end it, and add another."})


def _refuse_other_service(record: Record) -> None:
    """What an entry points to is of its own service."""
    service = getattr(record, "service_id", None)
    for field in record._meta.concrete_fields:
        related = getattr(record, field.name) if field.is_relation else None
        if service and getattr(related, "service_id", service) != service:
            raise ValidationError({field.name: "This belongs to another service."})


def _refuse_overlap(placement: Placement) -> None:
    """Two placements of one practitioner at one school never hold at the same time."""
    locked(placement.practitioner)
    others = Placement.objects.filter(practitioner=placement.practitioner, school=placement.school)
    others = others.exclude(pk=placement.pk).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=placement.starts_at))
    if placement.ends_at:
        others = others.filter(starts_at__lt=placement.ends_at)
    if others.exists():
        raise ValidationError("This practitioner is already placed at this school for a part of that time.")


def _refuse_to_lose_hours(year: SchoolYear) -> None:
    """Hours that count in a year stay in it: those agreed are booked on its first day."""
    entries = HoursEntry.objects.filter(school__service=year.service_id)
    before = entries.in_year(SchoolYear.objects.get(pk=year.pk))
    if before.exclude(on__range=(year.starts_on, year.ends_on)).exists():
        raise ValidationError("Hours are booked on days that would lie outside this year: they would no longer count.")


def _open_library(record: Record) -> None:
    practitioner = record.practitioner if isinstance(record, Placement) else record
    if isinstance(practitioner, Practitioner) and practitioner.user:
        grants.join_library(practitioner.user)
