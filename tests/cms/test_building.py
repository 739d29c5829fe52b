"""An editor builds a page of every kind from what its form starts with, and a visitor reads it."""

from datetime import date
from typing import Any

import pytest
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import get_page_models
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms import groups
from cms.models import HelpNowPage, WebPage

WORDS = {
    "title": "A page of ours",
    "lede": "The answer in short.",
    "emergency_text": "Ring 999.",
    "language": "pl",
    "readers": "families",
}
KINDS = [model for model in get_page_models() if issubclass(model, WebPage)]


def as_sent(block: blocks.Block, value: Any) -> Any:
    """What a browser sends for a block of this value."""
    if isinstance(block, blocks.StreamBlock):
        return streamfield([(child.block_type, as_sent(child.block, child.value)) for child in value])
    if isinstance(block, blocks.ListBlock):
        items = [{"deleted": "", "order": n, "value": as_sent(block.child_block, one)} for n, one in enumerate(value)]
        return {"count": len(items)} | {str(place): item for place, item in enumerate(items)}
    if isinstance(block, blocks.StructBlock):
        return {name: as_sent(child, value.get(name)) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.RichTextBlock):
        return rich_text(value.source)
    return "" if value is None else value


def form_of(model: type[Any]) -> dict[str, Any]:
    """The form as it starts, with the least that an editor writes into it."""
    page, sent = model(), {}
    for name in model.get_edit_handler().get_form_class().base_fields:
        field = next((one for one in model._meta.fields if one.name == name), None)
        value = getattr(page, name, "") if field else ""
        if isinstance(field, StreamField):
            sent[name] = as_sent(field.stream_block, value)
        elif isinstance(field, RichTextField):
            sent[name] = rich_text(value)
        elif name.endswith("_on") or name == "dated":
            sent[name] = str(date.today())
        elif value is True:
            sent[name] = "on"
        elif value not in (None, False):
            sent[name] = value
    return nested_form_data(sent | {name: words for name, words in WORDS.items() if name in sent})


def place_for(site: Any, model: type[Any]) -> Any:
    """Where such a page may stand."""
    pages = site.root_page.get_descendants(inclusive=True).specific()
    return next(page for page in pages if model in page.allowed_subpage_models())


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
def test_editor_builds_a_page_of_every_kind(cast, client, client_for, site, model):
    parent = place_for(site, model)
    if model.max_count_per_parent:
        model.objects.child_of(parent).delete()
    if model is HelpNowPage:
        parent = site.root_page
    cast.editor.groups.add(groups.editors_of(site))
    editor = client_for(cast.editor)
    address = f"/admin/pages/add/cms/{model._meta.model_name}/{parent.pk}/"
    assert editor.get(address).status_code == 200
    answer = editor.post(address, form_of(model) | {"slug": "of-ours", "action-publish": "1"})
    made = model.objects.filter(slug="of-ours").first()
    assert answer.status_code == 302 and made and made.live, _faults(answer)
    shown = client.get("/" + made.url_path.removeprefix(site.root_page.url_path))
    assert shown.status_code == 200 and "A page of ours" in shown.content.decode()


def _faults(answer: Any) -> Any:
    form = (answer.context or {}).get("form") if answer.status_code == 200 else None
    return form.errors if form is not None else answer.status_code
