"""Supervision and training: what is to come and what has been, and the page of each."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from ..access import reading, rules
from ..access.roles import Role
from ..access.scope import of
from ..models import MeetingKind, TeamMeeting
from ..reports.supervision import letter_of
from .screens import Screen

TITLE = "Supervision and training"
ON_A_PAGE = 20


def meeting_address(meeting: TeamMeeting) -> str:
    return reverse("casework_supervision_meeting", args=[meeting.uuid])


def visible_meeting(user: Any, uuid: Any) -> TeamMeeting:
    """The meeting of an address; a foreign one answers like a missing one."""
    seen = rules.visible_team_meetings(user).select_related("service", "counts_as")
    return get_object_or_404(seen, uuid=uuid)


class TeamMeetings(Screen):
    """All that this person sees, or those alone that they are asked to."""

    template_name = "casework/supervision/list.html"
    page_title = TITLE
    header_icon = "group"

    def find(self) -> None:
        user = self.request.user
        scope = of(user)
        self.leads = bool(scope.held(Role.COORDINATOR, Role.SUPERVISOR))
        self.is_practitioner = bool(scope.practitioners)
        if not (self.leads or self.is_practitioner):
            raise Http404
        self.mine = self.leads and self.is_practitioner and self.request.GET.get("mine") == "yes"
        seen = rules.visible_team_meetings(user)
        if self.mine:
            seen = seen.filter(attendances__practitioner__in=scope.practitioners)
        people = rules.visible_attendances(user).select_related("practitioner")
        counted = seen.annotate(
            asked=Count("attendances"), came=Count("attendances", filter=Q(attendances__came=True))
        ).prefetch_related(Prefetch("attendances", people, to_attr="people"))
        now = timezone.now()
        self.coming = list(counted.filter(starts_at__gt=now, cancelled_at=None).order_by("starts_at", "pk"))
        past = counted.exclude(starts_at__gt=now, cancelled_at=None).order_by("-starts_at", "-pk")
        self.page = Paginator(past, ON_A_PAGE).get_page(self.request.GET.get("p"))

    def open(self) -> None:
        rows = len(self.coming) + self.page.paginator.count
        reading.listed(self.request.user, TeamMeeting, rows=rows, search=False)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scope = of(self.request.user)
        return super().get_context_data(
            coming=self.coming,
            page=self.page,
            mine=self.mine,
            can_choose=self.leads and self.is_practitioner,
            supervises=bool(scope.held(Role.SUPERVISOR)),
            leads=self.leads,
            enters_own=self.is_practitioner,
            **kwargs,
        )


class MeetingPage(Screen):
    """One time of supervision or training: who is asked and who came, and which cases this person sees of it."""

    template_name = "casework/supervision/meeting.html"
    header_icon = "group"

    def find(self) -> None:
        self.meeting = visible_meeting(self.request.user, self.kwargs["uuid"])
        self.page_title = self.meeting.title or self.meeting.get_kind_display()
        self.page_subtitle = f"{timezone.localtime(self.meeting.starts_at):%A %-d %B %Y}"

    def open(self) -> None:
        reading.opened(self.request.user, self.meeting)

    def trail(self) -> list[tuple[str, str]]:
        return [(TITLE, reverse("casework_supervision"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, meeting = self.request.user, self.meeting
        people = rules.visible_attendances(user).filter(meeting=meeting).select_related("practitioner")
        items = rules.visible_supervision_items(user).filter(meeting=meeting)
        related = items.select_related("referral__school", "meeting", "notes_brought_by").defer("question", "reflected")
        is_open = rules.can_change_team_meeting(user, meeting)
        own = meeting.kind == MeetingKind.INDIVIDUAL and meeting.entered_by_id == user.pk
        return super().get_context_data(
            meeting=meeting,
            people=people.order_by("practitioner__name"),
            items=[
                {
                    "item": item,
                    "letter": letter_of(item.position),
                    "prepares": not meeting.has_begun and rules.can_write_reflection(user, item),
                }
                for item in related
            ],
            reads_sheet=rules.can_read_sheet(user, meeting),
            changes=is_open,
            cancels=is_open and rules.can_cancel_team_meeting(user, meeting),
            keeps_agenda=is_open and rules.can_keep_agenda(user, meeting),
            records=is_open and meeting.has_begun,
            own=own,
            **kwargs,
        )


class OfMeeting(Screen):
    """A page about one meeting that this person may see, and do here what the page is for."""

    header_icon = "group"
    subtitle: str
    meeting: TeamMeeting

    def find(self) -> None:
        self.meeting = visible_meeting(self.request.user, self.kwargs["uuid"])
        self.page_title = self.meeting.title or self.meeting.get_kind_display()
        self.page_subtitle = self.subtitle

    def open(self) -> None:
        reading.opened(self.request.user, self.meeting, part=self.subtitle.lower())

    def trail(self) -> list[tuple[str, str]]:
        return [(TITLE, reverse("casework_supervision")), (str(self.meeting), meeting_address(self.meeting))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(meeting=self.meeting, case_address=meeting_address(self.meeting), **kwargs)
