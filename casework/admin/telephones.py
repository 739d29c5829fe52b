"""Telephone numbers in a text that somebody wrote: each becomes something to tap."""

import re

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

NUMBER = re.compile(r"(?<![\d+])(?:\+44 ?(?:\(0\) ?)?|0)(?:[ -]?\d){9,10}(?!\d)")
"""As numbers are written here: a nought or +44, then nine or ten figures, with or without space between."""


def dialled(text: str) -> str:
    """The first number in a text as a telephone takes it; nothing where there is none."""
    found = NUMBER.search(text)
    return _dialled(found[0]) if found else ""


def with_links(text: str) -> SafeString:
    """The text with its numbers as links; all else in it is text."""
    parts, end = [], 0
    for found in NUMBER.finditer(text):
        parts += [escape(text[end : found.start()]), _link(found[0])]
        end = found.end()
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308 - each part is escaped


def _link(number: str) -> SafeString:
    return format_html('<a href="tel:{}">{}</a>', _dialled(number), number)


def _dialled(number: str) -> str:
    return re.sub(r"[^\d+]", "", number.replace("(0)", ""))
