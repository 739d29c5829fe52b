"""Every address is looked at once by a person: it is on a surface, or it stays closed."""

import pytest
from django.conf import settings
from django.urls import resolve

from allyance_site import surfaces
from casework.access import rules
from casework.access.roles import Role
from tests.matrix.addresses import closed_list, every_address
from tests.signed_in import sign_in

NAMES = {address.name for address in every_address()}
OPEN = {name for name in NAMES if surfaces.surfaces_of(name)}


def test_every_address_is_on_a_surface_or_was_closed_after_review():
    unseen = sorted(NAMES - OPEN - set(closed_list()))
    assert not unseen, f"New addresses: give each a surface, or add its line to closed_addresses.txt: {unseen}"


def test_closed_list_names_only_addresses_that_exist_and_are_closed():
    assert sorted(set(closed_list()) - NAMES) == []
    assert sorted(set(closed_list()) & OPEN) == []
    assert closed_list() == sorted(set(closed_list()))


def test_table_names_only_addresses_that_exist():
    assert sorted(set().union(*surfaces.TABLE.values()) - NAMES) == []


def test_table_names_no_address_twice_on_a_surface():
    for addresses in surfaces.TABLE.values():
        assert len(addresses) == len(set(addresses))


def test_every_surface_says_whom_it_is_for():
    assert set(surfaces.WORDS) == set(surfaces.TABLE)


@pytest.mark.parametrize(
    "word", ["login", "password", "account", "users", "groups", "workflow", "reports", "bulk", "collections"]
)
def test_wagtails_own_doors_stay_closed(word):
    doors = {
        name for name in NAMES if word in name and name.startswith(("wagtailadmin_", "wagtailusers", "wagtail_bulk"))
    }
    assert doors and not doors & OPEN


def test_address_of_a_request_is_a_name_of_the_resolver():
    """A pattern further up may answer instead of one: then that one's name decides, and is looked at too."""
    assert {surfaces.address_of(resolve(address.path())) for address in every_address()} <= NAMES


def test_surfaces_are_asked_after_the_person_is_known_and_inside_one_request():
    order = settings.MIDDLEWARE
    surface = order.index("allyance_site.surfaces.SurfaceMiddleware")
    assert order.index("django.contrib.auth.middleware.AuthenticationMiddleware") < surface
    assert order.index("casework.access.middleware.RequestContext") < surface


class TestMiddleware:
    @pytest.fixture(autouse=True)
    def _database(self, db):
        pass

    def test_visitor_at_an_open_address_is_asked_to_sign_in(self, client):
        response = client.get("/admin/?tab=1")
        assert response.status_code == 302
        assert response["Location"] == "/sign-in/?next=/admin/%3Ftab%3D1"

    def test_visitor_at_a_closed_address_finds_nothing(self, client):
        assert client.get("/admin/users/").status_code == 404

    def test_visitor_cannot_tell_which_documents_exist(self, client):
        for path in (
            "/documents/1/policy.pdf",
            "/documents/999999/x",
            "/documents/",
            "/documents/../x",
            "/documents/a",
        ):
            response = client.get(path)
            assert (response.status_code, response["Location"]) == (302, f"/sign-in/?next={path}")

    def test_stranger_who_signed_in_finds_nothing_but_the_website_and_their_own_account(
        self, client, django_user_model
    ):
        sign_in(client, django_user_model.objects.create_user("stranger@allyance.example"))
        for address in every_address():
            entered = surfaces.surfaces_of(surfaces.address_of(resolve(address.path())))
            if not entered & {*surfaces.WITHOUT_SIGNING_IN, surfaces.OWN}:
                assert client.get(address.path()).status_code == 404, address

    def test_somebody_switched_off_finds_nothing(self, client, django_user_model):
        person = django_user_model.objects.create_user("left@allyance.example")
        sign_in(client, person)
        django_user_model.objects.update(is_active=False)
        assert client.get("/admin/").status_code == 302

    def test_a_superuser_enters_nothing(self, client, django_user_model):
        person = django_user_model.objects.create_user("root@allyance.example", is_superuser=True)
        sign_in(client, person)
        assert client.get("/admin/").status_code == 404

    @pytest.mark.parametrize("path", ["/admin/", "/sign-in/", "/documents/1/x", "/admin/users/"])
    def test_what_is_not_public_is_never_kept(self, client, path):
        assert "no-store" in client.get(path)["Cache-Control"]

    def test_what_is_public_may_be_kept(self, client):
        assert "no-store" not in client.get("/healthz").headers.get("Cache-Control", "")


def test_frame_of_the_admin_is_for_whoever_enters_a_part_of_it(monkeypatch):
    for entered, expected in [
        ({"casework"}, True),
        ({"cms"}, True),
        ({"system"}, True),
        ({"library"}, False),
        (set(), False),
    ]:
        monkeypatch.setattr(rules, "surfaces", lambda user, entered=entered: frozenset(entered))
        assert surfaces.may_enter(object(), frozenset({surfaces.SHELL})) is expected


def test_an_unknown_address_belongs_to_no_surface():
    assert surfaces.surfaces_of("no_such_address") == frozenset()


def test_no_role_is_named_in_the_table_of_surfaces():
    """Roles are the rules' business: a surface is asked of `rules.surfaces` alone."""
    assert not {role.codename for role in Role} & set(surfaces.TABLE)
