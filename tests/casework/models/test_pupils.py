"""Pupils, families, enrolments and conflicts of interest."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.factories import CarerFactory, ConflictBlockFactory, EnrolmentFactory, FamilyFactory, PupilFactory


def test_pupil_is_shown_by_reference(db):
    pupil = PupilFactory(first_name="Wren", last_name="Marlow", reference="P-118")

    assert str(pupil) == "P-118"
    assert pupil.short_name == "Wren M"
    shown = [str(pupil.enrolments.get()), str(pupil.family), str(pupil.family.carers.get())]
    assert not [words for words in shown if "Wren" in words or "Marlow" in words]


def test_pupil_reference_is_unique(db):
    pupil = PupilFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        PupilFactory(reference=pupil.reference)


@pytest.mark.parametrize(
    ("born", "age"),
    [(date(2018, 9, 1), 8), (date(2018, 9, 2), 7), (date(2020, 2, 29), 6)],
)
def test_pupil_age_counts_whole_years(born, age):
    assert PupilFactory.build(date_of_birth=born).age_on(date(2026, 9, 1)) == age


def test_pupil_goes_to_one_school_at_a_time(db):
    pupil = PupilFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        EnrolmentFactory(pupil=pupil)


def test_pupil_may_move_to_another_school(db):
    pupil = PupilFactory()
    pupil.enrolments.update(ends_at=timezone.now())

    EnrolmentFactory(pupil=pupil)

    assert pupil.enrolments.current().count() == 1


def test_carer_details_are_sealed_under_the_family_key(db):
    family = FamilyFactory()
    carer = CarerFactory(family=family, name="Ada Ambler", telephone="01632 960118")

    row = type(carer).objects.filter(pk=carer.pk).values("name", "telephone").get()
    assert carer.data_key == family.data_key
    assert all(token.startswith("sealed1:") for token in row.values())
    carer.refresh_from_db()
    assert (carer.name, carer.telephone) == ("Ada Ambler", "01632 960118")


def test_carer_in_foster_care_holds_no_parental_responsibility(db):
    assert not CarerFactory(foster=True).has_parental_responsibility


def test_conflict_block_is_open_once(db):
    block = ConflictBlockFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        ConflictBlockFactory(user=block.user, pupil=block.pupil)


def test_conflict_block_names_nobody(db):
    block = ConflictBlockFactory()

    assert str(block) == f"conflict of interest {block.pk}"
