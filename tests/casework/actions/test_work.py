"""Other work: who writes it down, whose hours it costs, and a group's hour once for all its children."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.access import rules
from casework.actions import work
from casework.actions.refusals import StaleVersion
from casework.models import HoursEntry, ListName, Referral, Session, Work
from tests.cast import Cast
from tests.factories import ConflictBlockFactory, ListItemFactory, PupilFactory, ReferralFactory


def case(cast: Cast, school: Any = None) -> Referral:
    school = school or cast.school
    return ReferralFactory(
        school=school, pupil=PupilFactory(school=school), active=True, practitioner=cast.therapist_practitioner
    )


def kind(cast: Cast, label: str, work_kind: str = "", *, charged: bool = True, **fields: Any) -> Any:
    return ListItemFactory(
        **{"service": cast.service, "list": ListName.WORK} | fields, label=label, work_kind=work_kind, charged=charged
    )


def record(cast: Cast, what: Any, **fields: Any) -> Work:
    given = {"by": cast.therapist, "starts_at": timezone.now() - timedelta(hours=2), "minutes": 60}
    return work.record(what, **given | fields)


def test_a_groups_hour_is_charged_once_and_each_child_has_its_own_attendance(cast: Cast) -> None:
    came, away = case(cast), case(cast)

    group = record(
        cast, kind(cast, "Group", "group"), group={came: cast.items["Came"], away: cast.items["Pupil absent"]}
    )

    assert {one.referral: one.attendance.seen for one in Session.objects.filter(group=group)} == {
        came: True, away: False,
    }  # fmt: skip
    assert list(HoursEntry.objects.values_list("school", "hours", "work")) == [(cast.school.pk, Decimal(-1), group.pk)]


def test_work_is_charged_by_its_kind(cast: Cast) -> None:
    record(cast, kind(cast, "Travel", "travel", charged=False), school=cast.school)
    record(cast, kind(cast, "Supervision", "supervision", charged=False))
    assert not HoursEntry.objects.exists()

    met = record(cast, kind(cast, "Meeting with parents", "parents"), referral=case(cast), minutes=30)
    assert (met.school, HoursEntry.objects.get().hours) == (cast.school, Decimal("-0.5"))


def test_work_that_makes_no_sense_is_refused(cast: Cast) -> None:
    group, parents, advice = kind(cast, "Group", "group"), kind(cast, "Parents", "parents"), kind(cast, "Advice")
    wrong = [
        (group, {"group": {}}),
        (group, {"group": {case(cast): cast.items["Came"], case(cast, cast.other_school): cast.items["Came"]}}),
        (parents, {"school": cast.school}),
        (advice, {}),
        (advice, {"school": cast.hidden_school}),
        (advice, {"school": cast.school, "starts_at": timezone.now() + timedelta(days=2)}),
        (advice, {"school": cast.school, "minutes": 4}),
    ]
    for what, fields in wrong:
        with pytest.raises(ValidationError):
            record(cast, what, **fields)
    assert not Work.objects.exists()
    assert not HoursEntry.objects.exists()


def test_nobody_writes_for_another_or_in_anothers_case(cast: Cast) -> None:
    advice = kind(cast, "Advice")
    others = ReferralFactory(
        school=cast.other_school, pupil=PupilFactory(school=cast.other_school), active=True,
        practitioner=cast.other_practitioner,
    )  # fmt: skip
    refused = [
        {"by": cast.coordinator, "school": cast.school},
        {"by": cast.head, "school": cast.school},
        {"referral": others},
    ]
    for fields in refused:
        with pytest.raises(PermissionDenied):
            record(cast, advice, **fields)
    for what in (kind(cast, "Old", active=False), kind(cast, "Theirs", service=cast.other_service), cast.items["Came"]):
        with pytest.raises(PermissionDenied):
            record(cast, what, school=cast.school)


def test_work_on_a_case_is_seen_by_who_sees_the_case(cast: Cast) -> None:
    met = record(cast, kind(cast, "Parents", "parents"), referral=case(cast))
    record(cast, kind(cast, "Travel", "travel", charged=False))

    def seen() -> set[str]:
        return {who for who, person in cast.people().items() if met in rules.visible_case_work(person)}

    assert seen() == {"therapist", "coordinator", "supervisor", "head", "sendco"}
    assert list(rules.visible_case_work(cast.coordinator)) == [met]
    ConflictBlockFactory(user=cast.supervisor, pupil=met.referral.pupil)
    assert "supervisor" not in seen()


def test_work_is_mended_while_it_is_fresh_and_the_ledger_with_it(cast: Cast) -> None:
    met = record(cast, kind(cast, "Parents", "parents"), referral=case(cast))
    earlier = met.starts_at - timedelta(hours=1)

    def change(by: Any = cast.therapist, starts_at: Any = earlier) -> Work:
        return work.change(met, by=by, version=met.version, starts_at=starts_at, minutes=30)

    with pytest.raises(ValidationError):
        change(starts_at=timezone.now() + timedelta(days=2))
    for person in (cast.coordinator, cast.other_therapist, cast.head):
        with pytest.raises(PermissionDenied):
            change(by=person)
    changed = change()

    assert (changed.minutes, changed.starts_at, changed.version) == (30, earlier, 2)
    assert [entry.hours for entry in HoursEntry.objects.standing()] == [Decimal("-0.5")]
    with pytest.raises(StaleVersion):
        change()
    Work.objects.filter(pk=met.pk).update(created_at=timezone.now() - rules.WORK_LOCKS_AFTER)
    with pytest.raises(PermissionDenied):
        change()
    assert set(rules.visible_own_work(cast.therapist)) == {met}
    assert not rules.visible_own_work(cast.coordinator).exists()
