"""Rates and bespoke packages: what a school can ask for. Prices are given when they are asked for."""

from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms import starting
from cms.blocks import PackageBlock

from .web import WebPage


class PackagesPage(WebPage):
    """What there is to buy, without a price, and whom to ask for this year's rates."""

    packages = StreamField(
        [("package", PackageBlock())], verbose_name="packages", min_num=1, max_num=8, default=starting.packages
    )

    parent_page_types = ["cms.HomePage", "cms.SectionPage"]
    subpage_types: list[str] = []
    template = "cms/packages_page.html"
    content_panels = [*Page.content_panels, "lede", "drawing", "packages", "body", "next_steps"]
    search_fields = [*WebPage.search_fields, index.SearchField("packages")]

    class Meta:
        verbose_name = "rates and packages page"
        verbose_name_plural = "rates and packages pages"
