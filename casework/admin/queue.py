"""The waiting list in short form: who waits where and since when; no names for therapists, no word of the referral."""

from itertools import groupby
from operator import itemgetter
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Case, F, Prefetch, QuerySet, Value, When
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from ..access import reading, rules
from ..actions import endorsements
from ..models import HowSoon, Referral, School
from .endorsing import Side, sides_open, standing_yeses
from .fields import VersionedForm
from .screens import FormScreen, Screen, address_after, case_address, with_related

ON_A_PAGE = 100
URGENCY = [HowSoon.URGENT, HowSoon.SOON, HowSoon.TERM]
TEXTS = ("concerns", "strengths", "tried", "own_words", "ending_summary")


class Queue(Screen):
    """Who waits, by school: as the school put them in order, then by need, then who has waited longest."""

    template_name = "casework/queue/list.html"
    page_title = "Waiting list"
    header_icon = "time"

    def find(self) -> None:
        if not rules.REGISTERS[Referral].listed(self.request.user):
            raise PermissionDenied
        paginator = Paginator(waiting(self.request.user), ON_A_PAGE)
        self.page: Page = paginator.get_page(self.request.GET.get("p"))

    def open(self) -> None:
        reading.listed(self.request.user, Referral, rows=self.page.paginator.count, search=False)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [row_of(referral) for referral in self.page]
        own = seen_by(self.request.user, [row["referral"].pk for row in rows])
        for row in rows:
            row["is_seen"] = row["referral"].pk in own
        user = self.request.user
        schools = [(school, list(group)) for school, group in groupby(rows, key=itemgetter("school"))]
        return super().get_context_data(
            schools=[(school, rules.can_order_queue(user, school), waits) for school, waits in schools],
            own_schools=self.own_schools(),
            page=self.page,
            **kwargs,
        )

    def own_schools(self) -> list[School]:
        """The schools for which this person decides with the other side."""
        user = self.request.user
        return [one for one in rules.visible_schools(user).order_by("name") if rules.sides_of_school(user, one)]


class YesForm(VersionedForm):
    """Which side says yes."""

    def __init__(self, *args: Any, sides: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sides = sides

    def clean(self) -> dict[str, Any]:
        # The buttons themselves carry the side: there is no field to show.
        side = self.data.get("side")
        if side not in dict(self.sides):
            raise forms.ValidationError("You have said yes already, or this is not yours to decide.")
        return self.cleaned_data | {"side": side}


class QueueItem(FormScreen):
    """One who waits, on a card, with the yes that this person may give."""

    template_name = "casework/queue/item.html"
    form_class = YesForm
    header_icon = "time"

    def find(self) -> None:
        self.referral = get_object_or_404(waiting(self.request.user), uuid=self.kwargs["uuid"])
        self.sides = sides_open(self.request.user, self.referral, self.referral.yeses)
        self.page_title = self.referral.reference

    def open(self) -> None:
        reading.opened(self.request.user, self.referral, part="waiting list")

    def trail(self) -> list[tuple[str, str]]:
        return [(Queue.page_title, reverse("casework_queue"))]

    def form_options(self) -> dict[str, Any]:
        return {"sides": self.sides}

    def initial(self) -> dict[str, Any]:
        return {"version": self.referral.version}

    def perform(self, form: YesForm) -> str:
        user, referral, version = self.request.user, self.referral, form.cleaned_data["version"]
        if form.cleaned_data["side"] == Side.SCHOOL:
            endorsements.endorse_for_school(referral, by=user, version=version)
        else:
            endorsements.endorse_for_therapist(referral, by=user, version=version)
        messages.success(self.request, f"{referral.reference}: your yes is recorded.")
        address = address_after(user, referral)
        return address if address == case_address(referral) else reverse("casework_queue")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = row_of(self.referral)
        row["is_seen"] = bool(seen_by(self.request.user, [self.referral.pk]))
        return super().get_context_data(row=row, sides=self.sides, case_address=case_address(self.referral), **kwargs)


def waiting(user: Any) -> QuerySet[Referral]:
    """The waiting list of a person, in its order, without a text of the referral."""
    urgency = Case(*(When(how_soon=soon, then=Value(place)) for place, soon in enumerate(URGENCY)))
    rows = with_related(rules.visible_queue(user)).defer(*TEXTS)
    rows = rows.prefetch_related(Prefetch("endorsements", queryset=standing_yeses(), to_attr="yeses"))
    placed = F("place").asc(nulls_last=True)
    return rows.order_by("school__name", "school_id", placed, urgency, "submitted_at", "pk")


def seen_by(user: Any, pks: list[int]) -> frozenset[int]:
    """Which of these are whole cases to this person; of the others they see no name."""
    return frozenset(rules.visible_referrals(user).filter(pk__in=pks).values_list("pk", flat=True))


def row_of(referral: Referral) -> dict[str, Any]:
    """What the waiting list says of one referral."""
    said = {endorsement.side: endorsement.given_by.get_full_name() for endorsement in referral.yeses}
    return {
        "referral": referral,
        "school": referral.school,
        "days": (timezone.localdate() - timezone.localdate(referral.submitted_at)).days,
        "yeses": [(side.label, said[side]) for side in Side if side in said],
    }
