"""Where a page stands: told to search engines in its head, and to readers above its heading."""

from typing import Any

from django import template

from cms import engines, frame

register = template.Library()


@register.inclusion_tag("components/about_page.html", takes_context=True)
def about_page(context: dict[str, Any]) -> dict[str, Any]:
    """What other websites are told of a page that everybody may read; of any other, nothing."""
    page, around = context.get("page"), frame.of(context.get("request"))
    if around is None or not page or not page.pk:
        return {}
    return {
        "page": page,
        "around": around,
        "place": around.of(page),
        "english": around.in_english(page),
        "translations": around.in_other_languages(page),
        "facts": engines.facts(page, around),
    }


@register.inclusion_tag("components/in_languages.html", takes_context=True)
def in_languages(context: dict[str, Any]) -> dict[str, Any]:
    """On an English page: the same in other languages."""
    page, around = context.get("page"), frame.of(context.get("request"))
    english = around.in_english(page) if around and page and page.pk else None
    is_it = english is not None and english.pk == page.pk
    return {"translations": around.in_other_languages(page) if around and is_it else ()}


@register.inclusion_tag("components/trail.html", takes_context=True)
def trail(context: dict[str, Any]) -> dict[str, Any]:
    """The way back to the section and to home, on a page that lies deeper than the menu leads."""
    page, around = context.get("page"), frame.of(context.get("request"))
    above = around.trail(page) if around and page and page.pk else ()
    return {"trail": above if len(above) > 1 else ()}
