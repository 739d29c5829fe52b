"""Every address of the site, read from the URL resolver itself, so that none can be forgotten."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from django.utils.regex_helper import normalize

CLOSED_FILE = Path(__file__).with_name("closed_addresses.txt")
PARAMETER = re.compile(r"<(?:(?P<converter>[^>:]+):)?(?P<name>[^>]+)>")

SAMPLES = {"int": "1", "slug": "sample", "str": "1", "uuid": "00000000-0000-4000-8000-000000000000", "path": "sample"}
SAMPLES_OF_GROUPS = {"revision_id_a": "live", "revision_id_b": "latest"}
"""What stands for a parameter of a pattern when no record is meant."""

SAMPLE_PATHS = {
    "^(?:admin/password_reset|_util|documents/authenticate_with_password)/": "/_util/login/",
    "admin/.*/$": "/admin/no-such-page/",
    "wagtail_serve": "/",
}
"""Patterns of which no path can be made from the text."""


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver: its name here, its route, and the names of its parameters in order."""

    name: str
    route: str
    template: str
    parameters: tuple[str, ...]
    kinds: tuple[str, ...]

    def path(self, *values: str) -> str:
        """Its path with these values, or with samples where none are given."""
        if not values and self.name in SAMPLE_PATHS:
            return SAMPLE_PATHS[self.name]
        given = dict(zip(self.parameters, values, strict=bool(values)))
        samples = {
            name: SAMPLES_OF_GROUPS.get(name, SAMPLES.get(kind, "1"))
            for name, kind in zip(self.parameters, self.kinds, strict=True)
        }
        return "/" + self.template % (samples | given)


def every_address() -> list[Address]:
    """All of them, in the order in which they are tried."""
    return list(_walk(get_resolver(), "", "", (), (), ()))


def closed_list() -> list[str]:
    """The addresses that were looked at and stay closed."""
    return CLOSED_FILE.read_text().split("\n")[:-1]


def _walk(
    resolver: URLResolver,
    route: str,
    template: str,
    names: tuple[str, ...],
    kinds: tuple[str, ...],
    spaces: tuple[str, ...],
) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        piece, more_names, more_kinds = _template(entry.pattern)
        here = route + str(entry.pattern).removeprefix("^") if route else str(entry.pattern)
        if isinstance(entry, URLResolver):
            inside = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _walk(entry, here, template + piece, names + more_names, kinds + more_kinds, inside)
        elif isinstance(entry, URLPattern):
            name = ":".join([*spaces, entry.name]) if entry.name else here
            yield Address(name, here, template + piece, names + more_names, kinds + more_kinds)


def _template(pattern: object) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """A pattern as text to fill in, with the names and the kinds of what is filled in."""
    text = str(pattern)
    if isinstance(pattern, RoutePattern):
        found = [(match["name"], match["converter"] or "str") for match in PARAMETER.finditer(text)]
        filled = PARAMETER.sub(lambda match: f"%({match['name']})s", text.replace("%", "%%"))
        return filled, tuple(name for name, _ in found), tuple(kind for _, kind in found)
    filled, parameters = normalize(text)[0]
    return filled, tuple(parameters), tuple("regex" for _ in parameters)
