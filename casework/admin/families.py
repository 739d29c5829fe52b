"""A family on a screen: adding and changing who cares for a child and who else helps, and what a court has said."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from wagtail.admin import messages

from ..access import reading, rules
from ..actions import families
from ..models import Carer, Family, Professional
from .family_forms import CarerForm, FamilyForm, LegalNoteForm, ProfessionalForm, answers_of
from .screens import CaseFormScreen, FormScreen, case_address, with_related

TAB = "family"


class FamilyPart(FormScreen):
    """What the pages share: the case that they lead back to, and the word that it is done."""

    form_class: type[FamilyForm]
    header_icon = "group"
    referral: Any
    """The case that the page leads back to; none for a pupil who has no case that this person sees."""

    def leads_to(self, family: Family) -> str:
        """The family in the case that was open; where this person sees none, the pupil that they see."""
        if self.referral:
            return case_address(self.referral, TAB)
        pupil = rules.visible_pupils(self.request.user).filter(family=family).first()
        return (
            reverse("casework_pupil_modeladmin_inspect", args=[pupil.uuid]) if pupil else reverse("wagtailadmin_home")
        )

    def perform(self, form: FamilyForm) -> str:
        messages.success(self.request, f"{self.write(form)} is saved.")
        return self.leads_to(self.family)


class AddToFamily(FamilyPart, CaseFormScreen):
    """Somebody more, from the family of a case."""

    def find(self) -> None:
        super().find()
        self.family = self.referral.pupil.family
        if not rules.can_change_family(self.request.user, self.family):
            raise PermissionDenied
        self.page_title = self.referral.reference

    def open(self) -> None:
        reading.opened(self.request.user, self.referral, part=self.page_subtitle.lower())

    def form_options(self) -> dict[str, Any]:
        return {"referral": self.referral, "is_new": True}


class AddCarer(AddToFamily):
    """Somebody who cares for the child."""

    form_class = CarerForm
    page_subtitle = "Add somebody who cares for the child"

    def write(self, form: FamilyForm) -> str:
        families.add_carer(self.family, by=self.request.user, pupil=self.referral.pupil, **form.answers())
        return "The person"


class AddProfessional(AddToFamily):
    """Somebody else who works with the family."""

    form_class = ProfessionalForm
    page_subtitle = "Add somebody else who helps"

    def write(self, form: FamilyForm) -> str:
        families.add_professional(self.family, by=self.request.user, **form.answers())
        return "The person"


class ChangeInFamily(FamilyPart):
    """An entry of a family, for whoever may change it."""

    def find(self) -> None:
        user = self.request.user
        self.record = self.fetch()
        self.family = self.record if isinstance(self.record, Family) else self.record.family
        if not rules.can_change_family(user, self.family):
            raise PermissionDenied
        cases = with_related(rules.visible_referrals(user)).filter(pupil__family=self.family)
        self.referral = cases.order_by("-created_at", "-pk").first()
        self.page_title = self.referral.reference if self.referral else "Family"

    def fetch(self) -> Any:
        """The entry, as far as this person sees it."""
        raise NotImplementedError

    def open(self) -> None:
        reading.opened(self.request.user, self.record, referral=self.referral)

    def form_options(self) -> dict[str, Any]:
        return {"referral": self.referral}

    def initial(self) -> dict[str, Any]:
        return {"version": self.record.version} | answers_of(self.form_class, self.record)

    def answers_of(self, current: Any) -> dict[str, Any]:
        return answers_of(self.form_class, current)

    def trail(self) -> list[tuple[str, str]]:
        return [(self.referral.reference, case_address(self.referral))] if self.referral else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = self.leads_to(self.family)
        return super().get_context_data(referral=self.referral, case_address=back, **kwargs)


class ChangeCarer(ChangeInFamily):
    """Somebody who cares for a child."""

    form_class = CarerForm
    page_subtitle = "Change a carer"

    def fetch(self) -> Carer:
        rows = rules.visible_carers(self.request.user).select_related("data_key", "family")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def write(self, form: FamilyForm) -> str:
        version = form.cleaned_data["version"]
        families.change_carer(self.record, by=self.request.user, version=version, **form.answers())
        return "The person"


class ChangeProfessional(ChangeInFamily):
    """Somebody else who works with a family."""

    form_class = ProfessionalForm
    page_subtitle = "Change who else helps"

    def fetch(self) -> Professional:
        rows = rules.visible_professionals(self.request.user).select_related("data_key", "family")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def write(self, form: FamilyForm) -> str:
        version = form.cleaned_data["version"]
        families.change_professional(self.record, by=self.request.user, version=version, **form.answers())
        return "The person"


class ChangeLegalNote(ChangeInFamily):
    """What a court has said about a family."""

    form_class = LegalNoteForm
    page_subtitle = "Court orders"

    def fetch(self) -> Family:
        rows = rules.visible_families(self.request.user).select_related("data_key")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def write(self, form: FamilyForm) -> str:
        version = form.cleaned_data["version"]
        families.write_legal_note(self.record, by=self.request.user, version=version, **form.answers())
        return "The note"
