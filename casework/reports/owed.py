"""What nobody writes down: which reading of the library somebody owes, and which school owes its pack."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Q

from ..models import COUNTED as KINDS
from ..models import DocumentAudience, Placement, Practitioner, Reading, School, SchoolPack, in_force

__all__ = ["KINDS", "packs", "reading"]


def reading(practitioners: Iterable[Practitioner], day: date) -> dict[int, int]:
    """How many documents each of them must still read and say so, by the key of the practitioner. Another file under
    the same document is read again."""
    people = [one for one in practitioners if one.user_id]
    if not people:
        return {}
    placed: dict[int, set[int]] = defaultdict(set)
    here = Placement.objects.filter(in_force(), practitioner__in=people)
    for person, school in here.order_by().values_list("practitioner_id", "school_id"):
        placed[person].add(school)
    schools = set().union(*placed.values())
    audiences = list(
        DocumentAudience.objects.filter(Q(school=None) | Q(school_id__in=schools))
        .filter(service_id__in={one.service_id for one in people})
        .exclude(must_read="")
    )
    versions = _versions({one.document_id for one in audiences}) if audiences else {}
    said = set(
        Reading.objects.filter(
            person_id__in={one.user_id for one in people}, document_id__in=versions, acknowledged_at__isnull=False
        ).values_list("person_id", "document_id", "file_hash")
    )
    return {
        one.pk: sum(
            (one.user_id, audience.document_id, versions[audience.document_id]) not in said
            for audience in audiences
            if audience.service_id == one.service_id and audience.school_id in {None, *placed[one.pk]}
        )
        for one in people
    }


def packs(schools: Iterable[School], day: date) -> frozenset[int]:
    """The keys of the schools whose pack of the school year of this day has not come."""
    asked = {school.pk for school in schools}
    if not asked:
        return frozenset()
    come = SchoolPack.objects.standing().of_day(day).filter(school_id__in=asked).values_list("school_id", flat=True)
    return frozenset(asked.difference(come))


def _versions(documents: set[Any]) -> dict[int, str]:
    model = apps.get_model(settings.WAGTAILDOCS_DOCUMENT_MODEL)
    return dict(model.objects.filter(pk__in=documents).values_list("pk", "file_hash"))
