from collections.abc import Callable, Iterator
from datetime import time, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, Site

from allyance_site.people.models import User
from casework.access.roles import Role
from casework.admin import home
from casework.admin.homes import panel, shared
from casework.models import Allocation, AuditEvent, BackupRun, OutboxMessage, Referral, SchoolRole
from tests.cast import CANARY_WORDS, Cast
from tests.clock import london
from tests.factories import (
    PupilFactory,
    ReferralFactory,
    SchoolYearFactory,
    ServiceAgreementFactory,
    SessionFactory,
)

ClientFor = Callable[[User], Client]

MONDAY = london(2026, 11, 23, 8, 0)
CEILING = 12

RARELY_THERE = {"backups", "role-changes", "second-yes", "kept-words", "concerns", "agreements", "away"} | {
    *("missed-in-a-row", "team-readiness", "to-read", "library")
}

CARDS = {
    "coordinator": {"raise-concern", "what-is-stuck", "needs-you", "service-hours", "reviews-due", "who-has-room", "waiting-by-school", "where-they-stand", "backups-need-you"},
    "supervisor": {"raise-concern", "not-brought", "without-contact", "reviews-due", "long-cases", "who-has-room"},
    "therapist": {"raise-concern", "my-day", "not-written", "asks-my-yes", "reviews-due", "my-hours"},
    "head": {
        "raise-concern", "refer", "hours", "asks-schools-yes", "my-referrals", "seen-when", "strategies",
        "therapists-here", "school-facts",
    },
    "sendco": {
        "raise-concern", "refer", "hours", "asks-schools-yes", "my-referrals", "seen-when", "strategies",
        "therapists-here", "school-facts",
    },
    "dsl": {"concerns", "raise-concern", "what-you-can-do", "school-facts"},
    "tsl": {"clusters"},
    "steering": {"service-facts", "team-in-numbers"},
    "technical": {"what-you-may-open", "backups-need-you"},
    "editor": {"pages"},
}  # fmt: skip


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


def referred(cast: Cast, **fields: Any) -> Referral:
    school = fields.pop("school", cast.school)
    return ReferralFactory(school=school, pupil=PupilFactory(school=school), **fields)


def seen_weekly(cast: Cast, at: time) -> Referral:
    case = referred(cast, active=True, practitioner=cast.therapist_practitioner)
    Allocation.objects.filter(referral=case).update(weekday=0, time=at, starts_at=london(2026, 9, 7))
    return case


