"""Pupils, their families and the people who care for them."""

from datetime import date

from django.conf import settings
from django.db import models

from ..sealed import SealedTextField, TextKind
from .keys import SealedRecord
from .records import Period, Record, ends_after_start
from .services import School, Service


class Family(Record, SealedRecord):
    """The household that brothers and sisters share: what is written of a carer is sealed under its key."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="families", verbose_name="service")
    legal_note = SealedTextField("court orders and who may not be told what", kind=TextKind.CONTACT, blank=True)

    class Meta(Record.Meta):
        verbose_name_plural = "families"

    def __str__(self) -> str:
        return f"F{self.pk}"


class Carer(Record, SealedRecord):
    """A grown-up who cares for a child."""

    class Evidence(models.TextChoices):
        """How it is known that somebody holds parental responsibility."""

        SCHOOL = "school", "the school’s records say so"
        TOLD = "told", "they told us"
        CERTIFICATE = "birth", "birth certificate seen"
        ORDER = "order", "court order or agreement seen"

    class Contact(models.TextChoices):
        """How somebody wants to hear from us."""

        CALL = "call", "telephone call"
        MESSAGE = "text", "text message"
        MAIL = "mail", "e-mail"
        LETTER = "letter", "letter"
        SCHOOL = "school", "through the school"

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="carers", verbose_name="family")
    relationship = models.CharField("relationship to the child", max_length=40)
    has_parental_responsibility = models.BooleanField("has parental responsibility", default=False)
    evidence = models.CharField("how that is known", max_length=6, choices=Evidence.choices, blank=True)
    evidence_seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name="written down by",
    )  # fmt: skip
    evidence_seen_on = models.DateField("on which day", null=True, blank=True)
    contact_by = models.CharField("best way to reach them", max_length=6, choices=Contact.choices, blank=True)
    needs_interpreter = models.BooleanField("needs an interpreter", default=False)
    not_safe_to_contact = models.BooleanField("not safe to contact", default=False)
    name = SealedTextField("name", kind=TextKind.CONTACT)
    telephone = SealedTextField("telephone", kind=TextKind.CONTACT, blank=True)
    email = SealedTextField("e-mail address", kind=TextKind.CONTACT, blank=True)
    language = SealedTextField("language", kind=TextKind.CONTACT, blank=True)
    contact_when = SealedTextField("when to reach them, and what to mind", kind=TextKind.CONTACT, blank=True)

    REGISTER_TEXT = frozenset({"relationship", "evidence", "contact_by"})

    class Meta(Record.Meta):
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(has_parental_responsibility=True) | models.Q(evidence=""),
                name="evidence_of_what_is_held",
                violation_error_message="Leave out how it is known, where nobody says that they hold it.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.relationship} {self.pk}"


class Professional(Record, SealedRecord):
    """Somebody else who works with a family: a social worker, a doctor, a family support worker."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="professionals", verbose_name="family")
    name = SealedTextField("name", kind=TextKind.CONTACT)
    job = SealedTextField("what they do", kind=TextKind.CONTACT)
    agency = SealedTextField("for whom they work", kind=TextKind.CONTACT, blank=True)
    telephone = SealedTextField("telephone", kind=TextKind.CONTACT, blank=True)
    email = SealedTextField("e-mail address", kind=TextKind.CONTACT, blank=True)
    is_lead = models.BooleanField(
        "lead practitioner", default=False, help_text="Who keeps the agencies’ work for this family together."
    )
    ended_on = models.DateField("worked with the family until", null=True, blank=True)

    class Meta(Record.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["family"], condition=models.Q(is_lead=True, ended_on__isnull=True), name="one_lead_of_a_family",
                violation_error_message="This family has a lead practitioner already: change that entry first.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"professional {self.pk}"


class Pupil(Record):
    """A child at a school."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="pupils", verbose_name="service")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="pupils", verbose_name="family")
    reference = models.CharField("reference", max_length=20, unique=True, editable=False)
    first_name = models.CharField("first name", max_length=80)
    last_name = models.CharField("last name", max_length=80)
    date_of_birth = models.DateField("date of birth")

    REGISTER_TEXT = frozenset({"reference", "first_name", "last_name"})

    class Meta(Record.Meta):
        ordering = ["last_name", "first_name", "pk"]
        indexes = [
            models.Index(fields=["last_name", "first_name", "id"], name="pupil_by_name"),
            models.Index(fields=["service", "date_of_birth"], name="pupil_by_birthday"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def short_name(self) -> str:
        """First name and initial, for those who are entitled to a name."""
        return f"{self.first_name} {self.last_name[:1]}"

    def age_on(self, day: date) -> int:
        """Whole years on a day."""
        born = self.date_of_birth
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class YearGroup(models.TextChoices):
    """School years, from nursery to 13."""

    NURSERY = "N", "Nursery"
    RECEPTION = "R", "Reception"
    Y1 = "1", "Year 1"
    Y2 = "2", "Year 2"
    Y3 = "3", "Year 3"
    Y4 = "4", "Year 4"
    Y5 = "5", "Year 5"
    Y6 = "6", "Year 6"
    Y7 = "7", "Year 7"
    Y8 = "8", "Year 8"
    Y9 = "9", "Year 9"
    Y10 = "10", "Year 10"
    Y11 = "11", "Year 11"
    Y12 = "12", "Year 12"
    Y13 = "13", "Year 13"


class Enrolment(Record, Period):
    """A pupil goes to a school, in a year group."""

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="enrolments", verbose_name="pupil")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="enrolments", verbose_name="school")
    year_group = models.CharField("year group", max_length=2, choices=YearGroup.choices)

    REGISTER_TEXT = frozenset({"year_group"})

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["pupil"], condition=models.Q(ends_at__isnull=True), name="one_open_enrolment"
            ),
            ends_after_start("enrolment_period"),
        ]
        indexes = [models.Index(fields=["school", "pupil"], name="enrolment_of_school")]

    def __str__(self) -> str:
        return f"{self.pupil} at {self.school}"


class ConflictBlock(Record, Period):
    """A person who must not see a pupil's record, whatever their roles: a relative, say."""

    class Reason(models.TextChoices):
        RELATIVE = "relative", "a relative"
        NEIGHBOUR = "neighbour", "a friend or neighbour of the family"
        FORMER = "former", "worked with the family in another role"
        ASKED = "asked", "the family asked for it"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="person"
    )
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="conflict_blocks", verbose_name="pupil")
    reason = models.CharField("because this person is", max_length=12, choices=Reason.choices)

    REGISTER_TEXT = frozenset({"reason"})

    class Meta(Record.Meta):
        verbose_name = "conflict of interest"
        verbose_name_plural = "conflicts of interest"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "pupil"], condition=models.Q(ends_at__isnull=True), name="one_open_conflict_block"
            ),
            ends_after_start("conflict_block_period"),
        ]

    def __str__(self) -> str:
        return f"conflict of interest {self.pk}"
