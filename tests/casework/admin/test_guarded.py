"""What every register keeps to, whatever its noun."""

import gc
import re
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail_modeladmin.options import ModelAdmin

from casework import checks
from casework.access import reading
from casework.access.rules import REGISTERS as RULES
from casework.admin.guarded import GuardedModelAdmin
from casework.admin.registers import DAILY, REGISTERS, SETUP
from casework.models import AuditEvent, School, StatusChange, Term
from tests.factories import PupilFactory, ReferralFactory, SchoolFactory, SessionFactory

SCHOOLS = "/admin/schools/"


def test_registers_are_those_of_the_rule_book():
    assert {register.model for register in REGISTERS} == set(RULES)
    assert set(DAILY) | set(SETUP) == set(REGISTERS)


def test_addresses_are_our_own_and_none_deletes():
    routes = {str(url.pattern) for register in REGISTERS for url in register.get_admin_urls_for_registration()}

    assert "schools/<uuid:uuid>/edit/" in routes
    assert not [route for route in routes if "instance_pk" in route or "delete" in route or "choose" in route]


def test_registration_gives_no_permission_and_no_menu_entry_of_its_own(db):
    for register in REGISTERS:
        assert not register.get_permissions_for_registration().exists()
        assert not register.add_to_admin_menu
    assert not Permission.objects.filter(
        content_type__app_label="casework", codename__regex="^(add|change|delete|view)_"
    )


def test_searched_columns_are_register_text():
    plain = {"first_name", "last_name", "email"}
    for register in REGISTERS:
        for path in {path for fact in register.facts.values() for path in fact.sought}:
            *relations, name = path.split("__")
            model = register.model
            for relation in relations:
                model = model._meta.get_field(relation).related_model
            assert name in getattr(model, "REGISTER_TEXT", plain), f"{register}: {path}"


@pytest.mark.parametrize("register", REGISTERS, ids=str)
def test_every_shown_name_is_a_fact(register):
    for shown in register.shown.values():
        assert set(f"{shown.listed} {shown.page} {shown.file} {shown.elsewhere}".split()) <= set(register.facts)


def test_index_refuses_a_person_who_may_not_list(cast, client_for):
    for person in (cast.head, cast.therapist, cast.editor, cast.technical):
        assert client_for(person).get("/admin/services/").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "name=Cawdale",
        "name__startswith=C",
        "service__schools__name=x",
        "id__in=1",
        "x=1",
        "o=1",
        "ordering=urn",
        "ordering=service__name",
        "export=json",
        "phase=castle",
        "cluster=1",
    ],
)
def test_index_refuses_what_is_not_offered(cast, client_for, query):
    assert client_for(cast.coordinator).get(f"{SCHOOLS}?{query}").status_code == 404
    assert client_for(cast.coordinator).get(f"{SCHOOLS}results/?{query}").status_code == 404


def test_index_filters_by_what_is_declared(cast, client_for):
    client = client_for(cast.coordinator)

    shown = client.get(SCHOOLS, {"cluster": cast.cluster.uuid, "q": "brack prim", "ordering": "-name", "p": "1"})

    assert [school.name for school in shown.context["object_list"]] == ["Brackenfield Primary School"]


def test_index_refuses_a_foreign_choice_like_a_missing_one(cast, client_for):
    client = client_for(cast.coordinator)

    foreign = client.get(SCHOOLS, {"cluster": cast.hidden_cluster.uuid})
    missing = client.get(SCHOOLS, {"cluster": uuid4()})

    assert (foreign.status_code, foreign.content) == (missing.status_code, missing.content) == (404, missing.content)


@pytest.mark.parametrize("page", ["inspect", "edit", "history", "history_results"])
def test_pages_answer_foreign_like_missing(cast, client_for, page):
    client = client_for(cast.coordinator)
    name = f"casework_school_modeladmin_{page}"

    own, foreign, missing = (
        client.get(reverse(name, args=[uuid])) for uuid in (cast.school.uuid, cast.hidden_school.uuid, uuid4())
    )

    assert own.status_code == 200
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content


def test_pages_of_a_malformed_address_are_missing(cast, client_for):
    client = client_for(cast.coordinator)

    for address in (f"{SCHOOLS}{cast.school.pk}/", f"{SCHOOLS}{cast.school.uuid}x/edit/", f"{SCHOOLS}edit/1/"):
        assert client.get(address).status_code == 404


def test_pages_take_no_parameter(cast, client_for):
    address = reverse("casework_school_modeladmin_edit", args=[cast.school.uuid])

    assert client_for(cast.coordinator).get(f"{address}?_w_hydrate_create_view=1").status_code == 404


def test_change_is_refused_to_who_only_sees(cast, client_for):
    client = client_for(cast.head)

    assert client.get(reverse("casework_school_modeladmin_inspect", args=[cast.school.uuid])).status_code == 200
    for page in ("edit", "history"):
        assert client.get(reverse(f"casework_school_modeladmin_{page}", args=[cast.school.uuid])).status_code == 404


