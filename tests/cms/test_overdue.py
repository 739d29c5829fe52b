"""Numbers that nobody has checked in time: the editors of their site see them, and so does who checks before going live."""

from datetime import timedelta

import pytest
from django.core.checks import run_checks

from cms import checks, groups
from cms.models import DirectoryEntry, Helpline
from cms.overdue import overdue
from tests.cms.conftest import CHECKED_ON

LATER = CHECKED_ON + timedelta(days=90)


def test_overdue_is_what_was_to_be_checked_by_today(site, cluster_site):
    assert overdue(LATER - timedelta(days=1)) == []
    assert len(overdue(LATER)) == Helpline.objects.count() + DirectoryEntry.objects.count()


@pytest.fixture
def late(site, cluster_site):
    """One number of each site, overdue for ever."""
    for place, name in ((site, "NSPCC"), (cluster_site, "Samaritans")):
        Helpline.objects.of(place).filter(name=name).update(last_checked="2020-01-01", review_by="2020-04-01")


def test_report_shows_an_editor_those_of_their_own_site(cast, client_for, late, site):
    Helpline.objects.exclude(review_by="2020-04-01").update(review_by="2999-01-01")
    DirectoryEntry.objects.update(review_by="2999-01-01")
    cast.editor.groups.add(groups.editors_of(site))
    answer = client_for(cast.editor).get("/admin/numbers-to-check/").content.decode()
    assert "NSPCC" in answer and "1 April 2020" in answer
    assert "Samaritans" not in answer


def test_check_before_going_live_names_each(late):
    said = [warning.msg for warning in checks.somebody_checks_the_numbers(None)]
    assert any("NSPCC" in words and "Larkwell" in words for words in said)
    assert {warning.id for warning in run_checks(include_deployment_checks=True)} >= {"cms.W001"}
