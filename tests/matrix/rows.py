"""The rows of the matrix: every open address, with the records that it is tried with."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath
from uuid import uuid4

from django.utils import timezone

from allyance_site import surfaces
from casework.access import answering, rules
from casework.admin.case_tabs import TABS
from casework.admin.concern_acts import ACTS
from casework.models import About

from .addresses import Address, every_address
from .ground import Ground
from .seen import may_open

EXPECTED_FILE = Path(__file__).with_name("expected.txt")
MISSING_NUMBER, MALFORMED = "987654", "no-such-thing"

SHOWN_ONLY = (
    *("index", "_results", "inspect", "history", "casework_case", "casework_case_as_school", "casework_queue"),
    *("casework_concern", "casework_concern_begin", "casework_concern_file"),
    "_paper",
    "casework_triage",
    *("casework_pupil_list_empty", "casework_pupil_list_progress", "casework_pupil_list_rows"),
    "casework_board",
    *("casework_hours", "casework_school_hours", "casework_statement", "_pdf", "_csv", "_xlsx", "_accounts"),
    *("casework_work", "casework_coverage", "casework_months", "casework_month"),
    *("casework_packs", "casework_packs_owed", "casework_pack", "casework_pack_one", "casework_letter"),
    *("casework_readiness", "casework_practitioner_record"),
    *("casework_library_lists", "casework_library_readers"),
    *("casework_supervision", "_meeting", "_brought", "_supervision_hours", "_hours_of", "_sheet", "_sheet_file"),
)
WAGTAILS_FORMS = (
    ":add",
    ":edit",
    ":delete",
    ":create",
    ":unpublish",
    "_revert",
    "_unschedule",
    ":ping",
    ":release",
    "_link",
)

OF_THE_WEBSITE = ("website_message", "help_page", "helplines:", "other_help:", "public_files:")
"""What the website itself keeps in the admin."""

# Which model's records an address shows, where its name does not say so.
OF_CASES = (
    "case case_as_school referral_pdf show_to_school step refer_change agree session_record review cover "
    "agreement_ask agreement_paper carer_add professional_add assessment_begin look_again sent hand_over"
)
MODELS = {
    **{f"casework_{screen}": "referral" for screen in OF_CASES.split()},
    **{f"casework_person_{act}": "user" for act in ("invite_again", "revoke", "leave", "reopen")},
    "casework_school_hours": "hours_of",
    "casework_statement": "statement_of",
    **{f"casework_statement_{form}": "statement_file_of" for form in ("pdf", "csv", "xlsx")},
    "casework_hours_ask": "headed",
    **{f"casework_{act}": "coordinated" for act in ("hours_adjust", "hours_carry", "statement_accounts")},
    "casework_pack": "pack_of",
    "casework_pack_one": "schoolpack",
    "casework_pack_send": "pack_sent_by",
    "casework_letters": "pack_of",
    **dict.fromkeys(["casework_letter", "casework_letter_pdf"], "assuranceletter"),
    "casework_hours_request": "hoursrequest",
    "casework_hours_loan": "hoursloan",
    **{f"casework_service_agreement_{act}": "serviceagreement" for act in ("sign", "again")},
    "casework_concern": "concern",
    "casework_concern_file": "concern",
    **{f"casework_concern_{act.slug}": "concern" for act in ACTS},
    **{f"casework_agreement_{act}": "familyagreement" for act in ("change", "withdraw", "decide")},
    "casework_agreement_link": "agreementlink",
    "agreement_answer": "answerlink",
    **{f"casework_{what}_change": what for what in ("carer", "professional")},
    "casework_family_orders": "family",
    "casework_refer_form": "service",
    **{f"casework_assessment_{screen}": "assessment" for screen in ("change", "add", "recipient", "file")},
    **{f"casework_pupil_list_{screen}": "pupillist" for screen in ("one", "progress", "cancel", "rows")},
    "casework_role_undo": "schoolrole",
    "casework_second_yes_answer": "proposal",
    "casework_kept_words": "keptwords",
    "account_care_one": "account",
    "casework_queue_item": "queued",
    "casework_queue_order": "decides_at",
    "casework_hours_plan": "decides_at",
    "casework_hours_plan_agree": "hoursplan",
    "casework_session_change": "session",
    "casework_note": "processnote",
    "casework_note_write": "unwritten",
    "casework_note_add": "lockednote",
    "casework_work_record": "workkind",
    "casework_work_change": "work",
    "casework_practitioner_record": "fitness",
    "casework_evidence_record": "recorded_of",
    "casework_evidence_waive": "allowed_to",
    "casework_evidence_look_up": "evidence",
    "casework_waiver_end": "waiver",
    "casework_feed": "ownentry",
    "casework_library_read": "toread",
    "casework_library_readers": "readinglist",
    "casework_month": "month",
    "casework_supervision_meeting": "teammeeting",
    **{f"casework_supervision_{sheet}": "sheetof" for sheet in ("sheet", "sheet_file")},
    **{f"casework_supervision_{act}": "ledmeeting" for act in ("change", "agenda")},
    "casework_supervision_record": "begunmeeting",
    "casework_supervision_cancel": "comingmeeting",
    "casework_supervision_prepare": "supervisionitem",
    "casework_supervision_hours_of": "supervisedhours",
    "public_image": "siterendition",
    "public_file": "readablefile",
    "website_message": "contactmessage",
    "help_page": "helpnowpage",
    "api:pages:detail": "publicpage",
    "api:images:detail": "publicpicture",
    "api:directory:detail": "publicentry",
    "wagtaildocs_serve": "librarydocument",
    "mfa_remove_webauthn": "authenticator",
    "school_sign_in_change": "provider",
}
MODELS_OF_PARAMETERS = {
    "page_id": "standardpage",
    "pk": "standardpage",
    "parent_page_id": "homepage",
    "image_id": "siteimage",
    "redirect_id": "redirect",
    "document_id": "librarydocument",
}


@dataclass(frozen=True)
class Row:
    """One row: an address, or a part of one that has rules of its own."""

    title: str
    address: Address
    model: str = ""
    part: str = ""
    query: str = ""

    def path(self, ground: Ground, name: str = "") -> str:
        """The path of this row for the record of a name; for one that does not exist when there is none."""
        record = ground.records.get(_stored(self.model), {}).get(name)
        values = {parameter: self._value(parameter, record) for parameter in self.address.parameters}
        if "requirement" in values:  # of the service whose record it is
            whose = "hidden" if name == "hidden" else "own"
            values["requirement"] = str(ground.records["requirement"][whose].uuid)
        return self.address.path(*values.values()) + self.query.format(uuid=getattr(record, "uuid", uuid4()))

    def malformed(self) -> str:
        """A path with nonsense in the place of the record."""
        fixed = [self._fixed(parameter) for parameter in self.address.parameters]
        return self.address.path(*(MALFORMED if part is None else part for part in fixed)) + self.query.format(
            uuid=MALFORMED
        )

    def _value(self, parameter: str, record: object) -> str:
        fixed = self._fixed(parameter)
        if fixed is not None:
            return fixed
        if parameter == "token":
            return answering.token_of(record) if record else "no-such-link"
        if parameter == "uuid":
            return str(record.uuid if record else uuid4())
        if self.address.name == "wagtaildocs_serve" and parameter == "_1":
            return record.filename if record else "policy.pdf"
        if self.address.name == "public_image":
            return PurePath(record.file.name).name if record else "no-such-picture.png"
        if parameter == "revision_id" or (self.model == "standardpage" and "revision" in parameter):
            return str(record.latest_revision_id if record else MISSING_NUMBER)
        return str(record.pk if record else MISSING_NUMBER)

    def _fixed(self, parameter: str) -> str | None:
        """What stands for a parameter that names no record; None for one that does."""
        fixed = {
            "step": self.part,
            "about": self.part,
            "purpose": "work",
            "form": "csv",
            "content_type_app_name": "cms",
            "content_type_model_name": "standardpage",
            "app_name": "cms",
            "model_name": "servicesettings",
            "app_label": "cms",
            "filter_spec": "width-100",
            "revision_id_a": "live",
            "revision_id_b": "latest",
            "session_id": "1",
            "year": str(timezone.localdate().year),
            "month": str(timezone.localdate().month),
        }
        if self.address.name == "wagtail_serve":
            return self.part
        if self.address.name.startswith("wagtailadmin_editing_sessions") and parameter in ("object_id", "model_name"):
            return {"object_id": MISSING_NUMBER, "model_name": "standardpage"}[parameter]
        return fixed.get(parameter)

    @property
    def is_ours(self) -> bool:
        """Whether a record that is somebody else's must answer exactly like one that does not exist."""
        return self.address.name.startswith(
            ("casework_", "wagtaildocs_serve", "school_sign_in_change", "account_care_one", *OF_THE_WEBSITE)
        )

    @property
    def is_written(self) -> bool:
        """Whether the page has a form."""
        ours = self.address.name.startswith("casework_") and not self.address.name.endswith(SHOWN_ONLY)
        ours = ours or self.address.name == "website_message"
        return not self.query and (ours or self.address.name.endswith(WAGTAILS_FORMS))

    def any_name(self, ground: Ground) -> str:
        """The name of some record that is there."""
        return next(iter(ground.records.get(_stored(self.model), {})), "")

    def own(self, ground: Ground, player: str) -> list[str]:
        """The records that this player may open."""
        return [name for name in ground.records.get(_stored(self.model), {}) if may_open(player, self.model, name)]

    def foreign(self, ground: Ground, player: str) -> list[str]:
        """The records that do not exist for this player."""
        return [name for name in ground.records.get(_stored(self.model), {}) if not may_open(player, self.model, name)]


