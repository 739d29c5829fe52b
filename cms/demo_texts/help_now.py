"""What both services say in a bad moment, and what stands above the library."""

from typing import Any

HELP: dict[str, Any] = {
    "title": "Get help now",
    "lede": "You do not need to be sure that it is serious. If you are worried, ask someone now.",
    "emergency_text": "Is someone badly hurt, or about to be? Do not wait for us. Call now.",
}

LIBRARY: dict[str, Any] = {
    "title": "Safeguarding library",
    "intro": "<p>Documents for the people who work with us. You see those of the team and of your own schools. "
    "Each time you open one, we write it down.</p>",
}

HELPLINES: tuple[dict[str, Any], ...] = (
    {"name": "Police, ambulance, fire", "number": "999", "who_for": "When someone is in danger now.", "hours": "Day and night", "emergency": True, "position": 1},
    {"name": "Samaritans", "number": "116 123", "who_for": "If you need to talk to someone, about anything.", "hours": "Day and night, free", "position": 3},
    {"name": "SHOUT", "way": "text", "word": "SHOUT", "number": "85258", "who_for": "If you would rather text than talk.", "hours": "Day and night, free from most phones", "position": 4},
    {"name": "Childline", "number": "0800 1111", "audience": "child", "who_for": "For anyone under 19, about anything at all.", "hours": "Day and night, free", "position": 1},
    {"name": "NSPCC", "number": "0808 800 5000", "audience": "adult", "who_for": "If you are worried about a child.", "hours": "Weekdays, in the day", "position": 1},
    {"name": "YoungMinds for parents", "number": "0808 802 5544", "audience": "adult", "who_for": "If you are worried about how your child feels.", "hours": "Weekdays, in the day", "position": 2},
)  # fmt: skip

CRISIS_LINE = {
    "crisis_line_name": "Your local NHS crisis team",
    "crisis_line_number": "111",
    "crisis_line_note": "Choose the mental health option. They know the teams near you.",
}
