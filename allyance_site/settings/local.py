"""One machine: the demo by `make run`, and a developer's own. Answers on the loopback alone."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, env

DEMO = env.bool("ALLYANCE_DEMO", True)
LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "::1"}
if DEMO and not set(ALLOWED_HOSTS) <= LOOPBACK:
    raise ImproperlyConfigured(
        "The demo has one password for every account and answers on this machine alone: "
        "take ALLYANCE_HOSTS out of the environment, or use allyance_site.settings.production."
    )
if DEMO:
    # The second service's website; by RFC 6761 every name under .localhost is this machine.
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, "harbourside.localhost"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://127.0.0.1 or localhost: a browser allows a passkey there
