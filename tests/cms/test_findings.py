"""What an editor is told of a page before it is published, in the preview and in Wagtail's checker."""

import pytest
from django.test import RequestFactory
from wagtail.admin.userbar import ContentCheckerItem

from allyance_site import headers
from cms import content_checker, groups
from cms.findings import findings
from cms.models import ChildrenPage, DirectoryEntry, Helpline, StandardPage

HARD = "Psychotherapeutic interventions facilitate considerable emotional development among participating individuals."
LONG = "We " + "go and " * 14 + "come."


def rules_of(site, html, page=None):
    return [finding.rule for finding in findings(page or StandardPage(), f"<p>{html}</p>", site)]


@pytest.mark.parametrize(
    ("html", "rules"),
    [
        ("We help your child. You can ask us.", []),
        (HARD, ["hard-words"]),
        (LONG, ["hard-words", "long-sentence"]),
        ("A boy called Marlow came to us.", ["childs-name"]),
        ("Marlow, aged 7, came to us.", ["childs-name"]),
        ("Marlow (8) came to us.", ["childs-name"]),
        ("Marlow is in Year 4 now.", ["childs-name"]),
        ("We meet in Year 7 and on Monday.", []),
        ("Ring 0808 800 5000 now.", []),
        ("Ring 01632 960999 now.", ["unknown-number"]),
        ("Ring 01632 960800 now.", []),
    ],
)
def test_findings_of_words(site, html, rules):
    Helpline.objects.update(review_by="2999-01-01")
    assert rules_of(site, html) == rules


def test_number_that_nobody_checked_in_time_is_named(site):
    Helpline.objects.of(site).update(last_checked="2020-01-01", review_by="2020-02-01")
    DirectoryEntry.objects.of(site).update(last_checked="2020-01-01", review_by="2020-02-01")
    assert rules_of(site, "Ring 0808 800 5000.") == ["old-helpline"]
    assert rules_of(site, "Ring 08088 020 021.") == ["old-helpline"]


def test_children_are_asked_less_than_parents_and_schools_more(site):
    words = (
        "The therapist listens to a child for about an hour and thinks about what helps in the family and at school."
    )
    assert rules_of(site, words, ChildrenPage()) == ["hard-words"]
    section = site.root_page.get_children().get(slug="for-schools").specific
    hard = "Each school agrees a number of hours for the year with its therapist, and looks at them each term."
    assert rules_of(site, hard, section) == []
    assert rules_of(site, hard) == ["hard-words"]


@pytest.fixture
def editor(cast, client_for, site):
    cast.editor.groups.add(groups.editors_of(site))
    return client_for(cast.editor)


def test_preview_says_what_was_found_and_a_visitors_page_does_not(client, editor, site):
    page = StandardPage.objects.descendant_of(site.root_page).get(slug="how-we-are-run")
    page.lede = "A girl called Marlow came to us."
    page.save_revision().publish()
    answer = editor.get(f"/admin/pages/{page.pk}/view_draft/")
    draft = answer.content.decode()
    assert answer.headers["Content-Security-Policy"] == headers.EDITOR  # so that it can stand in the editor's frame
    assert 'data-finding="childs-name"' in draft and "Before you publish." in draft
    assert "wagtail-userbar" in draft
    shown = client.get("/how-we-are-run/").content.decode()
    assert "data-finding" not in shown and "wagtail" not in shown.lower()


def test_checker_knows_every_finding(rf: RequestFactory):
    items = [ContentCheckerItem(in_editor=True)]
    content_checker.use_ours(rf.get("/"), items, None)
    configuration = items[0].get_axe_configuration(rf.get("/"))
    rules = {rule["id"] for rule in configuration["spec"]["rules"]}
    assert items[0].in_editor
    assert set(content_checker.MESSAGES) <= rules & set(configuration["options"]["runOnly"]) & set(
        configuration["messages"]
    )
