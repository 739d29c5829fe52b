"""Makes the demo's services with their clusters, schools, lists and terms."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.models import Cluster, ListItem, ListName, Question, School, SchoolYear, Service, Term, WhoDecides

from .. import usual
from . import ground
from .weeks import SchoolWeeks, half_terms, year_starts

URNS_FROM = 990_001
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Places:
    """Services and clusters by name, schools by key, list entries by service, list and words, a service's questions."""

    services: dict[str, Service]
    clusters: dict[str, Cluster]
    schools: dict[str, School]
    items: dict[tuple[int, str, str], ListItem]
    questions: dict[int, list[Question]]

    def item(self, service: Service, which: ListName, label: str) -> ListItem:
        """An entry of one of a service's lists."""
        return self.items[service.pk, which, label]


def make(weeks: SchoolWeeks) -> Places:
    """Both services, the first where the school decides, the second where the meeting does."""
    services = {
        ground.LARKWELL: Service.objects.create(
            name=ground.LARKWELL,
            decides=WhoDecides.SCHOOL,
            contact_email="hello@larkwell.example",
            **ground.NUMBERS,
        ),
        ground.HARBOURSIDE: Service.objects.create(
            name=ground.HARBOURSIDE,
            decides=WhoDecides.MEETING,
            contact_email="hello@harbourside.example",
            **ground.NUMBERS,
        ),
    }
    clusters = {
        name: Cluster.objects.create(service=services[service], name=name) for name, service in ground.CLUSTERS.items()
    }
    for service in services.values():
        _terms(service, weeks)
    items = {(row.service_id, row.list, row.label): row for row in usual.make_lists(list(services.values()))}
    schools = _schools(services, clusters, since=year_starts(weeks.year - 1))
    return Places(services, clusters, schools, items, _questions(services))


def _schools(services: dict[str, Service], clusters: dict[str, Cluster], since: datetime) -> dict[str, School]:
    rows = School.objects.bulk_create(
        School(
            service=services[school.service],
            cluster=clusters.get(school.cluster),
            name=school.name,
            urn=str(URNS_FROM + number),
            phase=school.phase,
            town=school.town,
            room=school.room,
            telephone=f"01632 960{100 + number}",
            created_at=since,
        )
        for number, school in enumerate(ground.SCHOOLS.values())
    )
    return dict(zip(ground.SCHOOLS, rows, strict=True))


def _questions(services: dict[str, Service]) -> dict[int, list[Question]]:
    return {
        service.pk: [
            Question.objects.create(
                service=service, words=words, kind=kind, choices=choices, required=required, position=position
            )
            for position, (words, kind, choices, required) in enumerate(ground.QUESTIONS)
        ]
        for service in services.values()
    }


def _terms(service: Service, weeks: SchoolWeeks) -> None:
    """Last year, this one and, so that a holiday before it knows when school begins, the next."""
    for first in (weeks.year - 1, weeks.year, weeks.year + 1):
        terms = half_terms(first)
        year = SchoolYear.objects.create(
            service=service, starts_on=year_starts(first).date(), ends_on=year_starts(first + 1).date() - DAY
        )
        Term.objects.bulk_create(
            Term(school_year=year, name=term.name, starts_on=term.starts_on, ends_on=term.ends_on) for term in terms
        )
