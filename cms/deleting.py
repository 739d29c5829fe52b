"""What somebody has opened is not deleted: who read it stays on record. It is withdrawn, and then opens to nobody."""

from collections.abc import Callable
from typing import Any

from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from wagtail.admin import messages

from casework.access import reading

WITHDRAW_IT = (
    "“%s” was opened by somebody, and who read it stays on record: it cannot be deleted. Withdraw it instead: "
    "set the day under “Withdrawn on”, and from then on nobody can open it."
)


def kept_once_opened(dispatch: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Wagtail's page for deleting a document, which leads to where one is withdrawn."""

    def ask_first(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        document = view.object
        if not view.user_has_permission("delete") or not reading.was_opened(document):
            try:
                return dispatch(view, request, *args, **kwargs)
            except ProtectedError:
                pass  # somebody opened it at this very moment
        messages.warning(request, WITHDRAW_IT % document.title)
        return redirect("wagtaildocs:edit", document.pk)

    return ask_first
