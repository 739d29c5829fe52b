"""How much a page asks the database beyond an empty page of ours, however many rows there are: counted, not timed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from allyance_site.management.bench.pages import queries, with_an_empty_page
from casework.access import rules
from casework.admin.case_tabs import TABS
from casework.admin.registers import REGISTERS
from tests.factories import (
    CarerFactory,
    ProcessNoteFactory,
    PupilFactory,
    ReferralFactory,
    ReviewFactory,
    SchoolPackFactory,
    SchoolYearFactory,
    SessionFactory,
)

pytestmark = pytest.mark.one_database  # either is asked as often

A_LIST, A_CASE_FILE = 10, 16
READERS = ["coordinator", "supervisor", "therapist", "head", "sendco"]


@pytest.fixture
def rows(cast):
    """A long case and many short ones, at a school that has sent its pack."""
    today = timezone.localdate()
    year = SchoolYearFactory(service=cast.service, starts_on=today - timedelta(days=9), ends_on=today)
    SchoolPackFactory(school=cast.school, school_year=year)
    for _ in range(12):
        pupil = PupilFactory(school=cast.school)
        case = ReferralFactory(active=True, school=cast.school, pupil=pupil, history=False)
        SessionFactory(referral=case)
    case = ReferralFactory(
        review=True,
        school=cast.school,
        pupil=cast.pupil,
        practitioner=cast.therapist_practitioner,
        referred_by=cast.sendco,
    )
    for _ in range(6):
        ProcessNoteFactory(session=SessionFactory(referral=case, attendance=cast.items["Came"]))
        ReviewFactory(referral=case)
        CarerFactory(family=cast.pupil.family)
    return case


@pytest.mark.parametrize("reader", READERS)
def test_a_list_asks_at_most_ten_questions_beyond_the_frame(cast, client_for, rows, reader):
    user = getattr(cast, reader)
    client = client_for(user)
    lists = {
        register.base_url_path: register.address("index")
        for register in REGISTERS
        if register.policy.rules.listed(user)
    }

    with with_an_empty_page() as empty:
        frame = queries(client, empty)
        beyond = {name: queries(client, address) - frame for name, address in lists.items()}

    assert "referrals" in beyond
    assert {name: asked for name, asked in beyond.items() if asked > A_LIST} == {}


@pytest.mark.parametrize("reader", READERS)
def test_a_case_file_asks_at_most_sixteen_questions_beyond_the_frame(cast, client_for, rows, reader):
    user = getattr(cast, reader)
    client = client_for(user)
    file = reverse("casework_case", args=[rows.uuid])
    open_to_them = [tab.key for tab in TABS if client.get(file, {"tab": tab.key}).status_code == 200]

    with with_an_empty_page() as empty:
        frame = queries(client, empty)
        beyond = {key: queries(client, f"{file}?tab={key}") - frame for key in open_to_them}

    assert "overview" in beyond
    assert {key: asked for key, asked in beyond.items() if asked > A_CASE_FILE} == {}


def test_a_referral_that_waits_for_a_yes_asks_no_more(cast, client_for):
    case = ReferralFactory(submitted=True, school=cast.school, pupil=cast.pupil, referred_by=cast.sendco)
    client = client_for(cast.coordinator)
    assert rules.visible_referrals(cast.coordinator).filter(pk=case.pk).exists()

    with with_an_empty_page() as empty:
        frame = queries(client, empty)
        assert queries(client, reverse("casework_case", args=[case.uuid])) - frame <= A_CASE_FILE
