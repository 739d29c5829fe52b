"""Families: who cares for a child, how they are reached, who else helps, and what a court has said."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from casework.access import rules
from casework.actions import families, pupils, referrals
from casework.actions.refusals import StaleVersion
from casework.models import AuditEvent, Carer, Professional, Source
from tests.cast import PEOPLE
from tests.factories import ConflictBlockFactory, ProfessionalFactory, PupilFactory


def add_carer(cast, by, **fields):
    ours = {"pupil": cast.pupil, "name": " Oona Marlow ", "relationship": "father", "has_parental_responsibility": True}
    return families.add_carer(cast.pupil.family, by=by, **ours | fields)


def test_add_carer_is_sealed_under_the_familys_key(cast):
    carer = add_carer(cast, cast.sendco, telephone="01632 960555", email="oona@family.example")

    stored = Carer.objects.get(pk=carer.pk)
    assert (stored.name, stored.telephone, stored.email) == ("Oona Marlow", "01632 960555", "oona@family.example")
    assert (stored.data_key, stored.has_parental_responsibility) == (cast.pupil.family.data_key, True)
    assert AuditEvent.objects.get().subject == stored.uuid


def test_add_carer_for_a_pupil_whom_the_coordinator_just_added(cast):
    pupil = pupils.add(
        by=cast.coordinator, school=cast.school, year_group="4", first_name="Una", last_name="Marlow",
        date_of_birth=cast.pupil.date_of_birth,
    )  # fmt: skip
    referrals.start(
        by=cast.coordinator, school=cast.school, pupil=pupil, year_group="4",
        source=Source.OTHER, source_name="Coldwell surgery",
    )  # fmt: skip

    carer = families.add_carer(
        pupil.family, by=cast.coordinator, pupil=pupil, name="Oona", relationship="mother",
        has_parental_responsibility=True,
    )  # fmt: skip

    assert rules.visible_carers(cast.coordinator).filter(pk=carer.pk).exists()


def test_add_carer_refused(cast, everything):
    before = everything()

    for part in PEOPLE.keys() - {"head", "sendco"}:
        with pytest.raises(PermissionDenied):
            add_carer(cast, getattr(cast, part))
    with pytest.raises(PermissionDenied):
        add_carer(cast, cast.sendco, pupil=cast.other_pupil)
    with pytest.raises(ValidationError, match="another family"):
        families.add_carer(
            cast.other_pupil.family, by=cast.sendco, pupil=cast.pupil, name="Oona", relationship="mother",
            has_parental_responsibility=True,
        )  # fmt: skip
    for wrong in ({"email": "no address"}, {"name": " "}, {"relationship": ""}):
        with pytest.raises(ValidationError) as refused:
            add_carer(cast, cast.sendco, **wrong)
        assert list(refused.value.message_dict) == list(wrong)

    assert everything() == before


def test_change_carer_keeps_how_responsibility_is_known_with_who_and_when(cast):
    families.change_carer(
        cast.carer, by=cast.sendco, version=1, evidence="birth", language="Polish", needs_interpreter=True,
        contact_by="text", contact_when="After four.", not_safe_to_contact=True,
    )  # fmt: skip

    carer = Carer.objects.get(pk=cast.carer.pk)
    assert (carer.evidence, carer.evidence_seen_by, carer.evidence_seen_on) == (
        "birth", cast.sendco, timezone.localdate(),
    )  # fmt: skip
    assert (carer.language, carer.contact_when, carer.not_safe_to_contact) == ("Polish", "After four.", True)
    with pytest.raises(StaleVersion):
        families.change_carer(cast.carer, by=cast.head, version=1, language="Romanian")
    families.change_carer(carer, by=cast.head, version=2, evidence="", has_parental_responsibility=False)
    assert Carer.objects.get(pk=cast.carer.pk).evidence_seen_by is None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"relationship": "Foster carer"}, "has_parental_responsibility"),
        ({"relationship": "foster carer", "evidence": "told"}, "has_parental_responsibility"),
        ({"evidence": "told", "evidence_seen_on": timezone.localdate() + timedelta(days=1)}, "evidence_seen_on"),
        ({"evidence": "told", "has_parental_responsibility": False}, "__all__"),
        ({"email": "no address"}, "email"),
        ({"contact_by": "pigeon"}, "contact_by"),
    ],
)
def test_change_carer_refuses_in_words(fields, field, cast, everything):
    before = everything()
    with pytest.raises(ValidationError) as refused:
        families.change_carer(cast.carer, by=cast.sendco, version=1, **fields)
    assert list(refused.value.message_dict) == [field]
    assert everything() == before


def test_a_foster_carer_holds_responsibility_by_an_order_alone(cast):
    families.change_carer(cast.carer, by=cast.sendco, version=1, relationship="foster carer", evidence="order")
    assert Carer.objects.get(pk=cast.carer.pk).has_parental_responsibility


def test_acts_on_a_family_by_whom(cast, case, everything):
    case(active=True)
    professional = ProfessionalFactory(family=cast.pupil.family)
    acts = [
        lambda by: families.change_carer(cast.carer, by=by, version=1, language="Polish"),
        lambda by: families.add_professional(cast.pupil.family, by=by, name="Jo", job="Social worker"),
        lambda by: families.change_professional(professional, by=by, version=1, name="Jo"),
        lambda by: families.write_legal_note(cast.pupil.family, by=by, version=1, legal_note="An order."),
    ]
    before = everything()
    for act in acts:
        for part in PEOPLE.keys() - {"head", "sendco", "coordinator"}:
            with pytest.raises(PermissionDenied):
                act(getattr(cast, part))
    assert everything() == before
    for act in acts:
        act(cast.coordinator)


def test_a_family_is_closed_with_a_brother_who_is(cast, case):
    case(active=True)
    brother = PupilFactory(school=cast.school, family=cast.pupil.family, carer=None)
    ConflictBlockFactory(user=cast.head, pupil=brother)
    with pytest.raises(PermissionDenied):
        families.change_carer(cast.carer, by=cast.head, version=1, language="Polish")
    assert not rules.visible_families(cast.head).filter(pk=cast.pupil.family_id).exists()
    assert not rules.visible_professionals(cast.head).exists()
    assert rules.can_change_family(cast.sendco, cast.pupil.family)


def test_add_professional_is_sealed_and_a_family_has_one_lead(cast):
    families.add_professional(
        cast.pupil.family, by=cast.sendco, name="Jo Ferris", job="Social worker", agency="The county", is_lead=True
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, job, agency FROM casework_professional")
        assert all(text.startswith("sealed1:") for text in cursor.fetchone())
    with pytest.raises(ValidationError, match="lead practitioner already"):
        families.add_professional(cast.pupil.family, by=cast.sendco, name="Al", job="Nurse", is_lead=True)
    first = Professional.objects.get()
    families.change_professional(first, by=cast.sendco, version=1, ended_on=timezone.localdate())
    families.add_professional(cast.pupil.family, by=cast.sendco, name="Al", job="Nurse", is_lead=True)


def test_write_legal_note_is_refused_for_another_version(cast):
    families.write_legal_note(cast.pupil.family, by=cast.sendco, version=1, legal_note="An order.")
    with pytest.raises(StaleVersion):
        families.write_legal_note(cast.pupil.family, by=cast.sendco, version=1, legal_note="None.")
    assert AuditEvent.objects.get().detail == {"fields": ["legal_note"]}
