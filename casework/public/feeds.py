"""A calendar feed: a calendar program reads it without signing in, by an address that its practitioner alone was shown.

It says when and at which school, and when there is supervision or training, and nothing of a child.
`docs/decisions/0024-calendar-feed.md` says why.
"""

from datetime import UTC, timedelta
from typing import Any

from allauth.core.internal import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.decorators import method_decorator
from django.views.generic import View
from icalendar import Calendar, Event

from ..access.feeds import feed_of
from ..reports.timetable import Appointment, timetable


@method_decorator(ratelimit.decorator(app="allauth.account", action="calendar_feed", limit_get=True), name="dispatch")
class FeedPage(View):
    """The feed of one secret; a wrong one, an ended one, and one of somebody who has left are not there."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        feed = feed_of(secret)
        if feed is None:
            raise Http404
        events = (event_of(one, feed.pk) for one in timetable(feed.practitioner))
        response = HttpResponse(calendar_of(events), content_type="text/calendar; charset=utf-8")
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response


def calendar_of(events: Any) -> bytes:
    """The events as a calendar."""
    calendar = Calendar()
    calendar.add("prodid", "-//Allyance//Timetable//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Sessions")
    for event in events:
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def event_of(one: Appointment, feed: int) -> Event:
    """One entry. Its name among events is the same each time it is fetched, and says nothing."""
    event = Event()
    event.add("uid", salted_hmac("calendar feed", f"{feed} {one.key}").hexdigest())
    event.add("dtstamp", timezone.now())
    event.add("dtstart", one.at.astimezone(UTC))
    event.add("dtend", (one.at + timedelta(minutes=one.minutes)).astimezone(UTC))
    event.add("summary", f"{one.what} – {one.school}" if one.school else one.what)
    event.add("location", ", ".join(part for part in (one.room, one.school) if part))
    return event
