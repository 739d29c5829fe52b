"""Signs a stand-in for a browser in as a person who has taken the second step: for measurements, and for tests.

It needs Django's test client, which no request ever comes by.
"""

from types import SimpleNamespace
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.test import Client

from allyance_site.people.second_factor import STEP

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(client: Client, user: Any) -> None:
    """As after password and code."""
    client.force_login(user, backend=BACKEND)
    session = client.session
    record_authentication(SimpleNamespace(session=session), user, STEP)
    session.save()