def _stored(model: str) -> str:
    of_schools = ("referred_from", "raised_at", "raised_of_us", "decides_at", "hours_of", "headed", "coordinated")
    schools = dict.fromkeys((*of_schools, "statement_of", "statement_file_of", "pack_of", "pack_sent_by"), "school")
    others = {"queued": "referral", "answerlink": "agreementlink", "account": "user"}
    of_team = ("ownentry", "month", "fitness", "recorded_of", "allowed_to", "supervisedhours")
    others |= dict.fromkeys(of_team, "practitioner")
    others |= dict.fromkeys(("toread", "readinglist"), "documentaudience")
    others |= dict.fromkeys(("sheetof", "ledmeeting", "begunmeeting", "comingmeeting"), "teammeeting")
    others |= {"publicpage": "standardpage", "publicpicture": "siteimage", "readablefile": "publicfile"}
    return (others | schools).get(model, model)


@cache
def rows() -> tuple[Row, ...]:
    """Every row, in the order of the table of surfaces."""
    by_name: dict[str, list[Address]] = {}
    for address in every_address():
        by_name.setdefault(address.name, []).append(address)
    named = list(dict.fromkeys(name for names in surfaces.TABLE.values() for name in names))
    found = [row for name in named for address in by_name[name] for row in _rows_of(address)]
    return tuple({row.title: row for row in found}.values())


