"""What every view of a register does before anything else: who may not, and what is not there, get the same answer."""

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse_lazy

from ..access.adapters import RulesPolicy

if TYPE_CHECKING:
    from .guarded import GuardedModelAdmin

HOME: dict[str, Any] = {"url": reverse_lazy("wagtailadmin_home"), "label": "Home"}


class Guarded:
    """A view of one register, for somebody who may open that register."""

    register: "GuardedModelAdmin" = None  # type: ignore[assignment]
    permission_policy: RulesPolicy = None  # type: ignore[assignment]
    permission_required = None
    any_permission_required = None
    http_method_names = ["get", "head", "post"]
    expects_json_response = False
    parameters: frozenset[str] = frozenset()
    """The names that may stand in the query string; any other is an attempt to ask what is not offered."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Ask before Wagtail's view fetches anything."""
        self.request, self.args, self.kwargs = request, args, kwargs
        if not self.may_enter():
            raise Http404
        super().setup(request, *args, **kwargs)  # type: ignore[misc]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if set(request.GET) - self.parameters:
            raise Http404
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer

    def may_enter(self) -> bool:
        return self.permission_policy.user_has_permission(self.request.user, "view")

    def trail(self, *rest: tuple[str, str], about: str = "") -> list[dict[str, Any]]:
        """Breadcrumbs: home, the register, and what follows, label and address; `about` says what the last is about."""
        steps = [(self.register.title(), self.register.address("index")), *rest]
        crumbs = [HOME, *({"label": label, "url": url} for label, url in steps)]
        return [*crumbs[:-1], crumbs[-1] | {"sublabel": about}]


class OfRecord(Guarded):
    """A view of one record; one that the person may not see is missing."""

    needs = "view"

    def find(self) -> Any:
        record = self.register.visible(self.request.user).filter(uuid=self.kwargs["uuid"]).first()
        if record is None or not self.may(self.needs, record):
            raise Http404
        return record

    def may(self, action: str, record: Any) -> bool:
        """Whether this person may do it with a record that was fetched from what they see."""
        if action == "view":
            return True
        return self.permission_policy.user_has_permission_for_instance(self.request.user, action, record)
