"""Tonight's backup: made once a night, again after a failure, its failure on record, and few enough of them kept."""

import os
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from allyance_site.management.backups import keeping, making, nightly, reading
from allyance_site.management.commands import timer as command
from casework import timer
from casework.models import BackupRun
from tests.clock import london


@pytest.fixture
def place(transactional_db, tmp_path, settings, monkeypatch):
    """A directory for backups of an empty service, and three o'clock for making them."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "allyance_site.settings.local")  # what the processes started here use
    settings.LIBRARY_ROOT = settings.MEDIA_ROOT = settings.PUBLIC_ROOT = tmp_path / "files"
    settings.BACKUP_DIR, settings.BACKUP_AT = tmp_path / "backups", "03:00"
    settings.BACKUP_DAYS_KEPT, settings.BACKUP_WEEKS_KEPT = 14, 8
    return settings.BACKUP_DIR


def names(place):
    return {path.name for path in place.iterdir()}


def name_at(moment):
    return moment.strftime(making.MADE_AT) + making.SUFFIX


# --- When


@pytest.mark.parametrize(
    ("made", "verified", "now", "due"),
    [
        (None, False, london(2026, 11, 23, 12), True),
        (london(2026, 11, 23, 3, 4), True, london(2026, 11, 23, 12), False),
        (london(2026, 11, 23, 3, 4), True, london(2026, 11, 24, 2, 59), False),
        (london(2026, 11, 23, 3, 4), True, london(2026, 11, 24, 3, 0), True),
        (london(2026, 11, 22, 23, 0), True, london(2026, 11, 23, 2, 59), False),
        (london(2026, 11, 22, 23, 0), True, london(2026, 11, 23, 3, 0), True),
        (london(2026, 11, 23, 3, 4), False, london(2026, 11, 23, 4, 3), False),
        (london(2026, 11, 23, 3, 4), False, london(2026, 11, 23, 4, 4), True),
        # Two o'clock comes twice on this night, and one o'clock not at all on that.
        (london(2026, 10, 24, 3, 4), True, london(2026, 10, 25, 3, 0), True),
        (london(2026, 3, 28, 3, 4), True, london(2026, 3, 29, 3, 0), True),
    ],
)
def test_is_due_once_a_night_and_an_hour_after_a_failure(place, made, verified, now, due):
    if made:
        BackupRun.objects.create(name="one", size=1, made_at=made, verified_at=made if verified else None)

    assert nightly.is_due(timezone.localtime(now)) is due


def test_run_if_due_makes_one_that_is_read_back_and_then_rests(place):
    made = nightly.run_if_due()

    assert made.verified_at
    assert names(place) == {made.name}
    assert nightly.run_if_due() is None
    assert BackupRun.objects.count() == 1


def test_run_if_due_makes_none_where_they_are_switched_off(place, settings):
    settings.BACKUP_AT = ""

    assert nightly.run_if_due() is None
    assert not place.exists()


def test_backups_are_made_by_themselves_where_somebody_said_where_to(settings):
    """The suite's settings name a directory in the environment, as an installation does."""
    assert os.environ["ALLYANCE_BACKUP_DIR"]
    assert settings.BACKUP_AT == "03:00"


def test_the_timer_does_caseworks_jobs_and_the_backup(place, monkeypatch):
    jobs = [timer.Job(job.name, job.every, job.run) for job in command.JOBS]
    monkeypatch.setattr(command, "JOBS", jobs)

    assert command.tick() == command.REST

    assert {job.name for job in timer.JOBS} < {job.name for job in jobs}
    assert all(job.due for job in jobs)
    assert BackupRun.objects.get().verified_at


# --- What goes wrong


def test_a_backup_that_cannot_be_made_is_on_record_and_in_the_log_and_tried_again(place, settings, tmp_path, caplog):
    identity, settings.BACKUP_IDENTITY_FILE = settings.BACKUP_IDENTITY_FILE, tmp_path / "nowhere"
    job = timer.Job("make tonight's backup", timedelta(minutes=10), nightly.run_if_due)

    assert timer.run_due([job]) == []

    run = BackupRun.objects.get()
    assert (run.name, run.verified_at) == ("", None)
    assert "put it back from the custodian's copy" in run.finding
    assert "The job to make tonight's backup failed" in caplog.text
    settings.BACKUP_IDENTITY_FILE = identity
    assert nightly.run_if_due() is None
    with time_machine.travel(timezone.now() + nightly.TRIED_AGAIN):
        assert nightly.run_if_due().verified_at


