"""Pupils, referrals, allocations and sessions: each side reads its own columns, and names stand only where they may."""

import csv
from io import StringIO

import pytest
from django.urls import reverse

from casework.access.grants import give_role, share_with_school
from casework.access.roles import Role
from casework.models import AuditEvent, Enrolment, Pupil
from tests.casework.admin.filling import filled, send
from tests.factories import ConflictBlockFactory, PupilFactory, ReferralFactory, SessionFactory


@pytest.fixture
def case(cast):
    """A case of the cast's school that the therapist works."""
    return ReferralFactory(
        active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner, reference="R26-900"
    )


def headings(client, register):
    return [column.name for column in client.get(f"/admin/{register}/").context["table"].columns.values()]


def exported(client, register, **query):
    answer = client.get(f"/admin/{register}/", {"export": "csv", **query})
    return list(csv.DictReader(StringIO(answer.content.decode())))


@pytest.mark.parametrize(
    ("part", "columns"),
    [
        ("coordinator", "reference pupil school year_group status since next therapist"),
        ("supervisor", "reference pupil school status since therapist"),
        ("head", "reference pupil year_group status since next therapist"),
        ("sendco", "reference pupil year_group status since next therapist"),
        ("therapist", "reference pupil school year_group status since"),
    ],
)
def test_referrals_show_each_side_its_columns(cast, client_for, case, part, columns):
    assert headings(client_for(getattr(cast, part)), "referrals") == columns.split()


def test_referrals_lead_to_the_case_and_offer_to_refer(cast, client_for, case):
    body = client_for(cast.head).get("/admin/referrals/").text

    assert f'href="{reverse("casework_case", args=[case.uuid])}"' in body
    assert f'href="{reverse("casework_refer")}"' in body
    assert f'href="{reverse("casework_refer")}"' not in client_for(cast.therapist).get("/admin/referrals/").text


@pytest.mark.parametrize("part", ["other_head", "other_therapist", "outsider"])
def test_referrals_of_others_are_not_listed_found_or_counted(cast, client_for, case, part):
    client = client_for(getattr(cast, part))

    for query in ({}, {"q": "R26-900"}, {"q": "Wren"}, {"status": "active"}, {"p": "9"}):
        shown = client.get("/admin/referrals/", query)
        assert case not in shown.context["object_list"]
        assert "Wren M" not in shown.text


def test_referrals_are_filtered_by_stage(cast, client_for, case):
    waiting = ReferralFactory(accepted=True, school=cast.school, pupil=PupilFactory(school=cast.school))
    client = client_for(cast.coordinator)

    assert list(client.get("/admin/referrals/?stage=waiting").context["object_list"]) == [waiting]
    assert list(client.get("/admin/referrals/?stage=working").context["object_list"]) == [case]
    assert list(client.get("/admin/referrals/?stage=finished").context["object_list"]) == []


def test_referrals_in_a_file_are_the_lists_own(cast, client_for, case):
    ReferralFactory(submitted=True, school=cast.other_school, pupil=cast.other_pupil)

    rows = exported(client_for(cast.head), "referrals")

    assert [row["Reference"] for row in rows] == ["R26-900"]
    assert (rows[0]["Pupil"], rows[0]["Status"]) == ("Wren M", "In sessions")
    assert "School" not in rows[0]
    assert client_for(cast.therapist).get("/admin/referrals/?export=csv").status_code == 404
    assert client_for(cast.supervisor).get("/admin/referrals/?export=xlsx").status_code == 404


def test_pupils_carry_references_where_names_may_not_stand(cast, client_for, case):
    client = client_for(cast.head)
    address = reverse("casework_pupil_modeladmin_inspect", args=[cast.pupil.uuid])

    body = client.get(address).text

    title = body[body.index("<title>") : body.index("</title>")]
    header = body[body.index("<header") : body.index("</header>")]
    for part in (title, header):
        assert cast.pupil.reference in part
        assert "Wren" not in part
    assert "Marlow" in body
    assert "Wren" not in address


def test_pupils_show_the_supervisor_first_name_and_initial(cast, client_for, case):
    body = client_for(cast.supervisor).get(reverse("casework_pupil_modeladmin_inspect", args=[cast.pupil.uuid])).text

    assert "Wren M" in body
    assert "Marlow" not in body


