"""The shapes that a demo website's words come in."""

from dataclasses import dataclass, field
from typing import Any, Literal

Block = tuple[str, Any]
Kind = Literal[
    "section",
    "page",
    "steps",
    "children",
    "team",
    "directory",
    "packages",
    "languages",
    "language",
    "policy",
    "contact",
    "news",
    "news_item",
]


@dataclass(frozen=True)
class PageText:
    """One page, and the pages below it."""

    slug: str
    title: str
    lede: str
    body: tuple[Block, ...] = ()
    next_steps: str = ""
    kind: Kind = "page"
    drawing: str = ""
    in_menu: bool = False
    fields: dict[str, Any] = field(default_factory=dict)
    below: tuple["PageText", ...] = ()
    days_before: int = 0
    """How many days before today a page is dated."""
    live: bool = True


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
    contact_telephone: str
    footer_text: str
    home: HomeText
    pages: tuple[PageText, ...] = ()
    other_help: tuple[dict[str, Any], ...] = ()
    colours: dict[str, str] = field(default_factory=dict)


def text(*parts: tuple[str, str]) -> Block:
    """A block of headings, each with its paragraphs."""
    return (
        "text",
        "".join(
            f"<h2>{heading}</h2>{words if words.startswith('<') else f'<p>{words}</p>'}" for heading, words in parts
        ),
    )


def steps(heading: str, *pairs: tuple[str, str]) -> Block:
    """A block of numbered steps."""
    return ("steps", {"heading": heading, "steps": titled(*pairs)})


def cards(heading: str, *pairs: tuple[str, str]) -> Block:
    """A block of things side by side."""
    return ("cards", {"heading": heading, "cards": titled(*pairs)})


def questions(heading: str, *pairs: tuple[str, str]) -> Block:
    """A block of questions with their answers folded away."""
    answers = [{"question": question, "answer": f"<p>{answer}</p>"} for question, answer in pairs]
    return ("expander", {"heading": heading, "questions": answers})


def callout(heading: str, words: str, kind: str = "info") -> Block:
    """A block that must not be missed."""
    return ("callout", {"kind": kind, "heading": heading, "text": f"<p>{words}</p>"})


def contact(heading: str, words: str) -> Block:
    """A block that says whom to ask."""
    return ("contact", {"heading": heading, "text": words})


def idea(drawing: str, heading: str, words: str) -> Block:
    """One idea beside a drawing."""
    return ("ideas", {"drawing": drawing, "heading": heading, "text": f"<p>{words}</p>"})


def words(heading: str, *pairs: tuple[str, str]) -> Block:
    """A block of words and what they mean."""
    return ("words", {"heading": heading, "words": [{"word": word, "meaning": meaning} for word, meaning in pairs]})


def quote(said: str, who: str) -> Block:
    """What somebody said."""
    return ("quote", {"words": said, "who": who})


def other_help(heading: str, topic: str) -> Block:
    """Entries of other help on one topic."""
    return ("other_help", {"heading": heading, "topic": topic})


def downloads(heading: str, readers: str) -> Block:
    """Files of the website for one kind of reader."""
    return ("downloads", {"heading": heading, "readers": readers})


def helplines(heading: str, audience: str) -> Block:
    """Numbers from the list of helplines."""
    return ("helplines", {"heading": heading, "audience": audience})


def table(heading: str, columns: tuple[str, ...], *rows: tuple[str, ...]) -> Block:
    """A block of rows and columns."""
    return (
        "table",
        {
            "heading": heading,
            "table": {
                "columns": [{"type": "words", "heading": column} for column in columns],
                "rows": [{"values": list(row)} for row in rows],
            },
        },
    )


def titled(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    """Titles and texts, as steps and cards have them."""
    return [{"title": title, "text": words} for title, words in pairs]


def in_order(*pairs: tuple[str, str]) -> list[Block]:
    """The steps of a page of steps."""
    return [("step", step) for step in titled(*pairs)]


def packages(*rows: tuple[str, str, tuple[str, ...]]) -> list[Block]:
    """What there is to ask for, and what is in each."""
    return [("package", {"title": title, "text": words, "holds": list(holds)}) for title, words, holds in rows]
