"""A pupil list, from the file to the register, as a person meets it: with every row that needs them named."""

from datetime import timedelta
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from allyance_site.management.bench.pages import queries
from casework.access.roles import Role
from casework.actions import pupil_lists
from casework.models import AuditEvent, Pupil, PupilList
from tests.casework.admin.sending import hidden, send, text_of
from tests.casework.admin.test_table_files import workbook
from tests.factories import PupilFactory, PupilListFactory, SchoolRoleFactory, list_row

BRING_IN = "casework_pupil_list"
HEADINGS = ["Forename", "Surname", "DOB", "NC Year", "Free meals"]
ROWS = [
    ["Ada", "Quill", "01/02/2018", "4", "yes"],
    ["Wren", "Marlow", "14/03/2018", "Year 5", "no"],
    ["Wrenn", "Marlow", "14/03/2018", "4", "no"],
    ["=cmd()", "Quill", "31/02/2018", "4", "no"],
]


@pytest.fixture(autouse=True)
def _names_of_their_own(cast):
    cast.pupil.first_name, cast.pupil.last_name = "Wren", "Marlow"
    cast.pupil.save()


def as_csv(rows=ROWS):
    return "\r\n".join(";".join(row) for row in [HEADINGS, *rows]).encode("cp1252")


def bring(client, content, name="list.csv", **query):
    address = reverse(BRING_IN) + "".join(f"?school={uuid}" for uuid in query.values())
    return send(client, address, file=SimpleUploadedFile(name, content))


def work():
    while pupil_lists.go_on():
        pass


def begun(client, content=None):
    """A list that was checked."""
    at_work = bring(client, content or as_csv()).url
    work()
    return client.get(at_work).url


def shown(client, address):
    return BeautifulSoup(text_of(client.get(address)), "html.parser").find("main").get_text(" ", strip=True)


@pytest.mark.parametrize(("name", "content"), [("list.csv", as_csv()), ("list.xlsx", workbook(HEADINGS, *ROWS))])
def test_list_goes_from_the_file_to_the_register(cast, client_for, name, content):
    client = client_for(cast.sendco)

    at_work = bring(client, content, name).url
    waits = client.get(at_work)
    assert '<meta http-equiv="refresh"' in text_of(waits) and "Checked 0 of 4 rows" in shown(client, at_work)
    work()
    address = client.get(at_work).url
    page = shown(client, address)
    assert "Row 5, date of birth 31/02/2018 Enter the day as in 14/03/2018" in page
    assert "Row 5, first name =cmd() This is a formula" in page
    assert "Row 4: Wrenn Marlow is another child than" in page and cast.pupil.reference in page
    assert "Year group: Year 4, then Year 5" in page
    assert "Add 1 pupil and change 1" in page
    assert "yes" not in PupilList.objects.get().read_rows()[0].read.values()
    assert Pupil.objects.filter(last_name="Quill").count() == 0

    again = send(client, address).url
    assert again == at_work
    assert "Checked again" in shown(client, again)
    work()
    done = shown(client, client.get(again).url)
    assert "1 pupil added, 1 changed. 2 rows were left." in done
    ada = Pupil.objects.get(first_name="Ada")
    assert (ada.enrolments.get().school, ada.enrolments.get().year_group) == (cast.school, "4")
    assert cast.pupil.enrolments.get().year_group == "5"


def test_list_names_who_is_not_in_it_and_ends_nobody(cast, client_for):
    client = client_for(cast.head)
    page = shown(client, begun(client, as_csv(ROWS[:1])))
    assert "1 pupil of the register is not in this list" in page and cast.pupil.reference in page
    assert cast.pupil.enrolments.get().ends_at is None


def test_list_sent_twice_and_agreed_twice_is_done_once(cast, client_for):
    client = client_for(cast.sendco)
    form = hidden(client, reverse(BRING_IN))
    answers = [
        client.post(reverse(BRING_IN), form | {"file": SimpleUploadedFile("list.csv", as_csv())}) for _ in range(2)
    ]
    assert answers[0].url == answers[-1].url and PupilList.objects.count() == 1
    work()
    address = client.get(answers[0].url).url
    yes = hidden(client, address)
    agreed = [client.post(address, yes).url for _ in range(2)]
    work()
    agreed.append(client.post(address, yes).url)
    assert len(set(agreed)) == 1
    assert Pupil.objects.filter(first_name="Ada").count() == 1
    assert client.post(address, yes | {"form_key": "0" * 8 + "-0000-4000-8000-" + "0" * 12}).url == address


def test_twin_is_added_when_it_is_said_to_be_another_child(cast, client_for):
    client = client_for(cast.sendco)
    send(client, begun(client), others=["4"])
    work()
    assert Pupil.objects.filter(first_name="Wrenn").count() == 1


def test_cancel_saves_nothing(cast, client_for):
    client = client_for(cast.sendco)
    at_work = bring(client, as_csv()).url
    cancel = reverse("casework_pupil_list_cancel", args=[PupilList.objects.get().uuid])
    assert client.post(cancel, hidden(client, at_work)).url == f"{reverse(BRING_IN)}?school={cast.school.uuid}"
    work()
    assert "Its rows are deleted" in shown(client, client.get(at_work).url)
    assert not Pupil.objects.filter(first_name="Ada").exists()
    assert client.post(cancel, {"form_key": PupilList.objects.get().uuid}).url
    assert client.get(cancel).status_code == 302


