"""Forms of the website that know no page and no picture of another site, whatever number is sent.

Wagtail's choosers show a person their own; its forms take any number, and then name and show what it stands for.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.http import Http404
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry
from wagtail.rich_text import extract_references_from_rich_text


class _OwnThings:
    """Asks before anything of the form is read, for one with a mistake in it is shown again with all that it names."""

    def full_clean(self) -> None:
        if self.is_bound and self.for_user:
            _refuse_others(self)
        super().full_clean()


class OwnThingsForm(_OwnThings, WagtailAdminModelForm):
    """Of the settings of a site."""


class OwnThingsPageForm(_OwnThings, WagtailAdminPageForm):
    """Of a page."""


def _refuse_others(form: Any) -> None:
    sent = set(_sent(form))
    for model in (Page, get_image_model()):
        new = {pk for kind, pk in sent if kind is model and pk.isdecimal()} - _there_already(form.instance, model)
        if not new:
            continue
        policy = policy_registry.get_by_type(model)
        if model is Page:
            own = policy.explorable_instances(form.for_user)
        else:
            own = policy.instances_user_has_any_permission_for(form.for_user, ["choose"])
        others = model.objects.filter(pk__in=new).exclude(pk__in=own.order_by().values("pk"))
        if others.exists():
            raise Http404


def _there_already(instance: Model, model: type[Model]) -> set[str]:
    if instance.pk is None:
        return set()
    kind = ReferenceIndex._get_base_content_type(model).id
    return {pk for found, pk, *_ in ReferenceIndex._extract_references_from_object(instance) if found == kind}


def _sent(form: Any) -> Iterator[tuple[type[Model], str]]:
    """The pages and pictures that were sent, by number: chosen, in a block, or as a link in a text."""
    for column in form.instance._meta.concrete_fields:
        field = form.fields.get(column.name)
        if field is None:
            continue
        value = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(column.name))
        if isinstance(column, StreamField):
            yield from ((model, str(pk)) for model, pk, *_ in field.block.extract_references(value))
        elif isinstance(column, RichTextField):
            yield from ((model, str(pk)) for model, pk, *_ in extract_references_from_rich_text(value or ""))
        elif column.is_relation and value:
            yield column.related_model, str(value)
