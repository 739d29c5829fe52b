"""What a page about a child says of danger: it is never queued here, and these people are told in person."""

from typing import Any

from ..access.safeguarding import leads_of
from ..models import School


def danger(school: School | None) -> dict[str, Any]:
    """The school whose office is rung, and the names of its safeguarding leads."""
    leads = [person.get_full_name() for person in leads_of(school)] if school else []
    return {"danger_school": school, "safeguarding_leads": leads}
