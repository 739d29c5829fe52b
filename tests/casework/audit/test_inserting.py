"""An event that is inserted by hand is the event that its model would have saved, and waits for its link."""

from casework import audit
from casework.audit import sealer, seals
from casework.audit.request import answering
from casework.models import AuditEvent, PendingSeal
from tests.factories import ReferralFactory


def test_insert_writes_every_column_and_the_seal_holds(cast):
    case = ReferralFactory(submitted=True, school=cast.school, pupil=cast.pupil)
    with answering("2001:db8::1"):
        written = audit.record("changed", case, by=cast.head, fields=["how soon"], rows=3)

    read = AuditEvent.objects.get(pk=written.pk)
    columns = [field.attname for field in AuditEvent._meta.concrete_fields]
    assert {name: getattr(read, name) for name in columns} == {name: getattr(written, name) for name in columns}
    assert seals.of_event(read) == read.mac


def test_insert_leaves_an_event_that_waits_for_its_link_and_is_found_again(cast):
    event = audit.record("opened", cast.pupil, by=cast.head)

    assert PendingSeal.objects.filter(event=event).count() == 1
    event.refresh_from_db()
    sealer.seal_all()
    assert not PendingSeal.objects.exists()
    assert event.link.seq == 1
