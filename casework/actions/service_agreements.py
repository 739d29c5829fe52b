"""A school's agreement for a year: proposed, changed until it is signed, and replaced by a later version alone."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit
from ..access import rules
from ..models import AgreementLine, Band, Rate, School, SchoolYear, ServiceAgreement
from .hours import book_agreement
from .saving import locked, put_in, refuse_stale, refuse_unknown, save_clean, tidy
from .school_telling import tell_heads

EDITABLE = ("hours", "band", "rate", "includes", "subsidy", "subsidy_from")


@dataclass(frozen=True)
class Line:
    """A package as it is written in a form."""

    package: str
    words: str
    hours: Decimal = Decimal(0)
    price: Decimal = Decimal(0)


@transaction.atomic
def propose(
    *, by: Any, school: School, school_year: SchoolYear, lines: Iterable[Line] = (), **fields: Any
) -> ServiceAgreement:
    """Propose an agreement for a year, or a new version of the one that holds. Without a rate it takes its band's."""
    refuse_unknown(fields, EDITABLE)
    current = locked(school, "service")
    if not rules.can_propose_service_agreement(by, current):
        raise PermissionDenied
    if school_year.service_id != current.service_id:
        raise ValidationError({"school_year": "Choose a year of the same service."})
    last = current.service_agreements.filter(school_year=school_year).first()
    number = last.number + 1 if last else 1
    agreement = ServiceAgreement(school=current, school_year=school_year, number=number, made_by=by)
    put_in(agreement, tidy(fields))
    _take_rate(agreement)
    save_clean(agreement)
    _write_lines(agreement, lines)
    audit.record("proposed", agreement, by=by, number=number)
    tell_heads("service_agreement_proposed", current, by=by)
    return agreement


@transaction.atomic
def renew(agreement: ServiceAgreement, *, by: Any, school_year: SchoolYear, hours: Decimal) -> ServiceAgreement:
    """Propose the same again for a year, with these hours and the rate of the band as it is then."""
    kept = {name: getattr(agreement, name) for name in ("band", "includes", "subsidy", "subsidy_from")}
    lines = [Line(line.package, line.words, line.hours, line.price) for line in agreement.lines.all()]
    return propose(by=by, school=agreement.school, school_year=school_year, hours=hours, lines=lines, **kept)


@transaction.atomic
def change(
    agreement: ServiceAgreement, *, by: Any, version: int, lines: Iterable[Line] | None = None, **fields: Any
) -> ServiceAgreement:
    """Change a proposal. Nothing is written where nothing differs; without `lines` its packages stay."""
    refuse_unknown(fields, EDITABLE)
    current = locked(agreement, "school__service", "school_year")
    if not rules.can_change_service_agreement(by, current):
        raise PermissionDenied
    refuse_stale(current, version)
    before = {name: getattr(current, name) for name in EDITABLE}
    put_in(current, tidy(fields))
    _take_rate(current)
    changed = [name for name in EDITABLE if getattr(current, name) != before[name]]
    if lines is not None and _write_lines(current, lines):
        changed.append("lines")
    if changed:
        current.version += 1
        save_clean(current)
        audit.record("changed", current, by=by, fields=sorted(changed))
    return current


@transaction.atomic
def sign(agreement: ServiceAgreement, *, by: Any, version: int, signed_on: date) -> ServiceAgreement:
    """Write down that both have signed: its hours are booked, and the version that it replaces gives none from now."""
    locked(agreement.school)
    current = locked(agreement, "school__service", "school_year")
    if not rules.can_propose_service_agreement(by, current.school):
        raise PermissionDenied
    refuse_stale(current, version)
    if not rules.can_sign_service_agreement(by, current):
        raise PermissionDenied
    if signed_on > timezone.localdate():
        raise ValidationError({"signed_on": "This day has not come yet: write it down when it is signed."})
    same = ServiceAgreement.objects.in_force().filter(school=current.school, school_year=current.school_year)
    for replaced in same:
        replaced.replaced_at = timezone.now()
        replaced.version += 1
        replaced.save()
        book_agreement(replaced, by=by)
        audit.record("replaced", replaced, by=by)
    current.signed_on = signed_on
    current.version += 1
    save_clean(current)
    book_agreement(current, by=by)
    audit.record("signed", current, by=by)
    tell_heads("service_agreement_signed", current.school, by=by)
    return current


def rate_of(agreement: ServiceAgreement) -> Decimal | None:
    """What an hour costs in its band: today, or for a year that has not begun on its first day."""
    day = max(timezone.localdate(), agreement.school_year.starts_on)
    rates = Rate.objects.filter(service=agreement.school.service_id, band=agreement.band, starts_on__lte=day)
    return rates.order_by("-starts_on").values_list("amount", flat=True).first()


def _take_rate(agreement: ServiceAgreement) -> None:
    if agreement.rate is None:
        rate = rate_of(agreement)
        if rate is None:
            label = Band(agreement.band).label
            raise ValidationError({"rate": f"No {label} is written down for that time: add it to the rates first."})
        agreement.rate = rate


def _write_lines(agreement: ServiceAgreement, lines: Iterable[Line]) -> bool:
    """Write a proposal's packages as the form has them; whether anything differs. Nothing was agreed yet, so that what
    is left out is gone."""
    wanted = [asdict(line) for line in lines]
    names = ("package", "words", "hours", "price")
    if wanted == list(agreement.lines.values(*names)):
        return False
    agreement.lines.all().delete()
    for fields in wanted:
        save_clean(AgreementLine(agreement=agreement, **fields))
    return True