def test_a_backup_that_does_not_hold_is_on_record_and_the_command_says_why(place, monkeypatch, tmp_path):
    """Its key ring is another one: what it holds cannot be read."""
    from tests import cast as casting

    casting.build()
    good, _ = nightly.run(place)
    monkeypatch.setenv("ALLYANCE_KEYS_DIR", str(tmp_path / "other"))
    from allyance_site import keys

    keys.make(tmp_path / "other")

    with pytest.raises(CommandError, match="does not hold"):
        call_command("backup", to=place)

    bad = BackupRun.objects.first()
    assert bad != good
    assert bad.verified_at is None
    assert "does not hold" in bad.finding
    assert names(place) == {good.name, bad.name}


def test_an_error_that_is_not_ours_is_recorded_by_its_kind_alone(place, monkeypatch):
    def full(*_):
        raise OSError("No space left: zqcanary")

    monkeypatch.setattr(making, "make", full)

    with pytest.raises(OSError, match="zqcanary"):
        nightly.run(place)
    assert BackupRun.objects.get().finding == "OSError"


# --- What is kept


def put(place, *moments, **fields):
    """Backups of these moments, on record; only their names and records matter here."""
    place.mkdir(exist_ok=True)
    found = []
    for moment in moments:
        found.append(name_at(moment))
        (place / found[-1]).write_bytes(b"backup")
        BackupRun.objects.create(**{"name": found[-1], "size": 6, "made_at": moment, "verified_at": moment} | fields)
    return found


def night(days):
    """Three o'clock, so many nights before a Wednesday."""
    return datetime(2026, 11, 25, 3, tzinfo=UTC) - timedelta(days=days)


def test_prune_keeps_two_weeks_of_days_and_two_months_of_weeks(place):
    nights = put(place, *(night(days) for days in range(120)))

    gone = keeping.prune(place)

    # The last fourteen nights, and of each of the last eight weeks its Sunday, but for this week's, which is not over.
    sundays = [name_at(night(days)) for days in (3, 10, 17, 24, 31, 38, 45)]
    assert names(place) == {*nights[:14], *sundays}
    assert sorted(gone) == sorted(set(nights) - names(place))


def test_prune_keeps_the_weeks_where_a_service_was_off_for_long(place):
    old = put(place, night(400), night(380), night(2))

    assert keeping.prune(place) == []
    assert names(place) == set(old)


def test_prune_keeps_of_a_day_the_one_that_was_read_back(place):
    (verified,) = put(place, night(1))
    (unread,) = put(place, night(1) + timedelta(hours=5), verified_at=None)

    assert keeping.prune(place) == [unread]
    assert names(place) == {verified}


def test_prune_keeps_what_is_not_on_record_and_leaves_other_files(place):
    """After a restore the newest backups are not in the database that they were restored from."""
    put(place, night(1))
    (place / name_at(night(3))).write_bytes(b"backup")
    (place / "notes.txt").write_text("whom to call")

    assert keeping.prune(place) == []
    assert len(names(place)) == 3


def test_prune_never_lets_a_good_one_go_for_bad_ones(place, settings):
    settings.BACKUP_DAYS_KEPT = settings.BACKUP_WEEKS_KEPT = 1
    (good,) = put(place, night(9))
    bad = put(place, night(3), night(2), night(1), verified_at=None, finding="It does not hold.")

    keeping.prune(place)

    assert names(place) == {good, bad[-1]}


def test_prune_clears_what_a_killed_run_left_behind(place):
    put(place, night(1))
    for folder, age in ((".making-old", timedelta(days=2)), (".making-now", timedelta(minutes=5))):
        (place / folder).mkdir()
        (place / folder / "database.sqlite3").write_bytes(b"names")
        then = time.time() - age.total_seconds()
        os.utime(place / folder, (then, then))

    keeping.prune(place)

    assert ".making-old" not in names(place)
    assert ".making-now" in names(place)


def test_the_backup_command_lets_old_ones_go_and_unverified_does_not(place, settings):
    settings.BACKUP_DAYS_KEPT = settings.BACKUP_WEEKS_KEPT = 1
    (old,) = put(place, night(30))

    call_command("backup", to=place, unverified=True)
    assert old in names(place)

    call_command("backup", to=place)
    assert old not in names(place)
    reading.verify(place / BackupRun.objects.first().name)
