"""Makes many data keys at once."""

from uuid import uuid4

from casework import sealed
from casework.models import DataKey


def new_keys(count: int) -> list[DataKey]:
    """This many fresh data keys, saved."""
    keys = []
    for uuid in (uuid4() for _ in range(count)):
        ring_key, wrapped = sealed.ring().wrap(sealed.new_secret(), uuid)
        keys.append(DataKey(uuid=uuid, ring_key=ring_key, wrapped=wrapped))
    return DataKey.objects.bulk_create(keys)
