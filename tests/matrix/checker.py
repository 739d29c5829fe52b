"""Tries every row of the matrix as one player, and says what leaked, what opened and what changed."""

import csv
import re
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO, StringIO
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client
from openpyxl import load_workbook

from allyance_site import surfaces
from tests import signed_in

from .database import everything, foreign_to
from .forms import bodies, filled_in, once
from .ground import Ground, forbidden_words
from .looking import only_looking, rolled_back
from .rows import Row
from .told import wrong_headers

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ASKED_IN_VAIN = (
    "?pupil__last_name__startswith=Z", "?therapist__password__startswith=a", "?id__in=1", "?x=1", "?p=9999", "?export=csv",
    "?ordering=pupil__last_name",
)  # fmt: skip
SOUGHT = "zqelsewherelast"
NEAREST_FIRST = ("active", "hidden", "blocked", "elsewhere", "draft_there", "kept", "draft")
MOST_OWN, MOST_FOREIGN = 2, 4


@dataclass
class Report:
    """What one player found: the rows that opened, the forms that were accepted, and what is wrong."""

    opened: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


class Player:
    """One player at a browser. Whatever is answered is searched for words that they must never meet."""

    def __init__(self, name: str, ground: Ground) -> None:
        self.name = name
        self.ground = ground
        self.client = Client(raise_request_exception=False)
        if user := ground.players[name]:
            signed_in.sign_in(self.client, user)
        self.report = Report()
        self.enters = cache(lambda opened: surfaces.may_enter(user or AnonymousUser(), opened))
        self._forbidden = re.compile("|".join(sorted(forbidden_words(name), key=len, reverse=True)))

    # --- Trying

    def get(self, path: str) -> HttpResponse:
        return self._answer("GET", path, self.client.get(path))

    def post(self, path: str, data: dict[str, str]) -> HttpResponse:
        signed_in = self.client.cookies.copy()
        response = self._answer("POST", path, self.client.post(path, data))
        # What is sent is undone, also where it signed somebody out.
        self.client.cookies = signed_in
        return response

    def _answer(self, method: str, path: str, response: HttpResponse) -> HttpResponse:
        if response.status_code >= 500 and not response.wsgi_request.resolver_match.view_name.startswith("wagtail"):
            self.wrong(f"{method} {path} broke: {response.exc_info and response.exc_info[1]!r}")
        met = set(self._forbidden.findall(everything_in(response).lower())) - set(self._forbidden.findall(path.lower()))
        if met:
            self.wrong(f"{method} {path} says {', '.join(sorted(met))}")
        if untold := wrong_headers(response):
            self.wrong(f"{method} {path} has no good {', '.join(untold)}")
        return response

    def wrong(self, what: str) -> None:
        self.report.wrong.append(f"{self.name}: {what}")

    # --- One row

    def look_at(self, row: Row) -> None:
        """Open a row with one's own records, others', a missing and a malformed one; of a closed one, any record."""
        if not self.enters(surfaces.surfaces_of(row.address.name)):
            if is_open(self.get(row.path(self.ground, row.any_name(self.ground)))):
                self.report.opened.add(row.title)
            return
        if not row.model:
            if is_open(self.get(row.path(self.ground))):
                self.report.opened.add(row.title)
            return
        for tried, name in enumerate(row.own(self.ground, self.name), 1):
            if is_open(self.get(row.path(self.ground, name))):
                self.report.opened.add(row.title)
            if row.title in self.report.opened and (row.part or tried >= MOST_OWN):
                break
        missing = self.get(row.path(self.ground))
        if row.is_ours and (is_open(missing) or is_open(self.get(row.malformed()))):
            self.wrong(f"{row.title} opens for a record that does not exist")
        for name in self._some_foreign(row):
            self._alike(row, name, self.get(row.path(self.ground, name)), missing)

    def ask_in_vain(self, row: Row) -> None:
        """Filters that were not offered, pages beyond the last, and a search for what is somebody else's."""
        for query in ASKED_IN_VAIN:
            response = self.get(row.path(self.ground) + query)
            if "__" in query and is_open(response):
                self.wrong(f"{row.title}{query} is answered")
        self.get(f"{row.path(self.ground)}?q={SOUGHT if SOUGHT in forbidden_words(self.name) else ''}")

    def send(self, tried: list[Row]) -> None:
        """Send every form: for others' records, where nothing at all may change, and then for one's own."""
        forms = {row: self._own_form(row) for row in tried}
        before = everything(self.ground)
        with only_looking(), rolled_back():
            for row, (_, fields) in forms.items():
                self._send_to_others(row, fields)
            self._unchanged("what is not theirs", before, everything(self.ground))
        for row, (name, fields) in forms.items():
            if fields:
                with rolled_back():
                    for body in bodies(fields, self.ground):
                        self.post(row.path(self.ground, name), body)
                    after = foreign_to(self.name, everything(self.ground))
                    self._unchanged(row.title, foreign_to(self.name, before), after)

    def _send_to_others(self, row: Row, fields: dict[str, str]) -> None:
        body = fields or {"version": "1", "note": "Sample words."}
        if row.model:
            missing = self.post(row.path(self.ground), body | once())
            for name in self._some_foreign(row):
                self._alike(row, name, self.post(row.path(self.ground, name), body | once()), missing)
        elif not fields:
            self.post(row.path(self.ground), body | once())

    def _own_form(self, row: Row) -> tuple[str, dict[str, str]]:
        """A record of one's own, and its form filled in: the first that is accepted, or else the first there is."""
        found: tuple[str, dict[str, str]] = ("", {})
        for name in row.own(self.ground, self.name) if row.model else [""]:
            page = self.get(row.path(self.ground, name)) if row.title in self.report.opened else None
            if page is None or page.status_code != 200:
                continue
            fields = filled_in(text_of(page))
            with rolled_back():
                if fields and is_done(self.post(row.path(self.ground, name), fields | once())):
                    self.report.done.add(row.title)
                    return name, fields
            found = found if found[1] else (name, fields)
        return found

    def _some_foreign(self, row: Row) -> list[str]:
        foreign = row.foreign(self.ground, self.name)
        # The nearest first: a part, closed to this player, of a case that they see.
        first = [name for name in NEAREST_FIRST if name in foreign]
        return [*first, *(name for name in foreign if name not in first)][
            : 1 if row.part or row.query else MOST_FOREIGN
        ]

    def _alike(self, row: Row, name: str, response: HttpResponse, missing: HttpResponse) -> None:
        if not row.is_ours:
            if response.status_code == 200:
                self.wrong(f"{row.title} opens {name}")
        elif (response.status_code, plain(response)) != (missing.status_code, plain(missing)):
            self.wrong(
                f"{row.title}: {name} ({response.status_code}) is told from a missing one ({missing.status_code})"
            )

    def _unchanged(self, title: str, before: Any, after: Any) -> None:
        if changed := sorted({key[0] for key, _ in set(before.items()) ^ set(after.items())}):
            self.wrong(f"{title}: a form changed {', '.join(changed)}")


