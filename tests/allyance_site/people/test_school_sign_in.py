"""Signing in with what a school has: a real provider over HTTP, what it proves, and what proves nothing."""

import time
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.test import Client

from allyance_site.people import invitations
from allyance_site.people.models import Invitation, Provider, User
from casework.access import rules
from casework.access.roles import Role
from casework.models import Service
from tests.factories import SchoolRoleFactory
from tests.signed_in import sign_in

from . import a_school
from .a_school import MFA, SECRET
from .conftest import PASSWORD, STEP, code_of, enter, is_signed_in, send_password
from .test_invitations import link_in

SUBJECT = "5f2b9e"


@pytest.fixture(scope="module")
def issuer():
    """The address of the school's provider."""
    with a_school.running() as address:
        yield address


@pytest.fixture
def say(issuer):
    """Changes what the school's answers say; at first they say what is true."""

    says = partial(a_school.says, issuer)
    says()
    return says


@pytest.fixture
def school(cast, issuer, say):
    provider = Provider(name="Larkwell Trust", issuer=issuer, client_id="allyance")
    provider.secret = SECRET
    provider.save()
    return provider


@pytest.fixture
def linked(cast, school):
    """The head, who has a password and no second step yet."""
    SocialAccount.objects.create(user=cast.head, provider=str(school.uuid), uid=SUBJECT)
    cast.head.set_password(PASSWORD)
    cast.head.save()
    return cast.head


def allow_second_step(school, service, claim="amr", value="mfa"):
    Provider.objects.filter(pk=school.pk).update(proof_claim=claim, proof_value=value)
    school.allowed_in.add(service)


def off(client, school, path="/sign-in/school/{}/", **form):
    """Where the browser is sent to."""
    page = BeautifulSoup(client.post(path.format(school.uuid), form, follow=True).content, "html.parser")
    return page.find("meta", {"http-equiv": "refresh"})["content"].partition("url=")[2]


def at_school(address, subject=SUBJECT):
    """Sign in there; where the school sends the browser back to."""
    answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    home, path = "http://127.0.0.1:8000", answer.headers["Location"]
    assert path.startswith(f"{home}/sign-in/school/")
    return path.removeprefix(home)


def come_back(client, school, **form):
    return client.get(at_school(off(client, school, **form)))


def text_of(response):
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


