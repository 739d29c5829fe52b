import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from allyance_site.people.models import User
from casework.admin.menu import LIBRARY, MOST
from casework.models import SchoolRole
from tests.cast import CANARIES, CANARY_WORDS, PEOPLE, Cast

ClientFor = Callable[[User], Client]

LABELS = {
    "coordinator": ["Home", "Waiting list", "Referrals", "Records", "Set-up", "Website"],
    "supervisor": ["Home", "Waiting list", "Referrals", "Supervision", "Sessions", "More"],
    "therapist": ["Home", "Waiting list", "Referrals", "Sessions", "Concerns", "More"],
    "head": ["Home", "Refer a child", "Waiting list", "Referrals", "Pupils", "Library"],
    "sendco": ["Home", "Refer a child", "Waiting list", "Referrals", "Pupils", "Library"],
    "dsl": ["Home", "Concerns", "Schools", "Library"],
    "tsl": ["Home", "Clusters", "Schools"],
    "steering": ["Home"],
    "editor": ["Home", "Pages"],  # and Images where their site has pictures of its own: tests/cms
    "technical": ["Home", "Service settings", "Sign-in of schools", "Accounts", "Redirects"],
}


def modules(client: Client) -> dict[str, list[Any]]:
    """What the menu is made from in the browser: each part of it by its kind."""
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    found = re.search(r'<script id="wagtail-sidebar-props" type="application/json">(.*?)</script>', html, re.DOTALL)
    assert found
    return {part["_type"].rpartition(".")[2]: part["_args"] for part in json.loads(found[1])["modules"]}


def entries(client: Client) -> list[tuple[dict[str, Any], list[Any]]]:
    """The entries of the menu, each with those inside it."""
    return [
        (item["_args"][0], item["_args"][1] if len(item["_args"]) > 1 else [])
        for item in modules(client)["MainMenuModule"][0]
    ]


def labels(client: Client) -> list[str]:
    return [entry["label"] for entry, _ in entries(client)]


@pytest.mark.parametrize("part", LABELS)
def test_each_role_has_its_own_menu(cast: Cast, client_for: ClientFor, part: str) -> None:
    assert labels(client_for(getattr(cast, part))) == LABELS[part]


@pytest.mark.parametrize("part", PEOPLE)
def test_nobody_has_more_than_six_entries(cast: Cast, client_for: ClientFor, part: str) -> None:
    assert len(labels(client_for(getattr(cast, part)))) <= MOST


@pytest.mark.parametrize("part", LABELS)
def test_every_entry_opens_and_tells_nothing_of_another_service(cast: Cast, client_for: ClientFor, part: str) -> None:
    client = client_for(getattr(cast, part))
    shown = [entry for entry, _ in entries(client)]
    inside = [item["_args"][0] for _, items in entries(client) for item in items]
    foreign = CANARY_WORDS - set(CANARIES["people"].split() if part == "technical" else ())  # who knows every account

    for entry in [*shown, *inside]:
        if entry.get("url", "#") in ("#", LIBRARY):
            continue
        answer = client.get(entry["url"], follow=True)
        assert answer.status_code == 200, entry["label"]
        assert [word for word in foreign if word in answer.content.decode()] == []


def test_several_roles_find_the_rest_under_more(cast: Cast, client_for: ClientFor) -> None:
    permission = Permission.objects.get(codename="headteacher", content_type__app_label="casework")
    SchoolRole.objects.create(user=cast.coordinator, permission=permission, content_object=cast.school)

    found = entries(client_for(cast.coordinator))

    assert [entry["label"] for entry, _ in found] == [
        "Home", "Refer a child", "Waiting list", "Referrals", "Records", "More",
    ]  # fmt: skip
    more = [item["_args"][0]["label"] for item in found[-1][1]]
    assert {"Schools", "Placements", "Pages", "Library"} <= set(more)


def test_under_ones_name_are_ones_account_and_the_way_out_and_nothing_else(cast: Cast, client_for: ClientFor) -> None:
    _, account, _ = modules(client_for(cast.head))["MainMenuModule"]

    own, sign_out = [item["_args"][0] for item in account]

    assert own["url"] == reverse("mfa_index")
    assert (sign_out["action"], sign_out["method"]) == (reverse("account_logout"), "POST")


@pytest.mark.parametrize("part", ["supervisor", "therapist", "head", "dsl", "tsl", "steering", "technical"])
def test_wagtails_search_is_for_who_edits_the_website(cast: Cast, client_for: ClientFor, part: str) -> None:
    assert "SearchModule" not in modules(client_for(getattr(cast, part)))
