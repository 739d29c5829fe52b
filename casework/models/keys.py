"""Data keys: one for each case, family or other subject, so that destroying one makes its text unreadable for ever."""

from uuid import UUID, uuid4

from django.db import models
from django.utils import timezone

from .. import sealed


class DataKey(models.Model):
    """A secret, wrapped by the key ring, under which one subject's text is sealed."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    ring_key = models.CharField(max_length=40, editable=False)
    wrapped = models.BinaryField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    destroyed_at = models.DateTimeField(null=True, blank=True, editable=False)

    REGISTER_TEXT = frozenset({"ring_key"})
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wrapped__isnull=False, destroyed_at__isnull=True)
                | models.Q(wrapped__isnull=True, destroyed_at__isnull=False),
                name="data_key_is_there_or_destroyed",
            )
        ]

    def __str__(self) -> str:
        return f"data key {self.pk}"

    @classmethod
    def make(cls) -> "DataKey":
        """A new key, saved."""
        uuid: UUID = uuid4()
        ring_key, wrapped = sealed.ring().wrap(sealed.new_secret(), uuid)
        return cls.objects.create(uuid=uuid, ring_key=ring_key, wrapped=wrapped)

    def rewrap(self) -> None:
        """Wrap the same secret by the ring's current key; the text that it seals stays as it is."""
        self.ring_key, self.wrapped = sealed.ring().wrap(self.secret(), self.uuid)
        self.save(update_fields=["ring_key", "wrapped"])

    def destroy(self) -> None:
        """Make what it seals unreadable for ever."""
        self.wrapped, self.destroyed_at = None, timezone.now()
        self.save(update_fields=["wrapped", "destroyed_at"])

    def secret(self) -> bytes:
        """The secret itself; SealBroken once it was destroyed."""
        if self.wrapped is None:
            raise sealed.SealBroken("the key of this text was destroyed")
        return sealed.ring().unwrap(self.ring_key, bytes(self.wrapped), self.uuid)


class SealedRecord(models.Model):
    """A row with sealed text, and the data key of its subject."""

    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, editable=False, related_name="+")

    class Meta:
        abstract = True
