"""What the tests of the actions share: cases of the cast's school, and a look at everything an action could write."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps

from casework.models import Referral
from tests.cast import Cast
from tests.factories import ReferralFactory


@pytest.fixture
def case(cast: Cast) -> Callable[..., Referral]:
    """Makes a referral of the cast's pupil and therapist: `case(active=True)`."""

    def make(**fields: Any) -> Referral:
        ours = {"school": cast.school, "pupil": cast.pupil, "referred_by": cast.sendco}
        if "practitioner" not in fields:
            fields["practitioner"] = cast.therapist_practitioner
        return ReferralFactory(**ours | fields)

    return make


@pytest.fixture
def everything(db: None) -> Callable[[], dict[str, list[Any]]]:
    """Gives all rows of casework as the database holds them, to see that nothing was changed."""

    def rows() -> dict[str, list[Any]]:
        models = apps.get_app_config("casework").get_models(include_auto_created=True)
        return {model.__name__: list(model._base_manager.order_by("pk").values_list()) for model in models}

    return rows
