"""The rule book in the shapes that modeladmin and Wagtail ask for. Nothing is decided here."""

from typing import Any

from django.db.models import Model, QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail_modeladmin.helpers import PermissionHelper

from .rules import REGISTERS, Register


class RulesPolicy(BasePermissionPolicy):
    """Wagtail's permission policy of one register."""

    def __init__(self, model: type[Model]) -> None:
        super().__init__(model)
        self.rules: Register = REGISTERS[model]

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action == "view":
            return self.rules.listed(user)
        if action == "add":
            return self.rules.added(user)
        return action == "change" and self.rules.listed(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if action == "view":
            return self.instances_user_has_permission_for(user, "view").filter(pk=instance.pk).exists()
        return action == "change" and self.rules.changed(user, instance)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Any]:
        return self.instances_user_has_any_permission_for(user, [action])

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Any]:
        """What may be seen; whether one of it may be changed is asked of the one."""
        visible = self.rules.visible(user)
        return visible if set(actions) & {"view", "change"} else visible.none()

    def users_with_any_permission(self, actions: Any) -> QuerySet[Any]:
        """Nobody is listed by what they may do here: `access/readers.py` says who sees a case."""
        raise NotImplementedError


class RulesHelper(PermissionHelper):
    """modeladmin's permission helper of one register."""

    def __init__(self, model: type[Model], inspect_view_enabled: bool = False) -> None:
        super().__init__(model, inspect_view_enabled)
        self.policy = RulesPolicy(model)

    def user_has_any_permissions(self, user: Any) -> bool:
        return self.user_can_list(user)

    def user_has_specific_permission(self, user: Any, perm_codename: str) -> bool:
        return False

    def user_can_list(self, user: Any) -> bool:
        return self.policy.user_has_permission(user, "view")

    def user_can_create(self, user: Any) -> bool:
        return self.policy.user_has_permission(user, "add")

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return self.policy.user_has_permission_for_instance(user, "view", obj)

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return self.policy.user_has_permission_for_instance(user, "change", obj)

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False
