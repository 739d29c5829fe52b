"""What somebody would send who fills in a page's form sensibly, and somebody who forges it."""

from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from uuid import uuid4

from casework.admin.as_school import SEE

from .ground import Ground

SAMPLES = {
    "date": str(date.today()),
    "email": "stranger@allyance.example",
    "number": "60",
    "time": "10:00",
    "hidden": "",
    "urn": "123456",
    "date_of_birth": "2018-03-14",
}
"""Answers by a field's name, or else by its kind."""

EITHER_OR = {
    "pupil": ("first_name", "last_name", "date_of_birth", "year_group"),
    "carer": ("name", "relationship", "telephone"),
}
"""Who is chosen from a list is not added as well."""
GROUND_FIELDS = ("service", "cluster", "school", "practitioner", "pupil", "referral", "on", "content_object")


class _Fields(HTMLParser):
    """Collects what a page's forms would send: values that stand there, or else a sensible answer."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._select = ""
        self._textarea = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and value:
            self.found.setdefault(self._select, value)
        elif tag == "textarea" and name:
            self._textarea = name
            self.found[name] = "Sample words."
        elif tag == "button" and name and name != SEE:  # what is only looked at changes nothing
            self.found.setdefault(name, value)
        elif tag == "input" and name:
            kind = given.get("type", "text")
            if kind in ("radio", "checkbox"):
                self.found.setdefault(name, value or "on")
            else:
                self.found[name] = value or SAMPLES.get(name, SAMPLES.get(kind, "Sample"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""


def filled_in(page: str) -> dict[str, str]:
    """The fields of a page's forms, answered."""
    fields = _Fields()
    fields.feed(page)
    added = {name for chosen, names in EITHER_OR.items() if chosen in fields.found for name in names}
    return {name: value for name, value in fields.found.items() if name not in added | {"csrfmiddlewaretoken"}}


def bodies(fields: dict[str, str], ground: Ground) -> Iterator[dict[str, str]]:
    """What is sent: nothing, the form with somebody else's records in it, and the form as it should be."""
    yield {}
    yield fields | _foreign(ground) | once()
    yield fields | once()


def once() -> dict[str, str]:
    """A form's one-time key."""
    return {"form_key": str(uuid4())}


def _foreign(ground: Ground) -> dict[str, str]:
    """Fields of every name under which a record could be named, with records of the second service."""
    hidden = {name: records["hidden"] for name, records in ground.records.items() if "hidden" in records}
    forged = {name: str(hidden[name].uuid) for name in GROUND_FIELDS if name in hidden}
    forged["on"] = forged["school"]
    return forged | {"user": str(ground.cast.outsider.pk), "status": "closed", "is_superuser": "on", "id": "1"}
