"""What a new page starts with, so that an editor writes over words and not on an empty sheet."""

from typing import Any

Blocks = list[tuple[str, Any]]


def page() -> Blocks:
    """An ordinary page."""
    return [
        ("text", "<h2>What it is</h2><p>Say it in short words. One idea in a paragraph.</p>"),
        (
            "expander",
            {"heading": "What people ask us", "questions": [question("What does it cost?", "Nothing for families.")]},
        ),
    ]


def steps() -> Blocks:
    """A page of steps."""
    return [
        ("step", {"title": "You talk to school", "text": "Who listens, and when?"}),
        ("step", {"title": "We meet you", "text": "Where, and how long does it take?"}),
        ("step", {"title": "We look at how it goes", "text": "After how many weeks, and who is there?"}),
    ]


def children() -> Blocks:
    """A page for children."""
    return [
        ("ideas", {"drawing": "talk", "heading": "You can talk", "text": "<p>Or play, or draw. You choose.</p>"}),
        ("ideas", {"drawing": "stop", "heading": "You can stop", "text": "<p>You can say no at any time.</p>"}),
    ]


def packages() -> Blocks:
    """The page of rates and packages."""
    return [
        (
            "package",
            {
                "title": "One day a week",
                "text": "Who it suits, in a sentence.",
                "holds": ["What is in it", "What else is in it"],
            },
        )
    ]


def question(words: str, answer: str) -> dict[str, str]:
    """A question and its answer, for a block of questions."""
    return {"question": words, "answer": f"<p>{answer}</p>"}
