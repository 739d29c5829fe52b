"""When a form could not be saved, its page gives back every answer that was sent, ready to be sent again.

It needs neither database nor cache nor session. What it holds goes to its own sender alone: the request whose safety
check was passed. A form with a password is not given back.
"""

from dataclasses import dataclass
from typing import Any

from django.db import InterfaceError, InternalError, OperationalError
from django.forms import CharField, HiddenInput
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from redis.exceptions import RedisError

OUT_OF_ORDER = (OperationalError, InternalError, InterfaceError, RedisError, OSError)
"""Database, cache or disk does not do what it should: it may well be over in a minute."""

NOT_WORDS = frozenset({"csrfmiddlewaretoken", "form_key", "version"})
FILES_OF_A_FORM = "multipart/form-data"


@dataclass(frozen=True)
class Answer:
    """One answer as it was sent. What somebody wrote is shown; what was chosen only goes along."""

    name: str
    label: str
    text: str
    is_words: bool


def is_out_of_order(error: BaseException | None) -> bool:
    """Whether it is the machine's trouble rather than a mistake in the program."""
    return isinstance(error, OUT_OF_ORDER)


def page(request: HttpRequest, *, status: int) -> HttpResponse | None:
    """The page that gives the answers back; None for a request that brought none."""
    if not can_be_given_back(request):
        return None
    answers = answers_of(request.POST, getattr(request, "sent_form", None))
    content = render_to_string(
        "unsaved.html",
        {
            "address": request.get_full_path(),
            "answers": answers,
            "once": "form_key" in request.POST,
            "files": brought_files(request),
            "ours": status == 500,
        },
    )
    return HttpResponse(content, status=status)


def can_be_given_back(request: HttpRequest) -> bool:
    """Whether it is a form whose safety check was passed, and that holds no password."""
    if request.method != "POST" or not getattr(request, "csrf_processing_done", False):
        return False
    return not any("password" in name for name in request.POST)


def brought_files(request: HttpRequest) -> bool:
    """Whether files came with the form, which have to be chosen again."""
    return request.content_type == FILES_OF_A_FORM and bool(request.FILES)


def answers_of(sent: QueryDict, form: Any = None) -> list[Answer]:
    """Everything that a form brought, in its order."""
    return [_answer(form, name, text) for name in sent for text in sent.getlist(name)]


def _answer(form: Any, name: str, text: str) -> Answer:
    if name in NOT_WORDS:
        return Answer(name, "", text, is_words=False)
    if form is not None and name in form.fields:
        field = form.fields[name]
        is_text = isinstance(field, CharField) and not isinstance(field.widget, HiddenInput)
        return Answer(name, str(form[name].label), text, is_words=is_text and bool(text))
    # The trouble came before the form was made: words have a space between them.
    return Answer(name, name.replace("_", " ").capitalize(), text, is_words=" " in text.strip())
