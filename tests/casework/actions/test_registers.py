"""The coordinator's registers: adding, changing and ending their entries."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.access import rules
from casework.access.grants import LIBRARY_READERS
from casework.actions import registers
from casework.actions.hours import book_agreement
from casework.actions.refusals import StaleVersion, StepRefused
from casework.models import (
    AuditEvent,
    Cluster,
    DocumentAudience,
    ListItem,
    ListName,
    Placement,
    Practitioner,
    School,
    Service,
)
from tests.cast import PEOPLE
from tests.factories import (
    ClusterFactory,
    DocumentAudienceFactory,
    DocumentFactory,
    PractitionerFactory,
    ServiceAgreementFactory,
    UserFactory,
)

NEW = {
    Cluster: lambda cast: {"service": cast.service, "name": "Westerby"},
    School: lambda cast: {"service": cast.service, "cluster": cast.cluster, "name": "Ashdale School", "urn": "900900"},
    Practitioner: lambda cast: {
        "service": cast.service, "name": "Ottoline Vane", "discipline": cast.items["Music therapist"],
        "user": UserFactory(), "weekly_hours": 8,
    },
    Placement: lambda cast: {"practitioner": cast.other_practitioner, "school": cast.school, "friday": True},
    ListItem: lambda cast: {"service": cast.service, "list": ListName.REASON, "label": "Moving house"},
    DocumentAudience: lambda cast: {"service": cast.service, "document": DocumentFactory(), "school": cast.school},
}  # fmt: skip

OLD = {
    Service: lambda cast: (cast.service, {"contact_email": "hello@allyance.example"}),
    Cluster: lambda cast: (cast.cluster, {"decides": "coordinator"}),
    School: lambda cast: (cast.school, {"room": "The Loft"}),
    Practitioner: lambda cast: (cast.other_practitioner, {"weekly_hours": 20}),
    Placement: lambda cast: (cast.placement, {"tuesday": True}),
    ListItem: lambda cast: (cast.items["Bereavement"], {"active": False}),
    DocumentAudience: lambda cast: (DocumentAudienceFactory(service=cast.service), {"school": cast.school}),
}

every_new = pytest.mark.parametrize("model", NEW, ids=lambda model: model.__name__)
every_old = pytest.mark.parametrize("model", OLD, ids=lambda model: model.__name__)


@every_new
def test_save_adds(model, cast):
    fields = NEW[model](cast)

    record = registers.save(model(), by=cast.coordinator, **fields)

    stored = model.objects.get(pk=record.pk)
    assert {name: getattr(stored, name) for name in fields} == fields
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.subject) == ("added", cast.coordinator, stored.uuid)
    assert event.detail == {"fields": sorted(fields)}


@every_old
def test_save_changes_and_names_what_differs(model, cast):
    record, fields = OLD[model](cast)

    registers.save(record, by=cast.coordinator, version=1, **fields)

    stored = model.objects.get(pk=record.pk)
    assert {name: getattr(stored, name) for name in fields} == fields
    assert stored.version == 2
    event = AuditEvent.objects.get()
    assert (event.verb, event.detail) == ("changed", {"fields": sorted(fields)})


@every_old
def test_save_that_changes_nothing_writes_nothing(model, cast, everything):
    record, fields = OLD[model](cast)
    registers.save(record, by=cast.coordinator, version=1, **fields)
    before = everything()

    registers.save(record, by=cast.coordinator, version=2, **fields)

    assert everything() == before


@every_old
def test_save_refused(model, cast, everything):
    record, fields = OLD[model](cast)
    new = NEW[model](cast) if model in NEW else {"name": "A second service"}
    before = everything()

    for part in PEOPLE.keys() - {"coordinator"}:
        with pytest.raises(PermissionDenied):
            registers.save(record, by=getattr(cast, part), version=1, **fields)
        with pytest.raises(PermissionDenied):
            registers.save(model(), by=getattr(cast, part), **new)
    for version in (2, None):
        with pytest.raises(StaleVersion):
            registers.save(record, by=cast.coordinator, version=version, **fields)
    with pytest.raises(TypeError, match="uuid"):
        registers.save(record, by=cast.coordinator, version=1, uuid=record.uuid)

    assert everything() == before


def test_save_adds_no_service(cast):
    with pytest.raises(PermissionDenied):
        registers.save(Service(), by=cast.coordinator, name="Another")


def test_save_of_what_is_no_register(cast):
    with pytest.raises(KeyError):
        registers.save(cast.pupil, by=cast.coordinator, version=1, first_name="X")


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        (Cluster, lambda cast: {"service": cast.other_service}),
        (School, lambda cast: {"service": cast.other_service, "cluster": None}),
        (School, lambda cast: {"cluster": cast.hidden_cluster}),
        (Practitioner, lambda cast: {"user": cast.coordinator}),
        (Placement, lambda cast: {"practitioner": cast.hidden_practitioner}),
        (Placement, lambda cast: {"school": cast.hidden_school}),
        (ListItem, lambda cast: {"service": cast.other_service}),
        (DocumentAudience, lambda cast: {"school": cast.hidden_school}),
        (DocumentAudience, lambda cast: {"service": cast.other_service, "school": None}),
    ],
)
def test_save_adds_nothing_beyond_the_own_service(model, wrong, cast, everything):
    fields = NEW[model](cast) | wrong(cast)
    before = everything()

    with pytest.raises(PermissionDenied):
        registers.save(model(), by=cast.coordinator, **fields)

    assert everything() == before


def test_save_moves_nothing_out_of_the_own_service(cast, everything):
    elsewhere = ClusterFactory(service=cast.other_service)
    before = everything()

    with pytest.raises(PermissionDenied):
        registers.save(cast.school, by=cast.coordinator, version=1, cluster=elsewhere)

    assert everything() == before


def test_save_with_a_discipline_of_another_service(cast):
    foreign = ListItem.objects.get(service=cast.other_service, label="Play therapist")

    with pytest.raises(ValidationError) as refused:
        registers.save(cast.other_practitioner, by=cast.coordinator, version=1, discipline=foreign)

    assert list(refused.value.message_dict) == ["discipline"]


@pytest.mark.parametrize(
    ("model", "field", "value"),
    [
        (Cluster, "service", lambda cast: cast.other_service),
        (Placement, "school", lambda cast: cast.other_school),
        (ListItem, "list", lambda cast: ListName.CLOSURE),
    ],
)
def test_save_keeps_what_was_chosen_once(model, field, value, cast):
    record, fields = OLD[model](cast)

    with pytest.raises(ValidationError) as refused:
        registers.save(record, by=cast.coordinator, version=1, **fields, **{field: value(cast)})

    assert list(refused.value.message_dict) == [field]
    again = {field: getattr(record, field)}
    assert registers.save(record, by=cast.coordinator, version=1, **fields, **again).version == 2


@pytest.mark.parametrize(
    ("model", "wrong", "field"),
    [
        (Cluster, {"name": "Easterby"}, "__all__"),
        (Cluster, {"name": "  "}, "name"),
        (School, {"urn": "12"}, "urn"),
        (Placement, {"friday": False}, "__all__"),
        (Placement, {"ends_at": timezone.now() - timedelta(days=3)}, "__all__"),
        (Placement, {"school": None}, "school"),
        (Practitioner, {"discipline": None}, "discipline"),
    ],
)
def test_save_of_what_cannot_be(model, wrong, field, cast, everything):
    fields = NEW[model](cast) | wrong
    before = everything()

    with pytest.raises(ValidationError) as refused:
        registers.save(model(), by=cast.coordinator, **fields)

    assert list(refused.value.message_dict) == [field]
    assert everything() == before


def test_save_of_a_placement_that_overlaps_an_earlier_one(cast):
    now = timezone.now()
    cast.placement.ends_at = now + timedelta(days=9)
    cast.placement.save()
    fields = {"practitioner": cast.therapist_practitioner, "school": cast.school, "friday": True}

    for period in ({"starts_at": now}, {"starts_at": now - timedelta(days=5), "ends_at": now + timedelta(days=1)}):
        with pytest.raises(ValidationError, match="already placed"):
            registers.save(Placement(), by=cast.coordinator, **fields, **period)

    follows = registers.save(Placement(), by=cast.coordinator, **fields, starts_at=cast.placement.ends_at)
    assert follows.pk != cast.placement.pk


@pytest.mark.parametrize("model", [Practitioner, Placement])
def test_save_lets_a_practitioner_into_the_library(model, cast):
    record = registers.save(model(), by=cast.coordinator, **NEW[model](cast))

    person = record.user if model is Practitioner else record.practitioner.user
    assert person.groups.filter(name=LIBRARY_READERS).exists()


def test_save_of_a_practitioner_without_an_account(cast):
    fields = NEW[Practitioner](cast) | {"user": None}

    assert registers.save(Practitioner(), by=cast.coordinator, **fields).user is None


def test_end_of_a_placement_closes_the_school_at_once(cast):
    after = registers.end(cast.placement, by=cast.coordinator)

    stored = Placement.objects.get(pk=cast.placement.pk)
    assert (stored.ends_at, stored.version) == (after.ends_at, 2)
    assert not rules.visible_schools(cast.therapist).exists()
    assert AuditEvent.objects.get().verb == "ended"


def test_end_of_a_practitioner_ends_the_placements_too(cast):
    registers.end(cast.therapist_practitioner, by=cast.coordinator)

    assert not Practitioner.objects.get(pk=cast.therapist_practitioner.pk).is_current()
    assert not Placement.objects.get(pk=cast.placement.pk).is_current()
    assert AuditEvent.objects.filter(verb="ended").count() == 2


def test_end_of_what_has_not_begun_leaves_a_period_that_never_held(cast):
    practitioner = PractitionerFactory(service=cast.service, starts_at=timezone.now() + timedelta(days=5))

    after = registers.end(practitioner, by=cast.coordinator)

    assert after.ends_at == after.starts_at


def test_end_refused(cast, everything):
    registers.end(cast.other_placement, by=cast.coordinator)
    before = everything()

    for part in PEOPLE.keys() - {"coordinator"}:
        with pytest.raises(PermissionDenied):
            registers.end(cast.placement, by=getattr(cast, part))
    with pytest.raises(StepRefused):
        registers.end(cast.other_placement, by=cast.coordinator)

    assert everything() == before


def test_a_school_year_keeps_the_hours_that_are_booked_in_it(cast):
    agreement = ServiceAgreementFactory(school=cast.school)
    book_agreement(agreement, by=cast.coordinator)
    year = agreement.school_year

    with pytest.raises(ValidationError, match="no longer count"):
        registers.save(year, by=cast.coordinator, version=1, starts_on=date(2026, 9, 4))
    year.refresh_from_db()
    registers.save(year, by=cast.coordinator, version=1, starts_on=date(2026, 8, 31))
