"""Wagtail's content checker with our own questions: the preview carries what was found, and the checker lists it."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.userbar import ContentCheckerItem

MESSAGES = {
    "hard-words": ("Hard to read", "Use shorter words and shorter sentences."),
    "long-sentence": ("A long sentence", "Make two of it."),
    "childs-name": ("This may be a child’s name", "Leave it out: no child is named on the website."),
    "old-helpline": ("An old number", "Ring it, then set the day under Helplines."),
    "unknown-number": ("A number that nobody checks", "Put it under Helplines, or leave it out."),
}


class OurChecker(ContentCheckerItem):
    """Each of our findings is an element of the preview that must not be there."""

    axe_run_only = [*ContentCheckerItem.axe_run_only, *MESSAGES]
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        *(
            {
                "id": rule,
                "impact": "moderate",
                "selector": f'[data-finding="{rule}"]',
                "excludeHidden": False,
                "tags": ["best-practice"],
                "any": ["non-empty-title"],  # which no finding has, so that each is listed
                "enabled": True,
            }
            for rule in MESSAGES
        ),
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        **{rule: {"error_name": name, "help_text": what} for rule, (name, what) in MESSAGES.items()},
    }


def use_ours(request: HttpRequest, items: list[Any], page: Any) -> None:
    """Hook: our checker in the place of Wagtail's."""
    for place, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[place] = OurChecker(in_editor=item.in_editor)
