"""The first service of a live installation, or a further one: all of it or nothing, and two people invited into it."""

import re
from datetime import date, timedelta
from itertools import chain, count
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page, Site

from allyance_site.people import invitations, links, mail
from allyance_site.people.models import User
from casework import audit
from casework.access import grants
from casework.access.roles import Role
from casework.access.rules import TECHNICAL_ADMINISTRATORS
from casework.models import Requirement, SchoolYear, Service, SupervisionRule
from casework.models.months import months_later, september_of
from cms import starting_site
from cms.demo_content import CHECKED_EVERY, make_site

from . import set_up, usual

HOST = re.compile(r"[a-z0-9.-]+")


class Refused(Exception):
    """Why nothing was begun, in words for whoever runs the machine."""


def begin(*, name: str, host: str, coordinator: tuple[str, str], administrator: tuple[str, str], another: bool) -> bool:
    """Make a service with its lists, its website and its two first people, each as name and address, and send both
    their way in. Asked again for the same service, only the ways in that nobody has taken are sent anew: False."""
    try:
        with transaction.atomic():
            made = _make(name, host, coordinator, administrator, another=another)
    finally:
        mail.settle()
    return made


def _make(name: str, host: str, coordinator: tuple[str, str], administrator: tuple[str, str], *, another: bool) -> bool:
    service = Service.objects.filter(name=name).first()
    made = service is None
    if service is None:
        if Service.objects.exists() and not another:
            raise Refused("There is a service here already. For a second one beside it, say --another.")
        service = _service(name, host, coordinator[1])
    account = _account if made else _account_there
    people = {Role.COORDINATOR: account(*coordinator), None: account(*administrator)}
    if made:
        grants.give_role(Role.COORDINATOR, to=people[Role.COORDINATOR], on=service, by=None)
        Group.objects.get(name=TECHNICAL_ADMINISTRATORS).user_set.add(people[None])
        audit.record("began service", service, by=None)
    for user in {user.pk: user for user in people.values()}.values():
        if user.is_active and not links.is_set_up(user):
            invitations.send(user, None)
    return made


def _service(name: str, host: str, contact_email: str) -> Service:
    is_first = not Service.objects.exists()
    service = Service.objects.create(name=name, contact_email=contact_email)
    usual.make_lists([service])
    Requirement.objects.bulk_create(usual.requirements(service))
    SupervisionRule.objects.bulk_create(usual.supervision_rules(service))
    SchoolYear.objects.create(service=service, **_school_year(timezone.localdate()))
    hostname, port = _answers_to(host)
    if not is_first and Site.objects.filter(hostname=hostname, port=port).exists():
        raise Refused(f"Another website answers to “{host}” already: each service has one of its own.")
    site = make_site(
        service_name=name,
        hostname=hostname,
        port=port,
        slug=_slug(name),
        text=starting_site.text(contact_email=contact_email),
        is_default=is_first,
        checked_on=timezone.localdate() - CHECKED_EVERY,  # by us, long ago: the report asks for it at once
    )
    service.editors = set_up.editors_of(service, site)
    service.save()
    set_up.open_files(service, set_up.collection_of(service))
    return service


def _answers_to(host: str) -> tuple[str, int]:
    """The name and the port of a website."""
    try:
        split = urlsplit(f"//{host}")
        hostname, port = split.hostname or "", split.port
    except ValueError:
        hostname, port = "", None
    if not HOST.fullmatch(hostname):
        raise Refused(f"“{host}” is no name that a website can answer to, such as counselling.example.org.")
    return hostname, port or (443 if settings.WAGTAILADMIN_BASE_URL.startswith("https:") else 80)


def _slug(name: str) -> str:
    """What the home page goes by among those of the other services, however alike their names are."""
    wanted = slugify(name)[:50]
    taken = set(Page.get_first_root_node().get_children().values_list("slug", flat=True))
    return next(slug for slug in chain([wanted], (f"{wanted}-{number}" for number in count(2))) if slug not in taken)


def _school_year(today: date) -> dict[str, date]:
    first = september_of(today)
    return {"starts_on": first, "ends_on": months_later(first, 12) - timedelta(days=1)}


def _account_there(name: str, email: str) -> User:
    """The account of this address, of a service that has begun: nobody comes in beside it by a slip of the keys."""
    found = User.objects.filter(email__iexact=email).first()
    if found is None:
        raise Refused(f"This service has begun, and nobody has an account under {email}. Invite them on its own pages.")
    return found


def _account(name: str, email: str) -> User:
    """The account of this address; made without a password where there is none."""
    found = User.objects.filter(email__iexact=email).first()
    if found:
        return found
    first_name, _, last_name = name.partition(" ")
    user = User(email=email.lower(), first_name=first_name, last_name=last_name)
    user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()
    return user