@pytest.fixture
def supervising_head(cast, case):
    """The supervisor, who is head of another school besides, and a referral of each school."""
    ReferralFactory(submitted=True, school=cast.other_school, pupil=cast.other_pupil)
    give_role(Role.HEAD, to=cast.supervisor, on=cast.other_school, by=cast.coordinator)
    return cast.supervisor


def test_whoever_stands_on_two_sides_takes_out_what_each_side_takes_out_and_no_more(cast, client_for, supervising_head):
    (row,) = exported(client_for(supervising_head), "pupils")

    assert row["Last name"] == cast.other_pupil.last_name
    assert AuditEvent.objects.get(verb="exported").detail["rows"] == 1


def test_whoever_stands_on_two_sides_reads_of_each_pupil_what_that_side_reads(cast, client_for, supervising_head):
    client = client_for(supervising_head)
    pages = {
        pupil: client.get(reverse("casework_pupil_modeladmin_inspect", args=[pupil.uuid])).text
        for pupil in (cast.pupil, cast.other_pupil)
    }

    assert cast.pupil.short_name in pages[cast.pupil]
    assert cast.pupil.last_name not in pages[cast.pupil]
    assert cast.other_pupil.last_name in pages[cast.other_pupil]


def test_whoever_stands_on_two_sides_reads_in_each_row_what_that_side_reads(cast, client_for, supervising_head):
    answer = client_for(supervising_head).get("/admin/pupils/")
    table = answer.context["table"]

    schools = {row.instance: row["school"] for row in table.rows}
    read = {pupil: cell.column.get_value(pupil) for pupil, cell in schools.items()}
    born = {row.instance: row["date_of_birth"].column.get_value(row.instance) for row in table.rows}

    assert read == {cast.pupil: cast.school.name, cast.other_pupil: cast.other_school.name}
    assert born[cast.pupil] == ""
    assert born[cast.other_pupil] != ""


def test_pupils_are_filtered_by_where_they_go_not_by_referrals_unseen(cast, client_for, case):
    """Who sees one referral of a pupil must not learn from a filter that there is another."""
    ReferralFactory(submitted=True, school=cast.other_school, pupil=cast.pupil)
    client = client_for(cast.coordinator)

    assert list(client.get("/admin/pupils/", {"school": cast.school.uuid}).context["object_list"]) == [cast.pupil]
    assert list(client.get("/admin/pupils/", {"school": cast.other_school.uuid}).context["object_list"]) == []


def test_pupils_are_added_with_their_school_and_year(cast, client_for):
    client = client_for(cast.sendco)

    answer = send(
        client,
        "/admin/pupils/create/",
        school=cast.school.uuid,
        year_group="5",
        first_name="Nell",
        last_name="Orchard",
        date_of_birth="2017-02-03",
    )

    pupil = Pupil.objects.get(first_name="Nell")
    assert answer.url == reverse("casework_pupil_modeladmin_inspect", args=[pupil.uuid])
    enrolment = Enrolment.objects.get(pupil=pupil)
    assert (enrolment.school, enrolment.year_group) == (cast.school, "5")
    page = client.get(answer.url).text
    assert f"Pupil {pupil.reference} was added." in page
    assert "Pupil Nell" not in page


def test_pupils_are_added_only_to_ones_own_school(cast, client_for):
    answer = send(
        client_for(cast.head),
        "/admin/pupils/create/",
        school=cast.other_school.uuid,
        year_group="5",
        first_name="Nell",
        last_name="Orchard",
        date_of_birth="2017-02-03",
    )

    assert [item.anchor for item in answer.context["errors"]] == ["id_school"]
    assert not Pupil.objects.filter(first_name="Nell").exists()


def test_pupils_born_tomorrow_are_sent_back_with_what_was_typed(cast, client_for):
    answer = send(
        client_for(cast.head),
        "/admin/pupils/create/",
        school=cast.school.uuid,
        year_group="5",
        first_name="Nell",
        last_name="Orchard",
        date_of_birth="2999-02-03",
    )

    assert [item.anchor for item in answer.context["errors"]] == ["id_date_of_birth"]
    assert 'value="Orchard"' in answer.text


