"""The ways in which Wagtail lets out what is restricted, as the security study found them: each is tried here."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from wagtail.models import Collection, CollectionViewRestriction

from allyance_site import surfaces
from cms.library import LibraryPage
from tests.factories import DocumentAudienceFactory, DocumentFactory


@pytest.fixture
def document(cast):
    """One that the team opens."""
    return DocumentAudienceFactory(service=cast.service).document


def test_a_file_lies_outside_the_media_folder_and_has_no_address(client, client_for, cast, document):
    place = Path(document.file.path)
    assert Path(settings.MEDIA_ROOT) not in place.parents
    assert settings.WAGTAILDOCS_SERVE_METHOD == "serve_view"
    for guess in ("", "documents/", "library/", "../library/"):
        for who in (client, client_for(cast.coordinator)):
            assert who.get(f"/media/{guess}{document.filename}").status_code in (400, 404)
            assert who.get(document.file.url).status_code == 404


def test_a_collection_without_a_restriction_opens_nothing(client, client_for, cast, document):
    """The collection of every file is restricted from the start; where that is lost, the rule still asks."""
    restriction = CollectionViewRestriction.objects.get()
    assert restriction.collection == Collection.get_first_root_node() and restriction.restriction_type == "groups"
    CollectionViewRestriction.objects.all().delete()
    nobodys = DocumentFactory()
    assert client.get(document.url).status_code == client.get(nobodys.url).status_code == 302
    for part in ("head", "editor", "outsider"):
        assert client_for(getattr(cast, part)).get(document.url).status_code == 404
    assert client_for(cast.coordinator).get(nobodys.url).status_code == 404


def test_whether_a_document_exists_is_not_told(client, client_for, cast, document):
    for who in (client, client_for(cast.head)):
        right, wrong_name, missing = (
            who.get(path) for path in (document.url, f"/documents/{document.pk}/a.pdf", "/documents/987654/a.pdf")
        )
        assert right.status_code == wrong_name.status_code == missing.status_code
        assert "no-store" in right["Cache-Control"] and "no-store" in missing["Cache-Control"]


def test_no_privacy_is_set_by_hand_and_no_password_is_shared():
    """Whoever is signed in, or knows a word, would be let in by these."""
    assert settings.WAGTAIL_PRIVATE_PAGE_OPTIONS == {"SHARED_PASSWORD": False}
    assert settings.WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS == {"SHARED_PASSWORD": False}
    closed = ["wagtailadmin_pages:set_privacy", "wagtailadmin_collections:set_privacy"]
    closed += ["wagtaildocs_authenticate_with_password", "wagtailcore_authenticate_with_password"]
    assert not any(surfaces.surfaces_of(name) for name in closed)
    with pytest.raises(NoReverseMatch):
        reverse("wagtaildocs_authenticate_with_password", args=[1])


def test_nothing_that_lets_out_is_installed_and_nobody_elses_server_is_asked():
    left_out = {"wagtail.contrib.forms", "wagtail.contrib.search_promotions", "wagtail.api.v3"}
    assert not left_out & set(settings.INSTALLED_APPS)
    assert settings.WAGTAIL_GRAVATAR_PROVIDER_URL is None
    assert not settings.WAGTAIL_ENABLE_UPDATE_CHECK and not settings.WAGTAIL_ENABLE_WHATS_NEW_BANNER


def test_the_library_is_closed_by_default(site):
    for library in LibraryPage.objects.all():
        (restriction,) = library.get_view_restrictions()
        assert restriction.restriction_type == "groups"
