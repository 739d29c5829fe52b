"""What a page about a child says of danger: it is never queued here, and these people are told in person."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from ..access.safeguarding import leads_of
from ..models import School
from ..reports import packs
from .telephones import dialled


@dataclass(frozen=True)
class PackLead:
    """The safeguarding lead as the school's pack names them, and their number to tap."""

    name: str
    telephone: str
    dialled: str
    from_last_year: bool


def danger(school: School | None, *, reader: Any = None) -> dict[str, Any]:
    """The school whose office is rung, and the names of its safeguarding leads; for a reader who may open the school's
    pack also who stands there."""
    leads = [person.get_full_name() for person in leads_of(school)] if school else []
    lead = lead_of_pack(reader, school) if school and reader else None
    return {"danger_school": school, "safeguarding_leads": leads, "pack_lead": lead}


def lead_of_pack(reader: Any, school: School) -> PackLead | None:
    """Who is safeguarding lead by the school's pack of this year, or else of last year."""
    today = timezone.localdate()
    pack = packs.shown(reader, school, today, no_older_than=packs.A_YEAR)
    if pack is None:
        return None
    telephone = pack.lead_telephone
    return PackLead(pack.lead, telephone, dialled(telephone), from_last_year=not packs.is_of(pack, today))
