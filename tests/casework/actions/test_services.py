"""What a coordinator sets for a service: two people for a role is turned on where there are two, and off by two."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casework.actions import services
from casework.actions.refusals import StaleVersion
from casework.models import AuditEvent, Proposal, Service, ServiceRole

ASKED = {"decides": "school", "contact_email": ""}


def save(cast, by, on, **more):
    service = Service.objects.get(pk=cast.service.pk)
    fields = {"name": service.name, "version": service.version} | ASKED | more
    return services.save(service, by=by, two_people_for_roles=on, **fields)


def is_on(cast):
    return Service.objects.get(pk=cast.service.pk).two_people_for_roles


def test_turning_it_on_holds_at_once_and_is_on_record(cast):
    save(cast, cast.coordinator, True)
    assert is_on(cast)
    assert AuditEvent.objects.get(verb="changed", subject=cast.service.uuid).detail == {
        "fields": ["two_people_for_roles"]
    }


def test_turning_it_on_needs_a_second_person(cast):
    ServiceRole.objects.filter(user=cast.supervisor).delete()
    with pytest.raises(ValidationError, match="First give somebody"):
        save(cast, cast.coordinator, True)
    assert not is_on(cast)


def test_turning_it_off_waits_and_the_rest_is_saved(cast):
    save(cast, cast.coordinator, True)
    save(cast, cast.coordinator, False, name="Larkwell Counselling")
    assert is_on(cast)
    assert Service.objects.get(pk=cast.service.pk).name == "Larkwell Counselling"
    assert Proposal.objects.get().user is None
    with pytest.raises(ValidationError, match="already"):
        save(cast, cast.coordinator, False)


@pytest.mark.parametrize("who", ["supervisor", "therapist", "head", "steering", "technical", "outsider"])
def test_it_is_the_coordinators(cast, who):
    with pytest.raises(PermissionDenied):
        save(cast, getattr(cast, who), True)
    assert not is_on(cast)


def test_what_somebody_else_saved_is_not_written_over(cast):
    with pytest.raises(StaleVersion):
        save(cast, cast.coordinator, True, version=0)