class TestSigningIn:
    def test_sign_in_page_names_what_is_offered_and_nothing_else(self, client, db, school):
        assert "Sign in with Larkwell Trust" in text_of(client.get("/sign-in/"))
        Provider.objects.update(is_offered=False)
        assert "Sign in with" not in text_of(client.get("/sign-in/")).replace("Sign in with a passkey", "")
        assert client.post(f"/sign-in/school/{school.uuid}/").status_code == 404
        assert client.get(f"/sign-in/school/{school.uuid}/back/").status_code == 404

    def test_linked_person_signs_in_and_is_asked_for_our_second_step(self, client, linked, school):
        TOTP.activate(linked, generate_totp_secret())
        response = come_back(client, school, next="/library/")
        assert response["Location"] == STEP
        assert not is_signed_in(client)
        response = client.post(STEP, {"code": code_of(linked)})
        assert (response["Location"], is_signed_in(client)) == ("/library/", True)

    def test_whoever_has_no_second_step_sets_one_up(self, client, linked, school):
        come_back(client, school)
        assert "Set up your second step" in text_of(client.get("/account/"))
        assert client.get("/admin/")["Location"] == "/account/"

    def test_second_step_at_the_school_counts_where_the_claim_proves_it(self, cast, client, linked, school, say):
        allow_second_step(school, cast.service)
        say(claims=MFA)
        assert come_back(client, school)["Location"] == "/admin/"
        assert client.get("/admin/").status_code == 200

    @pytest.mark.parametrize("claims", [{}, {"amr": ["pwd"]}, {"amr": "pwd mfa"}, {"amr": None}, {"acr": "mfa"}])
    def test_and_not_where_it_does_not(self, cast, client, linked, school, say, claims):
        allow_second_step(school, cast.service)
        TOTP.activate(linked, generate_totp_secret())
        say(claims=claims)
        assert come_back(client, school)["Location"] == STEP

    def test_nor_where_the_coordinator_does_not_allow_it(self, cast, client, linked, school, say):
        allow_second_step(school, cast.service)
        school.allowed_in.set([cast.other_service])
        TOTP.activate(linked, generate_totp_secret())
        say(claims=MFA)
        assert come_back(client, school)["Location"] == STEP

    @pytest.mark.parametrize("who", ["hidden_head", "technical", "editor", "outsider"])
    def test_nor_for_who_belongs_elsewhere_or_looks_after_the_system(self, cast, client, school, say, who):
        user = getattr(cast, who)
        SocialAccount.objects.create(user=user, provider=str(school.uuid), uid="another")
        allow_second_step(school, cast.service)
        TOTP.activate(user, generate_totp_secret())
        say(claims=MFA)
        assert client.get(at_school(off(client, school), "another"))["Location"] == STEP

    def test_second_step_there_does_not_stay_for_the_password(self, cast, client, linked, school, say):
        allow_second_step(school, cast.service)
        TOTP.activate(linked, generate_totp_secret())
        say(claims=MFA)
        come_back(client, school)
        session = client.session
        del session["_auth_user_id"]  # what was proved stays in the session, and nobody is signed in
        session.save()
        assert send_password(client, linked.email)["Location"] == STEP

    def test_asks_for_nothing_but_the_subject_and_keeps_nothing_else(self, client, linked, school, say):
        asked = parse_qs(urlsplit(off(client, school)).query)
        assert asked["scope"] == ["openid"]
        assert asked["code_challenge_method"] == ["S256"]
        assert {"nonce", "state", "code_challenge"} <= set(asked)
        say(claims={"email": linked.email, "name": "Priya Elwood"})
        come_back(client, school)
        assert SocialAccount.objects.get().extra_data == {}

    def test_visitor_cannot_add_to_what_is_asked(self, client, school):
        address = off(client, school, "/sign-in/school/{}/?scope=email&auth_params=prompt%3Dnone&process=connect")
        asked = parse_qs(urlsplit(address).query)
        assert (asked["scope"], "prompt" in asked) == (["openid"], False)

    def test_claim_that_must_be_asked_for_is_asked_for(self, cast, client, school):
        allow_second_step(school, cast.service, "acrs", "c1")
        asked = parse_qs(urlsplit(off(client, school)).query)
        assert asked["claims"] == ['{"id_token": {"acrs": {"essential": true, "value": "c1"}}}']

    def test_whoever_was_signed_in_there_is_signed_out(self, cast, client, linked, school):
        sign_in(client, cast.therapist)
        come_back(client, school)
        assert client.session["_auth_user_id"] == str(linked.pk)

    def test_link_and_form_lead_nowhere_else(self, client, linked, school):
        assert client.get(f"/sign-in/school/{school.uuid}/").status_code == 405
        response = come_back(client, school, next="https://elsewhere.example/")
        assert response["Location"] == "/admin/"


