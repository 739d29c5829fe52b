"""The contact form: what it asks, and how it tells a person from a program without a cookie."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django import forms
from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

SALT = "cms.contact-form"
SOONEST = timedelta(seconds=3)
LATEST = timedelta(days=1)

WHO = [
    ("family", "I am a parent or carer"),
    ("school", "I work in a school"),
    ("service", "I work with families elsewhere"),
    ("other", "Somebody else"),
]


class ContactForm(forms.Form):
    """Who writes, how to answer them, and what they want to say."""

    name = forms.CharField(
        label="Your name", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Write your name."},
    )  # fmt: skip
    who = forms.ChoiceField(
        label="Who are you?", choices=[("", "Choose one"), *WHO], error_messages={"required": "Choose who you are."}
    )
    reply_to = forms.CharField(
        label="Your e-mail address or telephone number", max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Write how we can answer you."},
    )  # fmt: skip
    message = forms.CharField(
        label="Your message", max_length=3000, widget=forms.Textarea(attrs={"rows": 7}),
        help_text="Please do not write about a child by name here.",
        error_messages={"required": "Write your message.", "max_length": "Please write at most 3,000 letters."},
    )  # fmt: skip
    # Seen by nobody; a program fills it in.
    website = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        for name, field in self.fields.items():
            described = [f"id_{name}_error"] if name in self.errors else []
            described += [f"id_{name}_help"] if field.help_text else []
            if described:
                field.widget.attrs["aria-describedby"] = " ".join(described)

    @property
    def is_from_a_program(self) -> bool:
        """Whether the box that nobody sees was filled in."""
        return bool(self.data.get("website"))

    @property
    def words(self) -> dict[str, str]:
        """What is kept of it."""
        return {name: self.cleaned_data[name] for name in ("name", "who", "reply_to", "message")}


@dataclass(frozen=True)
class Key:
    """What a page's form carries: the address that its message will have, and when the page was made."""

    message: UUID
    made_at: float

    @property
    def is_too_quick(self) -> bool:
        """Whether nobody can have written it in that time."""
        return timezone.now().timestamp() - self.made_at < SOONEST.total_seconds()


def new_key() -> str:
    """A key for a form that is about to be shown. Sent twice, its message is kept once."""
    return signing.dumps([uuid4().hex, timezone.now().timestamp()], salt=SALT)


def read_key(key: str) -> Key | None:
    """The key of a form of ours that was made within a day."""
    try:
        message, made_at = signing.loads(key, salt=SALT, max_age=LATEST)
    except signing.BadSignature:
        return None
    return Key(UUID(message), made_at)


def may_be_sent(request: HttpRequest) -> bool:
    """Whether a form comes from a page of this site: the browser says so, and nothing it says is against it."""
    ours = f"{request.scheme}://{request.get_host()}"
    return (
        request.headers.get("Origin") == ours and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    )
