"""Services, their clusters and schools: the ground that every role stands on."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator, URLValidator
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from .records import Record


class WhoDecides(models.TextChoices):
    """Who says yes to a referral."""

    SCHOOL = "school", "the school and its therapist"
    COORDINATOR = "coordinator", "the coordinator"
    MEETING = "meeting", "the Support and Guidance meeting"


class Purpose(models.TextChoices):
    """What a family is asked to agree to: the work at the referral, anything else when it comes up."""

    WORK = "work", "counselling, questionnaires and talking with the school"
    MEETING = "meeting", "sharing at a Support and Guidance meeting"
    SERVICE = "service", "a referral to another service"
    CAMHS = "camhs", "a referral to CAMHS"
    YEAR_7 = "year_7", "going on in Year 7 at the next school"


def _days(label: str, default: int, help_text: str) -> models.PositiveSmallIntegerField:
    """A number of days that a coordinator sets, from a day to a year."""
    limits = [MinValueValidator(1), MaxValueValidator(366)]
    return models.PositiveSmallIntegerField(label, default=default, help_text=help_text, validators=limits)


class Service(Record):
    """A counselling or cluster service: the root of its schools, people and settings.

    Services see nothing of each other.
    """

    name = models.CharField("name", max_length=120, unique=True)
    decides = models.CharField(
        "who decides on a referral", max_length=12, choices=WhoDecides.choices, default=WhoDecides.SCHOOL,
        help_text="A cluster may decide in another way.",
    )  # fmt: skip
    contact_email = models.EmailField("e-mail for questions", blank=True)
    agreement_months = models.PositiveSmallIntegerField(
        "an agreement holds for", default=12, validators=[MinValueValidator(1), MaxValueValidator(36)],
        help_text="Months, from 1 to 36. After that the family is asked again; a running case is not cut.",
    )  # fmt: skip
    decide_within = _days("a decision is late after", 14, "Days from the sending of a referral to its decision.")
    begin_within = _days("a beginning is late after", 42, "Days from the decision to the first session.")
    contact_within = _days("contact is late after", 21, "Days since the child was last seen.")
    look_again_after = _days(
        "look again at who waits after", 42, "Days after which an accepted referral without a therapist is looked at."
    )
    parents_first = models.BooleanField(
        "a meeting with the parents first", default=False,
        help_text="With every new allocation a meeting with the parents is asked for, until one is recorded. "
        "Who allocates can say otherwise.",
    )  # fmt: skip
    missed_in_a_row = models.PositiveSmallIntegerField(
        "missed sessions in a row", default=3, validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text="So many sessions one after the other in which the child was not seen, and the case is flagged.",
    )  # fmt: skip
    two_people_for_roles = models.BooleanField(
        "two people for a role", default=False,
        help_text="A role opens nothing until another coordinator, the clinical supervisor or a trustee has said yes. "
        "To turn this off takes a second yes too.",
    )  # fmt: skip
    two_people_for_help = models.BooleanField(
        "two people for the help page", default=False,
        help_text="“Get help now” stays on the website until somebody else who edits it has said yes. Otherwise it "
        "goes at once, the others are told, and one click brings it back.",
    )  # fmt: skip
    children_services_telephone = models.CharField(
        "children’s services", max_length=30, blank=True,
        help_text="The local authority’s number for a child who is not safe, in office hours.",
    )  # fmt: skip
    out_of_hours_telephone = models.CharField(
        "children’s services out of hours", max_length=30, blank=True, help_text="At night and at weekends."
    )
    lado_telephone = models.CharField(
        "LADO", max_length=30, blank=True,
        help_text="The local authority’s designated officer, for a concern about an adult who works with children.",
    )  # fmt: skip
    concern_hours = models.PositiveSmallIntegerField(
        "hours to acknowledge a concern", default=4,
        help_text="After that it is told again, also to the safeguarding lead.",
    )  # fmt: skip
    danger_minutes = models.PositiveSmallIntegerField(
        "minutes to acknowledge a concern where somebody is in danger", default=30
    )
    supervision_within = models.PositiveSmallIntegerField(
        "a case is brought to supervision within", default=7,
        validators=[MinValueValidator(1), MaxValueValidator(52)], help_text="Weeks, from 1 to 52.",
    )  # fmt: skip
    checks_understanding = models.BooleanField(
        "what is read in the library is checked", default=False,
        help_text="Whoever says that they have read a document answers its question first, where it has one.",
    )  # fmt: skip
    editors = models.OneToOneField(
        "auth.Group", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+",
        help_text="The Wagtail group that may edit this service's website and library.",
    )  # fmt: skip

    REGISTER_TEXT = frozenset(
        {
            "name",
            "decides",
            "contact_email",
            "children_services_telephone",
            "out_of_hours_telephone",
            "lado_telephone",
        }
    )

    class Meta(Record.Meta):
        ordering = ["name"]
        permissions = [
            ("coordinator", "Coordinator"),
            ("clinical_supervisor", "Clinical supervisor"),
            ("safeguarding_lead", "Safeguarding lead"),
            ("steering_member", "Steering group member"),
            ("trustee", "Trustee"),
            ("data_protection_lead", "Data protection lead"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    concern_hours__gte=1, concern_hours__lte=72, danger_minutes__gte=1, danger_minutes__lte=240
                ),
                name="concern_clock_is_sensible",
                violation_error_message="Give 1 to 72 hours, and where somebody is in danger 1 to 240 minutes.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def words_of(self, name: "ListName") -> list[str]:
        """The words in use of one of its lists; those that every service starts with, where it made none."""
        entries = list(self.list_items.filter(list=name))
        return [entry.label for entry in entries if entry.active] if entries else list(STARTING_WORDS[name])


class Cluster(Record):
    """Schools of one area that work together."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="clusters", verbose_name="service")
    name = models.CharField("name", max_length=120)
    decides = models.CharField(
        "who decides on a referral", max_length=12, choices=WhoDecides.choices, blank=True,
        help_text="Leave empty to do as the service does.",
    )  # fmt: skip

    REGISTER_TEXT = frozenset({"name", "decides"})

    class Meta(Record.Meta):
        ordering = ["name"]
        permissions = [("targeted_services_leader", "Targeted Services Leader")]
        constraints = [models.UniqueConstraint(fields=["service", "name"], name="one_cluster_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Phase(models.TextChoices):
    """Which years a school teaches."""

    NURSERY = "nursery", "Nursery"
    PRIMARY = "primary", "Primary"
    SECONDARY = "secondary", "Secondary"
    ALL_THROUGH = "all_through", "All-through"
    SPECIAL = "special", "Special"


class School(Record):
    """A school of a service: a member of a cluster, or one that buys in and has none."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="schools", verbose_name="service")
    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, null=True, blank=True, related_name="schools", verbose_name="cluster",
        help_text="Leave empty for a school that buys in.",
    )  # fmt: skip
    name = models.CharField("name", max_length=120)
    urn = models.CharField(
        "URN", max_length=6, validators=[RegexValidator(r"\A[0-9]{6}\Z", "A URN has six digits, for example 100123.")],
        help_text="The school's six-digit number at the Department for Education.",
    )  # fmt: skip
    phase = models.CharField("phase", max_length=12, choices=Phase.choices, default=Phase.PRIMARY)
    town = models.CharField("town", max_length=80, blank=True)
    room = models.CharField(
        "room for sessions",
        max_length=80,
        blank=True,
        help_text="Where the therapist works, for example: the Rainbow Room.",
    )
    telephone = models.CharField("school office", max_length=30, blank=True)

    REGISTER_TEXT = frozenset({"name", "urn", "phase", "town", "room", "telephone"})

    class Meta(Record.Meta):
        ordering = ["name"]
        permissions = [
            ("headteacher", "Headteacher"),
            ("sendco", "SENDCO"),
            ("designated_safeguarding_lead", "Designated safeguarding lead"),
            ("chair_of_governors", "Chair of governors"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["service", "urn"], name="one_school_of_a_urn"),
            models.CheckConstraint(condition=Exact(Length("urn"), 6), name="urn_has_six_characters"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def buys_in(self) -> bool:
        """Whether it is no member of a cluster."""
        return self.cluster_id is None

    @property
    def decides(self) -> WhoDecides:
        """Who says yes to this school's referrals: as its cluster says, or else as the service does."""
        return WhoDecides((self.cluster.decides if self.cluster else "") or self.service.decides)


class ListName(models.TextChoices):
    """The lists that a coordinator edits."""

    DISCIPLINE = "discipline", "Disciplines"
    REASON = "reason", "Reasons for a referral"
    ATTENDANCE = "attendance", "Attendance"
    CLOSURE = "closure", "Closing reasons"
    TRIED = "tried", "What a school has tried"
    HELPER = "helper", "Who else helps"
    ASSESSMENT = "assessment", "Headings of an assessment"
    MEANWHILE = "meanwhile", "While you wait: what families are sent"
    WORK = "work", "Other work"
    BODY = "body", "Professional bodies"


STARTING_WORDS: dict[ListName, tuple[str, ...]] = {
    ListName.ASSESSMENT: (
        "What are people worried about?",
        "What is working well?",
        "What must happen?",
        "The child’s voice",
        "Home",
        "Health",
        "Learning",
    ),
    ListName.MEANWHILE: ("A leaflet", "A link to help on-line", "A telephone call"),
}
"""What a service starts with, until its coordinator makes the first entry of its own."""


class WorkKind(models.TextChoices):
    """Other work of which the system knows more than its words."""

    GROUP = "group", "a group of pupils"
    PARENTS = "parents", "a meeting with parents"
    TRAVEL = "travel", "travel"
    SUPERVISION = "supervision", "supervision"


class ListItem(Record):
    """An entry of one of a service's lists. One no longer used is switched off, for old records still name it."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="list_items", verbose_name="service")
    list = models.CharField("list", max_length=12, choices=ListName.choices)
    label = models.CharField("words", max_length=80)
    position = models.PositiveSmallIntegerField("position", default=0)
    active = models.BooleanField("in use", default=True)
    charged = models.BooleanField(
        "charged to the school's hours", default=True, help_text="For attendance and other work: does the time count?"
    )
    seen = models.BooleanField("the pupil was seen", default=True, help_text="For attendance only.")
    passes_on_to = models.CharField(
        "passes the child on to", max_length=8, blank=True,
        choices=[(Purpose.SERVICE.value, "another service"), (Purpose.CAMHS.value, "CAMHS")],
        help_text="For closing reasons only: where the child is referred on, the family agrees to it first.",
    )  # fmt: skip
    public_register = models.CharField(
        "its public register", max_length=200, blank=True, validators=[URLValidator(schemes=["https"])],
        help_text="For professional bodies only: the page where anybody can look a member up.",
    )  # fmt: skip

    work_kind = models.CharField(
        "is", max_length=11, blank=True, choices=WorkKind.choices, help_text="For other work only."
    )

    REGISTER_TEXT = frozenset({"list", "label", "passes_on_to", "public_register", "work_kind"})

    class Meta(Record.Meta):
        verbose_name = "list entry"
        verbose_name_plural = "list entries"
        ordering = ["list", "position", "label"]
        constraints = [models.UniqueConstraint(fields=["service", "list", "label"], name="one_list_entry_of_a_label")]

    def __str__(self) -> str:
        return self.label