class TestWhoIsNotLetIn:
    def refused(self, client, response, *words):
        assert response.status_code == 403
        assert not is_signed_in(client)
        assert all(word in text_of(response) for word in words)

    def test_unknown_subject_with_a_known_address(self, cast, client, school, say):
        say(claims={"email": cast.head.email, "email_verified": True, "preferred_username": cast.head.email})
        people = User.objects.count()
        self.refused(client, come_back(client, school), "is not linked yet")
        assert (User.objects.count(), SocialAccount.objects.exists()) == (people, False)

    def test_account_that_ended_reads_like_an_unknown_one(self, client, linked, school):
        User.objects.filter(pk=linked.pk).update(is_active=False)
        self.refused(client, come_back(client, school), "is not linked yet")

    def test_subject_of_another_provider(self, cast, client, linked, school, issuer):
        other = Provider(name="Other School", issuer=issuer, client_id="allyance-2")
        other.secret = SECRET
        other.save()
        self.refused(client, come_back(client, other), "is not linked yet")

    @pytest.mark.parametrize(
        "said",
        [
            {"claims": {"iss": "https://elsewhere.example"}},
            {"claims": {"iss": None}},
            {"claims": {"aud": "somebody-else"}},
            {"claims": {"aud": ["allyance", "somebody-else"]}},
            {"claims": {"nonce": "another-question"}},
            {"claims": {"nonce": None}},
            {"claims": {"exp": 1_600_000_000}},
            {"claims": {"sub": ""}},
            {"claims": {"sub": "x" * 192}},
            {"claims": {"sub": None}},
            {"other_key": True},
            {"unsigned": True},
        ],
        ids=str,
    )
    def test_token_that_is_not_for_us_now(self, client, linked, school, say, said):
        say(**said)
        self.refused(client, come_back(client, school), "could not be used")

    def test_provider_that_says_it_is_another(self, client, linked, school, say):
        address = off(client, school)
        say(discovery={"issuer": "https://elsewhere.example"})
        self.refused(client, client.get(at_school(address)), "could not be used")
        response = client.post(f"/sign-in/school/{school.uuid}/")
        assert (response.status_code, "does not answer" in text_of(response)) == (503, True)

    def test_address_that_goes_another_way(self, client, school, say):
        say(discovery={"token_endpoint": "ftp://127.0.0.1/token"})
        assert client.post(f"/sign-in/school/{school.uuid}/").status_code == 503

    def test_answer_comes_once(self, client, linked, school):
        path = at_school(off(client, school))
        client.get(path)
        client.post("/sign-out/")
        self.refused(client, client.get(path), "could not be used")

    def test_code_is_good_once(self, client, linked, school):
        """With a fresh question of ours: the school refuses a code that was used, and so do we."""
        path = at_school(off(client, school))
        client.get(path)
        client.post("/sign-out/")
        state = parse_qs(urlsplit(off(client, school)).query)["state"][0]
        code = parse_qs(urlsplit(path).query)["code"][0]
        self.refused(client, client.get(urlsplit(path).path, {"state": state, "code": code}), "could not be used")

    def test_answer_of_another_browser(self, client, linked, school):
        self.refused(client, client.get(at_school(off(Client(), school))), "could not be used")

    def test_code_of_another_question(self, client, linked, school):
        """A stolen code is worth nothing: it is held to the question that it was given for."""
        stolen = parse_qs(urlsplit(at_school(off(Client(), school))).query)["code"][0]
        own = urlsplit(at_school(off(client, school)))
        query = {"state": parse_qs(own.query)["state"][0], "code": stolen}
        self.refused(client, client.get(own.path, query), "could not be used")

    def test_state_of_another_provider(self, cast, client, linked, school, issuer):
        other = Provider(name="Other School", issuer=issuer, client_id="allyance-2")
        other.secret = SECRET
        other.save()
        path = at_school(off(client, school)).replace(str(school.uuid), str(other.uuid))
        self.refused(client, client.get(path), "could not be used")

    @pytest.mark.parametrize("query", ["", "?state=x", "?code=x", "?error=access_denied", "?state=&code="])
    def test_answer_that_nobody_asked_for(self, client, school, query):
        self.refused(client, client.get(f"/sign-in/school/{school.uuid}/back/{query}"), "could not be used")

    def test_whoever_says_no_there(self, client, linked, school):
        state = parse_qs(urlsplit(off(client, school)).query)["state"][0]
        response = client.get(f"/sign-in/school/{school.uuid}/back/", {"state": state, "error": "access_denied"})
        self.refused(client, response, "could not be used")

    def test_secret_that_is_wrong(self, client, linked, school):
        school.secret = "another"
        school.save()
        self.refused(client, come_back(client, school), "could not be used")


class TestAway:
    def test_page_says_so_and_the_password_still_works(self, client, linked, school):
        Provider.objects.update(issuer="http://127.0.0.1:9")
        response = client.post(f"/sign-in/school/{school.uuid}/")
        assert (response.status_code, "does not answer" in text_of(response)) == (503, True)
        send_password(client, linked.email)
        assert is_signed_in(client)

    def test_one_that_is_slow_is_waited_for_a_few_seconds(self, client, school, say):
        say(slow=30)
        begun = time.monotonic()
        response = client.post(f"/sign-in/school/{school.uuid}/")
        assert response.status_code == 503
        assert time.monotonic() - begun < 25

    def test_one_that_goes_away_meanwhile(self, client, linked, school):
        path = at_school(off(client, school))
        Provider.objects.update(issuer="http://127.0.0.1:9")
        assert client.get(path).status_code == 503
        assert not is_signed_in(client)

    def test_secret_that_cannot_be_opened(self, client, school):
        Provider.objects.update(sealed_secret="gone")
        assert client.post(f"/sign-in/school/{school.uuid}/").status_code == 503


