"""Tables that only the machine writes: what happened, what is to be sent, which forms were sent, who is at work."""

from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from .referrals import Referral


class AuditEvent(models.Model):
    """Who did or opened what, when. Inserted, never changed; it holds names of fields and counts, never text."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    at = models.DateTimeField("when", default=timezone.now, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="who",
        db_index=False,  # nobody asks what somebody did, but for what the index below is of
    )  # fmt: skip
    verb = models.CharField("what", max_length=40)
    subject_type = models.CharField("kind of record", max_length=60)
    subject = models.UUIDField("record", null=True)
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, related_name="events", verbose_name="case",
        db_index=False,  # the index below begins with it
    )  # fmt: skip
    detail = models.JSONField("detail", default=dict)
    request_id = models.CharField("request", max_length=36, blank=True)
    address = models.GenericIPAddressField("address", null=True)
    mac = models.CharField("seal", max_length=64, editable=False)

    REGISTER_TEXT = frozenset({"verb", "subject_type", "request_id", "mac"})
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        verbose_name = "event"
        ordering = ["-at", "-pk"]
        # Whoever opens a case waits until each index is written: an event of a case is found by its case alone.
        indexes = [
            models.Index(fields=["referral", "-at"], name="event_of_referral"),
            models.Index(fields=["subject", "-at"], name="event_of_record", condition=Q(referral__isnull=True)),
            models.Index(fields=["actor", "-at"], name="event_without_record", condition=Q(subject__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type}"


class PendingSeal(models.Model):
    """An event that is not yet in the chain; written with it, deleted when it is linked."""

    event = models.OneToOneField(AuditEvent, on_delete=models.PROTECT, primary_key=True, related_name="pending")

    REGISTER_TEXT: frozenset[str] = frozenset()
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"event {self.pk} waits for its link"


class AuditLink(models.Model):
    """An event's place in the chain: its number, and a seal over the link before it and the event. Never changed."""

    seq = models.PositiveBigIntegerField("number", primary_key=True)
    event = models.OneToOneField(AuditEvent, on_delete=models.PROTECT, related_name="link")
    mac = models.CharField("seal", max_length=64)

    REGISTER_TEXT = frozenset({"mac"})
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"link {self.seq}"


class OutboxMessage(models.Model):
    """A message to one person that says something needs them, never what: no name and no text."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        SENDING = "sending", "being sent"
        SENT = "sent", "sent"
        UNKNOWN = "unknown", "nobody knows whether it arrived"
        FAILED = "failed", "could not be sent"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="to")
    kind = models.CharField("kind", max_length=40)
    reference = models.CharField("reference", max_length=20, blank=True)
    service = models.ForeignKey(
        "casework.Service", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="service"
    )
    at_least_once = models.BooleanField(default=False)
    state = models.CharField("state", max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("attempts", default=0)
    made_at = models.DateTimeField("made", default=timezone.now)
    due_at = models.DateTimeField("due", default=timezone.now)
    sent_at = models.DateTimeField("sent", null=True)

    REGISTER_TEXT = frozenset({"kind", "reference", "state"})
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        verbose_name = "message"
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["due_at"], name="message_waiting", condition=models.Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}".strip()


class Digest(models.Model):
    """That a person had their word of a week, or that nothing waited for them: one row for a person and a week."""

    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="digests", verbose_name="to"
    )
    monday = models.DateField("week from Monday")
    counts = models.JSONField("how many of which sort", default=dict)
    message = models.OneToOneField(
        OutboxMessage, on_delete=models.PROTECT, null=True, related_name="digest", verbose_name="message"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        verbose_name = "digest"
        constraints = [models.UniqueConstraint(fields=["to", "monday"], name="one_digest_a_week")]

    def __str__(self) -> str:
        return f"digest of {self.monday:%-d %b %Y}"


class UsedFormKey(models.Model):
    """A form that was sent, and where its answer is: sent twice, it is done once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    answer = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    REGISTER_TEXT = frozenset({"answer"})
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="a_form_is_used_once")]
        indexes = [models.Index(fields=["at"], name="form_key_used_at")]

    def __str__(self) -> str:
        return "used form"


class Numbering(models.Model):
    """The last number given in a series of references, such as R26."""

    series = models.CharField(max_length=10, unique=True)
    last = models.PositiveIntegerField(default=100)

    REGISTER_TEXT = frozenset({"series"})
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.series

    @classmethod
    def next(cls, series: str) -> str:
        """The next reference of a series, for example R26-118. Within a transaction: two callers never get the same."""
        with transaction.atomic():
            cls.objects.get_or_create(series=series)
            cls.objects.filter(series=series).update(last=F("last") + 1)
            return f"{series}-{cls.objects.get(series=series).last}"


class BackupRun(models.Model):
    """A backup that was made, or tried: then without a file's name. And whether reading it back held."""

    name = models.CharField("file", max_length=80)
    made_at = models.DateTimeField("made", default=timezone.now)
    size = models.PositiveBigIntegerField("bytes")
    verified_at = models.DateTimeField("verified", null=True)
    finding = models.CharField("what was found", max_length=300, blank=True)

    REGISTER_TEXT = frozenset({"name", "finding"})
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        verbose_name = "backup"
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Beat(models.Model):
    """When a process was last at work, one row for each kind of process. No screen shows it: /readyz says one word."""

    class Process(models.TextChoices):
        WORKER = "worker", "worker"
        TIMER = "timer", "timer"
        WATCH = "watch", "whoever asks /readyz"

    process = models.CharField("process", max_length=6, choices=Process.choices, unique=True)
    at = models.DateTimeField("when")

    REGISTER_TEXT = frozenset({"process"})
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.process

    @staticmethod
    def now(process: "Beat.Process") -> None:
        """This process is at work, in the place of when it last was; of several of a kind the last one counts."""
        beat = Beat(process=process, at=timezone.now())
        Beat.objects.bulk_create([beat], update_conflicts=True, unique_fields=["process"], update_fields=["at"])
