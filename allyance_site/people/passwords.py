"""What a password must not be made of: the words that anybody would try first at a service like this one."""

import re
from typing import Any

from django.core.exceptions import ValidationError

GUESSED = ("allyance", "counselling", "counsellor", "therapist", "safeguarding", "headteacher", "password", "welcome")
LEFT_AT_LEAST = 8
DIFFERENT_AT_LEAST = 5


class GuessedWordsValidator:
    """Without this service's words, and without the person's school or firm, eight letters or digits must be left, and
    not all of them alike."""

    def validate(self, password: str, user: Any = None) -> None:
        left = password.lower()
        for word in (*GUESSED, *self._place_of(user)):
            left = left.replace(word, "")
        left = re.sub(r"[\W_]", "", left)
        if len(left) < LEFT_AT_LEAST or len(set(left)) < DIFFERENT_AT_LEAST:
            raise ValidationError(
                "This is made of words that people would try first here. Use others as well.", code="guessed_words"
            )

    def get_help_text(self) -> str:
        return "Not only words that have to do with this service, your school or your work."

    def _place_of(self, user: Any) -> list[str]:
        """The words of the address after the @: the school's or the firm's name, mostly."""
        place = getattr(user, "email", "").rpartition("@")[2]
        return [word for word in re.split(r"\W+", place.lower()) if len(word) > 3]