class TestLinking:
    @pytest.fixture
    def signed_in(self, client, person):
        enter(client, person)
        return person

    def asked_again(self, client):
        client.post("/account/again/", {"password": PASSWORD})

    def test_signed_in_person_links_and_is_told(self, client, signed_in, school, sent):
        self.asked_again(client)
        response = client.get(at_school(off(client, school, "/account/school/{}/link/")))
        assert response["Location"] == "/account/"
        assert SocialAccount.objects.get().user == signed_in
        assert "Larkwell Trust, linked on" in text_of(client.get("/account/"))
        assert "sign-in of a school was linked" in sent()[-1].body
        other = Client()
        assert come_back(other, school)["Location"] == STEP

    def test_asks_once_more_before_and_goes_on_then(self, client, signed_in, school):
        path = f"/account/school/{school.uuid}/link/"
        assert client.post(path)["Location"].startswith("/account/again/?next=")
        page = client.post(f"/account/again/?next={path}", {"password": PASSWORD})
        assert "To the sign-in of Larkwell Trust" in text_of(page)

    def test_answer_links_nobody_else(self, client, signed_in, school, newcomer):
        """Nor whoever is signed in when it comes."""
        self.asked_again(client)
        path = at_school(off(client, school, "/account/school/{}/link/"))
        session = client.session
        session["socialaccount_states"] = {
            key: [kept[0] | {"person": newcomer.pk}, *kept[1:]] for key, kept in session["socialaccount_states"].items()
        }
        session.save()
        assert client.get(path).status_code == 403
        assert not SocialAccount.objects.exists()

    def test_subject_of_another_account_stays_there(self, client, signed_in, linked, school):
        self.asked_again(client)
        response = client.get(at_school(off(client, school, "/account/school/{}/link/")), follow=True)
        assert "linked to another account" in text_of(response)
        assert SocialAccount.objects.get().user == linked

    def test_account_has_one_subject_of_a_provider(self, client, signed_in, school):
        SocialAccount.objects.create(user=signed_in, provider=str(school.uuid), uid="first")
        self.asked_again(client)
        client.get(at_school(off(client, school, "/account/school/{}/link/")))
        assert SocialAccount.objects.get().uid == "first"

    def test_several_providers(self, cast, client, signed_in, school, issuer):
        other = Provider(name="Other School", issuer=issuer, client_id="allyance-2")
        other.secret = SECRET
        other.save()
        self.asked_again(client)
        for provider in (school, other):
            client.get(at_school(off(client, provider, "/account/school/{}/link/")))
        assert SocialAccount.objects.filter(user=signed_in).count() == 2

    def test_unlinks_and_is_told(self, client, signed_in, school, sent):
        SocialAccount.objects.create(user=signed_in, provider=str(school.uuid), uid=SUBJECT)
        path = f"/account/school/{school.uuid}/unlink/"
        assert client.post(path)["Location"].startswith("/account/again/")
        assert SocialAccount.objects.exists()
        self.asked_again(client)
        client.post(path)
        assert not SocialAccount.objects.exists()
        assert "sign-in of a school was unlinked" in sent()[-1].body
        assert "is not linked yet" in text_of(come_back(Client(), school))

    def test_nobody_unlinks_anothers(self, client, signed_in, linked, school):
        self.asked_again(client)
        client.post(f"/account/school/{school.uuid}/unlink/")
        assert SocialAccount.objects.get().user == linked

    def test_link_is_no_link(self, client, signed_in, school):
        for verb in ("link", "unlink"):
            assert client.get(f"/account/school/{school.uuid}/{verb}/").status_code == 405


class TestByTheSchoolAlone:
    """People without a password."""

    @pytest.fixture
    def alone(self, cast, client, linked, school, say):
        linked.set_unusable_password()
        linked.save()
        allow_second_step(school, cast.service)
        say(claims=MFA)
        come_back(client, school)
        return linked

    def test_must_set_up_a_second_step_of_their_own_before_a_change(self, client, alone, school):
        for path in (f"/account/school/{school.uuid}/unlink/", "/account/codes/new/"):
            response = client.post(path, follow=True)
            assert "set up an app or a passkey of your own" in text_of(response)
        assert SocialAccount.objects.exists()

    def test_which_they_may_for_a_quarter_of_an_hour(self, client, alone):
        assert client.get("/account/app/").status_code == 200
        session = client.session
        for record in session["account_authentication_methods"]:
            record["at"] -= 15 * 60 + 1
        session.save()
        response = client.get("/account/app/", follow=True)
        assert "set up an app or a passkey of your own" in text_of(response)

    def test_and_are_then_asked_for_it(self, client, alone, school):
        TOTP.activate(alone, generate_totp_secret())
        path = f"/account/school/{school.uuid}/unlink/"
        assert client.post(path)["Location"].startswith("/account/again/code/")
        client.post("/account/again/code/", {"code": code_of(alone)})
        assert "This is your only way in" in text_of(client.post(path, follow=True))
        alone.authenticator_set.create(type="webauthn", data={"name": "Tablet"})
        client.post(path)
        assert not SocialAccount.objects.exists()

    def test_have_no_password_to_change_and_none_by_mail(self, client, alone, sent):
        assert client.get("/account/password/")["Location"] == "/account/"
        assert "Change my password" not in text_of(client.get("/account/"))
        Client().post("/sign-in/forgotten/", {"email": alone.email})
        assert sent() == []

    def test_what_was_proved_is_on_record_in_the_session(self, client, alone):
        records = get_authentication_records(type("Request", (), {"session": client.session})(), alone)
        assert [(record["method"], record.get("type")) for record in records] == [
            ("socialaccount", None),
            ("mfa", "school"),
        ]


