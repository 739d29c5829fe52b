"""Two people send one school's pack, or issue one letter, at the same instant: one counts, and no number is given twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.actions import letters, packs, registers
from casework.actions.refusals import StaleVersion
from casework.models import PACK_TEXTS, AssuranceLetter, SchoolPack
from tests.casework.together import together
from tests.factories import EvidenceFactory, RequirementFactory, SchoolYearFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_pack_sent_twice(cast):
    starts_on = timezone.localdate() - timedelta(days=30)
    year = SchoolYearFactory(service=cast.service, starts_on=starts_on, ends_on=starts_on + timedelta(days=364))
    texts = dict.fromkeys(PACK_TEXTS, "words")

    answers = together(
        lambda: packs.send(cast.school, year, by=cast.head, version=0, **texts),
        lambda: packs.send(cast.school, year, by=cast.sendco, version=0, **texts),
    )

    assert [type(answer) for answer in answers if isinstance(answer, Exception)] == [StaleVersion], answers
    assert SchoolPack.objects.get().number == 1


def test_one_letter_issued_twice(cast):
    EvidenceFactory(practitioner=cast.therapist_practitioner, requirement=RequirementFactory(service=cast.service))

    answers = together(
        lambda: letters.issue(cast.therapist_practitioner, cast.school, by=cast.coordinator),
        lambda: letters.issue_all(cast.school, by=cast.coordinator),
    )

    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    assert AssuranceLetter.objects.get().number == 1


def test_a_letter_issued_as_the_placement_ends(cast):
    EvidenceFactory(practitioner=cast.therapist_practitioner, requirement=RequirementFactory(service=cast.service))

    together(
        lambda: letters.issue(cast.therapist_practitioner, cast.school, by=cast.coordinator),
        lambda: registers.end(cast.placement, by=cast.coordinator),
    )

    assert not AssuranceLetter.objects.filter(replaced_at=None).exists()
