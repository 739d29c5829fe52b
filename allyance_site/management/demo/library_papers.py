"""The papers of the demo's library, all invented: what each says, since when it holds, and who has read it."""

from dataclasses import dataclass
from typing import Any

from casework.models import MustRead
from cms.library import DocumentKind

INVENTED = "An invented document of the demo."
NEVER = 10_000
"""So many days: it is not withdrawn, and not to be reviewed."""


@dataclass(frozen=True)
class Paper:
    """A document; without a school it is for the whole team. An edition may name this school year, or the last.

    `since`, `review_in` and `withdrawn_in` are days from the first of this school year, and where `from_today` says so
    from today. `unread` names those of the team who have not said that they read it; None: nobody is asked.
    """

    key: str
    title: str
    kind: DocumentKind
    lines: tuple[str, ...]
    school: str = ""
    edition: str = ""
    since: int = 0
    from_today: bool = False
    review_in: int = NEVER
    withdrawn_in: int = NEVER
    replaces: str = ""
    has_readers: bool = True
    must_read: MustRead = MustRead.NOBODY
    parts: str = ""
    question: str = ""
    answers: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


GUIDANCE = "Keeping children safe: statutory guidance"

PAPERS = (
    Paper(
        "last_guidance", GUIDANCE, DocumentKind.STATUTORY,
        (INVENTED, "Part one is for everybody who works with children in a school.", "This edition held for a year."),
        edition="{last}", since=-365, withdrawn_in=0, must_read=MustRead.PRACTITIONERS, parts="Part one",
    ),
    Paper(
        "guidance", GUIDANCE, DocumentKind.STATUTORY,
        (
            INVENTED,
            "Part one is for everybody who works with children in a school. It says what to look out for,",
            "whom to tell, and that nobody waits for somebody else to do it.",
            "Part two is for those who run the school or the service.",
        ),
        edition="{this}", replaces="last_guidance", must_read=MustRead.TEAM, parts="Part one", review_in=365,
        unread=("hamish",),
    ),
    Paper(
        "policy", "How we keep children safe", DocumentKind.POLICY,
        (
            INVENTED,
            "1. A worry about a child's safety goes to the school's safeguarding lead at once, in person.",
            "2. Write the child's own words. Do not ask leading questions. Do not promise to keep a secret.",
            "3. In danger now: 999.",
        ),
        edition="version 4", since=-9, from_today=True, review_in=356, must_read=MustRead.PRACTITIONERS,
        question="A child tells you something that worries you. What do you do first?",
        answers=(
            "Tell the school’s safeguarding lead at once, in person",
            "Ask the child more, so that you are sure",
            "Write it up, and bring it to the next supervision",
        ),
        unread=("therapist", "yusra", "ottilie"),
    ),
    Paper(
        "short", "When a session has to be cut short", DocumentKind.TRAINING,
        (INVENTED, "What to say to the child, whom to tell at the school, and what to write down."),
        since=-6, from_today=True,
    ),
    Paper(
        "alone", "Working alone in a school building", DocumentKind.POLICY,
        (INVENTED, "Before school and after it nobody works alone with a child in a part of the building by itself."),
        edition="version 2", since=-700, review_in=-20,
    ),
    Paper(
        "online", "Sessions by video", DocumentKind.POLICY,
        (INVENTED, "Only where a child cannot come, and where the school has a room with somebody near."),
        edition="version 1", since=21, from_today=True, must_read=MustRead.PRACTITIONERS,
    ),
    Paper(
        "pictures", "Pictures that children make: keeping them", DocumentKind.POLICY,
        (INVENTED, "What is kept, where, and for how long."),
        has_readers=False, since=-2, from_today=True,
    ),
    Paper(
        "cawdale", "Cawdale: whom to tell, and where", DocumentKind.SCHOOL,
        (
            INVENTED,
            "Safeguarding lead: the office next to the hall. Deputy: the head.",
            "Sessions are in The Nest; the fire door leads to the garden.",
        ),
        school="cawdale", must_read=MustRead.PRACTITIONERS,
    ),
    Paper(
        "brackenfield", "Brackenfield: whom to tell, and where", DocumentKind.SCHOOL,
        (
            INVENTED,
            "Safeguarding lead: the head, first door on the left. Deputy: the Year 6 teacher.",
            "Sessions are in the music store; sign in at the hatch.",
        ),
        school="brackenfield", must_read=MustRead.PRACTITIONERS, unread=("ottilie",),
    ),
)  # fmt: skip

FIRST_WEEK: dict[str, Any] = {
    "title": "Your first week with us",
    "lede": "Meet the school’s safeguarding lead before you meet a child. Find the room, and walk to the office once.",
    "body": [
        (
            "text",
            "<h2>Before the first day</h2>"
            "<p>Read what the library says under “To read”, and say that you have.</p>"
            "<h2>On the first day</h2>"
            "<ul><li>Sign in, and wear your badge.</li><li>Ask who is told when a child is not collected.</li>"
            "<li>Find the fire door.</li></ul>",
        )
    ],
}
"""One of the service's own pages, which the team alone reads."""
