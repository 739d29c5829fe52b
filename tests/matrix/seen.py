"""Who may open which record of the ground; to everybody else it must answer exactly like one that does not exist."""

from .words import CASES, CONCERNS, HIDDEN_CAST, LETTERS, MESSAGES, OPEN_DOCUMENTS, PACKS, PAGES


def _who_reads(*kinds: str) -> dict[str, str]:
    return {
        name: " ".join(player for player, read in case.may_read.items() if set(kinds) & set(read.split()))
        for name, case in CASES.items()
    }


EVERYBODY = "everybody"


def _who_reads_all(*kinds: str) -> dict[str, str]:
    return {
        name: " ".join(player for player, read in case.may_read.items() if set(kinds) <= set(read.split()))
        for name, case in CASES.items()
    }


_cases = _who_reads("why", "school")
_changes_family = {
    name: " ".join(player for player in readers.split() if "therapist" not in player)
    for name, readers in _who_reads("carer").items()
}
_office = "coordinator supervisor"

SEEN: dict[str, dict[str, str]] = {
    "referral": _cases,
    "queued": _who_reads("ref"),
    **dict.fromkeys(["carer", "professional", "family"], _changes_family),
    "answerlink": {"waiting": EVERYBODY},
    "agreementlink": _who_reads_all("carer", "why"),
    "familyagreement": _who_reads_all("carer", "why"),
    "session": _cases,
    "allocation": _cases,
    "processnote": {
        name: f"{readers} supervisor" if "supervisor" in CASES[name].may_read else readers
        for name, readers in _who_reads("process").items()
    },
    "assessment": _who_reads("clinical"),
    "pupil": _who_reads("nr") | {"pupil": "head sendco", "other_pupil": "other_head"},
    "service": {"service": "coordinator"},
    "cluster": {"cluster": f"{_office} tsl"},
    "school": {
        "school": f"{_office} therapist head sendco dsl chair tsl",
        "other_school": f"{_office} other_head other_therapist tsl",
        "buys_in_school": f"{_office} receiving_head",
    },
    "referred_from": {
        "school": "coordinator head sendco",
        "other_school": "coordinator other_head",
        "buys_in_school": "coordinator receiving_head",
    },
    "pupillist": {"list": "head"},
    "decides_at": {
        "school": "coordinator therapist head sendco",
        "other_school": "coordinator other_therapist other_head",
        "buys_in_school": "coordinator receiving_head",
    },
    "hoursplan": {"own": "therapist", "other": "other_head"},
    "hours_of": {
        "school": f"{_office} therapist head sendco",
        "other_school": f"{_office} other_therapist other_head",
        "buys_in_school": f"{_office} receiving_head",
    },
    "statement_of": {
        "school": f"{_office} head sendco",
        "other_school": f"{_office} other_head",
        "buys_in_school": f"{_office} receiving_head",
    },
    "statement_file_of": {
        "school": "coordinator head sendco",
        "other_school": "coordinator other_head",
        "buys_in_school": "coordinator receiving_head",
    },
    "pack_of": {
        "school": "coordinator therapist head sendco dsl chair",
        "other_school": "coordinator other_therapist other_head",
        "buys_in_school": "coordinator receiving_head",
    },
    "pack_sent_by": {"school": "head sendco", "other_school": "other_head", "buys_in_school": "receiving_head"},
    "schoolpack": PACKS,
    "assuranceletter": LETTERS,
    "headed": {"school": "head", "other_school": "other_head", "buys_in_school": "receiving_head"},
    "coordinated": dict.fromkeys(["school", "other_school", "buys_in_school"], "coordinator"),
    "hoursrequest": {"own": "coordinator head sendco"},
    "hoursloan": {"own": "coordinator head sendco other_head"},
    "rate": {"own": "coordinator"},
    "serviceagreement": dict.fromkeys(["own", "signed"], "coordinator"),
    "concern": CONCERNS,
    "raised_at": {
        "school": f"{_office} safeguarding_lead therapist",
        "other_school": f"{_office} safeguarding_lead other_therapist therapist",
        "buys_in_school": f"{_office} safeguarding_lead",
    },
    "raised_of_us": {
        "school": f"{_office} safeguarding_lead therapist head sendco dsl chair",
        "other_school": f"{_office} safeguarding_lead other_therapist therapist other_head",
        "buys_in_school": f"{_office} safeguarding_lead receiving_head",
    },
    "practitioner": {
        "own": f"{_office} head sendco therapist",
        "other": f"{_office} other_head other_therapist",
    },
    "fitness": {"own": f"{_office} therapist", "other": f"{_office} other_therapist"},
    "recorded_of": dict.fromkeys(["own", "other"], _office),
    "allowed_to": dict.fromkeys(["own", "other"], "supervisor"),
    "evidence": {"own": _office},
    "waiver": {"own": "supervisor"},
    "requirement": {"own": "coordinator"},
    "ownentry": {"own": "therapist", "other": "other_therapist"},
    "month": {"own": "coordinator therapist", "other": "coordinator other_therapist"},
    "unwritten": {"active": "therapist"},
    "lockednote": {"active": "therapist"},
    "work": {"own": "therapist"},
    "workkind": {"own": "therapist other_therapist"},
    **{model: {"own": "coordinator"} for model in ("schoolyear", "term", "closeddays")},
    "teammeeting": {
        "coming": f"{_office} therapist other_therapist",
        "been": f"{_office} therapist",
    },
    "sheetof": {"coming": "supervisor therapist other_therapist", "been": "supervisor therapist"},
    "ledmeeting": dict.fromkeys(["coming", "been"], "supervisor"),
    "begunmeeting": {"been": "supervisor"},
    "comingmeeting": {"coming": "supervisor"},
    "supervisionitem": {"active": "supervisor therapist", "elsewhere": "supervisor other_therapist"},
    "supervisedhours": {"own": f"{_office} therapist", "other": f"{_office} other_therapist"},
    "supervisionrule": {"own": _office},
    "absence": {"own": f"{_office} therapist"},
    "placement": {
        "own": f"{_office} head sendco therapist",
        "other": f"{_office} other_head other_therapist",
    },
    "user": dict.fromkeys(["own", "invited", "closed"], "coordinator"),
    "account": dict.fromkeys(["own", "invited", "closed", "hidden", "hidden_invited"], "technical"),
    "proposal": {"own": f"{_office} trustee"},
    "keptwords": {"active": f"{_office} therapist"},
    "servicerole": {"own": "coordinator"},
    "clusterrole": {"own": "coordinator"},
    "schoolrole": {"own": "coordinator"},
    "listitem": {"own": "coordinator"},
    "question": {"own": "coordinator"},
    "documentaudience": dict.fromkeys(["doc_team", "doc_school", "doc_other_school"], "coordinator"),
    "toread": {"doc_team": "therapist other_therapist supervisor", "doc_school": "coordinator therapist"},
    "readinglist": dict.fromkeys(["doc_team", "doc_school", "doc_other_school"], _office),
    "librarydocument": OPEN_DOCUMENTS,
    "homepage": {"page_draft": "editor coordinator", "page_hidden_draft": "outsider"},
    "standardpage": PAGES | {"page_live": "editor coordinator"},
    "siterendition": {"picture": EVERYBODY},
    "publicpage": {"page_live": EVERYBODY},
    "publicentry": {},  # none is there
    "publicpicture": {},  # no page shows it
    "site": {"page_draft": "editor coordinator technical", "page_hidden_draft": "outsider technical"},
    "provider": {"provider": "coordinator technical outsider"},
    "redirect": {"redirect": "technical"},
    "helpline": {"own": "editor coordinator", "hidden": "outsider"},
    "directoryentry": {"own": "editor coordinator", "hidden": "outsider"},
    "helpnowpage": {"own": "editor coordinator", "hidden": "outsider"},
    "publicfile": {"own": "editor coordinator", "hidden": "outsider"},
    "readablefile": {"own": EVERYBODY},
    "contactmessage": MESSAGES,
    "siteimage": {"picture": "editor coordinator"},
}


def may_open(player: str, model: str, name: str) -> bool:
    """Whether a player may open a record, where the address is theirs at all."""
    if player in HIDDEN_CAST and "hidden" in name:
        return True
    players = SEEN[model].get(name, "").split()
    return player in players or EVERYBODY in players
