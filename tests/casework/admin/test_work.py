"""Other work, the week of schools, a therapist's month, and what the case file says of them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.models import Allocation, AuditEvent, ListName, Session, Work
from tests.casework.admin.sending import send, text_of
from tests.clock import london
from tests.factories import ListItemFactory, PupilFactory, ReferralFactory, SessionFactory, WorkFactory
from tests.pdf import needs_pango, parts_of

HOME = "wagtailadmin_home"


@pytest.fixture
def case(cast):
    """A case that the cast's therapist works."""
    return ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)


def kind(cast, label, work_kind="", *, charged=True):
    return ListItemFactory(service=cast.service, list=ListName.WORK, label=label, work_kind=work_kind, charged=charged)


def form_of(what):
    return reverse("casework_work_record", args=[what.uuid])


def at(hour):
    return f"{date.today() - timedelta(days=1)}T{hour:02}:00"


def test_a_group_is_written_down_for_the_pupils_that_are_chosen(cast, client_for, case):
    other = ReferralFactory(
        active=True,
        school=cast.school,
        pupil=PupilFactory(school=cast.school),
        practitioner=cast.therapist_practitioner,
    )
    group, client = kind(cast, "A group", "group"), client_for(cast.therapist)

    page = text_of(client.get(reverse("casework_work")))
    empty = text_of(send(client, form_of(group), starts_at=at(9), minutes="60"))
    send(
        client, form_of(group), starts_at=at(9), minutes="60",
        **{f"pupil_{case.uuid}": cast.items["Came"].uuid},
    )  # fmt: skip

    assert form_of(group) in page
    assert "Choose the pupils of the group." in empty
    assert Session.objects.get(group=Work.objects.get()).referral == case
    assert not other.sessions.exists()


def test_a_meeting_with_parents_comes_first_until_it_is_recorded_and_the_school_sees_that_it_was(
    cast, client_for, case
):
    Allocation.objects.filter(referral=case).update(parents_first=True)
    parents, client = kind(cast, "Meeting with the parents", "parents"), client_for(cast.therapist)
    file = reverse("casework_case", args=[case.uuid])

    before = [text_of(client_for(who).get(file)) for who in (cast.therapist, cast.head, cast.coordinator)]
    send(client, form_of(parents), starts_at=at(9), minutes="45", referral=case.uuid)
    after = [text_of(client_for(who).get(f"{file}?tab=sessions")) for who in (cast.therapist, cast.head)]

    words = "A meeting with the parents comes first"
    assert [words in page for page in before] == [True] * 3
    assert [words in page for page in after] == [False] * 2
    assert ["Meeting with the parents" in page for page in after] == [True, True]
    assert ["45 minutes" in page for page in after] == [True, False]


def test_other_work_is_of_those_who_are_in_a_team(cast, client_for):
    advice = kind(cast, "Advice")
    for who in ("coordinator", "head", "outsider", "steering"):
        for address in (reverse("casework_work"), form_of(advice)):
            assert client_for(getattr(cast, who)).get(address).status_code == 404
    form = {"starts_at": at(9), "minutes": "60", "school": cast.other_school.uuid}
    page = text_of(send(client_for(cast.therapist), form_of(advice), **form))
    assert "Choose the school." in page
    assert not Work.objects.exists()


def test_the_week_of_schools_shows_each_their_own(cast, client_for):
    week = reverse("casework_coverage")

    pages = {who: text_of(client_for(getattr(cast, who)).get(week)) for who in ("coordinator", "head", "therapist")}

    for page in pages.values():
        assert cast.therapist_practitioner.name in page
    assert cast.other_school.name in pages["coordinator"]
    assert cast.other_school.name not in pages["head"] + pages["therapist"]
    assert [client_for(getattr(cast, who)).get(week).status_code for who in ("dsl", "tsl", "steering")] == [404] * 3


