"""The allocation board: who waits, who fits and why in words, one button, and the undo."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from allyance_site.management.bench.pages import queries
from casework.admin import board
from casework.lifecycle import Status
from casework.models import AuditEvent, Referral
from tests.casework.admin.sending import text_of
from tests.factories import (
    ConflictBlockFactory,
    PlacementFactory,
    PractitionerFactory,
    PupilFactory,
    ReferralFactory,
    SchoolYearFactory,
    ServiceAgreementFactory,
    SessionFactory,
)

ADDRESS = "/admin/board/"


def waits(cast, *, days=1, **fields):
    school = fields.pop("school", cast.school)
    fields.setdefault("pupil", PupilFactory(school=school))
    referral = ReferralFactory(school=school, referred_by=cast.sendco, accepted=True, **fields)
    Referral.objects.filter(pk=referral.pk).update(submitted_at=timezone.now() - timedelta(days=days))
    return referral


def board_of(client, **asked):
    return text_of(client.get(ADDRESS, asked))


def test_urgent_and_oldest_stand_first_with_the_reason_in_words(cast, client_for):
    younger = waits(cast, days=3, offered_days="0")
    older = waits(cast, days=16, offered_days="2")
    urgent = waits(cast, days=1, how_soon="urgent")

    page = board_of(client_for(cast.coordinator))

    assert page.index(urgent.reference) < page.index(older.reference) < page.index(younger.reference)
    assert "The longest wait is 16 days." in page
    name = cast.therapist_practitioner.name
    assert f"{name}: play therapist, here on Monday, as the school offers, 12 h a week free" in page
    assert f"{name}: play therapist, here on Monday, which the school does not offer" in page
    assert f"Allocate {urgent.reference}</button>" in page
    assert "No hours are agreed with the school for this year." in page
    assert f"{name}</th>" not in page and "0 of 12 h" in page


def test_language_and_continuity_make_a_therapist_fit_best(cast, client_for):
    speaks = PractitionerFactory(service=cast.service, languages="Polish, Urdu", name="Zofia Ambler")
    PlacementFactory(practitioner=speaks, school=cast.school)
    carer = cast.pupil.family.carers.first()
    carer.language = "Polish"
    carer.save()
    waits(cast, pupil=cast.pupil)
    known = waits(cast)
    earlier = ReferralFactory(
        closed=True, school=cast.school, pupil=known.pupil, practitioner=cast.therapist_practitioner
    )
    SessionFactory(referral=earlier, practitioner=cast.therapist_practitioner, attendance=cast.items["Came"])

    page = board_of(client_for(cast.coordinator))

    assert "The family speaks Polish." in page
    assert "Fits best: Zofia Ambler" in page and "speaks Polish" in page
    assert f"Fits best: {cast.therapist_practitioner.name}" in page and "knows the child" in page


def test_a_conflict_of_interest_is_not_offered_and_not_explained(cast, client_for):
    waits(cast, pupil=cast.pupil)
    ConflictBlockFactory(user=cast.therapist, pupil=cast.pupil)

    page = board_of(client_for(cast.coordinator))

    assert str(cast.placement.uuid) not in page
    assert "conflict" not in page.lower()
    assert "can take this case at this school" in page


@pytest.mark.parametrize(("hours", "words"), [(40, "The school has 40 h left this year."), (0, "none of its hours")])
def test_hours_are_said_and_only_warn(cast, client_for, hours, words):
    today = timezone.localdate()
    year = SchoolYearFactory(service=cast.service, starts_on=today - timedelta(days=90))
    agreement = ServiceAgreementFactory(
        school=cast.school, school_year=year, hours=Decimal(hours), made_by=cast.coordinator
    )
    if hours:
        agreement.hours_entries.create(school=cast.school, on=today, kind="agreed", hours=hours, by=cast.coordinator)
    referral = waits(cast)
    client = client_for(cast.coordinator)

    assert words in board_of(client)
    assert words in text_of(client.get(reverse("casework_step", args=[referral.uuid, "allocate"])))


def form_of(client, referral):
    """The hidden fields of one row's form, as the page has them."""
    rows = client.get(ADDRESS).context["rows"]
    row, key = next(one for one in rows if one[0].case.uuid == referral.uuid)
    return {"form_key": str(key), "version": row.version, "from_board": "soon=term", "therapist": ""}