# --- Answers


def is_open(response: HttpResponse) -> bool:
    """Whether an address answered: not missing, not refused, and not sent away to sign in or home."""
    if response.status_code == 302:
        # Sent away to sign in, or home: that is a no.
        return response["Location"] not in ("/admin/", "/sign-in/") and not response["Location"].startswith(
            "/sign-in/?"
        )
    return response.status_code in (200, 400, 405)


def is_done(response: HttpResponse) -> bool:
    """Whether a form was accepted."""
    return response.status_code == 302 and is_open(response)


def text_of(response: HttpResponse) -> str:
    """The body as text; a spreadsheet's cells, where it is one."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if response.get("Content-Type", "").startswith(SPREADSHEET):
        book = load_workbook(BytesIO(content), read_only=True)
        return "\n".join(str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)
    text = content.decode("utf-8", "replace")
    if response.get("Content-Type", "").startswith("text/csv"):
        return "\n".join(" ".join(cells) for cells in csv.reader(StringIO(text)))
    return text


def everything_in(response: HttpResponse) -> str:
    """Body, headers, cookies, and the messages that wait for the next page."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    waiting = response.wsgi_request.session.get("_messages", "") if hasattr(response.wsgi_request, "session") else ""
    return "\n".join([text_of(response), headers, response.cookies.output(), str(waiting)])


def plain(response: HttpResponse) -> str:
    """A body without what differs from one request to the next: its own address and the form's safety token."""
    own = response.wsgi_request.path
    body = "" if response.streaming else response.content.decode("utf-8", "replace")
    location = response.get("Location", "").replace(own, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body.replace(own, "")) + location