def test_pupils_are_changed_with_their_year(cast, client_for):
    client = client_for(cast.head)
    address = reverse("casework_pupil_modeladmin_edit", args=[cast.pupil.uuid])

    assert send(client, address, first_name="Wrenna", year_group="5").status_code == 302

    pupil = Pupil.objects.get(pk=cast.pupil.pk)
    assert (pupil.first_name, pupil.enrolments.get().year_group) == ("Wrenna", "5")
    assert AuditEvent.objects.get(verb="changed", subject=pupil.uuid).detail == {"fields": ["first_name", "year_group"]}


def test_pupils_of_a_blocked_person_are_missing_with_their_history(cast, client_for, case):
    client = client_for(cast.coordinator)
    pages = [reverse(f"casework_pupil_modeladmin_{page}", args=[cast.pupil.uuid]) for page in ("inspect", "history")]
    assert [client.get(page).status_code for page in pages] == [200, 200]

    ConflictBlockFactory(user=cast.coordinator, pupil=cast.pupil)

    assert [client.get(page).status_code for page in pages] == [404, 404]


def test_pupils_history_is_the_coordinators_alone(cast, client_for, case):
    address = reverse("casework_pupil_modeladmin_history", args=[cast.pupil.uuid])

    assert client_for(cast.coordinator).get(address).status_code == 200
    for part in ("head", "therapist", "supervisor"):
        assert client_for(getattr(cast, part)).get(address).status_code == 404


def test_pupils_page_lists_only_the_referrals_that_one_may_see(cast, client_for, case):
    other = ReferralFactory(submitted=True, school=cast.other_school, pupil=cast.pupil, reference="R26-901")
    address = reverse("casework_pupil_modeladmin_inspect", args=[cast.pupil.uuid])

    assert other.reference in client_for(cast.coordinator).get(address).text
    for part in ("head", "therapist"):
        body = client_for(getattr(cast, part)).get(address).text
        assert case.reference in body
        assert other.reference not in body


def test_a_stale_year_of_a_pupil_is_shown_with_yours(cast, client_for):
    client, address = client_for(cast.head), reverse("casework_pupil_modeladmin_edit", args=[cast.pupil.uuid])
    answers = filled(client, address, year_group="6")
    send(client, address, year_group="5")

    answer = client.post(address, answers)

    assert [(pair.theirs, pair.yours) for pair in answer.context["stale"]["pairs"]] == [("Year 5", "Year 6")]


def test_allocations_and_sessions_lead_to_the_case(cast, client_for, case):
    SessionFactory(referral=case, practitioner=cast.therapist_practitioner, attendance=cast.items["Came"])
    address = reverse("casework_case", args=[case.uuid])

    for register in ("allocations", "sessions"):
        for part in ("coordinator", "supervisor", "head", "therapist"):
            assert f'href="{address}"' in client_for(getattr(cast, part)).get(f"/admin/{register}/").text


def test_sessions_are_filtered_by_day(cast, client_for, case):
    session = SessionFactory(
        referral=case,
        practitioner=cast.therapist_practitioner,
        attendance=cast.items["Came"],
        starts_at="2026-07-01T23:30:00+00:00",
    )
    client = client_for(cast.coordinator)

    assert list(client.get("/admin/sessions/?from=2026-07-02&until=2026-07-02").context["object_list"]) == [session]
    assert list(client.get("/admin/sessions/?until=2026-07-01").context["object_list"]) == []
    assert client.get("/admin/sessions/?from=yesterday").status_code == 404


def test_sessions_in_a_file_name_no_pupil(cast, client_for, case):
    SessionFactory(referral=case, practitioner=cast.therapist_practitioner, attendance=cast.items["Pupil absent"])

    for part in ("coordinator", "head"):
        rows = exported(client_for(getattr(cast, part)), "sessions")
        assert [(row["Case"], row["Did it happen?"], row["Charged"]) for row in rows] == [
            ("R26-900", "Pupil absent", "Yes")
        ]
        assert "Wren" not in str(rows)


def test_a_receiving_school_sees_the_case_in_its_list_for_a_time(cast, client_for, case):
    client = client_for(cast.other_head)
    assert case not in client.get("/admin/referrals/").context["object_list"]

    share_with_school(
        case, cast.other_school, by=cast.coordinator, until=case.created_at.replace(year=2999), reason="moves in July"
    )

    assert case in client.get("/admin/referrals/").context["object_list"]
