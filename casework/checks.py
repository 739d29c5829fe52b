"""System checks: what keeps casework out of the machinery that would show it to others."""

from typing import Any

from django.apps import apps
from django.core.checks import Error, register
from django.db import models
from wagtail import hooks
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index
from wagtail.snippets.models import get_snippet_models

from .access.rules import REGISTERS
from .admin.guarded import guarded, unguarded
from .models import Cluster, Referral, School, Service
from .sealed import SealedTextField

HOLD_PERMISSIONS = {Service, Cluster, School, Referral}


@register()
def casework_stays_apart(app_configs: Any, **_: Any) -> list[Error]:
    """No casework model is a snippet, searched, revised, previewed or reference-indexed, or has stock permissions."""
    errors = []
    for model in apps.get_app_config("casework").get_models():
        reasons = [
            words
            for words, wrong in [
                ("is a snippet", model in get_snippet_models()),
                ("is searched", issubclass(model, index.Indexed)),
                ("keeps revisions or previews", issubclass(model, RevisionMixin | DraftStateMixin | PreviewableMixin)),
                ("is in the reference index", not getattr(model, "wagtail_reference_index_ignore", False)),
                ("has stock permissions", bool(model._meta.default_permissions)),
                ("declares permissions", bool(model._meta.permissions) and model not in HOLD_PERMISSIONS),
            ]
            if wrong
        ]
        errors += [Error(f"{model._meta.label} {words}.", obj=model, id="casework.E001") for words in reasons]
    return errors


@register()
def every_text_has_a_kind(app_configs: Any, **_: Any) -> list[Error]:
    """Every text column of casework is sealed with a kind, or named in its model's REGISTER_TEXT."""
    errors = []
    for model in apps.get_app_config("casework").get_models():
        named = getattr(model, "REGISTER_TEXT", frozenset()) | getattr(
            super(model, model), "REGISTER_TEXT", frozenset()
        )
        for field in model._meta.concrete_fields:
            if (
                isinstance(field, models.CharField | models.TextField)
                and not isinstance(field, SealedTextField)
                and field.name not in named
            ):
                errors.append(
                    Error(
                        f"{model._meta.label}.{field.name} has no kind: seal it, or name it in REGISTER_TEXT.",
                        obj=model,
                        id="casework.E002",
                    )
                )
    return errors


@register()
def every_register_is_guarded(app_configs: Any, **_: Any) -> list[Error]:
    """No ModelAdmin goes round GuardedModelAdmin, whose views alone ask the rule book."""
    hooks.search_for_hooks()
    words = "{} is not a GuardedModelAdmin."
    return [Error(words.format(kind.__qualname__), obj=kind, id="casework.E003") for kind in unguarded()]


@register()
def every_register_has_its_rules(app_configs: Any, **_: Any) -> list[Error]:
    """The model of each register is in the rule book's table of registers."""
    return [
        Error(f"{kind.model._meta.label} has no rules as a register.", obj=kind, id="casework.E004")
        for kind in guarded()
        if kind.model is not None and kind.model not in REGISTERS
    ]
