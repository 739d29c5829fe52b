"""Our own pages in Wagtail's frame, with the way to each above it."""

from typing import Any

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin


class Framed(WagtailAdminTemplateMixin):
    """A page of the admin; `above` are the pages above it, as labels and addresses."""

    above: list[dict[str, str]] = []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, *self.above, {"url": "", "label": self.page_title}]
