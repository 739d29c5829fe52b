"""A school's pupil list: looked through, said yes to, brought in once and whole, and forgotten."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.access import rules, scope
from casework.actions import pupil_lists, pupils
from casework.actions.pupil_cells import NameWidget
from casework.actions.refusals import StaleVersion, StepRefused
from casework.models import AuditEvent, ConflictBlock, Enrolment, Pupil, PupilList, RowKind
from casework.sealed import SealBroken
from tests.cast import PEOPLE
from tests.factories import ConflictBlockFactory, PupilFactory, list_row

State = PupilList.State
WREN = {"first_name": "Wren", "last_name": "Marlow", "date_of_birth": "14/03/2018", "year_group": "4"}
NAMES = ["Ada", "Bo", "Cleo", "Dov", "Esme", "Finn", "Gwen", "Hal", "Ines", "Jack"]


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch):
    monkeypatch.setattr(pupil_lists, "PIECE", 3)


def many(count, **fields):
    """Rows of children who are not alike."""
    return [
        list_row(number, first_name=NAMES[number % 10], last_name=f"Q{'abcdefghij'[number // 10]}", **fields)
        for number in range(2, count + 2)
    ]


def begin(cast, *rows, by=None, school=None):
    numbered = [list_row(row.number if row.number != 2 else place, **row.read) for place, row in enumerate(rows, 2)]
    return pupil_lists.begin(by=by or cast.head, school=school or cast.school, rows=numbered)


def work(until=None):
    """What the worker does, until there is nothing more or the list stands where it is said."""
    while (until is None or not until()) and pupil_lists.go_on():
        pass


def checked(cast, *rows, **fields):
    made = begin(cast, *rows, **fields)
    work()
    return again(made)


def again(made):
    return PupilList.objects.get(pk=made.pk)


def kinds(made):
    return [row.kind for row in again(made).read_rows()]


def agree(made, **fields):
    current = again(made)
    return pupil_lists.bring_in(current, by=current.sent_by, version=current.version, **fields)


# --- Looking through


def test_checking_says_of_each_row_what_it_comes_to_and_saves_nothing(cast, everything):
    PupilFactory(school=cast.school, first_name="Olive", last_name="O'Brien", date_of_birth=date(2018, 1, 9))
    made = begin(
        cast,
        list_row(),
        list_row(**WREN),
        list_row(**WREN | {"first_name": "Wrenn"}),
        list_row(first_name="Olive", last_name="O’Brien", date_of_birth="09/01/2018", year_group="Year 5"),
        list_row(first_name="", date_of_birth="13/13/2018"),
        list_row(**WREN),
    )
    before = everything()["Pupil"]
    work()

    assert again(made).state == State.READY
    rows = again(made).read_rows()
    assert [row.kind for row in rows] == [
        RowKind.NEW, RowKind.SAME, RowKind.KNOWN, RowKind.CHANGED, RowKind.PROBLEM, RowKind.PROBLEM,
    ]  # fmt: skip
    assert rows[2].like == [cast.pupil.pk]
    assert rows[3].differs == {"last_name": ["O'Brien", "O’Brien"], "year_group": ["Year 4", "Year 5"]}
    assert set(rows[4].to_mend) == {"first_name", "date_of_birth"}
    assert "row 3" in rows[5].to_mend[""]
    assert everything()["Pupil"] == before


def test_checking_takes_capitals_for_no_change(cast):
    assert kinds(checked(cast, list_row(**WREN | {"last_name": "MARLOW"}))) == [RowKind.SAME]


def test_checking_says_no_more_of_another_schools_child_than_that_one_is_known(cast):
    there = {"first_name": "Jude", "last_name": "Nettleton", "date_of_birth": "14/03/2018"}
    row = checked(cast, list_row(**there)).read_rows()[0]
    assert (row.kind, row.like, row.like_elsewhere) == (RowKind.KNOWN, [], True)


def test_checking_knows_nothing_of_another_service_or_of_whom_one_must_not_see(cast):
    hidden = cast.hidden_pupil
    ConflictBlockFactory(user=cast.head, pupil=cast.pupil, reason=ConflictBlock.Reason.RELATIVE)
    names = {"first_name": hidden.first_name, "last_name": hidden.last_name, "date_of_birth": "14/03/2018"}
    assert kinds(checked(cast, list_row(**names), list_row(**WREN))) == [RowKind.NEW, RowKind.NEW]


def test_checking_finds_twins_of_like_names_in_the_list_itself(cast):
    made = checked(cast, list_row(first_name="Anna"), list_row(first_name="Hannah"), list_row(first_name="Ruth"))
    assert kinds(made) == [RowKind.NEW, RowKind.KNOWN, RowKind.NEW]
    assert made.read_rows()[1].like_row == 2


def test_checking_leaves_to_the_school_what_a_coordinator_may_not_change(cast):
    made = checked(cast, list_row(**WREN | {"year_group": "5"}), by=cast.coordinator)
    assert kinds(made) == [RowKind.PROBLEM]
    assert not made.read_rows()[0].is_to_save


# --- Bringing in


def test_bring_in_adds_and_changes_all_with_their_enrolments_and_their_own_events(cast):
    made = checked(cast, *many(7), list_row(**WREN | {"year_group": "5"}))
    agree(made)
    work()

    done = again(made)
    assert (done.state, done.added, done.changed, done.left) == (State.DONE, 7, 1, 0)
    assert Enrolment.objects.filter(school=cast.school, ends_at=None).count() == 8
    assert cast.pupil.enrolments.get().year_group == "5"
    events = AuditEvent.objects.filter(actor=cast.head)
    assert events.filter(verb="added", subject_type="casework.pupil").count() == 7
    assert events.filter(verb="changed", subject=cast.pupil.uuid).count() == 1
    assert [event.detail for event in events.filter(verb="imported")] == [{"added": 7, "changed": 1, "left": 0}]


def test_bring_in_leaves_no_row_and_no_key_behind(cast):
    made = checked(cast, list_row())
    agree(made)
    work()

    done = again(made)
    assert done.read_rows() == []
    with pytest.raises(SealBroken):
        done.data_key.secret()


def test_bring_in_keeps_what_needs_somebody_and_saves_a_twin_when_told_so(cast):
    made = checked(
        cast, list_row(first_name="Anna"), list_row(first_name="Hannah"), list_row(**WREN | {"first_name": "Wrenn"})
    )
    agree(made, others=[3])
    work()

    done = again(made)
    assert (done.added, done.left) == (2, 1)
    assert [row.number for row in done.read_rows()] == [4]
    assert not Pupil.objects.filter(first_name="Wrenn").exists()


def test_bring_in_that_finds_something_new_saves_nothing_and_asks_once_more(cast, everything):
    made = checked(cast, *many(5))
    agree(made)
    pupils.add(
        by=cast.sendco,
        school=cast.school,
        year_group="4",
        first_name="Gwen",
        last_name="Qa",
        date_of_birth=date(2018, 5, 1),
    )
    before = everything()["Pupil"]
    work()

    stopped = again(made)
    assert (stopped.state, stopped.agreed_at) == (State.READY, None)
    assert [row.number for row in stopped.read_rows() if row.reads_otherwise] == [6]
    assert everything()["Pupil"] == before
    agree(made)
    work()
    assert (again(made).state, again(made).added) == (State.DONE, 4)


def test_bring_in_leaves_a_row_that_was_overtaken_in_the_last_moment(cast):
    made = checked(cast, *many(5))
    agree(made)
    work(until=lambda: again(made).state == State.ADDING)
    pupils.add(
        by=cast.sendco,
        school=cast.school,
        year_group="4",
        first_name="Gwen",
        last_name="Qa",
        date_of_birth=date(2018, 5, 1),
    )
    work()

    done = again(made)
    assert (done.state, done.added, done.left) == (State.DONE, 4, 1)
    assert "known already" in done.read_rows()[0].to_mend[""]
    assert Pupil.objects.filter(first_name="Gwen").count() == 1


def test_a_piece_that_breaks_off_saves_nothing_and_is_done_once_later(cast, monkeypatch, caplog):
    made = checked(cast, *many(7))
    agree(made)
    work(until=lambda: again(made).state == State.ADDING)
    pupil_lists.go_on()
    add, calls = pupils.add, []

    def breaks(**fields):
        calls.append(fields)
        if len(calls) == 2:
            raise OSError("the disk is full")
        return add(**fields)

    monkeypatch.setattr(pupils, "add", breaks)
    work()
    assert (again(made).state, again(made).added, again(made).attempts) == (State.ADDING, 3, 1)
    assert Pupil.objects.filter(last_name="Qa").count() == 3

    PupilList.objects.update(due_at=timezone.now())
    work()
    assert (again(made).state, again(made).added) == (State.DONE, 7)
    assert Pupil.objects.filter(last_name="Qa").count() == 7
    assert "failed and is tried again later" in caplog.text


def test_a_worker_that_comes_late_changes_nothing(cast, monkeypatch, everything):
    made = begin(cast, list_row())
    monkeypatch.setattr(pupil_lists, "look_through", lambda *_, **__: pupil_lists.cancel(made, by=cast.head))
    pupil_lists.go_on()
    assert again(made).state == State.STOPPED

    before = everything()
    for late in (pupil_lists._save_some, pupil_lists._stop):
        late(made)
    assert everything() == before


def test_a_row_that_cannot_be_looked_at_is_tried_again_and_holds_up_no_other_list(cast, monkeypatch):
    first, second = begin(cast, list_row()), begin(cast, list_row(), by=cast.sendco)
    clean = NameWidget.clean

    def fails_once(*args, **options):
        monkeypatch.setattr(NameWidget, "clean", clean)
        raise OSError("gone")

    monkeypatch.setattr(NameWidget, "clean", fails_once)
    work()
    assert [again(one).state for one in (first, second)] == [State.CHECKING, State.READY]
    assert again(first).attempts == 1


def test_bring_in_refuses_what_is_stale_done_or_empty(cast):
    made = checked(cast, list_row(**WREN))
    with pytest.raises(StepRefused, match="a row to bring in"):
        agree(made)
    made = checked(cast, list_row())
    with pytest.raises(StaleVersion):
        pupil_lists.bring_in(made, by=cast.head, version=made.version - 1)
    agree(made)
    with pytest.raises(StepRefused):
        agree(made)


# --- Who may, cancelling, forgetting


def test_begin_is_for_who_may_add_a_pupil_of_the_school(cast, everything):
    before = everything()
    for part in PEOPLE.keys() - {"head", "sendco", "coordinator"}:
        with pytest.raises(PermissionDenied):
            begin(cast, list_row(), by=getattr(cast, part))
    with pytest.raises(PermissionDenied):
        begin(cast, list_row(), school=cast.other_school)
    for rows in ([], many(2) * 2501):
        with pytest.raises(ValidationError):
            pupil_lists.begin(by=cast.head, school=cast.school, rows=rows)
    assert everything() == before


def test_a_list_is_its_senders_alone_and_no_longer_once_the_role_has_ended(cast):
    made = checked(cast, list_row())
    sees = {part for part, person in cast.people().items() if made in rules.visible_pupil_lists(person)}
    assert sees == {"head"}
    for act in (
        lambda by: pupil_lists.cancel(made, by=by),
        lambda by: pupil_lists.bring_in(made, by=by, version=made.version),
    ):
        with pytest.raises(PermissionDenied):
            act(cast.sendco)

    agree(made)
    cast.school.roles.filter(user=cast.head).update(ends_at=timezone.now())
    scope.renew(cast.head)
    assert not rules.visible_pupil_lists(cast.head).exists()
    work()
    assert (again(made).state, again(made).rows) == (State.STOPPED, "")
    assert not Pupil.objects.filter(first_name="Tamsin").exists()


def test_cancel_saves_nothing_and_drops_the_rows(cast):
    made = begin(cast, *many(5))
    pupil_lists.go_on()
    pupil_lists.cancel(again(made), by=cast.head)
    work()

    dropped = again(made)
    assert (dropped.state, dropped.rows) == (State.STOPPED, "")
    assert dropped.data_key.destroyed_at
    with pytest.raises(StepRefused):
        pupil_lists.cancel(dropped, by=cast.head)


def test_a_newer_list_takes_the_place_of_the_one_in_hand_unless_that_is_being_brought_in(cast):
    first = begin(cast, list_row())
    second = checked(cast, list_row())
    assert again(first).state == State.STOPPED

    agree(second)
    work(until=lambda: again(second).state == State.ADDING)
    with pytest.raises(StepRefused):
        begin(cast, list_row())


def test_forget_old_drops_what_is_a_week_old_and_keeps_the_counts(cast):
    done = checked(cast, list_row(), list_row(first_name=""))
    agree(done)
    work()
    waiting = checked(cast, list_row(first_name="Ruth"))
    assert pupil_lists.forget_old() == 0

    PupilList.objects.update(created_at=timezone.now() - pupil_lists.KEPT - timedelta(minutes=1))
    assert pupil_lists.forget_old() == 2
    assert (again(done).state, again(done).added, again(done).left) == (State.DONE, 1, 1)
    assert again(waiting).state == State.OVER
    assert all(not one.rows and one.data_key.destroyed_at for one in (again(done), again(waiting)))
    assert pupil_lists.forget_old() == 0


def test_rows_are_sealed(cast):
    made = begin(cast, list_row())
    stored = PupilList.objects.filter(pk=made.pk).values_list("rows", flat=True).get()
    assert "Tamsin" not in str(stored)
    assert "Tamsin" not in str(AuditEvent.objects.values_list("detail", flat=True))
