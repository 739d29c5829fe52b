"""What somebody wrote to a service: kept sealed, read by its coordinator, gone after 90 days."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Site

from casework.access import rules, website
from cms import sites
from cms.models import ContactMessage

KEPT = timedelta(days=90)
AT_ONCE = 200
MAILS_AN_HOUR = 10
"""So many tell of messages to one site: whoever floods the form does not flood a letter box as well."""


@transaction.atomic
def keep(words: dict[str, str], *, site: Site, uuid: UUID) -> ContactMessage:
    """Keep a message once, however often its form is sent, and tell the coordinator that it waits."""
    found = ContactMessage.objects.filter(uuid=uuid).first()
    if found:
        return found
    key, token = website.seal(json.dumps(words), uuid)
    message = ContactMessage.objects.create(uuid=uuid, site=site, key=key, sealed=token)
    lately = ContactMessage.objects.filter(site=site, sent_at__gt=timezone.now() - timedelta(hours=1))
    if lately.count() <= MAILS_AN_HOUR:
        website.tell(sites.editors_of(site))
    return message


def read_by(user: Any) -> list[int]:
    """The sites of the services that a person coordinates now."""
    if "coordination" not in rules.surfaces(user):
        return []
    return [site for site, editors in sites.editors_by_site().items() if rules.can_read_website_messages(user, editors)]


def reads_some(user: Any) -> bool:
    """Whether messages come to this person."""
    return bool(read_by(user))


def visible(user: Any) -> QuerySet[ContactMessage]:
    """The messages to the services that this person coordinates now."""
    return ContactMessage.objects.filter(site__in=read_by(user)).select_related("site")


def words_of(message: ContactMessage) -> dict[str, str]:
    """What it says; nothing where its key is gone."""
    try:
        words: dict[str, str] = json.loads(website.unseal(message.sealed, message.key, message.uuid))
    except website.Broken:
        return {}
    return words


@transaction.atomic
def answered(message: ContactMessage, *, by: Any) -> None:
    """Note that somebody has answered it."""
    message.answered_at = timezone.now()
    message.save(update_fields=["answered_at"])
    log(message, "cms.message.answered", user=by)


def forget_old() -> int:
    """Forget messages of more than 90 days, and destroy their keys; how many."""
    gone = 0
    while old := list(ContactMessage.objects.filter(sent_at__lt=timezone.now() - KEPT)[:AT_ONCE]):
        with transaction.atomic():
            website.destroy(message.key for message in old)
            gone += ContactMessage.objects.filter(pk__in=[message.pk for message in old]).delete()[0]
    return gone
