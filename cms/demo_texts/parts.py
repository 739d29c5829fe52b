"""The shapes that a demo website's words come in."""

from dataclasses import dataclass, field
from typing import Any

Block = tuple[str, Any]


@dataclass(frozen=True)
class PageText:
    """One ordinary page."""

    slug: str
    title: str
    lede: str
    body: tuple[Block, ...]
    next_steps: str = ""
    in_menu: bool = False
    in_footer: bool = False
    offers_contact: bool = True


@dataclass(frozen=True)
class HomeText:
    """The home page; a door or a button names the slug of the page that it leads to."""

    hero_title: str
    hero_text: str
    buttons: tuple[tuple[str, str], ...]
    doors: tuple[tuple[str, str, str, str], ...]
    steps: tuple[tuple[str, str], ...]
    body: tuple[Block, ...] = ()
    notice: str = ""
    schools_title: str = "Schools we work in"


@dataclass(frozen=True)
class ServiceText:
    """A whole website."""

    strapline: str
    contact_email: str
    footer_text: str
    home: HomeText
    pages: tuple[PageText, ...] = field(default=())


def steps(heading: str, *pairs: tuple[str, str]) -> Block:
    """A block of numbered steps."""
    return ("steps", {"heading": heading, "steps": [{"title": title, "text": text} for title, text in pairs]})


def cards(heading: str, *pairs: tuple[str, str]) -> Block:
    """A block of things side by side."""
    return ("cards", {"heading": heading, "cards": [{"title": title, "text": text} for title, text in pairs]})


def questions(heading: str, *pairs: tuple[str, str]) -> Block:
    """A block of questions with their answers folded away."""
    answers = [{"question": question, "answer": f"<p>{answer}</p>"} for question, answer in pairs]
    return ("expander", {"heading": heading, "questions": answers})


def callout(heading: str, text: str, kind: str = "info") -> Block:
    """A block that must not be missed."""
    return ("callout", {"kind": kind, "heading": heading, "text": f"<p>{text}</p>"})


def contact(heading: str, text: str) -> Block:
    """A block that says whom to ask."""
    return ("contact", {"heading": heading, "text": text})
