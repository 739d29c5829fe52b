"""The coordinator's pages of what was written through the website: the list, and one message."""

from typing import Any

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.log_actions import log

from cms import contact, messages
from cms.framed import Framed

LIST = "website_messages"
AT_ONCE = 200
WHO = dict(contact.WHO)


class Messages(Framed, TemplateView):
    """All of 90 days to the services that this person coordinates, the newest first; none of their words."""

    template_name = "cms/messages.html"
    page_title = "Messages"
    header_icon = "mail"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = Paginator(messages.visible(self.request.user), AT_ONCE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {"found": found, "kept": messages.KEPT.days}


class Message(Framed, TemplateView):
    """One message, to read it and to note that it was answered. Each opening is on record."""

    template_name = "cms/message.html"
    page_title = "Message"
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.above = [{"url": reverse(LIST), "label": Messages.page_title}]
        self.message = get_object_or_404(messages.visible(request.user), uuid=kwargs["uuid"])
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        messages.answered(self.message, by=request.user)
        notices.success(request, "Noted as answered.")
        return redirect(LIST)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        log(self.message, "cms.message.opened", user=self.request.user)
        words = messages.words_of(self.message)
        return super().get_context_data(**kwargs) | {
            "message": self.message,
            "words": words,
            "who": WHO.get(words.get("who", ""), ""),
            "gone_on": self.message.sent_at + messages.KEPT,
        }
