"""What is the same on every page of one service's site."""

from django.core.validators import URLValidator
from django.db import models
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

NEUTRAL_PAGE = "https://www.bbc.co.uk/weather"


@register_setting(icon="home")
class ServiceSettings(BaseSiteSetting):
    """A service's name, address and local crisis line."""

    service_name = models.CharField("name of the service", max_length=80)
    strapline = models.CharField("what it is, in a line", max_length=120, blank=True)
    contact_email = models.EmailField("e-mail address for questions")
    crisis_line_name = models.CharField(
        "local crisis line", max_length=80, help_text="The NHS crisis line for the area of your schools."
    )
    crisis_line_number = models.CharField("its number", max_length=20)
    crisis_line_note = models.CharField("what to say or press", max_length=120, blank=True)
    footer_text = models.TextField("words at the foot of every page", max_length=300, blank=True)
    leave_address = models.URLField(
        "where “Leave this page” goes", default=NEUTRAL_PAGE, validators=[URLValidator(schemes=["https"])],
        help_text="A page that anyone might be reading.",
    )  # fmt: skip

    class Meta:
        verbose_name = "service settings"
        verbose_name_plural = "service settings"

    def __str__(self) -> str:
        return self.service_name or "service settings"

    @property
    def crisis_line_link(self) -> str:
        """What a phone does when the number is pressed."""
        return "tel:" + "".join(sign for sign in self.crisis_line_number if sign.isdigit())
