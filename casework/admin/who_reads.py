"""Who reads what is about to be written: one sentence for each kind of text, as the rule book has it."""

from ..models import About, Referral
from ..sealed import TextKind

SCHOOL = "the school’s head and SENDCO"
COORDINATOR = "the coordinator"
SUPERVISOR = "the clinical supervisor"
THERAPIST = "the therapist who works the case"

READERS: dict[TextKind, tuple[str, ...]] = {
    TextKind.CONTACT: (SCHOOL, COORDINATOR, THERAPIST),
    TextKind.REFERRAL: (SCHOOL, COORDINATOR, SUPERVISOR, THERAPIST),
    TextKind.CLINICAL: (SUPERVISOR, THERAPIST),
    TextKind.SCHOOL: (SCHOOL, COORDINATOR, SUPERVISOR, THERAPIST),
    TextKind.PACK: ("those of the school who hold a role here", "the therapists who are placed there now", COORDINATOR),
    TextKind.STAFF: ("whom it is about", COORDINATOR, SUPERVISOR),
}
PROCESS = (
    "Only you and the clinical supervisor can read this: the supervisor when you bring it to supervision, otherwise "
    "with a reason, and you are told. "
    "Use the child’s reference, not a name."
)
OUTCOME = "Read by the coordinator, the clinical supervisor and the therapist who works the case. Not by the school."
CONCERN = {
    About.CHILD: (
        "Read by you, the school’s designated safeguarding leads, our safeguarding lead and the clinical supervisor. "
        "Not by the coordinator."
    ),
    About.SCHOOL_ADULT: (
        "Read by you, the school’s head and our safeguarding lead. Not by the school’s safeguarding lead, and never by "
        "whom it is about."
    ),
    About.HEAD: (
        "Read by you, the school’s chair of governors and our safeguarding lead. Not by the school’s safeguarding "
        "lead, and never by the head."
    ),
    About.OURS: "Read by you and our safeguarding lead. Never by whom it is about.",
}
ANY_CONCERN = "Read by whoever reads this concern."


def who_reads(kind: TextKind, referral: Referral | None = None) -> str:
    """The sentence of a kind; the school is left out where the family keeps the referral from it."""
    if kind is TextKind.PROCESS:
        return PROCESS
    if kind is TextKind.SAFEGUARDING:
        return ANY_CONCERN
    kept_from_school = referral is not None and not referral.school_may_see
    *first, last = [reader for reader in READERS[kind] if not (kept_from_school and reader == SCHOOL)]
    return f"Read by {', '.join(first)} and {last}."
