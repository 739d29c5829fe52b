"""The screens of supervision and training: planned, its agenda, its sheet, written up, and the figures."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.models import (
    Allocation,
    AuditEvent,
    Direction,
    MeetingKind,
    OutboxMessage,
    SupervisionItem,
    SupervisionRule,
    TeamMeeting,
)
from tests.casework.admin.filling import filled
from tests.casework.admin.sending import send, text_of
from tests.clock import weeks_ago
from tests.factories import (
    AttendanceFactory,
    ListItemFactory,
    ProcessNoteFactory,
    PupilFactory,
    ReferralFactory,
    RequirementFactory,
    ReviewFactory,
    SessionFactory,
    SupervisionItemFactory,
    TeamMeetingFactory,
)

WEEK = timedelta(weeks=1)


def a_case(cast, *, weeks=1, **fields):
    case = ReferralFactory(
        active=True, school=cast.school, pupil=PupilFactory(school=cast.school),
        practitioner=cast.therapist_practitioner, **fields,
    )  # fmt: skip
    Allocation.objects.filter(referral=case).update(starts_at=weeks_ago(weeks))
    return case


@pytest.fixture
def case(cast):
    return a_case(cast)


@pytest.fixture
def coming(cast):
    """A group supervision to come, to which both therapists are asked."""
    meeting = TeamMeetingFactory(service=cast.service, entered_by=cast.supervisor, starts_at=timezone.now() + WEEK)
    for practitioner in (cast.therapist_practitioner, cast.other_practitioner):
        AttendanceFactory(meeting=meeting, practitioner=practitioner, came=None)
    return meeting


@pytest.fixture
def been(cast, case):
    """One of a week ago that is not written up, with a case."""
    meeting = TeamMeetingFactory(service=cast.service, entered_by=cast.supervisor)
    AttendanceFactory(meeting=meeting, practitioner=cast.therapist_practitioner, came=None)
    SupervisionItemFactory(meeting=meeting, referral=case, brought=None, reflected="")
    return meeting


def at(name, *records):
    return reverse(f"casework_supervision{name}", args=[record.uuid for record in records])


# --- Planned


def when(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def test_plan_asks_the_team_to_come(cast, client_for):
    client = client_for(cast.supervisor)

    answer = send(
        client, at("_plan"), kind="group", starts_at=when(timezone.now() + WEEK), minutes="90", led_by="Miriam Brandt",
        asked=[str(cast.therapist_practitioner.uuid)],
    )  # fmt: skip

    meeting = TeamMeeting.objects.get()
    assert answer.url == at("_meeting", meeting)
    assert (meeting.kind, meeting.service) == (MeetingKind.GROUP, cast.service)
    assert OutboxMessage.objects.get(kind="meeting_asked").to == cast.therapist
    assert "Saoirse" not in str(meeting)


def test_plan_says_what_is_missing(cast, client_for):
    page = text_of(send(client_for(cast.supervisor), at("_plan"), starts_at="", minutes="90"))
    assert "Enter the day and the time at which it begins." in page
    assert "Choose who is asked to come." in page
    assert not TeamMeeting.objects.exists()


def test_plan_of_a_training_counts_as_a_requirement(cast, client_for):
    requirement = RequirementFactory(training=True, service=cast.service)
    RequirementFactory(training=True, service=cast.other_service)
    client = client_for(cast.coordinator)

    send(
        client, at("_training"), title="Safeguarding, yearly", starts_at=when(timezone.now() + WEEK), minutes="120",
        asked=[str(cast.therapist_practitioner.uuid)], counts_as=str(requirement.uuid),
    )  # fmt: skip

    assert TeamMeeting.objects.get().counts_as == requirement


def test_change_fills_in_what_stands_and_tells_that_it_moved(cast, client_for, coming):
    client = client_for(cast.supervisor)
    page = client.get(at("_change", coming))
    assert len(page.context["form"].initial["asked"]) == 2
    both = [str(one.practitioner.uuid) for one in coming.attendances.all()]

    send(client, at("_change", coming), starts_at=when(coming.starts_at + WEEK), minutes="60", asked=both)

    coming.refresh_from_db()
    assert coming.minutes == 60
    assert OutboxMessage.objects.filter(kind="meeting_moved").count() == 2


def test_change_when_somebody_else_did_shows_both(cast, client_for, coming):
    client = client_for(cast.supervisor)
    form = filled(client, at("_change", coming), minutes="45")
    form["asked"] = [str(one.practitioner.uuid) for one in coming.attendances.all()]
    form["starts_at"] = when(coming.starts_at)
    TeamMeeting.objects.update(minutes=75, version=2)

    page = text_of(client.post(at("_change", coming), form))

    assert "was changed while you were writing" in page
    assert "75" in page


def test_cancel_closes_it(cast, client_for, coming):
    client = client_for(cast.supervisor)
    send(client, at("_cancel", coming))
    coming.refresh_from_db()
    assert coming.cancelled_at
    assert "Cancelled" in text_of(client.get(at("_meeting", coming)))
    assert client.get(at("_cancel", coming)).status_code == 404


def test_own_supervision_is_written_down_with_its_cases(cast, client_for, case):
    client = client_for(cast.therapist)

    answer = send(
        client, at("_own"), starts_at=when(timezone.now() - WEEK), minutes="60", led_by="Somebody from outside",
        cases=[str(case.uuid)],
    )  # fmt: skip

    meeting = TeamMeeting.objects.get()
    assert answer.url == at("_meeting", meeting)
    assert meeting.items.get().brought is True
    assert case.reference in text_of(client.get(at("_meeting", meeting)))
    assert case.reference not in text_of(client_for(cast.coordinator).get(at("_meeting", meeting)))
    send(client, at("_change", meeting), minutes="45", starts_at=when(meeting.starts_at), led_by="Another")
    meeting.refresh_from_db()
    assert (meeting.minutes, meeting.led_by) == (45, "Another")


@pytest.mark.parametrize("part", ["coordinator", "supervisor", "head", "dsl", "steering"])
def test_own_supervision_is_not_there_for_who_is_not_in_the_team(cast, client_for, part):
    assert client_for(getattr(cast, part)).get(at("_own")).status_code == 404


@pytest.mark.parametrize(
    ("part", "open_to_them"),
    [
        ("coordinator", {"", "_training", "_hours"}),
        ("supervisor", {"", "_plan", "_training", "_hours", "_brought"}),
        ("therapist", {"", "_own", "_hours"}),
        ("head", set()),
        ("steering", set()),
        ("tsl", set()),
    ],
)
def test_pages_are_these_roles(cast, client_for, part, open_to_them):
    client = client_for(getattr(cast, part))
    pages = ("", "_plan", "_training", "_own", "_hours", "_brought")
    assert {name for name in pages if client.get(at(name), follow=True).status_code == 200} == open_to_them


def test_list_shows_what_is_to_come_and_what_has_been(cast, client_for, coming, been):
    for person in (cast.coordinator, cast.supervisor, cast.therapist):
        page = text_of(client_for(person).get(at("")))
        assert page.index(at("_meeting", coming)) < page.index(at("_meeting", been))
    other = text_of(client_for(cast.other_therapist).get(at("")))
    assert at("_meeting", coming) in other
    assert at("_meeting", been) not in other


def test_list_leads_to_all_pages_of_the_past(cast, client_for):
    for number in range(25):
        TeamMeetingFactory(service=cast.service, starts_at=timezone.now() - timedelta(days=number + 1))
    client = client_for(cast.supervisor)
    assert "?p=2" in text_of(client.get(at("")))
    assert "?p=1" in text_of(client.get(at(""), {"p": 2}))


@pytest.mark.one_database
def test_list_asks_as_much_for_many_as_for_one(cast, client_for, coming, django_assert_num_queries):
    client = client_for(cast.supervisor)
    TeamMeetingFactory(service=cast.service)
    client.get(at(""))
    with django_assert_num_queries(30, exact=False) as few:
        client.get(at(""))
    for _ in range(8):
        AttendanceFactory(meeting=TeamMeetingFactory(service=cast.service), practitioner=cast.therapist_practitioner)
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(at(""))


# --- The page of a meeting


def test_meeting_shows_the_coordinator_who_came_and_no_case(cast, client_for, been, case):
    page = text_of(client_for(cast.coordinator).get(at("_meeting", been)))
    assert cast.therapist_practitioner.name in page
    assert case.reference not in page
    assert AuditEvent.objects.filter(verb="opened", subject=been.uuid, actor=cast.coordinator).exists()


def test_meeting_shows_a_practitioner_their_own_place_and_their_own_cases(cast, client_for, coming, case):
    SupervisionItemFactory(meeting=coming, referral=case, brought=None, reflected="")
    page = text_of(client_for(cast.therapist).get(at("_meeting", coming)))
    assert case.reference in page
    assert cast.other_practitioner.name not in page
    assert case.reference not in text_of(client_for(cast.other_therapist).get(at("_meeting", coming)))


@pytest.mark.parametrize("part", ["other_therapist", "head", "dsl", "steering", "outsider", "hidden_therapist"])
@pytest.mark.parametrize("name", ["_meeting", "_change", "_agenda", "_record", "_sheet", "_sheet_file"])
def test_meeting_is_not_there_for_who_was_not_asked(cast, client_for, been, part, name):
    assert client_for(getattr(cast, part)).get(at(name, been)).status_code == 404


# --- The agenda


def test_agenda_ticks_which_cases_are_brought(cast, client_for, coming, case):
    late = a_case(cast, weeks=9)
    ReviewFactory(referral=late, direction=Direction.HARDER)
    client = client_for(cast.supervisor)
    page = text_of(client.get(at("_agenda", coming)))
    assert page.index(late.reference) < page.index(case.reference)
    assert "never brought; with its therapist for 9 weeks" in page
    assert "Harder than before, at the last review" in page

    send(client, at("_agenda", coming), **{f"case_{late.uuid}": "on"})

    assert [item.referral for item in coming.items.all()] == [late]


def test_agenda_is_put_in_order_and_taken_off(cast, client_for, coming, case):
    other, third = a_case(cast), a_case(cast)
    for position, one in enumerate((case, other, third)):
        SupervisionItemFactory(meeting=coming, referral=one, position=position, brought=None, reflected="")
    names = {one: f"case_{one.uuid}" for one in (case, other, third)}
    form = {names[case]: "on", names[other]: "on", f"place_{names[case]}": "2", f"place_{names[other]}": "1"}

    send(client_for(cast.supervisor), at("_agenda", coming), **form)

    assert [item.referral for item in coming.items.all()] == [other, case]


def test_agenda_keeps_a_case_that_has_closed_since(cast, client_for, coming):
    closed = ReferralFactory(closed=True, school=cast.school, pupil=PupilFactory(school=cast.school))
    SupervisionItemFactory(meeting=coming, referral=closed, brought=None, reflected="")
    assert closed.reference in text_of(client_for(cast.supervisor).get(at("_agenda", coming)))


def test_agenda_is_the_supervisors_alone(cast, client_for, coming):
    for part in ("coordinator", "therapist"):
        assert client_for(getattr(cast, part)).get(at("_agenda", coming)).status_code == 404


# --- Prepared, and the notes


@pytest.fixture
def item(coming, case):
    return SupervisionItemFactory(meeting=coming, referral=case, brought=None, reflected="")


def test_prepare_asks_a_question_and_brings_notes(cast, client_for, item):
    note = ProcessNoteFactory(session=SessionFactory(referral=item.referral, attendance=cast.items["Came"]))
    supervisor = client_for(cast.supervisor)
    address = reverse("casework_note", args=[note.uuid])
    closed = text_of(supervisor.get(address))

    answer = send(client_for(cast.therapist), at("_prepare", item), question="What holds her?", brings_notes="on")
    opened = text_of(supervisor.get(address))

    assert answer.url == at("_meeting", item.meeting)
    item.refresh_from_db()
    assert (item.question, item.notes_brought_by) == ("What holds her?", cast.therapist)
    assert note.text not in closed
    assert note.text in opened
    assert AuditEvent.objects.filter(verb="opened", subject=note.uuid, actor=cast.supervisor).count() == 1
    assert not OutboxMessage.objects.filter(kind="note_opened").exists()


def test_prepare_offers_the_supervisor_no_notes_to_bring(cast, client_for, item):
    page = text_of(client_for(cast.supervisor).get(at("_prepare", item)))
    assert "I bring my process notes" not in page
    assert "everybody who is asked to come" in page


def test_prepare_is_not_there_for_a_colleague(cast, client_for, item):
    for part in ("other_therapist", "coordinator", "head"):
        assert client_for(getattr(cast, part)).get(at("_prepare", item)).status_code == 404


# --- The sheet


def test_sheet_has_letters_and_its_key_for_who_sees_the_case(cast, client_for, item):
    item.question = "What holds her?"
    item.save()
    case = item.referral
    colleague = text_of(client_for(cast.other_therapist).get(at("_sheet", item.meeting)))
    own = text_of(client_for(cast.therapist).get(at("_sheet", item.meeting)))

    assert "What holds her?" in colleague
    for word in (case.reference, case.pupil.first_name, case.pupil.last_name, cast.school.name):
        assert word not in colleague
    assert case.reference in own
    assert case.pupil.first_name not in own


def test_sheet_as_a_file_is_on_record_as_taken_out(cast, client_for, item, monkeypatch):
    drawn = []
    monkeypatch.setattr("casework.admin.pdf.pdf_of", lambda html: drawn.append(html) or b"%PDF-1.7")

    answer = client_for(cast.supervisor).get(at("_sheet_file", item.meeting))

    assert answer["Content-Type"] == "application/pdf"
    assert item.referral.reference not in drawn[0]
    assert "Confidential" in drawn[0]
    assert AuditEvent.objects.filter(verb="exported", subject=item.meeting.uuid).count() == 1


def test_sheet_is_not_the_coordinators(cast, client_for, item):
    assert client_for(cast.coordinator).get(at("_sheet", item.meeting)).status_code == 404


# --- Written up


def test_record_writes_attendance_and_reflections(cast, client_for, been, case):
    client = client_for(cast.supervisor)
    place, item = been.attendances.get(), been.items.get()

    send(
        client, at("_record", been),
        **{f"came_{place.uuid}": "yes", f"brought_{item.uuid}": "yes", f"reflected_{item.uuid}": "The silence."},
    )  # fmt: skip

    assert been.attendances.get().came is True
    assert SupervisionItem.objects.get().reflected == "The silence."
    page = text_of(client.get(at("_record", been)))
    assert "The silence." in page
    assert AuditEvent.objects.filter(verb="opened", subject=item.uuid, referral=case).exists()


def test_record_when_somebody_else_did_shows_both(cast, client_for, been):
    client = client_for(cast.supervisor)
    item = been.items.get()
    form = filled(client, at("_record", been), **{f"reflected_{item.uuid}": "Mine."})
    item.reflected = "Theirs."
    item.save()
    TeamMeeting.objects.update(version=2)

    page = text_of(client.post(at("_record", been), form))

    assert "Theirs." in page and "Mine." in page
    assert SupervisionItem.objects.get().reflected == "Theirs."


def test_record_of_words_that_were_not_brought_says_so(cast, client_for, been, case):
    item = been.items.get()
    typed = {f"brought_{item.uuid}": "no", f"reflected_{item.uuid}": "The silence."}
    page = text_of(send(client_for(cast.supervisor), at("_record", been), **typed))
    assert f"{case.reference}: there are words" in page


def test_record_waits_until_it_has_begun(cast, client_for, coming):
    assert client_for(cast.supervisor).get(at("_record", coming)).status_code == 404


# --- The case file


def test_case_file_tells_what_was_reflected_on_to_who_may_read_it(cast, client_for, case):
    SupervisionItemFactory(meeting__service=cast.service, referral=case, reflected="velmarrow")
    address = reverse("casework_case", args=[case.uuid])

    reads = {
        part
        for part, person in cast.people().items()
        if (answer := client_for(person).get(address, {"tab": "supervision"})).status_code == 200
        and "velmarrow" in text_of(answer)
    }

    assert reads == {"supervisor", "therapist"}
    assert "velmarrow" not in text_of(client_for(cast.supervisor).get(address))
    opened = AuditEvent.objects.filter(verb="opened", referral=case, actor=cast.supervisor)
    assert opened.filter(detail__part="supervision").exists()


def test_case_file_leaves_out_what_was_cancelled(cast, client_for, case):
    cancelled = {"meeting__service": cast.service, "meeting__cancelled_at": timezone.now()}
    SupervisionItemFactory(referral=case, reflected="velmarrow", **cancelled)
    page = client_for(cast.supervisor).get(reverse("casework_case", args=[case.uuid]), {"tab": "supervision"})
    assert "It was not brought to supervision yet." in text_of(page)


def test_case_file_says_where_the_work_goes_to_who_reads_it(cast, client_for, case):
    ReviewFactory(referral=case, direction=Direction.HARDER)
    address = reverse("casework_case", args=[case.uuid])
    read = {
        part
        for part in ("supervisor", "therapist", "coordinator", "head")
        if "It is harder than before" in text_of(client_for(getattr(cast, part)).get(address, {"tab": "ending"}))
    }
    assert read == {"supervisor", "therapist"}


# --- Figures


def test_brought_names_who_was_not_brought_in_time(cast, client_for, case):
    late = a_case(cast, weeks=9)
    page = text_of(client_for(cast.supervisor).get(at("_brought")))
    assert "1 of 2 open cases" in page
    assert late.reference in page
    assert case.reference not in page


@pytest.fixture
def body(cast):
    body = ListItemFactory(service=cast.service, list="body", label="BACP")
    cast.therapist_practitioner.body = body
    cast.therapist_practitioner.save()
    SupervisionRule.objects.create(service=cast.service, body=body, hours_a_month=2)
    return body


def test_hours_are_the_teams_for_the_office_and_ones_own_for_a_therapist(cast, client_for, body):
    page = text_of(client_for(cast.supervisor).get(at("_hours")))
    assert cast.therapist_practitioner.name in page
    assert "BACP: 2 h a month" in page
    assert "Not enough" in page

    own = client_for(cast.therapist).get(at("_hours"))
    assert own.url == at("_hours_of", cast.therapist_practitioner)
    for part, status in (("supervisor", 200), ("coordinator", 200), ("therapist", 200), ("other_therapist", 404)):
        answer = client_for(getattr(cast, part)).get(at("_hours_of", cast.therapist_practitioner))
        assert answer.status_code == status
    assert "not enough" in text_of(client_for(cast.therapist).get(own.url))


def test_rules_of_bodies_are_kept_by_the_office(cast, client_for, body):
    address = reverse("casework_supervisionrule_modeladmin_index")
    reads = {part for part, person in cast.people().items() if client_for(person).get(address).status_code == 200}
    assert reads == {"coordinator", "supervisor", "outsider"}


@pytest.mark.parametrize("part", ["coordinator", "supervisor"])
def test_rules_of_bodies_are_added_and_changed(cast, client_for, part):
    client = client_for(getattr(cast, part))
    body = ListItemFactory(service=cast.service, list="body", label="PTUK")
    create = reverse("casework_supervisionrule_modeladmin_create")
    client.post(
        create, filled(client, create, body=str(body.uuid), hours_a_month="1.5", group_counts="half", who_counts="")
    )
    rule = SupervisionRule.objects.get()
    assert (rule.service, rule.body, rule.group_counts) == (cast.service, body, "half")

    edit = reverse("casework_supervisionrule_modeladmin_edit", args=[rule.uuid])
    client.post(edit, filled(client, edit, hours_a_month="2"))

    rule.refresh_from_db()
    assert rule.hours_a_month == 2


# --- Homes


def home(client):
    return text_of(client.get(reverse("wagtailadmin_home")))


def test_home_of_a_therapist_leads_to_the_next_one_and_their_cases(cast, client_for, item):
    page = home(client_for(cast.therapist))
    assert at("_meeting", item.meeting) in page
    assert at("_prepare", item) in page
    other = home(client_for(cast.other_therapist))
    assert at("_meeting", item.meeting) in other
    assert at("_prepare", item) not in other


def test_home_of_the_supervisor_counts_the_agenda_and_names_what_is_late(cast, client_for, item):
    late = a_case(cast, weeks=9)
    page = home(client_for(cast.supervisor))
    assert "1 case on the agenda" in page
    assert "Never brought; with its therapist for 9 weeks" in page
    assert late.reference in page


def test_home_of_the_steering_group_has_numbers_and_no_name(cast, client_for, item):
    page = home(client_for(cast.steering))
    assert "The team in numbers" in page
    assert "too few to say" in page
    for word in (item.referral.reference, cast.therapist_practitioner.name):
        assert word not in page
