"""Signing in with what a school or trust has, by OpenID Connect: what we ask of it, and what its answer must prove.

A provider is pinned by its row. Whatever it says of itself is held against that: its issuer, the addresses that go with
it, the key that its token is signed with, that the token is for us, and that it answers the question that this browser
asked just now. No name and no e-mail address is asked for: only the subject counts.
"""

import json
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from requests import RequestException

from . import sealing
from .models import Provider

WELL_KNOWN = "/.well-known/openid-configuration"
ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")
SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
CLOCK_MAY_BE_OFF = 30
LONGEST_SUBJECT = 191  # what allauth keeps of one
ASKED_FOR = ("acr", "acrs")
"""The claims that a provider makes true when it is asked for them; `amr` only tells what was done."""


class Away(Exception):
    """The provider does not answer, or cannot be asked."""


class Refused(Exception):
    """What came back proves nothing."""


@dataclass(frozen=True)
class Proof:
    """Who somebody is at a provider, and whether the second step was taken there."""

    subject: str
    second_step: bool


class School(OpenIDConnectProvider):
    """A row, as allauth wants a provider to be."""

    @classmethod
    def of(cls, request: HttpRequest, provider: Provider) -> "School":
        app = SocialApp(
            provider=cls.id,
            provider_id=str(provider.uuid),
            name=provider.name,
            client_id=provider.client_id,
            secret=provider.secret,
            settings={
                "server_url": provider.issuer.rstrip("/") + WELL_KNOWN,
                "oauth_pkce_enabled": True,
                "scope": ["openid"],
            },
        )
        school = cls(request=request, app=app)
        school.row = provider
        return school

    def get_oauth2_adapter(self, request: HttpRequest) -> "Connection":
        return Connection(request, self)


class Connection(OpenIDConnectOAuth2Adapter):
    """One conversation with a provider."""

    def __init__(self, request: HttpRequest, school: School) -> None:
        self.school = school
        super().__init__(request, school.app.provider_id)

    def get_provider(self) -> School:
        return self.school

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return redirect_address(self.school.row)

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself: of nobody else, and with nothing that goes a less safe way than asked."""
        if not hasattr(self, "_openid_config"):
            said, issuer = self._fetch(self.school.server_url), self.school.row.issuer
            if said.get("issuer") != issuer:
                raise OAuth2Error("another issuer")
            if any(urlsplit(str(said.get(name))).scheme != urlsplit(issuer).scheme for name in ADDRESSES):
                raise OAuth2Error("an address that is none")
            self._openid_config = said
        return self._openid_config

    def claims(self, code_verifier: str) -> dict[str, Any]:
        """What the token says that this code is exchanged for."""
        app = self.school.app
        answer = self.get_access_token_data(
            self.request, app, self.get_client(self.request, app), pkce_code_verifier=code_verifier
        )
        token = str(answer.get("id_token", ""))
        keys = jwt.PyJWKSet.from_dict(self._fetch(self.openid_config["jwks_uri"]))
        return jwt.decode(
            token,
            keys[jwt.get_unverified_header(token)["kid"]],
            algorithms=SIGNED_BY,
            audience=app.client_id,
            issuer=self.school.row.issuer,
            leeway=CLOCK_MAY_BE_OFF,
            options={"require": ["iss", "aud", "exp", "iat", "sub", "nonce"]},
        )

    def _fetch(self, address: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            response = session.get(address)
            response.raise_for_status()
            found = response.json()
        if not isinstance(found, dict):
            raise OAuth2Error("no answer that can be read")
        return found


def redirect_address(provider: Provider) -> str:
    """Where the provider sends people back to: it is registered there, and no request has a say in it."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("school_sign_in_back", args=[provider.uuid])


def ask(request: HttpRequest, provider: Provider, *, process: str, **kept: Any) -> str:
    """The provider's own address to send this browser to. What is kept waits in the session for the answer, once."""
    nonce = secrets.token_urlsafe(24)
    more: dict[str, str] = {"nonce": nonce}
    if provider.proof_claim in ASKED_FOR and provider.allowed_in.exists():
        wanted = {provider.proof_claim: {"essential": True, "value": provider.proof_value}}
        more["claims"] = json.dumps({"id_token": wanted})
    try:
        school = School.of(request, provider)
        return school.redirect(request, process, auth_params=more, nonce=nonce, **kept).url
    except (RequestException, OAuth2Error, sealing.Broken) as error:
        raise Away from error


def waiting(request: HttpRequest, provider: Provider) -> dict[str, Any]:
    """What was kept for the answer that this request brings; Refused where nobody here asked, or it came already."""
    kept = statekit.unstash_state(request, provider_id=str(provider.uuid), state_id=request.GET.get("state", ""))
    if kept is None or "code" not in request.GET:
        raise Refused
    return kept


def proof(request: HttpRequest, provider: Provider, kept: dict[str, Any]) -> Proof:
    """What the provider's answer proves; Away or Refused."""
    try:
        claims = Connection(request, School.of(request, provider)).claims(kept["pkce_code_verifier"])
    except (RequestException, sealing.Broken) as error:
        raise Away from error
    except (OAuth2Error, jwt.PyJWTError, KeyError) as error:
        raise Refused from error
    if claims["aud"] not in (provider.client_id, [provider.client_id]):
        raise Refused  # meant for others too, who could then be us
    if not constant_time_compare(claims["nonce"], kept["nonce"]) or not 0 < len(claims["sub"]) <= LONGEST_SUBJECT:
        raise Refused
    return Proof(claims["sub"], provider.proves_second_step(claims))