def test_a_month_counts_by_school_and_kind_and_names_no_child(cast, client_for, case):
    mine = {"practitioner": cast.therapist_practitioner}
    SessionFactory(referral=case, attendance=cast.items["Came"], starts_at=london(2026, 10, 5, 9), **mine)
    SessionFactory(referral=case, attendance=cast.items["Came"], starts_at=london(2026, 10, 31, 23, 30), **mine)
    SessionFactory(referral=case, attendance=cast.items["Came"], starts_at=london(2026, 11, 1, 0, 30), **mine)
    group = WorkFactory(kind=kind(cast, "A group", "group"), school=cast.school, starts_at=london(2026, 10, 6), **mine)
    SessionFactory(referral=case, attendance=cast.items["Came"], starts_at=london(2026, 10, 6), group=group, **mine)
    travel = kind(cast, "=Travel", "travel", charged=False)
    WorkFactory(kind=travel, school=None, starts_at=london(2026, 10, 6), minutes=90, **mine)
    address = reverse("casework_month", args=[cast.therapist_practitioner.uuid])
    client = client_for(cast.therapist)

    page = text_of(client.get(address, {"month": "2026-10"}))
    file = client.get(address, {"month": "2026-10", "export": "csv"})

    assert "3.00 hours charged to schools" in page
    assert "1.50 hours not charged" in page
    lines = file.content.decode().splitlines()
    assert len(lines) == 5
    assert any("'=Travel" in line for line in lines)
    assert case.reference not in page + file.content.decode()
    assert cast.pupil.first_name not in file.content.decode()
    assert AuditEvent.objects.filter(verb="exported", subject=cast.therapist_practitioner.uuid).exists()


def test_a_month_is_of_the_practitioner_and_the_coordinator_alone(cast, client_for):
    address = reverse("casework_month", args=[cast.therapist_practitioner.uuid])
    people = ("therapist", "coordinator", "other_therapist", "supervisor", "head", "outsider", "steering")

    answers = {who: client_for(getattr(cast, who)).get(address).status_code for who in people}

    assert {who for who, status in answers.items() if status == 200} == {"therapist", "coordinator"}
    assert client_for(cast.therapist).get(reverse("casework_months")).url == address
    assert cast.other_practitioner.name in text_of(client_for(cast.coordinator).get(reverse("casework_months")))
    assert client_for(cast.coordinator).get(address, {"month": "nonsense"}).status_code == 200


def test_children_not_seen_several_times_are_flagged_and_pictured(cast, client_for, case):
    missed = ListItemFactory(not_seen=True, service=cast.service)
    SessionFactory(referral=case, attendance=cast.items["Came"], starts_at=timezone.now() - timedelta(days=29))
    for weeks in (3, 2):
        SessionFactory(referral=case, attendance=missed, starts_at=timezone.now() - timedelta(weeks=weeks))
    home, file = reverse(HOME), reverse("casework_case", args=[case.uuid])
    people = [cast.therapist, cast.coordinator, cast.supervisor]

    assert not any("Not seen several times" in text_of(client_for(who).get(home)) for who in people)
    SessionFactory(referral=case, attendance=missed, starts_at=timezone.now() - timedelta(days=7))

    assert all("Not seen in the last 3 sessions" in text_of(client_for(who).get(home)) for who in people)
    assert "Not seen" not in text_of(client_for(cast.other_therapist).get(home))
    page = text_of(client_for(cast.therapist).get(f"{file}?tab=sessions"))
    assert "not seen in the last <strong>3 sessions</strong>" in page
    assert page.count('class="squares__open"') == 3
    assert page.count('class="squares__full"') == 1


@needs_pango
def test_the_claim_sheet_is_a_tagged_file_without_a_child(cast, client_for, case):
    SessionFactory(referral=case, practitioner=cast.therapist_practitioner, attendance=cast.items["Came"])
    address = reverse("casework_month", args=[cast.therapist_practitioner.uuid])

    file = client_for(cast.therapist).get(address, {"export": "pdf"})

    assert file["Content-Type"] == "application/pdf"
    assert b"/StructTreeRoot" in parts_of(file.content)
    assert "claim-sheet" in file["Content-Disposition"]


def test_work_is_mended_from_the_month(cast, client_for):
    advice = kind(cast, "Advice")
    given = WorkFactory(kind=advice, practitioner=cast.therapist_practitioner, school=cast.school)
    month = reverse("casework_month", args=[cast.therapist_practitioner.uuid])
    change = reverse("casework_work_change", args=[given.uuid])

    pages = [text_of(client_for(who).get(month)) for who in (cast.therapist, cast.coordinator)]
    send(client_for(cast.therapist), change, starts_at=at(9), minutes="45")

    assert [change in page for page in pages] == [True, False]
    given.refresh_from_db()
    assert given.minutes == 45
    for who in (cast.coordinator, cast.other_therapist, cast.head):
        assert client_for(who).get(change).status_code == 404
