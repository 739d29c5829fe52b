"""An agreement is proposed at its band's rate, changed until it is signed, and then replaced by a version alone."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.actions import service_agreements
from casework.actions.refusals import StaleVersion
from casework.actions.service_agreements import Line
from casework.models import AuditEvent, HoursEntry, OutboxMessage, ServiceAgreement
from tests.factories import RateFactory, SchoolYearFactory

pytestmark = pytest.mark.django_db

PACKAGE = Line("group", "A group about loss", Decimal(6), Decimal(250))


@pytest.fixture
def year(cast):
    today = timezone.localdate()
    return SchoolYearFactory(
        service=cast.service, starts_on=today - timedelta(days=60), ends_on=today + timedelta(days=300)
    )


@pytest.fixture
def proposed(cast, year):
    RateFactory(service=cast.service, band="cluster", amount=50, starts_on=date(2020, 9, 1))
    return service_agreements.propose(
        by=cast.coordinator, school=cast.school, school_year=year, hours=Decimal(40), lines=[PACKAGE]
    )


def signed(agreement, cast):
    return service_agreements.sign(
        agreement, by=cast.coordinator, version=agreement.version, signed_on=timezone.localdate()
    )


def test_propose_takes_the_rate_of_the_band_as_it_is_then(cast, year, proposed):
    later = SchoolYearFactory(service=cast.service, starts_on=date(2040, 9, 1), ends_on=date(2041, 8, 31))
    RateFactory(service=cast.service, band="cluster", amount=60, starts_on=date(2040, 9, 1))

    next_one = service_agreements.renew(proposed, by=cast.coordinator, school_year=later, hours=Decimal(33))

    assert (proposed.rate, proposed.number, HoursEntry.objects.count()) == (50, 1, 0)
    assert (next_one.rate, next_one.hours, next_one.number) == (60, 33, 1)
    assert [line.words for line in next_one.lines.all()] == ["A group about loss"]
    assert set(OutboxMessage.objects.values_list("kind", "to")) == {("service_agreement_proposed", cast.head.pk)}


def test_propose_without_a_rate_of_the_band_says_so(cast, year):
    with pytest.raises(ValidationError, match="No outside rate"):
        service_agreements.propose(
            by=cast.coordinator, school=cast.school, school_year=year, hours=Decimal(4), band="outside"
        )


def test_propose_is_the_coordinators_and_for_a_year_of_the_service(cast, year, proposed):
    with pytest.raises(PermissionDenied):
        service_agreements.propose(by=cast.head, school=cast.school, school_year=year, hours=Decimal(4), rate=1)
    with pytest.raises(ValidationError, match="same service"):
        service_agreements.propose(
            by=cast.coordinator, school=cast.school, hours=Decimal(4), rate=1,
            school_year=SchoolYearFactory(service=cast.other_service),
        )  # fmt: skip
    with pytest.raises(ValidationError, match="already proposed"):
        service_agreements.propose(by=cast.coordinator, school=cast.school, school_year=year, hours=Decimal(4), rate=1)


def test_change_writes_what_differs_and_refuses_a_stale_version(cast, proposed):
    same = service_agreements.change(proposed, by=cast.coordinator, version=1, lines=[PACKAGE], hours=Decimal(40))
    kept = service_agreements.change(proposed, by=cast.coordinator, version=1, hours=Decimal(41))
    gone = service_agreements.change(proposed, by=cast.coordinator, version=2, lines=[], rate=None)

    assert (same.version, kept.version, gone.version, gone.rate, gone.lines.count()) == (1, 2, 3, 50, 0)
    with pytest.raises(StaleVersion):
        service_agreements.change(proposed, by=cast.coordinator, version=1, hours=Decimal(42))
    with pytest.raises(PermissionDenied):
        service_agreements.change(proposed, by=cast.head, version=3, hours=Decimal(42))
    said = AuditEvent.objects.filter(verb="changed").order_by("pk").values_list("detail", flat=True)
    assert [detail["fields"] for detail in said] == [["hours"], ["lines"]]


def test_sign_books_the_hours_and_tells_the_head(cast, proposed):
    agreement = signed(proposed, cast)

    assert list(HoursEntry.objects.values_list("kind", "hours")) == [("agreed", 46)]
    assert OutboxMessage.objects.filter(kind="service_agreement_signed", to=cast.head).count() == 1
    with pytest.raises(PermissionDenied):
        service_agreements.change(agreement, by=cast.coordinator, version=2, hours=Decimal(1))
    with pytest.raises(StaleVersion):
        service_agreements.sign(proposed, by=cast.coordinator, version=1, signed_on=timezone.localdate())
    with pytest.raises(PermissionDenied):
        signed(agreement, cast)


def test_sign_is_the_coordinators_and_not_for_a_day_to_come(cast, proposed):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError, match="not come yet"):
        service_agreements.sign(proposed, by=cast.coordinator, version=1, signed_on=tomorrow)
    with pytest.raises(PermissionDenied):
        service_agreements.sign(proposed, by=cast.head, version=1, signed_on=timezone.localdate())


def test_a_new_version_replaces_the_one_in_force_in_one_act(cast, year, proposed):
    first = signed(proposed, cast)
    second = service_agreements.renew(first, by=cast.coordinator, school_year=year, hours=Decimal(30))
    assert second.number == 2
    assert list(ServiceAgreement.objects.in_force()) == [first]

    second = signed(second, cast)

    assert list(ServiceAgreement.objects.in_force()) == [second]
    assert [entry.hours for entry in HoursEntry.objects.order_by("pk")] == [46, -46, 36]
    assert HoursEntry.objects.total() == 36
