"""A school sends its safeguarding pack: each time a new one, and what was sent before it is kept."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit
from ..access import rules
from ..models import PACK_TEXTS, DataKey, School, SchoolPack, SchoolYear, years_to_send
from .refusals import StaleVersion
from .saving import locked, refuse_unknown, save_clean, tidy
from .school_telling import tell_therapists


@transaction.atomic
def send(school: School, year: SchoolYear, *, by: Any, version: int, **texts: str) -> SchoolPack:
    """Send a school's pack of a year, which is this school year or the next one, from two months before it starts.

    `version` is the number of the pack that was shown as the newest of that year, 0 where there was none: StaleVersion
    when another was sent since. ValidationError for another year and for what is missing.
    """
    current = locked(school, "service")
    if not rules.can_send_pack(by, current):
        raise PermissionDenied
    refuse_unknown(texts, PACK_TEXTS)
    if year not in years_to_send(current, timezone.localdate()):
        raise ValidationError("The pack of that school year cannot be sent now.")
    packs = SchoolPack.objects.filter(school=current, school_year=year)
    former = packs.standing().select_related("data_key", "sent_by").first()
    if former and former.number != version:
        raise StaleVersion(former)
    pack = SchoolPack(
        school=current, school_year=year, number=former.number + 1 if former else 1, sent_by=by, data_key=DataKey.make()
    )
    for name, text in tidy(texts).items():
        setattr(pack, name, text)
    if former:
        packs.standing().update(replaced_at=pack.sent_at)
    save_clean(pack)
    audit.record("sent", pack, by=by, year=str(year), number=pack.number)
    tell_therapists("pack_sent", current, by=by)
    return pack
