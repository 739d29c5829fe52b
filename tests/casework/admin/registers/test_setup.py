"""The coordinator's set-up: what can be chosen, what is given and ended, and who is told what is wrong."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from casework.access.roles import Role
from casework.models import DocumentAudience, ListItem, ListName, Placement, Practitioner, SchoolRole
from tests.casework.admin.filling import filled, send
from tests.factories import DocumentFactory

GIVE = "/admin/school-roles/create/"


def give(client, cast, **changed):
    answers = {"email": "editor@allyance.example", "role": "sendco", "on": cast.school.uuid, "reason": "new in post"}
    return send(client, GIVE, **answers | changed)


def test_roles_are_given_to_an_account_by_its_address(cast, client_for):
    answer = give(client_for(cast.coordinator), cast, email="Editor@Allyance.example")

    row = SchoolRole.objects.get(user=cast.editor)
    assert answer.status_code == 302
    assert (row.permission.codename, row.content_object, row.given_by) == ("sendco", cast.school, cast.coordinator)
    assert row.reason == "new in post"


@pytest.mark.parametrize(
    ("changed", "anchor"),
    [
        ({"email": "nobody@allyance.example"}, "id_email"),
        ({"email": "coordinator@allyance.example"}, "id_email"),
        ({"role": "coordinator"}, "id_role_0"),
        ({"role": ""}, "id_role_0"),
        ({"reason": ""}, "id_reason"),
    ],
)
def test_roles_that_cannot_be_given_are_sent_back(cast, client_for, changed, anchor):
    before = SchoolRole.objects.count()

    answer = give(client_for(cast.coordinator), cast, **changed)

    assert [item.anchor for item in answer.context["errors"]] == [anchor]
    assert SchoolRole.objects.count() == before


def test_roles_are_not_given_in_another_service(cast, client_for):
    answer = give(client_for(cast.coordinator), cast, on=cast.hidden_school.uuid)

    assert [item.anchor for item in answer.context["errors"]] == ["id_on"]


def test_roles_are_not_given_twice(cast, client_for):
    answer = give(client_for(cast.coordinator), cast, email="sendco@allyance.example")

    assert [item.text for item in answer.context["errors"]] == ["This person already holds this role."]


def test_roles_are_not_given_to_an_account_that_is_closed(cast, client_for):
    cast.editor.is_active = False
    cast.editor.save()

    assert [item.anchor for item in give(client_for(cast.coordinator), cast).context["errors"]] == ["id_email"]


def test_roles_are_ended_after_a_question_and_only_once(cast, client_for):
    client, row = client_for(cast.coordinator), SchoolRole.objects.get(user=cast.head)
    address = reverse("casework_schoolrole_modeladmin_end", args=[row.uuid])
    key = {"form_key": client.get(address).context["form"]["form_key"].value()}

    first, second = client.post(address, key), client.post(address, key)

    assert first.url == second.url == "/admin/school-roles/"
    row.refresh_from_db()
    ended = row.ends_at
    assert ended is not None
    assert client_for(cast.head).get("/admin/referrals/").status_code == 404
    assert client.get(address).status_code == 404
    assert client.post(address, {"form_key": "8c2f6c3a-6d0e-4a94-93a3-2a4f5c2f0b11"}).status_code == 404
    row.refresh_from_db()
    assert row.ends_at == ended


def test_roles_of_others_and_ones_own_are_not_ended(cast, client_for):
    own = cast.coordinator.serviceroles.get()
    foreign = SchoolRole.objects.get(user=cast.hidden_head)

    client = client_for(cast.coordinator)

    assert client.get(reverse("casework_servicerole_modeladmin_end", args=[own.uuid])).status_code == 404
    assert client.get(reverse("casework_schoolrole_modeladmin_end", args=[foreign.uuid])).status_code == 404


def test_roles_filter_by_what_can_be_held_there(cast, client_for):
    client = client_for(cast.coordinator)

    shown = client.get("/admin/school-roles/", {"role": "headteacher", "standing": "now", "q": "elwood"})

    assert [row.user for row in shown.context["object_list"]] == [cast.head]
    assert client.get("/admin/school-roles/", {"role": Role.COORDINATOR.codename}).status_code == 404


def test_library_readers_offer_documents_that_are_nobodys_yet(cast, client_for):
    mine, theirs, free = (
        DocumentFactory(title="Pack"),
        DocumentFactory(title="Felquay pack"),
        DocumentFactory(title="New"),
    )
    DocumentAudience.objects.create(document=mine, service=cast.service)
    DocumentAudience.objects.create(document=theirs, service=cast.other_service)
    cast.coordinator.groups.add(Group.objects.get(name="Library keeper"))
    client = client_for(cast.coordinator)

    form = client.get("/admin/library-readers/create/").context["form"]
    assert list(form.fields["document"].queryset) == [free]

    assert send(client, "/admin/library-readers/create/", document=free.pk, school=cast.school.uuid).status_code == 302
    assert DocumentAudience.objects.get(document=free).school == cast.school
    assert "Felquay" not in client.get("/admin/library-readers/").text


def test_library_readers_offer_no_file_that_another_service_looks_after(cast, client_for):
    """A file that has no readers yet is not for whoever is quicker: neither named nor to be claimed."""
    theirs = DocumentFactory(title="Felquay pack")
    client = client_for(cast.coordinator)

    assert "Felquay" not in client.get("/admin/library-readers/create/").text
    send(client, "/admin/library-readers/create/", document=theirs.pk, school=cast.school.uuid)
    assert not DocumentAudience.objects.filter(document=theirs).exists()


def test_library_readers_change_the_school_and_not_the_document(cast, client_for):
    first, second = DocumentFactory(), DocumentFactory()
    audience = DocumentAudience.objects.create(document=first, service=cast.service)
    address = reverse("casework_documentaudience_modeladmin_edit", args=[audience.uuid])

    answer = send(client_for(cast.coordinator), address, school=cast.school.uuid, document=second.pk)

    assert answer.status_code == 302
    audience.refresh_from_db()
    assert (audience.document, audience.school) == (first, cast.school)


def test_lists_are_added_to_and_switched_off(cast, client_for):
    client = client_for(cast.coordinator)

    send(client, "/admin/lists/create/", list=ListName.REASON, label="Moving house", position="3")
    item = ListItem.objects.get(label="Moving house")
    address = reverse("casework_listitem_modeladmin_edit", args=[item.uuid])
    answers = filled(client, address)
    assert "charged" not in client.get(address).context["form"].fields
    del answers["active"]
    client.post(address, answers)

    item.refresh_from_db()
    assert (item.service, item.list, item.active) == (cast.service, ListName.REASON, False)


def test_placements_are_added_and_ended(cast, client_for):
    client = client_for(cast.coordinator)

    send(
        client,
        "/admin/placements/create/",
        practitioner=cast.therapist_practitioner.uuid,
        school=cast.other_school.uuid,
        tuesday="on",
    )
    placement = Placement.objects.get(practitioner=cast.therapist_practitioner, school=cast.other_school)
    assert placement.days == "Tuesday"
    assert client_for(cast.therapist).get("/admin/schools/").context["paginator"].count == 2

    address = reverse("casework_placement_modeladmin_end", args=[placement.uuid])
    client.post(address, {"form_key": client.get(address).context["form"]["form_key"].value()})

    assert client_for(cast.therapist).get("/admin/schools/").context["paginator"].count == 1


def test_placements_without_a_day_are_sent_back(cast, client_for):
    answer = send(
        client_for(cast.coordinator),
        "/admin/placements/create/",
        practitioner=cast.therapist_practitioner.uuid,
        school=cast.other_school.uuid,
    )

    assert "Choose at least one day." in [item.text for item in answer.context["errors"]]


def test_practitioners_are_added_with_an_account_but_not_oneself(cast, client_for):
    client = client_for(cast.coordinator)
    new = {"name": "Callum Kelham", "discipline": cast.items["Play therapist"].uuid, "weekly_hours": "6"}

    refused = send(client, "/admin/practitioners/create/", **new, email="coordinator@allyance.example")
    assert [item.anchor for item in refused.context["errors"]] == ["id_email"]

    assert send(client, "/admin/practitioners/create/", **new, email="editor@allyance.example").status_code == 302
    assert Practitioner.objects.get(name="Callum Kelham").user == cast.editor


def test_practitioners_choose_from_the_disciplines_alone(cast, client_for):
    form = client_for(cast.coordinator).get("/admin/practitioners/create/").context["form"]

    assert {item.label for item in form.fields["discipline"].queryset} == {"Play therapist", "Music therapist"}


def test_practitioners_are_shown_to_a_school_without_their_account(cast, client_for):
    body = client_for(cast.head).get("/admin/practitioners/").text

    assert "Saoirse Calder" in body
    assert "therapist@allyance.example" not in body


def test_services_are_changed_and_never_added(cast, client_for):
    client = client_for(cast.coordinator)
    address = reverse("casework_service_modeladmin_edit", args=[cast.service.uuid])

    assert client.get("/admin/services/create/").status_code == 404
    assert send(client, address, contact_email="hello@allyance.example").status_code == 302
    cast.service.refresh_from_db()
    assert cast.service.contact_email == "hello@allyance.example"


def test_clusters_are_the_leaders_own_to_see_and_not_to_change(cast, client_for):
    client = client_for(cast.tsl)

    assert list(client.get("/admin/clusters/").context["object_list"]) == [cast.cluster]
    assert client.get(reverse("casework_cluster_modeladmin_inspect", args=[cast.cluster.uuid])).status_code == 200
    assert client.get(reverse("casework_cluster_modeladmin_edit", args=[cast.cluster.uuid])).status_code == 404


@pytest.mark.parametrize("register", ["lists", "schools", "practitioners", "placements", "pupils", "library-readers"])
def test_no_empty_choice_is_a_row_of_dashes(cast, client_for, register):
    page = client_for(cast.coordinator).get(f"/admin/{register}/create/").text

    assert "<select" in page
    assert "-----" not in page
