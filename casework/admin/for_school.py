"""A page that is about one of a person's schools: the only one, or the one that they chose."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from ..access import rules
from ..models import School
from .screens import FormScreen


class ForSchool(FormScreen):
    """Asks which school where there are several; a school that is not the person's is not there."""

    school: Any
    """None until it is chosen."""

    def may(self, school: School) -> bool:
        """Whether a school is this person's to choose."""
        raise NotImplementedError

    def find(self) -> None:
        every = rules.visible_schools(self.request.user).select_related("service", "cluster")
        self.schools = [school for school in every if self.may(school)]
        if not self.schools:
            raise PermissionDenied
        wanted = self.request.GET.get("school", "")
        chosen = [school for school in self.schools if str(school.uuid) == wanted]
        if wanted and not chosen:
            raise Http404
        self.school = chosen[0] if chosen else self.schools[0] if len(self.schools) == 1 else None
        if self.school is None and self.request.method == "POST":
            raise Http404

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.find()
        return self.show(form=self.form() if self.school else None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        several = self.schools if len(self.schools) > 1 else []
        return super().get_context_data(school=self.school, schools=several, **kwargs)
