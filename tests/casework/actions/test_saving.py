"""Saving where another is quicker: the database refuses, and the words are those of its constraint."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from casework.actions.saving import SAVED_BY_ANOTHER, save_clean
from casework.models import Cluster
from tests.factories import ClusterFactory


@pytest.fixture
def quicker(cast, monkeypatch):
    """Lets a cluster of the same name be saved between the check and the saving of one."""
    check = Cluster.full_clean
    rivals = []

    def full_clean(self, *, exclude=None):
        if not rivals:
            check(self, exclude=exclude)
            rivals.append(ClusterFactory(service=cast.service, name="Westerby"))
        elif not blind:
            check(self, exclude=exclude)

    blind = []
    monkeypatch.setattr(Cluster, "full_clean", full_clean)
    return blind


def test_save_clean_when_another_was_quicker(cast, quicker):
    with pytest.raises(ValidationError, match="already exists"):
        save_clean(Cluster(service=cast.service, name="Westerby"))

    assert Cluster.objects.filter(name="Westerby").count() == 1
    assert not connection.needs_rollback


def test_save_clean_when_nobody_can_say_what_is_wrong(cast, quicker):
    quicker.append(True)

    with pytest.raises(ValidationError, match=SAVED_BY_ANOTHER):
        save_clean(Cluster(service=cast.service, name="Westerby"))
