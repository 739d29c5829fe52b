"""What every drill has: the cast on a database that other processes see, and processes that end with the drill."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.urls import reverse

from casework.models import Referral
from tests.cast import Cast, build
from tests.drills.processes import Running, Web
from tests.factories import ReferralFactory

Start = Callable[..., Running]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Committed, for others to see."""
    return build()


@pytest.fixture
def case(cast: Cast) -> Referral:
    """A case that the therapist works."""
    return ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)


@pytest.fixture
def record(case: Referral) -> str:
    """Where a session of this case is recorded."""
    return reverse("casework_session_record", args=[case.uuid])


@pytest.fixture
def start(transactional_db: None, tmp_path: Path) -> Iterator[Start]:
    """Start the web server or another line of the Procfile, with these names in its environment."""
    running: list[Running] = []

    def start(name: str, **environment: str) -> Running:
        log = tmp_path / f"{name}.log"
        made = Web(log, **environment) if name == "web" else Running(name, log, **environment)
        running.append(made)
        return made

    yield start
    for process in running:
        process.kill()
