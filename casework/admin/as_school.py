"""What the school sees of a case: the case file by the rules and the tabs of a head of its school, for who works it."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from ..access import reading, rules, scope
from ..access.roles import Role
from ..access.scope import StandIn
from ..lifecycle import FINISHED
from ..models import Carer, Family, Professional, Pupil, Record, Referral
from ..sealed import TextKind
from .case_content import Case
from .case_file import CaseFile
from .case_tabs import TABS
from .moves import Need, missing
from .screens import CaseFormScreen, case_address, with_related
from .step_pages import PAGES

SEE = "see_as_school"
"""The name of the button."""


class CaseAsSchool(Case):
    """A case as a head of its school gets it, and nothing of it that who looks may not read themselves."""

    acts = False

    def __init__(self, viewer: Any, referral: Referral) -> None:
        super().__init__(StandIn(Role.HEAD, referral.school_id), referral)
        self.viewer = viewer
        self._viewers_kinds = rules.readable_kinds(viewer, referral)
        self._viewer_reads_outcomes = rules.can_read_outcomes(viewer, referral)

    @property
    def is_shown(self) -> bool:
        """Whether the school knows of this case at all."""
        return rules.can_view_referral(self.user, self.referral)

    @cached_property
    def kinds(self) -> frozenset[TextKind]:
        return super().kinds & self._viewers_kinds

    @cached_property
    def outcomes(self) -> bool:
        return super().outcomes and self._viewer_reads_outcomes

    @cached_property
    def carers(self) -> list[Carer]:
        viewers = set(rules.visible_carers(self.viewer, self.referral.pupil.family_id))
        return [carer for carer in super().carers if carer in viewers]

    @cached_property
    def family(self) -> Family | None:
        family = super().family
        seen = family is not None and rules.visible_families(self.viewer, family.pk).exists()
        return family if seen else None

    @cached_property
    def professionals(self) -> list[Professional]:
        return super().professionals if self.family else []

    @cached_property
    def siblings(self) -> list[Pupil]:
        viewers = set(rules.visible_pupils(self.viewer).filter(family_id=self.referral.pupil.family_id))
        return [pupil for pupil in super().siblings if pupil in viewers]

    def only(self, record: Record) -> None:
        """Leave out the other sessions, reviews and steps."""
        self.sessions = [row for row in self.sessions if row == record]
        self.reviews = [row for row in self.reviews if row == record]
        self.changes = [row for row in self.changes if row == record]
        self.agreements = [row for row in self.agreements if row == record]


class CaseAsSchoolScreen(CaseFile):
    """The case file of a head of the school, without the steps that are theirs to take."""

    template_name = "casework/case/as_school.html"
    page_subtitle = "What the school sees"

    def read(self) -> CaseAsSchool:
        if not rules.can_see_as_school(self.request.user, self.referral):
            raise PermissionDenied
        return CaseAsSchool(self.request.user, self.referral)

    def address(self, tab: str = "") -> str:
        return reverse("casework_case_as_school", args=[self.referral.uuid]) + (f"?tab={tab}" if tab else "")

    def open(self) -> None:
        part = f"what the school sees: {self.asked.title.lower()}"
        reading.opened(self.request.user, self.referral, part=part)

    def trail(self) -> list[tuple[str, str]]:
        return [(self.referral.reference, case_address(self.referral))]

    def next_move(self) -> dict[str, Any]:
        """Where the case stands and what is missing, without a button: they would be this person's, not the head's."""
        needs = [(Need(need.words), PAGES[step].label) for need, step in missing(self.case.moves).items()]
        finished = self.referral.status in FINISHED
        return {"missing": needs, "is_finished": finished, "taken_back": self.case.taken_back}


class SeenBySchool(CaseFormScreen):
    """A form about a case whose writer can see, before it is saved, what the school will see of it.

    It is really saved, read as a head of the school reads it, and taken back before anybody else could see it.
    """

    school_tabs: tuple[str, ...] = ()

    def write(self, form: Any) -> Record:
        """Call the action; the record that it wrote."""
        raise NotImplementedError

    @property
    def offers_school_view(self) -> bool:
        return bool(self.school_tabs) and rules.can_see_as_school(self.request.user, self.referral)

    def carry_out(self, form: Any) -> HttpResponse:
        if SEE in self.request.POST and self.offers_school_view:
            return self.show(form=form, school_sees=self._tried(form))
        return super().carry_out(form)

    def _tried(self, form: Any) -> list[SafeString]:
        """The school's tabs as they would be; each is text by now, for what they were made of is gone."""
        case = CaseAsSchool(self.request.user, self.referral)
        try:
            with transaction.atomic():
                record = self.write(form)
                case.referral = with_related(Referral.objects.all()).get(pk=self.referral.pk)
                case.only(record)
                shown = [tab for tab in TABS if tab.key in self.school_tabs and case.is_shown and tab.offered(case)]
                seen = [
                    render_to_string(tab.template, {"referral": case.referral, "tab": tab.content(case)})
                    for tab in shown
                ]
                transaction.set_rollback(True)
        finally:
            scope.renew(self.request.user)
        return seen

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        see = SEE if self.offers_school_view else ""
        return super().get_context_data(see=see, **kwargs)