class TestInvitation:
    @pytest.fixture
    def invited(self, cast, client, school, sent, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            invitations.invite(email="new.head@school.example", first_name="Ada", last_name="Fern", by=cast.coordinator)
        assert "Use my sign-in at Larkwell Trust instead" in text_of(client.get(link_in(sent()), follow=True))
        return User.objects.get(email="new.head@school.example")

    def test_links_the_sign_in_instead_of_a_password_once(self, client, invited, school, sent):
        response = come_back(client, school, invitation="yes")
        assert response["Location"] == "/account/"
        assert (SocialAccount.objects.get().user, Invitation.objects.get().used_at is None) == (invited, False)
        invited.refresh_from_db()
        assert not invited.has_usable_password()
        assert "an invitation was used" in sent()[-1].body
        assert "Set up your second step" in text_of(client.get("/account/"))
        client.post("/sign-out/")
        come_back(client, school)
        assert client.session["_auth_user_id"] == str(invited.pk)

    def test_is_not_used_up_by_what_is_refused(self, client, invited, school, say):
        say(claims={"nonce": "another"})
        assert come_back(client, school, invitation="yes").status_code == 403
        say()
        assert come_back(client, school, invitation="yes")["Location"] == "/account/"

    def test_subject_of_another_account_uses_nothing_up(self, client, invited, linked, school):
        assert come_back(client, school, invitation="yes")["Location"] == "/sign-in/"
        assert SocialAccount.objects.get().user == linked
        assert Invitation.objects.get().used_at is None

    def test_one_that_is_over_links_nobody(self, cast, client, invited, school):
        invitations.revoke(Invitation.objects.get(), by=cast.coordinator)
        assert come_back(client, school, invitation="yes").status_code == 410
        assert not SocialAccount.objects.exists()

    def test_browser_without_one_links_nobody(self, client, school):
        assert come_back(client, school, invitation="yes").status_code == 410
        assert not SocialAccount.objects.exists()

    def test_new_invitation_takes_the_link_away(
        self, cast, client, linked, school, sent, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            invitations.invite_again(linked, by=cast.coordinator)
        client.get(link_in(sent()), follow=True)
        client.post("/invitation/here/", {"password": PASSWORD, "again": PASSWORD})
        assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    ("who", "services", "relies"),
    [
        *((who, "one", True) for who in ("head", "dsl", "therapist", "tsl", "supervisor", "coordinator", "steering")),
        *((who, "one", False) for who in ("hidden_head", "hidden_therapist", "outsider", "technical", "editor")),
        *((who, "both", True) for who in ("head", "hidden_head")),
        *((who, "none", False) for who in ("head", "hidden_head", "technical")),
    ],
)
def test_whose_second_step_at_school_counts(cast, who, services, relies):
    allowed = {"one": [cast.service.pk], "both": [cast.service.pk, cast.other_service.pk], "none": []}[services]
    found = rules.can_rely_on_second_step(getattr(cast, who), Service.objects.filter(pk__in=allowed))
    assert found is relies


def test_whoever_belongs_to_two_services_needs_both(cast):
    SchoolRoleFactory(user=cast.head, role=Role.HEAD, content_object=cast.hidden_school)
    assert not rules.can_rely_on_second_step(cast.head, Service.objects.filter(pk=cast.service.pk))
    assert rules.can_rely_on_second_step(cast.head, Service.objects.all())


def test_tries_are_counted(client, school, settings):
    settings.ACCOUNT_RATE_LIMITS = {"school_sign_in": "2/m/ip"}
    caches["tries"].clear()
    path = f"/sign-in/school/{school.uuid}/"
    assert [client.post(path).status_code for _ in range(3)] == [200, 200, 429]


def test_secret_is_sealed_in_the_database(school):
    assert SECRET not in str(list(Provider.objects.values()))
    assert Provider.objects.get().secret == SECRET
