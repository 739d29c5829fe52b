"""What schools have left of their hours, in words, for whoever decides that a child will use some."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..models import HoursEntry, School, ServiceAgreement, hours_left


@dataclass(frozen=True)
class HoursLeft:
    """What is said of a school's hours, and whether it is a warning."""

    words: str
    is_warning: bool


def hours_in_words(school: School) -> HoursLeft:
    """What one school has left this year."""
    return said(hours_left(school, timezone.localdate()))


def said(left: Decimal | None) -> HoursLeft:
    """Hours that are left, in words; None where nothing is agreed."""
    if left is None:
        return HoursLeft("No hours are agreed with the school for this year.", is_warning=False)
    if left <= 0:
        over = f": it is {float(-left):g} over" if left else ""
        return HoursLeft(
            f"The school has none of its hours left{over}. You may allocate all the same.", is_warning=True
        )
    return HoursLeft(f"The school has {float(left):g} h left this year.", is_warning=False)


def left_by_school(schools: Collection[int]) -> dict[int, Decimal]:
    """What these schools have left this year, as `hours_left` tells it of one; those without an agreement are not in
    it."""
    today = timezone.localdate()
    agreed = ServiceAgreement.objects.in_force().filter(school_id__in=schools, **_of("school_year__", today))
    entries = HoursEntry.objects.filter(
        school=OuterRef("school"), on__range=(OuterRef("school_year__starts_on"), OuterRef("school_year__ends_on"))
    )
    total = Subquery(entries.order_by().values("school").annotate(total=Sum("hours")).values("total"))
    return dict(agreed.annotate(left=Coalesce(total, Decimal(0))).values_list("school_id", "left"))


def _of(prefix: str, day: date) -> dict[str, date]:
    return {f"{prefix}starts_on__lte": day, f"{prefix}ends_on__gte": day}
