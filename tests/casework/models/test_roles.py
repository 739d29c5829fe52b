"""Role rows and shares: held once at a time, given again after an end, and always ending where they must."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, models, transaction

from tests.factories import (
    CaseShareFactory,
    ClusterRoleFactory,
    SchoolRoleFactory,
    SchoolShareFactory,
    ServiceRoleFactory,
)

ROLES = [ServiceRoleFactory, ClusterRoleFactory, SchoolRoleFactory]


def same(row, **fields):
    """What is held, by whom and on what."""
    return {"user": row.user, "permission": row.permission, "content_object": row.content_object, **fields}


@pytest.mark.parametrize("factory", ROLES)
def test_role_is_held_once_at_a_time(db, factory):
    row = factory()

    with pytest.raises(IntegrityError), transaction.atomic():
        factory(**same(row))


@pytest.mark.parametrize("factory", ROLES)
def test_role_can_be_given_again_once_it_ended(db, factory):
    row = factory(ended=True)

    assert factory(**same(row)).pk != row.pk


@pytest.mark.parametrize("factory", ROLES)
def test_role_ends_after_it_starts(db, factory):
    row = factory.build()

    with pytest.raises(IntegrityError, match="role_period"), transaction.atomic():
        factory(ends_at=row.starts_at - timedelta(days=9))


@pytest.mark.parametrize("factory", [*ROLES, CaseShareFactory])
def test_role_keeps_the_people_and_things_that_it_names(db, factory):
    row = factory()

    for field in ("user", "content_object"):
        with pytest.raises(models.ProtectedError), transaction.atomic():
            getattr(row, field).delete()


@pytest.mark.parametrize("factory", [CaseShareFactory, SchoolShareFactory])
def test_share_must_end(db, factory):
    with pytest.raises(IntegrityError, match="share_ends"), transaction.atomic():
        factory(ends_at=None)


def test_role_row_names_nobody(db):
    row = SchoolRoleFactory(user__last_name="Marlow")

    assert str(row) == f"school role {row.pk}"
