"""What is the same on every page of one service's site, so that another service brands it without code."""

from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from cms import colours
from cms.own_things import OwnThingsForm

from .checked import digits

NEUTRAL_PAGE = "https://www.bbc.co.uk/weather"
DIGEST = 12


def _colour(label: str, help_text: str) -> models.CharField:
    """One of the six colours; ours where it is left empty."""
    return models.CharField(
        label, max_length=7, blank=True, help_text=f"{help_text} As #rrggbb; leave empty for ours.",
        validators=[RegexValidator(colours.COLOUR, "Write a colour as # and six signs, for example #1f5c57.")],
    )  # fmt: skip


@register_setting(icon="home")
class ServiceSettings(BaseSiteSetting):
    """A service's name, looks, address and local crisis line."""

    service_name = models.CharField("name of the service", max_length=80)
    strapline = models.CharField("what it is, in a line", max_length=120, blank=True)
    logo = models.ForeignKey(
        "cms.SiteImage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="logo",
        help_text="Shown beside the name. Leave empty for our own mark.",
    )  # fmt: skip
    contact_email = models.EmailField("e-mail address for questions")
    contact_telephone = models.CharField("telephone for questions", max_length=20, blank=True)
    contact_hours = models.CharField(
        "when somebody answers", max_length=120, blank=True, default="We read messages in the day, in school term."
    )
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
    brand = _colour("main colour", "Buttons, headings of the menu, drawings.")
    link = _colour("links", "Links in a text.")
    help = _colour("get help now", "The bar at the top.")
    accent = _colour("accent", "Numbers of steps, and small marks.")
    wash = _colour("soft ground", "Behind the first words of a page.")
    foot = _colour("foot of the page", "Behind the last words of a page.")

    base_form_class = OwnThingsForm
    panels = [
        MultiFieldPanel(["service_name", "strapline", "logo"], heading="Name"),
        MultiFieldPanel(["contact_email", "contact_telephone", "contact_hours"], heading="Contact"),
        MultiFieldPanel(
            ["crisis_line_name", "crisis_line_number", "crisis_line_note", "leave_address"], heading="Safety"
        ),
        FieldPanel("footer_text"),
        MultiFieldPanel(["brand", "link", "help", "accent", "wash", "foot"], heading="Colours"),
    ]

    class Meta:
        verbose_name = "service settings"
        verbose_name_plural = "service settings"

    def __str__(self) -> str:
        return self.service_name or "service settings"

    def clean(self) -> None:
        super().clean()
        if all(colours.COLOUR.match(colour) for colour in self.colours.values() if colour) and (
            found := colours.objections(self.colours)
        ):
            raise ValidationError(found)

    @property
    def colours(self) -> dict[str, str]:
        """The six colours as chosen."""
        return {name: getattr(self, name) for name in colours.OURS}

    @property
    def colours_key(self) -> str:
        """What changes with the colours, for the address of their style sheet; empty where all are ours."""
        sheet = colours.style_sheet(self.colours)
        return sha256(sheet.encode()).hexdigest()[:DIGEST] if sheet else ""

    @property
    def crisis_line_link(self) -> str:
        """What a phone does when the number is pressed."""
        return f"tel:{digits(self.crisis_line_number)}"

    @property
    def contact_telephone_link(self) -> str:
        """As above."""
        return f"tel:{digits(self.contact_telephone)}"
