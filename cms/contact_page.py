"""Where the contact form is sent. No cookie: it counts only where it was sent from this site's own page."""

import logging
from typing import Any

from allauth.core.internal import ratelimit
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View
from redis.exceptions import RedisError
from wagtail.models import Site

from cms import contact, messages
from cms.models import ContactPage

logger = logging.getLogger(__name__)

AWAY = (RedisError, OSError)
"""What a cache raises that cannot count."""

ON_THIS_PAGE = "Please press the button on this page itself."
OPEN_TOO_LONG = "This page was open for a long time. Please send your message once more."
TOO_QUICK = "That was very quick. Please look once more, then send it."
TOO_MANY = "Many messages have come from where you are. Please wait an hour, then send yours, or ring us."
CLOSED = "We cannot take messages at this moment. Please keep yours, and ring us or write an e-mail."
ONE_TOO_MANY = "A box that people do not see was filled in. Please empty it, then send your message once more."


@method_decorator(
    [
        csrf_exempt,  # its token would need a cookie: `contact.may_be_sent` and the key stand in its place
        sensitive_post_parameters(),
    ],
    name="dispatch",
)
class SendMessage(View):
    """Keeps a message, or shows the page again with every word that was written and what is wrong."""

    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.site = Site.find_for_request(request)
        pages = ContactPage.objects.live().public()
        self.page = pages.descendant_of(self.site.root_page).first() if self.site else None
        if self.page is None:
            raise Http404
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    def post(self, request: HttpRequest) -> HttpResponse:
        form = contact.ContactForm(request.POST)
        try:
            counted = ratelimit.consume(request, app="allauth.account", action="contact")
        except AWAY:
            logger.exception("No message can be taken: tries cannot be counted.")
            return self.ask(form, again=CLOSED, status=503)
        if not counted:
            return self.ask(form, again=TOO_MANY, status=429)
        key = contact.read_key(request.POST.get("key", ""))
        if not contact.may_be_sent(request):
            return self.ask(form, again=ON_THIS_PAGE, status=403)
        if key is None:
            return self.ask(form, again=OPEN_TOO_LONG)
        if key.is_too_quick:
            return self.ask(form, again=TOO_QUICK)
        if form.is_from_a_program:
            return self.ask(form, again=ONE_TOO_MANY)
        if not form.is_valid():
            return self.ask(form)
        messages.keep(form.words, site=self.site, uuid=key.message)
        return self.show(is_sent=True)

    def ask(self, form: contact.ContactForm, *, again: str = "", status: int = 200) -> HttpResponse:
        return self.show(status=status, form=form, key=contact.new_key(), again=again)

    def show(self, status: int = 200, **context: Any) -> HttpResponse:
        return render(self.request, self.page.template, self.page.get_context(self.request) | context, status=status)
