"""Which words stand in the matrix's records, and who may ever meet which: the table that a reviewer reads first.

Every text of a record holds a word of its own, made of the record's name and the kind of text: `zqactivewhy`
stands in what the school wrote when it referred the case called `active`, and nowhere else.
"""

from dataclasses import dataclass

KINDS = {
    "ref": "the reference of the referral",
    "nr": "the reference of the pupil",
    "first": "the pupil's first name",
    "last": "the pupil's last name",
    "carer": "the carer's name, telephone and e-mail address, and who took an agreement back",
    "why": "why the school refers, strengths, what was tried, the child's words, answers, notes of steps, and of agreements",
    "school": "strategies and progress, for the school",
    "outcome": "what a review found, and the ending summary",
    "judged": "why a young person can decide for themselves",
    "clinical": "an assessment, what was added to it, who received it, and the words of a hand-over",
    "asked": "what is to be reflected on in supervision, as it stands on the sheet beside a letter",
    "process": "the therapist's own note",
    "unsent": "a note that was kept when its author was out already: the supervisor opens it with a reason",
}

WHOLE = "ref nr first last carer why school outcome judged clinical asked process unsent"
COVERS = "ref nr first last carer why school outcome judged clinical asked"
OFFICE = "ref nr first last carer why school outcome"
SUPERVISES = "ref nr first why school outcome judged clinical asked unsent"
SCHOOL = "ref nr first last carer why school"
RECEIVES = "ref nr first last school"
IN_SHORT = "ref"
ON_A_SHEET = "asked"
PUPIL_ALONE = "nr first last carer"


@dataclass(frozen=True)
class Case:
    """A case of the first service: what it is, and who may meet which kinds of its words. Whoever is not named: none."""

    what: str
    may_read: dict[str, str]


def _office(**others: str) -> dict[str, str]:
    return {"coordinator": OFFICE, "supervisor": SUPERVISES, **others}


CASES = {
    "active": Case(
        "In sessions at the school, shared for a time with the school that buys in.",
        _office(head=SCHOOL, sendco=SCHOOL, therapist=WHOLE, receiving_head=RECEIVES),
    ),
    "elsewhere": Case(
        "In sessions at the other school; on the sheet of a supervision to which the therapist is asked too.",
        _office(other_head=SCHOOL, other_therapist=WHOLE, therapist=ON_A_SHEET),
    ),
    "covered": Case(
        "In sessions at the other school, and the therapist covers it.",
        _office(other_head=SCHOOL, other_therapist=WHOLE, therapist=COVERS),
    ),
    "waiting": Case("Sent by the school.", _office(head=SCHOOL, sendco=SCHOOL, therapist=IN_SHORT)),
    "waiting_there": Case("Sent by the other school.", _office(other_head=SCHOOL, other_therapist=IN_SHORT)),
    "draft": Case("Being written at the school.", {"head": SCHOOL, "sendco": SCHOOL}),
    "draft_there": Case("Being written at the other school.", {"other_head": SCHOOL}),
    "kept": Case(
        "From a GP; the family keeps it from the school, which knows the pupil and nothing of this.",
        _office(head=PUPIL_ALONE, sendco=PUPIL_ALONE),
    ),
    "kept_draft": Case(
        "The coordinator writes it down for a GP; kept from the school.",
        {"coordinator": OFFICE, "head": PUPIL_ALONE, "sendco": PUPIL_ALONE},
    ),
    "closed": Case("Closed at the school; the therapist worked it.", _office(head=SCHOOL, sendco=SCHOOL)),
    "blocked": Case(
        "In sessions at the school; coordinator, supervisor, head and therapist are relatives.", {"sendco": SCHOOL}
    ),
}

CONCERNS = {
    "bruise": "therapist dsl supervisor safeguarding_lead",
    "taken": "therapist dsl supervisor safeguarding_lead",
    "locked": "other_therapist supervisor safeguarding_lead",
    "slapped": "therapist head safeguarding_lead",
    "shouted": "therapist chair safeguarding_lead",
    "whispered": "head safeguarding_lead",
    "overlooked": "therapist",
    "kinship": "dsl safeguarding_lead",
}
"""Who may meet the reference and the words of which concern; each is laid in the ground. The coordinator meets none."""

OPEN_DOCUMENTS = {
    "doc_team": "coordinator supervisor safeguarding_lead therapist other_therapist",
    "doc_school": "coordinator therapist head sendco dsl chair",
    "doc_other_school": "coordinator other_therapist other_head",
    "doc_hidden": "outsider hidden_therapist",
}
"""Who opens which library document, and meets its title and its text."""

DOCUMENTS = {name: f"{readers} supervisor" for name, readers in OPEN_DOCUMENTS.items() if name != "doc_hidden"} | {
    "doc_hidden": OPEN_DOCUMENTS["doc_hidden"],
    "doc_nobody": "coordinator outsider",
}
"""Who may meet the title of which: also the supervisor, who sees who has read it. One without readers waits for a
coordinator."""

ARTICLES = {
    "article_own": "coordinator supervisor safeguarding_lead therapist other_therapist",
    "article_hidden": "outsider hidden_therapist",
}
"""Who may meet the title and the words of which page of the library: no editor of the website who does not coordinate."""

REQUESTS = {"asksforhours": "coordinator head sendco"}
"""Who may meet what a school wrote when it asked for hours."""

PACKS = {
    "pack_own": "coordinator therapist head sendco dsl chair",
    "pack_former": "coordinator therapist head sendco dsl chair",
    "pack_there": "coordinator other_therapist other_head",
    "pack_hidden": "outsider hidden_therapist hidden_head",
}
"""Who may meet the words of which school's safeguarding pack."""

LETTERS = {
    "assured_own": "coordinator therapist head sendco dsl chair",
    "colleague": "coordinator other_therapist head sendco dsl chair",
    "assured_there": "coordinator other_therapist other_head",
    "assured_hidden": "outsider hidden_therapist hidden_head",
}
"""Who may meet what a letter of assurance says."""

PAGES = {"page_draft": "editor coordinator", "page_hidden_draft": "outsider"}
"""Who may meet the title of which page that is not published."""

MESSAGES = {"letter_own": "coordinator", "letter_hidden": "outsider"}
"""Who may meet the words of which message to a service through its website."""

RECORDS = {"evidence": "coordinator supervisor therapist", "waiver": "coordinator supervisor therapist"}
"""What stands in the record of the therapist: the number of the evidence, and why something may wait."""

HIDDEN_CAST = frozenset({"outsider", "hidden_therapist", "hidden_head"})
"""Who plays in the second service: all its words are theirs, and none of the first service's."""


def word(name: str, kind: str = "") -> str:
    """The word of a text; of letters alone, so that no escaping changes it."""
    return f"zq{name}{kind}".replace("_", "").lower()


def readers_of_words() -> dict[str, frozenset[str]]:
    """Every word of the first service, with the players who may meet it."""
    readers = {
        word(name, kind): frozenset(player for player, kinds in case.may_read.items() if kind in kinds.split())
        for name, case in CASES.items()
        for kind in KINDS
    }
    others = {**CONCERNS, **DOCUMENTS, **ARTICLES, **PAGES, **REQUESTS, **MESSAGES, **PACKS, **LETTERS, **RECORDS}
    return readers | {word(name): frozenset(players.split()) for name, players in others.items()}
