"""The ways to bring in a school's pupil list: from the register of pupils, and from a school's page."""

from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.widgets.button import Button, HeaderButton

from ..access import rules
from .guarded_lists import Index
from .guarded_pages import Inspect

LABEL = "Bring in a list"


class PupilsRegister(Index):
    """The pupils, and the way to bring in many at once for whoever may add one."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        buttons = super().header_buttons
        if self.add_url:
            buttons.append(HeaderButton(LABEL, url=reverse("casework_pupil_list"), icon_name="upload"))
        return buttons


class SchoolPage(Inspect):
    """A school, and the way to bring in its pupils."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = super().header_more_buttons
        if rules.can_add_pupil(self.request.user, self.object):
            address = f"{reverse('casework_pupil_list')}?school={self.object.uuid}"
            buttons.append(Button("Bring in a pupil list", url=address, icon_name="upload", priority=10))
        return buttons
