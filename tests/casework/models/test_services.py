"""Services, clusters, schools and lists: names that are unique where they must be, and who decides."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from casework.models import ListItem, WhoDecides
from tests.factories import (
    ClusterFactory,
    DocumentAudienceFactory,
    ListItemFactory,
    SchoolFactory,
    ServiceFactory,
)


def test_service_name_is_unique(db):
    service = ServiceFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceFactory(name=service.name)


def test_cluster_name_is_unique_in_its_service_alone(db):
    cluster = ClusterFactory()
    ClusterFactory(name=cluster.name)

    with pytest.raises(IntegrityError), transaction.atomic():
        ClusterFactory(service=cluster.service, name=cluster.name)


def test_school_urn_is_unique_in_its_service_alone(db):
    school = SchoolFactory()
    SchoolFactory(urn=school.urn)

    with pytest.raises(IntegrityError), transaction.atomic():
        SchoolFactory(service=school.service, urn=school.urn)


@pytest.mark.parametrize("urn", ["12345", "1234567", ""])
def test_school_urn_has_six_characters_in_the_database(db, urn):
    # PostgreSQL refuses a longer one by the column's length, before it asks the constraint.
    with pytest.raises(DatabaseError, match=r"urn_has_six_characters|too long"), transaction.atomic():
        SchoolFactory(urn=urn)


@pytest.mark.parametrize("urn", ["12345", "1234567", "", "12345a", "12 456"])
def test_school_urn_is_six_digits_on_forms(urn):
    with pytest.raises(ValidationError) as refused:
        SchoolFactory.build(urn=urn).clean_fields(exclude=["service", "cluster"])

    assert set(refused.value.error_dict) == {"urn"}


def test_school_without_a_cluster_buys_in(db):
    assert SchoolFactory(buys_in=True).buys_in
    assert not SchoolFactory().buys_in


@pytest.mark.parametrize(
    ("service", "cluster", "decides"),
    [
        (WhoDecides.SCHOOL, "", WhoDecides.SCHOOL),
        (WhoDecides.SCHOOL, WhoDecides.MEETING, WhoDecides.MEETING),
        (WhoDecides.MEETING, WhoDecides.COORDINATOR, WhoDecides.COORDINATOR),
        (WhoDecides.COORDINATOR, None, WhoDecides.COORDINATOR),
    ],
)
def test_school_decides_as_its_cluster_says_or_else_its_service(service, cluster, decides):
    ground = ServiceFactory.build(decides=service)
    member = None if cluster is None else ClusterFactory.build(service=ground, decides=cluster)

    assert SchoolFactory.build(service=ground, cluster=member).decides is decides


def test_list_item_label_is_unique_in_its_list(db):
    item = ListItemFactory()
    ListItemFactory(service=item.service, attendance=True, label=item.label)

    with pytest.raises(IntegrityError), transaction.atomic():
        ListItem.objects.create(service=item.service, list=item.list, label=item.label)


def test_document_has_one_audience(db):
    audience = DocumentAudienceFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentAudienceFactory(document=audience.document)