def test_one_button_allocates_and_one_click_undoes(cast, client_for):
    referral = waits(cast)
    client = client_for(cast.coordinator)
    slot = {"therapist": str(cast.placement.uuid), "weekday": "0", "time": "09:15", "parents_first": "on"}
    fields = form_of(client, referral) | slot

    answer = client.post(reverse("casework_step", args=[referral.uuid, "allocate"]), fields)

    assert answer["Location"] == f"{ADDRESS}?soon=term"
    referral.refresh_from_db()
    assert referral.status == Status.ALLOCATED
    page = client.get(ADDRESS)
    (allocation, minutes, key) = page.context["undoable"][0]
    assert (allocation.referral, minutes, allocation.parents_first) == (referral, 10, True)
    undo = {"form_key": str(key), "version": referral.version, "from_board": ""}
    answer = client.post(reverse("casework_step", args=[referral.uuid, "undo_allocation"]), undo)
    assert answer["Location"] == ADDRESS
    referral.refresh_from_db()
    assert referral.status == Status.ACCEPTED
    assert referral.allocations.get().ends_at is not None
    assert [*referral.changes.values_list("step", flat=True)][-2:] == ["allocate", "undo_allocation"]


def test_a_taken_hour_is_refused_in_words_at_the_form(cast, client_for):
    client = client_for(cast.coordinator)
    slot = {"therapist": str(cast.placement.uuid), "weekday": "0", "time": "09:15"}
    first, second = waits(cast), waits(cast)
    client.post(reverse("casework_step", args=[first.uuid, "allocate"]), form_of(client, first) | slot)

    answer = client.post(reverse("casework_step", args=[second.uuid, "allocate"]), form_of(client, second) | slot)

    assert answer.status_code == 200
    assert "This therapist already sees another pupil at that time." in text_of(answer)


def test_filters_narrow_pupils_and_therapists(cast, client_for):
    music = PractitionerFactory(
        service=cast.service, discipline=cast.items["Music therapist"], languages="Welsh", name="Aled Garron"
    )
    PlacementFactory(practitioner=music, school=cast.other_school, monday=False, friday=True)
    here = waits(cast, offered_days="0")
    there = waits(cast, school=cast.other_school, offered_days="4", how_soon="soon")
    client = client_for(cast.coordinator)
    discipline = str(cast.items["Music therapist"].pk)

    for asked in (
        {"discipline": discipline},
        {"day": "4"},
        {"school": str(cast.other_school.uuid)},
        {"language": "Welsh"},
        {"soon": "soon"},
    ):
        page = board_of(client, **asked)
        assert there.reference in page and here.reference not in page, asked
    assert "Saoirse Calder: play" not in board_of(client, discipline=discipline)
    for nonsense in ({"day": "9"}, {"school": "x"}, {"p": "x"}, {"soon": "<b>"}):
        assert here.reference in board_of(client, **nonsense)


def test_it_names_no_child_is_on_record_and_is_the_coordinators_alone(cast, client_for):
    waits(cast, pupil=cast.pupil)
    page = board_of(client_for(cast.coordinator))
    assert cast.pupil.last_name not in page and cast.pupil.first_name not in page
    event = AuditEvent.objects.filter(verb="listed").latest("pk")
    assert event.detail == {"rows": 1, "search": False}
    for part in ("head", "sendco", "therapist", "supervisor", "tsl", "outsider"):
        other = client_for(getattr(cast, part)).get(ADDRESS)
        assert other.status_code == (200 if part == "outsider" else 404)
        assert "R26-" not in text_of(other)


def test_it_asks_no_more_for_more_rows_and_comes_in_pages(cast, client_for, monkeypatch):
    monkeypatch.setattr(board, "ON_A_PAGE", 6)
    client = client_for(cast.coordinator)
    for days in (1, 2):
        waits(cast, days=days)
    asked = queries(client, ADDRESS)
    for days in range(3, 12):
        PlacementFactory(practitioner=PractitionerFactory(service=cast.service), school=cast.school)
        waits(cast, days=days, school=(cast.school, cast.other_school)[days % 2])

    assert queries(client, ADDRESS) == asked
    assert "Page 1 of 2" in board_of(client)
