"""Every address of the site. What is not named here does not exist; who may use which is `surfaces.py`."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from allyance_site import ready, security_txt
from cms import api, engines
from cms.choosing import choose_child
from cms.colour_sheet import colour_sheet
from cms.contact_page import SendMessage
from cms.pictures import public_image
from cms.public_files import public_file
from cms.reading_room import serve_document
from cms.search import search
from cms.serving import serve

handler400 = "allyance_site.errors.bad_request"
handler403 = "allyance_site.errors.forbidden"
handler404 = "allyance_site.errors.not_found"
handler500 = "allyance_site.errors.server_error"


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process answers. It says nothing else, and asks the database nothing."""
    return HttpResponse("ok\n", content_type="text/plain")


def closed(request: HttpRequest) -> HttpResponse:
    """An address that a package brings and we do not use."""
    raise Http404


urlpatterns = [
    path("", include("allyance_site.people.urls")),
    path("healthz", healthz, name="healthz"),
    path("readyz", ready.readyz, name="readyz"),
    path("robots.txt", engines.robots, name="robots"),
    path("sitemap.xml", engines.sitemap, name="sitemap"),
    path(security_txt.ADDRESS, security_txt.security_txt, name="security_txt"),
    path("", include("casework.public.urls")),
    path("search/", search, name="site_search"),
    path("write-to-us/", SendMessage.as_view(), name="contact_send"),
    path("colours-<str:key>.css", colour_sheet, name="site_colours"),
    path("files/<uuid:uuid>/", public_file, name="public_file"),
    path("api/v2/", api.router.urls),
    path("media/images/<str:name>", public_image, name="public_image"),
    # Wagtail brings doors of its own, which would skip ours: there is one place to sign in, and no shared password.
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    re_path(r"^(?:admin/password_reset|_util|documents/authenticate_with_password)/", closed),
    # In the place of Wagtail's own, under its name: it knows only whole files, and asks other rules.
    re_path(r"^documents/(\d+)/(.*)$", serve_document, name="wagtaildocs_serve"),
    # Wagtail's own names every page of every site.
    path("admin/choose-page/<int:parent_page_id>/", choose_child, name="wagtailadmin_choose_page_child"),
    path("admin/", include(wagtailadmin_urls)),
    # Its own door to a page asks again what is known of every public one.
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]
