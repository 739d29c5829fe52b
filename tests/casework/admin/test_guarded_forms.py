"""Writing through a register: done once, refused with words, nothing lost, nothing forged."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from casework.actions import registers
from casework.models import AuditEvent, School
from tests.casework.admin.filling import filled, send

CREATE = "/admin/schools/create/"
NEW = {"name": "Hazelwick Primary School", "urn": "100999", "town": "Easterby"}


def edit_address(school):
    return reverse("casework_school_modeladmin_edit", args=[school.uuid])


def test_create_adds_a_record_and_says_so(cast, client_for):
    client = client_for(cast.coordinator)

    answer = send(client, CREATE, **NEW, cluster=cast.cluster.uuid)

    school = School.objects.get(urn="100999")
    assert answer.status_code == 302
    assert answer.url == reverse("casework_school_modeladmin_inspect", args=[school.uuid])
    assert (school.service, school.cluster) == (cast.service, cast.cluster)
    assert "School Hazelwick Primary School was added." in client.get(answer.url).text
    assert AuditEvent.objects.filter(verb="added", subject=school.uuid, actor=cast.coordinator).count() == 1


def test_create_sent_twice_is_done_once(cast, client_for):
    client = client_for(cast.coordinator)
    answers = filled(client, CREATE, **NEW)

    first, second = client.post(CREATE, answers), client.post(CREATE, answers)

    assert School.objects.filter(urn="100999").count() == 1
    assert first.url == second.url


def test_create_is_missing_for_who_may_not_add(cast, client_for):
    answers = filled(client_for(cast.coordinator), CREATE, **NEW)

    for person in (cast.head, cast.supervisor, cast.therapist, cast.tsl):
        client = client_for(person)
        assert client.get(CREATE).status_code == 404
        assert client.post(CREATE, answers).status_code == 404
    assert not School.objects.filter(urn="100999").exists()


def test_create_refuses_the_records_of_another_service(cast, client_for):
    client = client_for(cast.coordinator)

    for forged in ({"service": cast.other_service.uuid}, {"cluster": cast.hidden_cluster.uuid}):
        answer = send(client, CREATE, **NEW, **forged)
        assert answer.status_code == 200
        assert "Dorvane" not in answer.text
        assert "Brimquist" not in answer.text
    assert not School.objects.filter(urn="100999").exists()


def test_create_keeps_what_was_typed_and_links_to_what_is_wrong(cast, client_for):
    answer = send(client_for(cast.coordinator), CREATE, **NEW | {"urn": "12", "name": ""})

    assert answer.status_code == 200
    assert [item.anchor for item in answer.context["errors"]] == ["id_name", "id_urn"]
    assert '<a href="#id_urn">A URN has six digits, for example 100123.</a>' in answer.text
    assert 'value="Easterby"' in answer.text


def test_create_takes_what_only_the_database_refuses_as_an_error_of_the_form(cast, client_for):
    answer = send(client_for(cast.coordinator), CREATE, **NEW | {"urn": cast.school.urn})

    assert answer.status_code == 200
    assert len(answer.context["errors"]) == 1


def test_change_ignores_forged_fields(cast, client_for):
    client, school = client_for(cast.coordinator), cast.school
    forged = {"service": cast.other_service.uuid, "id": "1", "uuid": uuid4(), "created_at": "2000-01-01"}

    answer = send(client, edit_address(school), room="Oak Room", **forged)

    assert answer.status_code == 302
    changed = School.objects.get(pk=school.pk)
    assert (changed.room, changed.service, changed.uuid) == ("Oak Room", cast.service, school.uuid)
    assert changed.created_at == school.created_at
    assert AuditEvent.objects.get(verb="changed", subject=school.uuid).detail == {"fields": ["room"]}


def test_change_of_a_stale_version_shows_both_texts_and_keeps_yours(cast, client_for):
    client, school, address = client_for(cast.coordinator), cast.school, edit_address(cast.school)
    answers = filled(client, address, room="My room")
    registers.save(school, by=cast.coordinator, version=school.version, room="Their room", town="Coldwell")

    answer = client.post(address, answers)

    assert answer.status_code == 200
    stale = answer.context["stale"]
    assert stale["who"] == "Rowan Ashby"
    room = next(pair for pair in stale["pairs"] if "room" in pair.label.lower())
    assert (room.theirs, room.yours) == ("Their room", "My room")
    assert School.objects.get(pk=school.pk).room == "Their room"
    assert answer.context["form"]["room"].value() == "My room"

    again = client.post(address, {field.html_name: field.value() or "" for field in answer.context["form"]})

    assert again.status_code == 302
    assert School.objects.get(pk=school.pk).room == "My room"


def test_change_that_the_action_refuses_is_missing(cast, client_for, monkeypatch):
    client, address = client_for(cast.coordinator), edit_address(cast.school)
    answers = filled(client, address, room="Oak Room")

    def refuse(*_, **__):
        raise PermissionDenied

    monkeypatch.setattr(registers, "save", refuse)

    assert client.post(address, answers).status_code == 404
    assert School.objects.get(pk=cast.school.pk).room == "The Nest"


def test_change_of_a_foreign_record_is_missing(cast, client_for):
    client = client_for(cast.coordinator)
    answers = filled(client, edit_address(cast.school), room="Oak Room")

    foreign = client.post(edit_address(cast.hidden_school), answers)
    missing = client.post(reverse("casework_school_modeladmin_edit", args=[uuid4()]), answers)

    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content
    assert School.objects.get(pk=cast.hidden_school.pk).room == "Hespera"


def test_change_without_a_key_or_by_another_method_changes_nothing(cast, client_for):
    client, address = client_for(cast.coordinator), edit_address(cast.school)
    answers = filled(client, address, room="Oak Room")

    assert client.put(address, answers).status_code == 405
    assert client.post(address, answers | {"form_key": ""}).status_code == 400
    assert School.objects.get(pk=cast.school.pk).room == "The Nest"


@pytest.mark.parametrize("page", ["create/", ""])
def test_form_offers_only_what_may_be_seen(cast, client_for, page):
    address = CREATE if page else edit_address(cast.school)

    body = client_for(cast.coordinator).get(address).text

    assert str(cast.cluster.uuid) in body
    assert str(cast.hidden_cluster.uuid) not in body
    assert "Dorvane" not in body
