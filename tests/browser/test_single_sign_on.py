"""Single sign-on as a browser goes: from our page to a real provider on the loopback, and back to us."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.allyance_site.people import a_school

from .conftest import ROOT, SignIn, environment

HEAD, STRANGER = "5f2b9e", "0c77d1"  # as the provider calls them
ENTER_IT = """
import sys
from allauth.socialaccount.models import SocialAccount
from allyance_site.people.models import Provider, User
from casework.models import Service
issuer, secret, subject = sys.stdin.read().split("|")
provider = Provider(name="Larkwell Trust", issuer=issuer, client_id="allyance", proof_claim="amr", proof_value="mfa")
provider.secret = secret
provider.save()
provider.allowed_in.set(Service.objects.all())
head = User.objects.get(email="head2@allyance.example")
SocialAccount.objects.create(user=head, provider=str(provider.uuid), uid=subject)
"""


@pytest.fixture(scope="module")
def school(installation: Path, address: str) -> Iterator[str]:
    """A trust whose provider the demo knows while these tests run: a form of ours takes only one with TLS."""
    with a_school.running() as issuer:
        a_school.says(issuer, claims=a_school.MFA)
        subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", ENTER_IT],
            cwd=ROOT,
            env=environment(installation) | {"DJANGO_SETTINGS_MODULE": "allyance_site.settings.local"},
            input="|".join([issuer, a_school.SECRET, HEAD]),
            text=True,
            check=True,
        )
        yield issuer
    with closing(sqlite3.connect(installation / "data" / "allyance.sqlite3", timeout=20)) as database, database:
        database.execute("UPDATE people_provider SET is_offered = 0")


def go_by_school(page: Page, school: str, subject: str) -> None:
    """From our page to sign in, and what the person does at the school."""
    page.context.route(re.compile("^https:"), lambda route: route.abort())  # the provider's style sheet lies elsewhere
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with Larkwell Trust").click()
    page.wait_for_url(f"{school}/oauth2/authorize**")
    page.get_by_placeholder("sub").fill(subject)
    page.get_by_role("button", name="Authorize").click()


def test_whom_the_school_knows_comes_back_signed_in(sign_in: SignIn, school: str, address: str):
    page = sign_in(None)
    go_by_school(page, school, HEAD)
    page.wait_for_url(f"{address}/admin/")
    expect(page.get_by_role("link", name="Refer a child").first).to_be_visible()


def test_whom_nobody_linked_is_refused(sign_in: SignIn, school: str, address: str):
    page = sign_in(None)
    go_by_school(page, school, STRANGER)
    expect(page.get_by_role("heading", name="Your sign-in at Larkwell Trust is not linked yet")).to_be_visible()
    page.goto("/admin/")
    assert page.url.startswith(f"{address}/sign-in/")
