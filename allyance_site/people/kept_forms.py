"""A form that came while it had to be asked whether it is still its person: kept for them until that is answered.

It is kept in their session, so it lies sealed in the database, opens to nobody else, and ends with the session; an
hour later at the latest. A form with a password is not kept. Nothing is kept in the browser.
"""

import time
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from allyance_site import kept_words

IN_THE_SESSION = "kept_forms"
LASTS = 3600
AT_MOST = 3  # of several windows; a session is no store


def keep(request: HttpRequest) -> str:
    """Keep what was sent; the address that gives it back, or, with nothing to keep, of the page that it was sent to."""
    if not kept_words.can_be_given_back(request):
        return request.get_full_path()
    token = str(uuid4())
    form = {
        "token": token,
        "at": time.time(),
        "address": request.get_full_path(),
        "sent": request.POST.urlencode(),
        "files": kept_words.brought_files(request),
    }
    request.session[IN_THE_SESSION] = [*_kept(request), form][-AT_MOST:]
    return reverse("kept_form", args=[token])


@require_safe
def kept_form(request: HttpRequest, token: UUID) -> HttpResponse:
    """Everything that was typed, ready to be sent again to where it was meant for."""
    form = next((form for form in _kept(request) if form["token"] == str(token)), None)
    if form is None:
        messages.error(request, "What you typed was kept for an hour, and is gone now.")
        return redirect("wagtailadmin_home")
    sent = QueryDict(form["sent"], mutable=True)
    sent.pop("csrfmiddlewaretoken", None)  # the page brings its own
    context = {"address": form["address"], "answers": kept_words.answers_of(sent), "files": form["files"]}
    return render(request, "people/kept.html", context)


def forget_old(request: HttpRequest) -> None:
    """Take what is too old out of the session."""
    if IN_THE_SESSION in request.session and request.session[IN_THE_SESSION] != _kept(request):
        request.session[IN_THE_SESSION] = _kept(request)


def _kept(request: HttpRequest) -> list[dict[str, Any]]:
    since = time.time() - LASTS
    return [form for form in request.session.get(IN_THE_SESSION, []) if form["at"] > since]
