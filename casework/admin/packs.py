"""A school's safeguarding pack: read by who works there, sent by head or SENDCO, and who owes one."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from ..access import reading, rules
from ..actions import packs as actions
from ..models import PACK_TEXTS, School, SchoolPack, SchoolYear, years_to_send
from ..reports import packs
from ..sealed import TextKind
from .differences import differences
from .exporting import as_file
from .fields import is_uuid
from .pack_forms import PackForm
from .screens import FormScreen, Screen
from .telephones import with_links
from .who_reads import who_reads

HEADINGS = ("School", "School year", "Due since", "School office")


class PackScreen(Screen):
    """A page about the pack of one school, for who may open it."""

    header_icon = "clipboard-list"
    school: School

    def find(self) -> None:
        schools = rules.visible_pack_schools(self.request.user).select_related("service")
        self.school = get_object_or_404(schools, uuid=self.kwargs["uuid"])

    def trail(self) -> list[tuple[str, str]]:
        return [(f"Safeguarding pack of {self.school.name}", pack_address(self.school))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(school=self.school, pack_address=pack_address(self.school), **kwargs)


class PackPage(PackScreen):
    """The pack to go by today, and the others in a list."""

    template_name = "casework/pack/page.html"
    page_title = "Safeguarding pack"
    pack: SchoolPack | None

    def find(self) -> None:
        super().find()
        self.pack = packs.shown(self.request.user, self.school, timezone.localdate())

    def trail(self) -> list[tuple[str, str]]:
        return []

    def open(self) -> None:
        if self.pack:
            reading.opened(self.request.user, self.pack)
        else:
            reading.opened(self.request.user, self.school, part="safeguarding pack")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, today = self.request.user, timezone.localdate()
        standing = next(iter(packs.standings([self.school], today)), None)
        others = rules.visible_packs(user).filter(school=self.school).without_words()
        sends = rules.can_send_pack(user, self.school)
        return super().get_context_data(
            pack=self.pack,
            answers=answers(self.pack) if self.pack else [],
            is_earlier=self.pack is not None and not packs.is_of(self.pack, today),
            standing=standing,
            years=_years(self.school, standing) if sends else [],
            others=others.exclude(pk=self.pack.pk if self.pack else None).select_related("school_year", "sent_by"),
            **kwargs,
        )


class OnePack(Screen):
    """A pack of another year, or one that was replaced: as it was sent."""

    template_name = "casework/pack/one.html"
    page_title = "Safeguarding pack"
    header_icon = "clipboard-list"

    def find(self) -> None:
        related = ("school__service", "school_year", "data_key", "sent_by")
        found = rules.visible_packs(self.request.user).select_related(*related)
        self.pack: SchoolPack = get_object_or_404(found, uuid=self.kwargs["uuid"])

    def open(self) -> None:
        reading.opened(self.request.user, self.pack)

    def trail(self) -> list[tuple[str, str]]:
        return [(f"Safeguarding pack of {self.pack.school.name}", pack_address(self.pack.school))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pack = self.pack
        return super().get_context_data(
            pack=pack, school=pack.school, answers=answers(pack), pack_address=pack_address(pack.school), **kwargs
        )


class SendPack(PackScreen, FormScreen):
    """The pack of a school year: empty the first time, then with the answers that were sent last."""

    template_name = "casework/pack/send.html"
    form_class = PackForm
    submit_label = "Send the pack"

    def find(self) -> None:
        super().find()
        if not rules.can_send_pack(self.request.user, self.school):
            raise Http404
        self.year = self._year()
        self.page_title = f"Safeguarding pack {self.year}"
        sent = rules.visible_packs(self.request.user).standing().filter(school=self.school)
        related = sent.select_related("school_year", "data_key", "sent_by")
        before = related.filter(school_year__starts_on__lte=self.year.starts_on)
        self.last: SchoolPack | None = before.order_by("-school_year__starts_on").first()
        self.is_change = self.last is not None and self.last.school_year_id == self.year.pk

    def _year(self) -> SchoolYear:
        """The year that was asked for, or that the form was opened for; or else the first whose pack is not there yet.
        Of none the page is not there."""
        years = list(years_to_send(self.school, timezone.localdate()))
        wanted = self.request.POST.get("year", "") or self.request.GET.get("year", "")
        if wanted:
            years = [year for year in years if is_uuid(wanted) and year.uuid == UUID(wanted)]
        if not years:
            raise Http404
        sent = set(SchoolPack.objects.filter(school=self.school, school_year__in=years).values_list("school_year"))
        return next((year for year in years if (year.pk,) not in sent), years[0])

    def open(self) -> None:
        if self.last:
            reading.opened(self.request.user, self.last)
        else:
            reading.opened(self.request.user, self.school, part="safeguarding pack")

    def initial(self) -> dict[str, Any]:
        said = {name: getattr(self.last, name) for name in PACK_TEXTS} if self.last else {}
        number = self.last.number if self.last and self.is_change else 0
        return said | {"version": number, "year": self.year.uuid}

    def perform(self, form: PackForm) -> str:
        version = form.cleaned_data["version"]
        actions.send(self.school, self.year, by=self.request.user, version=version, **form.texts())
        messages.success(self.request, "The pack is sent. The therapists who work at the school are told.")
        return pack_address(self.school)

    def both_texts(self, form: forms.Form, current: Any) -> dict[str, Any]:
        pairs = differences(form, {name: getattr(current, name) for name in PACK_TEXTS})
        data = form.data.copy()
        data["version"] = str(current.number)
        self.find()
        return {"form": self.form(data), "stale": {"record": f"The {current}", "pairs": pairs}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        earlier = None if self.is_change else self.last
        return super().get_context_data(
            year=self.year, earlier=earlier, last=self.last, readers=who_reads(TextKind.PACK), **kwargs
        )


class Packs(Screen):
    """The schools whose packs one opens: who owes one, and what was sent."""

    template_name = "casework/pack/list.html"
    page_title = "Safeguarding packs"
    header_icon = "clipboard-list"

    def find(self) -> None:
        if not rules.visible_pack_schools(self.request.user).exists():
            raise PermissionDenied
        self.standings = packs.of_person(self.request.user, timezone.localdate())

    def open(self) -> None:
        reading.listed(self.request.user, SchoolPack, rows=len(self.standings), search=False)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            owed=[one for one in self.standings if one.is_owed],
            sent=[one for one in self.standings if not one.is_owed],
            may_take_out=any(rules.can_chase_pack(self.request.user, one.school) for one in self.standings),
            **kwargs,
        )


class PacksOwed(Screen):
    """Who owes a pack, as a file; nothing of any pack is in it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        user = request.user
        schools = [one for one in rules.visible_pack_schools(user) if rules.can_chase_pack(user, one)]
        if not schools:
            raise Http404
        owed = packs.owed(schools, timezone.localdate())
        rows = [(one.school.name, str(one.year), one.since, one.school.telephone) for one in owed]
        reading.exported(user, SchoolPack, rows=len(rows), form="csv")
        return as_file("csv", "safeguarding-packs-owed", HEADINGS, rows)


def answers(pack: SchoolPack) -> list[tuple[str, str]]:
    """What a pack says, label by label, its telephone numbers to tap; what was left empty is left out."""
    said = [(str(SchoolPack._meta.get_field(name).verbose_name), getattr(pack, name)) for name in PACK_TEXTS]
    return [(label[:1].upper() + label[1:], with_links(text)) for label, text in said if text]


def _years(school: School, standing: packs.Standing | None) -> list[tuple[SchoolYear, bool]]:
    """The years whose pack may be sent now, and whether it was sent before."""
    years = list(years_to_send(school, timezone.localdate()))
    sent = set(
        SchoolPack.objects.standing().filter(school=school, school_year__in=years).values_list("school_year", flat=True)
    )
    return [(year, year.pk in sent) for year in years]


def pack_address(school: Any) -> str:
    """The page of a school's pack."""
    return reverse("casework_pack", args=[school.uuid])
