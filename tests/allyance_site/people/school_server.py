"""Starts a school's OpenID Connect provider on the loopback, in a process of its own, and says its address.

It is oidc-provider-mock, which issues real codes and signed tokens over HTTP. Added are what a school's has besides:
the proof key of each code is held to its challenge; and what the tests set under /said, which changes what the next
answers say and signs the token anew with the server's own key.
"""

import base64
import hashlib
import json
import os
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # the loopback has no certificate

import flask
from authlib.jose import RSAKey, jwt
from oidc_provider_mock import app
from werkzeug.serving import make_server

server = app(require_nonce=True)
said: dict[str, Any] = {}
challenges: dict[str, str] = {}


@server.put("/said")
def say() -> tuple[str, int]:
    said.clear()
    said.update(flask.request.json)
    return "", 204


@server.before_request
def hold_to_the_challenge() -> Any:
    if flask.request.path != "/said":
        time.sleep(said.get("slow", 0))
    if flask.request.path == "/oauth2/token":
        digest = hashlib.sha256(flask.request.form.get("code_verifier", "").encode()).digest()
        proved = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if challenges.pop(flask.request.form["code"], "") != proved:
            return {"error": "invalid_grant"}, 400
        if flask.request.form.get("client_secret") != "a long secret":
            return {"error": "invalid_client"}, 401
    return None


@server.after_request
def say_it(response: flask.Response) -> flask.Response:
    if flask.request.path == "/oauth2/authorize" and response.status_code == 302:
        asked = flask.request.args
        for code in parse_qs(urlsplit(response.headers["Location"]).query).get("code", []):
            challenges[code] = asked.get("code_challenge", "") if asked.get("code_challenge_method") == "S256" else ""
    if flask.request.path == "/.well-known/openid-configuration":
        response.set_data(json.dumps(response.get_json() | said.get("discovery", {})))
    if flask.request.path == "/oauth2/token" and response.status_code == 200:
        response.set_data(json.dumps(response.get_json() | {"id_token": _token(response.get_json()["id_token"])}))
    return response


def _token(issued: str) -> str:
    key = flask.g.oidc_provider_mock_storage.jwk
    header = {"alg": said.get("alg", "RS256"), "kid": key.thumbprint()}
    claims = {k: v for k, v in (dict(jwt.decode(issued, key)) | said.get("claims", {})).items() if v is not None}
    if said.get("unsigned"):
        return ".".join([*(_part(part) for part in (header | {"alg": "none"}, claims)), ""])
    signer = RSAKey.generate_key(is_private=True) if said.get("other_key") else key
    return jwt.encode(header, claims, signer).decode()


def _part(what: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(what).encode()).rstrip(b"=").decode()


if __name__ == "__main__":
    running = make_server("127.0.0.1", 0, server, threaded=True)
    print(f"http://127.0.0.1:{running.server_port}", flush=True)  # noqa: T201
    running.serve_forever()