def _rows_of(address: Address) -> Iterator[Row]:
    name = address.name
    model = MODELS.get(name) or _model_of_register(name) or _model_of_parameters(address)
    if name == "casework_step":
        for step in rules.STEPS:
            yield Row(f"{name} {step}", address, model, part=step)
    elif name == "casework_concern_raise":
        for about in About:
            yield Row(f"{name} {about}", address, "raised_of_us" if about is About.OURS else "raised_at", part=about)
    elif name == "wagtail_serve":
        paths = {"home": "", "library": "library/", "library page": "library/how-we-work/", "draft": "page-draft/"}
        for title, path in paths.items():
            yield Row(f"{name} {title}", address, part=path)
    else:
        one = " one" if name == "wagtailsettings:edit" and model else ""
        yield Row(name + one, address, model if address.parameters else "")
        if name in ("casework_case", "casework_case_as_school"):
            yield from (Row(f"{name} {tab.key}", address, model, query=f"?tab={tab.key}") for tab in TABS)
        if name in ("casework_refer", "casework_pupil_list"):
            yield Row(f"{name} from", address, "referred_from", query="?school={uuid}")
        if name.endswith("_modeladmin_index"):
            yield Row(f"{name} as a file", address, query="?export=xlsx")


def _model_of_register(name: str) -> str:
    parts = name.split("_")
    return parts[1] if len(parts) > 3 and parts[2] == "modeladmin" else ""


def _model_of_parameters(address: Address) -> str:
    by_room = {
        "wagtailsettings": "site",
        "wagtailimages_chooser": "siteimage",
        "helplines": "helpline",
        "other_help": "directoryentry",
        "public_files": "publicfile",
    }
    room = address.name.partition(":")[0]
    if room in by_room and "pk" in address.parameters:
        return by_room[room]
    return next((MODELS_OF_PARAMETERS[name] for name in address.parameters if name in MODELS_OF_PARAMETERS), "")


def expected() -> dict[str, frozenset[str]]:
    """The written table: who opens which row."""
    lines = [line.split() for line in EXPECTED_FILE.read_text().splitlines() if line and not line.startswith("#")]
    return {line[0].replace("+", " "): frozenset(line[1:]) for line in lines}