def rows(kind, cast, number):
    for _ in range(number):
        if kind == "schools":
            SchoolFactory(service=cast.service, cluster=cast.cluster)
            continue
        pupil = PupilFactory(school=cast.school)
        case = ReferralFactory(active=True, school=cast.school, pupil=pupil, agreed=False, history=False)
        if kind == "sessions":
            SessionFactory(referral=case)


@pytest.mark.parametrize("kind", ["schools", "pupils", "referrals", "allocations", "sessions"])
def test_index_asks_as_much_for_fifty_rows_as_for_five(cast, client_for, kind):
    client, address = client_for(cast.coordinator), f"/admin/{kind}/"
    rows(kind, cast, 5)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    rows(kind, cast, 15)

    with CaptureQueriesContext(connection) as many:
        shown = client.get(address)

    assert len(shown.context["object_list"]) == 20
    assert len(many) == len(few)
    assert sum("COUNT(" in query["sql"] for query in many.captured_queries) == 1


def test_index_puts_each_listing_on_record_before_it_shows(cast, client_for, monkeypatch):
    client = client_for(cast.coordinator)
    client.get(SCHOOLS, {"q": "primary"})

    event = AuditEvent.objects.get(verb="listed")
    assert (event.actor, event.subject_type, event.detail) == (
        cast.coordinator,
        "casework.school",
        {"rows": 2, "search": True},
    )

    def broken(*_, **__):
        raise RuntimeError("no record can be made")

    monkeypatch.setattr(reading, "listed", broken)
    with pytest.raises(RuntimeError):
        client.get(SCHOOLS)


def test_pages_put_each_opening_on_record(cast, client_for):
    client = client_for(cast.coordinator)

    client.get(reverse("casework_school_modeladmin_inspect", args=[cast.school.uuid]))
    client.get(reverse("casework_school_modeladmin_edit", args=[cast.school.uuid]))
    client.get(reverse("casework_school_modeladmin_history", args=[cast.school.uuid]))

    events = AuditEvent.objects.filter(verb="opened", subject=cast.school.uuid, actor=cast.coordinator)
    assert [event.detail for event in events.order_by("pk")] == [{}, {}, {"part": "history"}]


def test_asking_before_something_ends_is_an_opening_too(cast, client_for):
    client_for(cast.coordinator).get(
        reverse("casework_practitioner_modeladmin_end", args=[cast.therapist_practitioner.uuid])
    )

    assert AuditEvent.objects.filter(verb="opened", subject=cast.therapist_practitioner.uuid).count() == 1


def test_history_shows_what_happened_and_who_looked(cast, client_for):
    client_for(cast.head).get(reverse("casework_school_modeladmin_inspect", args=[cast.school.uuid]))

    shown = client_for(cast.coordinator).get(reverse("casework_school_modeladmin_history", args=[cast.school.uuid]))

    assert [event.actor for event in shown.context["object_list"]] == [cast.coordinator, cast.head]
    assert "Priya Elwood" in shown.text


def test_list_offers_no_deleting_and_no_inline_script_or_style(cast, client_for):
    client = client_for(cast.coordinator)
    pages = [
        SCHOOLS,
        f"{SCHOOLS}create/",
        reverse("casework_school_modeladmin_inspect", args=[cast.school.uuid]),
        reverse("casework_school_modeladmin_edit", args=[cast.school.uuid]),
        reverse("casework_placement_modeladmin_end", args=[cast.placement.uuid]),
    ]
    for address in pages:
        body = client.get(address).text
        main = body[body.index("<main") :]
        assert "Delete" not in main
        assert not re.search(r"<script(?![^>]*\b(src|type=\"application/json\"))", main)
        assert not re.search(r"\sstyle=|\son[a-z]+=", main)


def test_check_refuses_a_modeladmin_that_is_not_guarded():
    assert checks.every_register_is_guarded(None) == []
    kind = type("Terms", (ModelAdmin,), {"model": Term})

    assert [error.id for error in checks.every_register_is_guarded(None)] == ["casework.E003"]

    del kind
    gc.collect()
    assert checks.every_register_is_guarded(None) == []


def test_check_refuses_a_register_without_rules():
    assert checks.every_register_has_its_rules(None) == []
    kind = type("Steps", (GuardedModelAdmin,), {"model": StatusChange})

    assert [error.id for error in checks.every_register_has_its_rules(None)] == ["casework.E004"]

    del kind
    gc.collect()


def test_visible_is_what_the_rule_book_says(cast, rf):
    for register in REGISTERS:
        if register.model is School:
            request = rf.get("/")
            request.user = cast.head
            assert list(register.get_queryset(request)) == [cast.school]


def test_a_person_of_no_side_sees_no_register(cast, client_for):
    assert client_for(cast.steering).get("/admin/pupils/").status_code == 404
