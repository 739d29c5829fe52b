"""What stands in the database before and after a form is sent, and whose each row is."""

from typing import Any

from django.apps import apps

from .ground import Ground
from .seen import may_open
from .words import CASES

Rows = dict[tuple[str, int, str], tuple[Any, ...]]
"""Each row's values, by its table, its key, and whose it is."""

PLACE = "place"
"""A place on a school's list is looked at by itself: whoever sees a referral in short form alone may give it one."""
NEVER_COUNTED = {"auditevent", "auditlink", "pendingseal", "usedformkey", "outboxmessage", "numbering"}
SCHOOL_SIDES = {"other_head": "elsewhere", "other_therapist": "elsewhere"}
WHOLE_SERVICE = {"coordinator", "supervisor"}
LOOKED_AFTER = {"own", "invited", "closed", "new"}
"""The accounts that a coordinator invites, signs out, closes and opens again."""


def everything(ground: Ground) -> Rows:
    """Every row of casework and every account."""
    models = [
        model for model in apps.get_app_config("casework").get_models() if model._meta.model_name not in NEVER_COUNTED
    ]
    named = {(model, record.pk): name for model, kept in ground.records.items() for name, record in kept.items()}
    found: Rows = {}
    for model in [*models, apps.get_model("people.User"), apps.get_model("people.User").groups.through]:
        table = model._meta.model_name
        names = [
            field.attname for field in model._meta.concrete_fields if field.attname not in ("last_login", "wrapped")
        ]
        for values in model._base_manager.values_list(*names):
            row = dict(zip(names, values, strict=True))
            whose = _whose(ground, named, table, row)
            if PLACE in row:
                found[(PLACE, row["id"], whose)] = (row.pop(PLACE),)
            found[(table, row["id"], whose)] = tuple(row.values())
    return found


def foreign_to(player: str, found: Rows) -> Rows:
    """The rows that a player must never change: other cases, other schools, the other service, and every account
    but for those that the coordinator looks after."""
    sides = (
        {"hidden"} if player in WHOLE_SERVICE else {"here", "elsewhere", "hidden"} - {SCHOOL_SIDES.get(player, "here")}
    )
    return {
        key: values
        for key, values in found.items()
        if key[2] in sides
        or (key[0] == "user" and not (player == "coordinator" and key[2] in LOOKED_AFTER))
        or (key[2] in CASES and not may_open(player, _seen_as(key[0]), key[2]))
    }


def _whose(ground: Ground, named: dict[tuple[str, int], str], table: str, row: dict[str, Any]) -> str:
    """Whose a row is: a case's, by the name of the case; or else the second service's, this school's or the other's."""
    cast = ground.cast
    belongs = {
        (table, row["id"]),
        *((name.removesuffix("_id"), key) for name, key in row.items() if name.endswith("_id")),
    }
    if table == "schoolrole":
        belongs.add(("school", row["content_object_id"]))
    names = {named[record] for record in belongs if record in named}
    if table == "user":
        return "new" if row["id"] > ground.newest_account else next(iter(names), "")
    if any("hidden" in name for name in names) or ("user", cast.outsider.pk) in belongs:
        return "hidden"
    if case := next((name for name in CASES if name in names), ""):
        return case
    for side, school, practitioner in [
        ("here", cast.school, cast.therapist_practitioner),
        ("elsewhere", cast.other_school, cast.other_practitioner),
    ]:
        if {("school", school.pk), ("practitioner", practitioner.pk)} & belongs:
            return side
    return ""


def _seen_as(table: str) -> str:
    """A therapist says yes to a referral that they see in the waiting list alone, and gives it a place there."""
    return "queued" if table in ("endorsement", PLACE) else "referral"
