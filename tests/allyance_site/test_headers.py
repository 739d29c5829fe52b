"""Every answer says what its page may do; only the editor's pages may run what stands in them.

That each address says it to everybody is seen in the matrix, which looks at every answer: `tests/matrix/told.py`.
"""

from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import resolve, reverse

from allyance_site import headers, surfaces
from casework.models import Referral
from tests.factories import ReferralFactory
from tests.matrix.addresses import Address, every_address
from tests.matrix.told import ALWAYS

OVER_TLS = ALWAYS | {"Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload"}


@pytest.fixture
def behind_tls(settings):
    settings.SECURE_HSTS_SECONDS = 63072000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True


def entered(address: Address) -> frozenset[str]:
    return surfaces.surfaces_of(surfaces.address_of(resolve(address.path())))


def test_only_the_editors_addresses_may_run_what_stands_in_the_page():
    loose = {address.name for address in every_address() if headers.policy_of(address.name) == headers.EDITOR}
    assert not [name for name in loose if "casework" in name or name.startswith(("account_", "mfa_"))]
    assert "wagtailadmin_pages:edit" in loose
    for policy in (headers.PUBLIC, headers.WORK):
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy and "nonce" not in policy and "*" not in policy and "http" not in policy
        assert "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy and "form-action 'self'" in policy


def test_an_address_of_two_surfaces_is_the_editors_only_where_both_are():
    """Otherwise somebody's record would be shown under the editor's policy."""
    shared = [one for one in every_address() if entered(one) & headers.EDITORS and entered(one) - headers.EDITORS]
    assert {address.name for address in shared} == {"school_sign_ins", "school_sign_in_change"}
    assert {headers.policy_of(address.name) for address in shared} == {headers.WORK}


@pytest.mark.parametrize("path", ["/static/public/site.css", "/static/nothing.css", "/healthz"])
def test_files_and_what_asks_nobody_say_it_too(client, db, behind_tls, path):
    response = client.get(path, secure=True)
    assert {name: response.headers.get(name) for name in OVER_TLS} == OVER_TLS
    assert response.headers[headers.POLICY] == headers.PUBLIC


def test_a_stricter_policy_of_a_view_stands(rf):
    def stricter(request):
        from django.http import HttpResponse

        return HttpResponse(headers={headers.POLICY: "default-src 'none'"})

    assert headers.HeadersMiddleware(stricter)(rf.get("/"))[headers.POLICY] == "default-src 'none'"


def test_headers_are_set_outside_everything_else():
    assert settings.MIDDLEWARE[0] == "allyance_site.headers.HeadersMiddleware"


class TestNotThere:
    """Somebody else's record, a closed address and a page that never was: one answer, to the last header."""

    def test_for_somebody_who_is_signed_in(self, cast, client_for):
        foreign = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil)
        client = client_for(cast.other_therapist)
        paths = [
            reverse("casework_case", args=[foreign.uuid]),
            reverse("casework_case", args=[uuid4()]),
            reverse("casework_session_record", args=[foreign.uuid]),
            "/admin/users/",
            "/admin/no-such-address/",
            "/documents/999999/nothing.pdf",
            "/no-such-page/",
        ]
        answers = [client.get(path) for path in paths]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1
        assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1
        assert not any(answer.cookies for answer in answers)
        assert Referral.objects.get(pk=foreign.pk).reference not in answers[0].content.decode()

    def test_for_a_form_too(self, cast, client_for):
        foreign = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil)
        client = client_for(cast.other_therapist)
        paths = [reverse("casework_session_record", args=[uuid]) for uuid in (foreign.uuid, uuid4())]
        form = {"form_key": str(uuid4()), "note": "words"}
        answers = [client.post(path, form) for path in [*paths, "/admin/users/"]]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content + str(sorted(answer.headers.items())).encode() for answer in answers}) == 1


class TestCookies:
    def test_visitor_gets_none_on_the_website(self, client, cast):
        for address in every_address():
            if surfaces.PUBLIC in entered(address):
                assert not client.get(address.path()).cookies, address
        assert not client.get("/no-such-page/").cookies and not client.get("/admin/").cookies
        assert not client.cookies

    def test_script_reads_none(self, client, db):
        client.get(reverse(settings.LOGIN_URL))
        assert client.cookies
        assert all(cookie["httponly"] and cookie["samesite"] for cookie in client.cookies.values())