def test_rows_that_need_somebody_are_a_file_without_formulas(cast, client_for):
    client = client_for(cast.sendco)
    begun(client)
    rows = reverse("casework_pupil_list_rows", args=[PupilList.objects.get().uuid])
    response = client.get(rows)
    lines = text_of(response).splitlines()
    assert lines[0] == "First name,Last name,Date of birth,Year group,Row,What to do"
    assert lines[1].startswith("Wrenn,Marlow,14/03/2018,4,4,Like one who is known")
    assert lines[2].startswith("'=cmd(),Quill,31/02/2018,4,5,")
    assert AuditEvent.objects.filter(verb="exported", subject_type="casework.pupillist").count() == 1
    assert (
        client.get(reverse("casework_pupil_list_rows", args=[PupilListFactory(sent_by=cast.sendco).uuid])).status_code
        == 404
    )


def test_list_is_gone_after_a_week_but_for_its_counts(cast, client_for):
    client = client_for(cast.sendco)
    address = begun(client)
    PupilList.objects.update(created_at=timezone.now() - timedelta(days=7, minutes=1))
    pupil_lists.forget_old()
    assert "dropped after a week" in shown(client, address)
    assert "Marlow" not in shown(client, address)
    assert "Your lists of the last week" not in shown(client, reverse(BRING_IN))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Forename;Surname;DOB\r\nAda;Quill;01/02/2018", "A column is missing: Year group"),
        (b"Forename;Surname;DOB;Year;Year group\r\n", "Two columns say the same: Year group"),
        (b"Ada;Quill;01/02/2018;4", "No headings were found"),
        (as_csv([]), "There is no pupil in this file"),
        (as_csv(ROWS[:1] * 5001), "more than 5,000 rows"),
        (b"\xd0\xcf\x11\xe0 old", "without macros or a password"),
        (b"", "This file is empty"),
    ],
)
def test_file_that_is_no_list_says_what_to_do(cast, client_for, content, words):
    client = client_for(cast.sendco)
    assert words in text_of(bring(client, content))
    assert not PupilList.objects.exists()


def test_title_lines_above_the_headings_are_passed_over(cast, client_for):
    begun(client_for(cast.sendco), b"Cawdale Primary School\r\n\r\nExport of 1 September\r\n" + as_csv(ROWS[:1]))
    assert PupilList.objects.get().read_rows()[0].number == 5


def test_school_is_chosen_by_who_has_several_and_a_foreign_one_is_not_there(cast, client_for):
    SchoolRoleFactory(user=cast.head, role=Role.SENDCO, content_object=cast.buys_in_school)
    client = client_for(cast.head)
    assert "Of which school?" in shown(client, reverse(BRING_IN))
    assert client.post(reverse(BRING_IN), {"form_key": cast.school.uuid}).status_code == 404
    for school in (cast.other_school, cast.hidden_school):
        assert client.get(f"{reverse(BRING_IN)}?school={school.uuid}").status_code == 404
    bring(client, as_csv(), school=cast.buys_in_school.uuid)
    assert PupilList.objects.get().school == cast.buys_in_school


def test_nobody_else_finds_a_list(cast, client_for):
    made = PupilListFactory(school=cast.school, sent_by=cast.head, listed=[list_row()])
    for other in (cast.sendco, cast.other_head, cast.coordinator, cast.therapist, cast.outsider):
        client = client_for(other)
        for name in ("one", "progress", "rows"):
            assert client.get(reverse(f"casework_pupil_list_{name}", args=[made.uuid])).status_code == 404
        for name in ("one", "cancel"):
            key = {"form_key": made.uuid, "version": 1}
            assert client.post(reverse(f"casework_pupil_list_{name}", args=[made.uuid]), key).status_code == 404
    made.refresh_from_db()
    assert made.state == PupilList.State.CHECKING


def test_empty_list_has_the_columns_and_nothing_else(cast, client_for):
    client = client_for(cast.sendco)
    assert (
        text_of(client.get(reverse("casework_pupil_list_empty", args=["csv"])))
        == "First name,Last name,Date of birth,Year group\r\n"
    )
    book = load_workbook(BytesIO(client.get(reverse("casework_pupil_list_empty", args=["xlsx"])).content))
    assert [cell.value for cell in book.active[1]] == ["First name", "Last name", "Date of birth", "Year group"]
    assert client.get(reverse("casework_pupil_list_empty", args=["pdf"])).status_code == 404
    assert client_for(cast.therapist).get(reverse("casework_pupil_list_empty", args=["csv"])).status_code == 404


def test_ways_to_it_are_for_who_may_add_a_pupil(cast, client_for):
    register, school = (
        reverse("casework_pupil_modeladmin_index"),
        reverse("casework_school_modeladmin_inspect", args=[cast.school.uuid]),
    )
    for person, ways in [
        (cast.sendco, True),
        (cast.coordinator, True),
        (cast.therapist, False),
        (cast.supervisor, False),
    ]:
        client = client_for(person)
        assert [reverse(BRING_IN) in text_of(client.get(page)) for page in (register, school)] == [ways, ways], person


def test_list_asks_the_database_as_often_for_many_rows_as_for_few(cast, client_for):
    client = client_for(cast.head)
    asked = []
    for count in (1, 12):
        names = [f"{letter}elo" for letter in "BCDFGHJKLMNP"[:count]]
        for name in names:
            PupilFactory(school=cast.school, first_name=name, last_name="Quill")
        listed = [[f"{name}e", "Quill", "14/03/2018", "4"] for name in names]
        listed += [[f"{name}", "Quill", "14/03/2018", "5"] for name in names]
        address = begun(client, as_csv(listed))
        asked.append(queries(client, address))
        Pupil.objects.filter(last_name="Quill").update(last_name="Elsewhere")
    assert asked[0] == asked[1]
