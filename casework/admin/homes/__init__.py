"""What each role finds on its first page. Somebody with several roles finds the cards of all of them, each once."""

from typing import Any

from ...access import rules
from ...access.roles import SCHOOL_STAFF, Role
from ...access.scope import Scope, of
from ...reports.ground import OVERSEE
from . import coordinator, overseers, school, supervisor, technical, therapist, tsl, website
from .panel import Desk, Panel


def panels_of(desk: Desk) -> list[Panel]:
    """The cards of every role that this person holds, each once, the most urgent first."""
    chosen = dict.fromkeys(kind for kind in _kinds(desk.request.user))
    return [kind(desk) for kind in sorted(chosen, key=lambda kind: kind.urgency)]


def titles_of(user: Any) -> list[str]:
    """What this person is here, in words."""
    scope = of(user)
    titles = [role.title for role in Role if scope.held(role)]
    if works_with_children(scope):
        titles.append("Therapist")
    if "system" in rules.surfaces(user):
        titles.append("Technical administrator")
    if _edits_alone(user):
        titles.append("Website editor")
    return titles


def works_with_children(scope: Scope) -> bool:
    """Placed at a school, or with a case: the supervisor is of the team without being either."""
    return bool(scope.placed_schools or scope.worked) or (bool(scope.practitioners) and not scope.held(Role.SUPERVISOR))


def _kinds(user: Any) -> list[type[Panel]]:
    scope = of(user)
    kinds: list[type[Panel]] = []
    if scope.held(Role.COORDINATOR):
        kinds += coordinator.PANELS
    if works_with_children(scope):
        kinds += therapist.PANELS
    if scope.held(Role.SUPERVISOR):
        kinds += supervisor.PANELS
    if scope.held(*SCHOOL_STAFF):
        kinds += school.PANELS
    if scope.held(Role.DSL, Role.CHAIR):
        kinds += school.ONLOOKERS
    if scope.held(Role.TSL):
        kinds += tsl.PANELS
    if scope.held(*OVERSEE):
        kinds += overseers.PANELS
    if "system" in rules.surfaces(user):
        kinds += technical.PANELS
    if _edits_alone(user):
        kinds += website.PANELS
    return kinds


def _edits_alone(user: Any) -> bool:
    """Who edits the website and does not coordinate: a coordinator has it in the menu, and other work on the home."""
    return "cms" in rules.surfaces(user) and "coordination" not in rules.surfaces(user)
