"""Save my calendar: a practitioner's own private address, shown once, renewed and ended here."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ..access import reading, rules
from ..actions import feeds
from .acting import OnceForm, act
from .screens import FormScreen

END = "end"


class Feed(FormScreen):
    """Whether there is an address, and a button that makes a new one or ends it."""

    template_name = "casework/work/feed.html"
    form_class = OnceForm
    page_title = "My calendar"
    header_icon = "calendar"

    def find(self) -> None:
        own = rules.visible_practitioners(self.request.user).select_related("service")
        self.practitioner = get_object_or_404(own, uuid=self.kwargs["uuid"])
        if not rules.can_keep_feed(self.request.user, self.practitioner):
            raise PermissionDenied
        self.feed = rules.visible_feeds(self.request.user).filter(practitioner=self.practitioner, ended_at=None).first()
        self.submit_label = "Make a new address" if self.feed else "Make my address"

    def open(self) -> None:
        reading.opened(self.request.user, self.practitioner, part="calendar feed")

    def carry_out(self, form: Any) -> HttpResponse:
        """The secret stands in this one answer alone; a second sending gets the page without it."""
        made: list[str] = []
        answer = act(self.request, lambda: self._carry_out(made))
        if not made:
            return answer
        self.find()
        address = self.request.build_absolute_uri(reverse("calendar_feed", args=made))
        return self.show(form=self.form(), address=address)

    def _carry_out(self, made: list[str]) -> str:
        if END in self.request.POST:
            feeds.end(self.practitioner, by=self.request.user)
        else:
            made.append(feeds.renew(self.practitioner, by=self.request.user))
        return reverse("casework_feed", args=[self.practitioner.uuid])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(feed=self.feed, end=END, **kwargs)
