"""What the website may ask of casework: by person and service, the rules themselves."""

import pytest
from django.contrib.auth.models import Group

from casework.access import rules, website
from casework.models import DataKey, OutboxMessage
from casework.sealed import SealBroken
from tests.factories import PractitionerFactory


@pytest.fixture
def editors(cast):
    """The group that edits each service's website."""
    groups = []
    for service in (cast.service, cast.other_service):
        service.editors = Group.objects.create(name=f"Editors of {service.pk}")
        service.save()
        groups.append(service.editors_id)
    return groups


def test_can_read_website_messages_is_the_coordinators_of_that_service(cast, editors):
    own, other = editors
    reads = {part for part, person in cast.people().items() if rules.can_read_website_messages(person, [own])}
    assert reads == {"coordinator"}
    reads = {part for part, person in cast.people().items() if rules.can_read_website_messages(person, [other])}
    assert reads == {"outsider"}
    assert not rules.can_read_website_messages(cast.coordinator, [])


def test_public_team_is_of_one_service_and_agreed(cast, editors):
    shown = PractitionerFactory(service=cast.service, user=None, name="Ada Lund", on_website=True)
    PractitionerFactory(service=cast.service, user=None, name="Bo Lund")
    assert list(rules.public_team(editors[:1])) == [shown]
    assert not rules.public_team(editors[1:])
    assert not rules.public_team([])


def test_tell_tells_the_coordinators_of_that_service_alone(cast, editors):
    website.tell(editors[:1])
    assert [message.to for message in OutboxMessage.objects.all()] == [cast.coordinator]


def test_sealed_words_open_for_their_own_message_and_not_once_the_key_is_gone(cast):
    mine, others = cast.pupil.uuid, cast.other_pupil.uuid
    key, token = website.seal("Please ring me.", mine)
    assert "ring" not in token and website.unseal(token, key, mine) == "Please ring me."
    with pytest.raises(SealBroken):
        website.unseal(token, key, others)
    website.destroy([key])
    assert DataKey.objects.get(uuid=key).destroyed_at
    with pytest.raises(website.Broken):
        website.unseal(token, key, mine)
