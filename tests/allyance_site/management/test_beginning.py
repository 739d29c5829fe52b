"""The first service of a live installation: all of it or nothing, its two people invited, nothing of the demo in it."""

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page, Site

from allyance_site.management import beginning, usual
from allyance_site.people import mail as accounts_mail
from allyance_site.people.models import Invitation, User
from casework.access import rules
from casework.models import ListItem, SchoolYear, Service, ServiceRole, SupervisionRule
from cms.models import HelpNowPage, ServiceSettings

ANSWERS = {
    "name": "Alder Vale Counselling",
    "host": "alder.example.org",
    "coordinator": "Ann Bell <ann@alder.example>",
    "administrator": "Odd Kerr <odd@alder.example>",
}


@pytest.fixture
def begin(db, django_capture_on_commit_callbacks):
    """The command, with these answers; its mails go as soon as it is certain."""

    def command(**answers):
        try:
            with django_capture_on_commit_callbacks(execute=True):
                call_command("begin", **(ANSWERS | answers), verbosity=0)
        finally:
            accounts_mail.settle()

    return command


def links():
    return sorted((sent.to[0], sent.body) for sent in mail.outbox)


def test_begin_makes_a_service_that_can_be_used(begin, capsys):
    begin()
    service = Service.objects.get()
    assert ListItem.objects.filter(service=service).count() == sum(map(len, usual.LISTS.values()))
    assert SchoolYear.objects.get().service == service
    assert service.requirements.filter(if_missing="stops").count() == 3
    assert SupervisionRule.objects.filter(service=service).count() == len(usual.BODIES)
    coordinator, administrator = (User.objects.get(email=f"{who}@alder.example") for who in ("ann", "odd"))
    assert rules.surfaces(coordinator) >= {"casework", "coordination", "cms"}
    assert "system" in rules.surfaces(administrator) and "casework" not in rules.surfaces(administrator)
    assert not User.objects.filter(is_superuser=True).exists() and not coordinator.has_usable_password()
    assert [who for who, _ in links()] == ["ann@alder.example", "odd@alder.example"]
    assert "has begun" in capsys.readouterr().out


def test_begin_makes_a_website_of_drafts_with_a_help_page(begin, settings):
    settings.ALLOWED_HOSTS = ["alder.example.org"]
    begin()
    site = Site.objects.get()
    live = set(Page.objects.descendant_of(site.root_page).live().values_list("slug", flat=True))
    assert live == {"get-help-now", "contact", "library"}
    visitor = Client(headers={"host": "alder.example.org"})
    assert "Alder Vale Counselling" in visitor.get("/").content.decode()
    assert "tel:999" in visitor.get("/get-help-now/").content.decode()
    assert visitor.get("/for-parents/").status_code == 404
    words = visitor.get("/").content.decode()
    assert not {"Larkwell", "Easterby", "Cawdale", "01632"} & set(words.replace("<", " ").split())
    assert ServiceSettings.objects.get().contact_email == "ann@alder.example"
    assert HelpNowPage.objects.get().live


def test_begin_refuses_where_there_is_a_service(begin):
    begin()
    with pytest.raises(CommandError, match="--another"):
        begin(name="Second")
    assert Service.objects.count() == 1
    begin(name="Second", host="second.example.org", coordinator="Una Dale <una@second.example>", another=True)
    assert {service.name for service in Service.objects.all()} == {"Alder Vale Counselling", "Second"}
    una = User.objects.get(email="una@second.example")
    assert set(rules.visible_services(una)) == {Service.objects.get(name="Second")}
    assert Site.objects.get(is_default_site=True).hostname == "alder.example.org"


def test_begin_that_breaks_off_leaves_nothing_and_is_begun_again(begin, monkeypatch):
    send = beginning.invitations.send
    monkeypatch.setattr(beginning.invitations, "send", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        begin()
    assert not Service.objects.exists() and not User.objects.exists() and not mail.outbox
    monkeypatch.setattr(beginning.invitations, "send", send)
    begin()
    assert len(mail.outbox) == 2


def test_begin_again_sends_the_ways_in_that_nobody_has_taken(begin):
    begin()
    Invitation.objects.filter(user__email="odd@alder.example").delete()
    begin()
    assert Service.objects.count() == 1 and ServiceRole.objects.count() == 1
    assert Invitation.objects.open().count() == 2


def test_begin_another_takes_no_other_services_website(begin):
    begin()
    first = Site.objects.get()
    with pytest.raises(CommandError, match="answers to"):
        begin(name="Second", another=True)
    begin(name="Alder-Vale Counselling!", host="second.example.org", another=True)
    second = Site.objects.get(hostname="second.example.org")
    first.refresh_from_db()
    assert first.root_page_id != second.root_page_id and first.site_name == "Alder Vale Counselling"
    assert first.root_page.title == "Alder Vale Counselling"


def test_begin_again_with_another_address_lets_nobody_in(begin):
    begin()
    with pytest.raises(CommandError, match="nobody has an account"):
        begin(coordinator="Ann Bell <ana@alder.example>")
    assert User.objects.count() == 2


@pytest.mark.parametrize(
    "answers",
    [
        {"name": " "},
        {"host": "a b"},
        {"host": "a:b"},
        {"coordinator": "ann@alder.example"},
        {"administrator": "Odd Kerr"},
    ],
)
def test_begin_with_half_an_answer_makes_nothing(begin, monkeypatch, answers):
    monkeypatch.setattr("builtins.input", lambda question: "")
    with pytest.raises(CommandError):
        begin(**answers)
    assert not Service.objects.exists() and not mail.outbox


def test_begin_asks_for_what_was_not_given(begin, monkeypatch):
    asked = []
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or "Alder Vale Counselling")
    begin(name="")
    assert asked == ["Name of the service: "] and Service.objects.exists()