def page(client: Client, **query: str) -> str:
    answer = client.get(reverse("wagtailadmin_home"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def cards(html: str) -> set[str]:
    return {part.split('"')[0] for part in html.split('aria-labelledby="card-')[1:]}


@pytest.mark.parametrize("part", CARDS)
def test_each_role_finds_its_own_cards_and_nothing_of_another_service(
    cast: Cast, client_for: ClientFor, part: str
) -> None:
    referred(cast, submitted=True)
    seen_weekly(cast, time(9, 15))

    html = page(client_for(getattr(cast, part)))

    assert cards(html) == CARDS[part]
    assert [word for word in CANARY_WORDS if word in html] == []
    assert f"Good morning, {getattr(cast, part).first_name}." in html
    assert "Monday 23 November 2026" in html


@pytest.mark.parametrize("part", ["dsl", "tsl", "steering", "technical", "other_head", "other_therapist", "editor"])
def test_a_case_is_not_on_the_home_of_who_has_nothing_to_do_with_it(
    cast: Cast, client_for: ClientFor, part: str
) -> None:
    waiting, seen = referred(cast, submitted=True), seen_weekly(cast, time(9, 15))

    html = page(client_for(getattr(cast, part)))

    assert waiting.reference not in html
    assert seen.reference not in html


def test_names_are_on_the_schools_own_home_alone(cast: Cast, client_for: ClientFor) -> None:
    case = seen_weekly(cast, time(9, 15))
    Referral.objects.filter(pk=case.pk).update(status_since=london(2026, 10, 5))

    for part in ("coordinator", "supervisor", "therapist"):
        html = page(client_for(getattr(cast, part)))
        assert case.reference in html
        assert case.pupil.short_name not in html
    assert f'<span class="name">{case.pupil.short_name}</span>' in page(client_for(cast.head))
    assert case.pupil.last_name not in page(client_for(cast.head))


def test_a_draft_says_since_when_it_waits(cast: Cast, client_for: ClientFor) -> None:
    referred(cast, status_since=MONDAY - timedelta(days=3))
    assert "Not sent yet for 3 days." in page(client_for(cast.sendco))


def test_the_page_that_shows_names_is_on_record(cast: Cast, client_for: ClientFor) -> None:
    referred(cast, submitted=True)

    page(client_for(cast.head))

    assert AuditEvent.objects.filter(verb="listed", actor=cast.head, detail__rows=1).exists()


def test_a_therapists_day_has_a_button_for_each_hour(cast: Cast, client_for: ClientFor) -> None:
    case = seen_weekly(cast, time(9, 15))

    html = page(client_for(cast.therapist))

    assert reverse("casework_session_record", args=[case.uuid]) in html
    assert "09:15" in html


def test_a_day_off_leads_to_the_next_hour(cast: Cast, client_for: ClientFor) -> None:
    seen_weekly(cast, time(9, 15))

    with time_machine.travel(london(2026, 11, 28, 10, 0), tick=False):
        html = page(client_for(cast.therapist))

    assert "Next: Monday 30 November" in html
    assert "Nothing booked today. Your next session is Monday 09:15 at Cawdale Primary School." in html


@pytest.mark.parametrize(("decides", "button"), [("coordinator", "Decide"), ("school", "Open")])
def test_the_coordinators_button_says_decide_only_where_they_do(
    cast: Cast, client_for: ClientFor, decides: str, button: str
) -> None:
    cast.service.decides = decides
    cast.service.save()
    sent = referred(cast, submitted=True)

    assert f'{button}<span class="w-sr-only"> {sent.reference}' in page(client_for(cast.coordinator))


def test_the_coordinators_home_tells_of_messages_that_did_not_arrive(cast: Cast, client_for: ClientFor) -> None:
    sent = referred(cast, submitted=True)
    OutboxMessage.objects.create(to=cast.head, kind="referral_sent", reference=sent.reference, state="failed")

    assert "Messages that did not arrive" in page(client_for(cast.coordinator))


def backed_up(days: int, **fields: Any) -> BackupRun:
    made_at = MONDAY - timedelta(days=days)
    return BackupRun.objects.create(
        **{"name": f"{days}", "size": 1, "made_at": made_at, "verified_at": made_at} | fields
    )


@pytest.mark.parametrize("part", ["coordinator", "technical"])
@pytest.mark.parametrize(
    ("days", "word", "age"),
    [(0, "As it should be", "today"), (1, "As it should be", "yesterday"), (2, "As it should be", "2 days ago"),
     (3, "Too old", "3 days ago")],
)  # fmt: skip
def test_the_age_of_the_last_backup_that_held_is_on_the_home(
    cast: Cast, client_for: ClientFor, part: str, days: int, word: str, age: str
) -> None:
    backed_up(days)
    backed_up(9)
    BackupRun.objects.create(name="unread", size=1, made_at=MONDAY)

    html = page(client_for(getattr(cast, part)))

    assert cards(html) & {"backups", "backups-need-you"} == {"backups-need-you" if word == "Too old" else "backups"}
    assert f">{word}</span>" in html
    assert f"was made {age}: <strong>" in html
    assert ("manage.py backup" in html or "Tell your technical administrator" in html) == (word == "Too old")


@pytest.mark.parametrize(
    ("part", "advice"), [("coordinator", "Tell your technical administrator today"), ("technical", "manage.py backup")]
)
def test_no_backup_that_held_is_an_alarm_with_what_to_do(
    cast: Cast, client_for: ClientFor, part: str, advice: str
) -> None:
    BackupRun.objects.create(name="unread", size=1, made_at=MONDAY)

    html = page(client_for(getattr(cast, part)), only="backups-need-you")

    assert cards(html) == {"backups-need-you"}
    assert ">None</span> There is no backup yet that was read back." in html
    assert advice in html


def test_a_backup_that_failed_is_on_the_home_and_its_reason_with_who_mends_it(
    cast: Cast, client_for: ClientFor
) -> None:
    backed_up(1)
    backed_up(0, verified_at=None, finding="pg_dump is not on this machine.")

    coordinator, technical = (page(client_for(who)) for who in (cast.coordinator, cast.technical))

    for html in (coordinator, technical):
        assert ">Failed</span>" in html
        assert "was made yesterday" in html
    assert "pg_dump is not on this machine." in technical
    assert "pg_dump" not in coordinator


def test_the_demo_says_that_it_is_not_backed_up_and_raises_no_alarm(
    cast: Cast, client_for: ClientFor, settings: Any
) -> None:
    settings.DEMO = True

    html = page(client_for(cast.coordinator))

    assert "backups-need-you" not in cards(html)
    assert "The demo is not backed up." in html


def test_with_nothing_to_do_it_says_so(cast: Cast, client_for: ClientFor) -> None:
    assert "You are up to date." in page(client_for(cast.coordinator))
    assert "You are up to date." in page(client_for(cast.therapist))
    assert "No referrals yet this term." in page(client_for(cast.head))


def test_several_roles_find_the_cards_of_each_once_and_the_most_urgent_first(cast: Cast, client_for: ClientFor) -> None:
    permission = Permission.objects.get(codename="headteacher", content_type__app_label="casework")
    for person in (cast.therapist, cast.dsl):
        SchoolRole.objects.create(user=person, permission=permission, content_object=cast.school)

    html = page(client_for(cast.therapist))

    assert cards(html) == CARDS["therapist"] | (CARDS["head"] - {"asks-schools-yes"})
    assert html.index("card-refer") < html.index("card-my-day") < html.index("card-my-referrals")
    assert page(client_for(cast.dsl)).count('id="card-school-facts"') == 1


@pytest.mark.parametrize("part", CARDS)
def test_a_home_asks_few_questions_however_many_rows_there_are(cast: Cast, client_for: ClientFor, part: str) -> None:
    client = client_for(getattr(cast, part))

    ServiceAgreementFactory(school=cast.school, school_year=SchoolYearFactory(service=cast.service))

    def grow(times: int) -> None:
        for number in range(times):
            referred(cast, submitted=True)
            referred(cast, accepted=True)
            referred(cast, returned=True, status_since=london(2026, 11, 2))
            case = seen_weekly(cast, time(8 + Referral.objects.count() % 12, Referral.objects.count() % 60))
            Referral.objects.filter(pk=case.pk).update(status_since=london(2026, 9, 7))
            SessionFactory(referral=case, starts_at=london(2026, 10, 26, number), attendance=cast.items["Came"])

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(client)
        return sum('"casework_' in query["sql"] for query in queries.captured_queries)

    grow(1)
    few = asked()
    grow(5)

    assert asked() == few
    assert few <= CEILING


def test_a_card_that_fails_leaves_the_others_alone(
    cast: Cast, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(user: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(shared.team, "team", broken)

    html = page(client_for(cast.coordinator))

    assert cards(html) == CARDS["coordinator"]
    assert "This could not be shown just now." in html
    assert "who-has-room" in caplog.text


def test_a_page_that_runs_late_offers_the_rest_by_a_link(
    cast: Cast, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel, "PATIENCE", -1)
    html = page(client_for(cast.coordinator))
    assert html.count("This would take a moment longer.") == len(CARDS["coordinator"] | RARELY_THERE)
    assert "?only=who-has-room" in html

    monkeypatch.undo()
    assert cards(page(client_for(cast.coordinator), only="who-has-room")) == {"who-has-room"}


def test_who_is_seen_when_is_on_record_also_when_it_is_asked_for_alone(cast: Cast, client_for: ClientFor) -> None:
    case = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)
    assert case.pupil.short_name in page(client_for(cast.head), only="seen-when")
    event = AuditEvent.objects.get(verb="listed", actor=cast.head)
    assert (event.subject_type, event.detail["rows"]) == ("casework.allocation", 1)


def test_an_unknown_card_is_no_card_of_ones_own(cast: Cast, client_for: ClientFor) -> None:
    assert cards(page(client_for(cast.steering), only="needs-you")) == CARDS["steering"]


def test_an_editor_finds_the_pages_that_they_may_change_and_no_other(cast: Cast, client_for: ClientFor) -> None:
    own = Site.objects.get(is_default_site=True).root_page
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=cast.editor.groups.get(), page=own, permission=change)
    foreign = Page.objects.get(depth=1).add_child(instance=Page(title="Another service"))

    html = page(client_for(cast.editor))

    assert reverse("wagtailadmin_pages:edit", args=[own.pk]) in html
    assert reverse("wagtailadmin_pages:edit", args=[foreign.pk]) not in html
    assert "Another service" not in html


def test_wagtails_own_panels_are_on_no_home_of_a_role(cast: Cast, client_for: ClientFor) -> None:
    for part in CARDS:
        html = page(client_for(getattr(cast, part)))
        assert "w-dashboard" not in html
        assert "w-summary" not in html


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (0, "Good evening"),
        (4, "Good evening"),
        (5, "Good morning"),
        (11, "Good morning"),
        (12, "Good afternoon"),
        (18, "Good evening"),
    ],
)
def test_greeting_goes_by_the_clock(hour: int, words: str) -> None:
    assert home.greeting(User(first_name="Rowan"), london(2026, 7, 1, hour)) == f"{words}, Rowan."
    assert home.greeting(User(), london(2026, 7, 1, hour)) == f"{words}."


def test_every_role_has_a_home(cast: Cast, client_for: ClientFor) -> None:
    on = {"Service": cast.service, "Cluster": cast.cluster, "School": cast.school}
    for role in Role:
        person = User.objects.create_user(f"only_{role.codename}@allyance.example", first_name="Kit")
        role.table.objects.create(
            user=person,
            permission=Permission.objects.get(codename=role.codename, content_type__app_label="casework"),
            content_object=on[role.value.on.__name__],
        )
        html = page(client_for(person))
        assert cards(html), role
        assert role.title in html
