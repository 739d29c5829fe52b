"""Which address is for whom: every address that answers is named here, and any other is closed to everybody.

An address has the name of its URL pattern, with its namespace; a pattern without a name goes by its route. What
somebody sees at an open address is said by `casework.access.rules`, not here.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import ResolverMatch

from casework.access import rules

PUBLIC, WATCH, ACCOUNT, OWN, LIBRARY, SHELL = "public", "watch", "account", "own", "library", "shell"
CASEWORK, COORDINATION, CMS, SYSTEM = "casework", "coordination", "cms", "system"

WORDS: Mapping[str, str] = {
    PUBLIC: "everybody, signed in or not",
    WATCH: "the machine that watches the service, by its token; nobody else, signed in or not",
    ACCOUNT: "everybody: signing in and out",
    OWN: "whoever is signed in: their own account",
    LIBRARY: "whoever may open the library; a visitor is asked to sign in, whether the document exists or not",
    SHELL: "whoever may enter casework, the website's pages or the system: the frame of every page of the admin",
    CASEWORK: "whoever holds a role, works in a team or has a case now",
    COORDINATION: "coordinators",
    CMS: "coordinators and website editors",
    SYSTEM: "technical administrators",
}
ASKS_FOR_NOBODY = frozenset({PUBLIC, WATCH})
"""The surfaces that are alike for everybody, whoever they are."""
WITHOUT_SIGNING_IN = ASKS_FOR_NOBODY | {ACCOUNT}
ENTERS_SHELL = frozenset({CASEWORK, CMS, SYSTEM})

DATA = "api:"
"""What the names of the addresses begin with at which the website is read as data."""
LIBRARY_FOLDER = "/documents/"
NOT_KEPT = "private, no-store"


def _named(prefix: str, names: str) -> list[str]:
    return [f"{prefix}{name}" for name in names.split()]


def _registers(models: str, pages: str) -> list[str]:
    return [f"casework_{model}_modeladmin_{page}" for model in models.split() for page in pages.split()]


TABLE: Mapping[str, list[str]] = {
    PUBLIC: [
        *(
            "healthz",
            "robots",
            "sitemap",
            "security_txt",
            "public_image",
            "public_file",
            "agreement_answer",
            "calendar_feed",
        ),
        "wagtail_serve",
        *("site_search", "site_colours", "contact_send"),
        *_named("api:pages:", "listing detail find"),
        *_named("api:images:", "listing detail find"),
        *_named("api:directory:", "listing detail find"),
    ],
    WATCH: ["readyz"],
    # The route is Wagtail's own page to sign in; it leads to ours.
    ACCOUNT: [
        *_named("account_", "login logout reset_password reset_password_done reset_password_from_key"),
        *_named("mfa_", "authenticate login_webauthn"),
        *_named("school_", "sign_in sign_in_back"),
        "invitation",
        "admin/login/",
    ],
    OWN: [
        *_named("account_", "change_password reauthenticate"),
        *_named("mfa_", "index reauthenticate reauthenticate_webauthn activate_totp deactivate_totp"),
        *_named("mfa_", "add_webauthn remove_webauthn view_recovery_codes generate_recovery_codes"),
        *_named("school_", "link unlink"),
        *_named("", "sign_out_everywhere here unlock kept_form"),
    ],
    LIBRARY: ["wagtaildocs_serve"],
    # The first page, the icons, and the words of Wagtail's scripts.
    SHELL: _named("wagtailadmin_", "home sprite javascript_catalog"),
    CASEWORK: [
        # The journey of a case.
        *_named("casework_", "case case_as_school referral_pdf step refer refer_change agree queue queue_item"),
        *_named("casework_", "session_record session_change note note_write note_add review cover kept_words"),
        *_named("casework_", "look_again sent hand_over"),
        # What a school decides with its therapist.
        *_named("casework_", "queue_order hours_plan hours_plan_agree"),
        # The therapist's time: other work, who is where, the feed and the month.
        *_named("casework_", "work work_record work_change coverage feed months month"),
        # The team's readiness, and each practitioner's record.
        *_named("casework_", "readiness practitioner_record waiver_end"),
        *_named("casework_evidence_", "record look_up waive"),
        # Supervision and training.
        "casework_supervision",
        *_named("casework_supervision_", "plan training own brought hours hours_of prepare"),
        *_named("casework_supervision_", "meeting change cancel agenda record sheet sheet_file"),
        *_registers("supervisionrule", "index index_results create edit"),
        *_named("casework_assessment_", "begin change add recipient file"),
        # The second person of two for a role, who may be a trustee.
        *_named("casework_", "second_yes second_yes_answer"),
        # A concern, which is kept apart from the case.
        "casework_concern",
        *_named("casework_concern_", "begin raise file acknowledge answer tell add notify close hold"),
        *_named("casework_agreement_", "change withdraw decide ask paper link"),
        *_named("casework_", "carer_add carer_change professional_add professional_change family_orders"),
        # A school's pupil list on its way into the register.
        "casework_pupil_list",
        *_named("casework_pupil_list_", "empty one progress cancel rows"),
        # What must be read in the library, and who has.
        *_named("casework_library_", "read lists readers"),
        # A school's hours.
        *_named("casework_", "hours school_hours hours_ask hours_request hours_loan"),
        *_named("casework_", "statement statement_pdf statement_csv statement_xlsx"),
        # A school's safeguarding pack, and the letters for its single central record.
        *_named("casework_", "packs pack pack_one pack_send letters letter letter_pdf"),
        # The registers: which of them somebody opens, and whose rows stand there, the rule book says.
        *_registers("referral pupil allocation session concern cluster school", "index index_results"),
        *_registers("practitioner placement", "index index_results"),
        *_registers("absence", "index index_results inspect create edit"),
        *_registers("pupil cluster school practitioner placement", "inspect"),
        *_registers("pupil", "create edit"),
    ],
    COORDINATION: [
        # What of a school's sign-in counts.
        *_named("school_", "sign_ins sign_in_change"),
        # The library's files; who may open which is in the register of their readers.
        *_named("wagtaildocs:", "index index_results add edit delete"),
        # What was written to the service through its website; whose, the rule book says.
        "website_messages",
        "website_message",
        # What is stuck, and whose move it is.
        "casework_triage",
        # Who waits for a therapist, and who has room.
        "casework_board",
        # What schools and the service agree, and what moves hours by hand.
        *_registers("rate serviceagreement", "index index_results create edit history history_results"),
        *_registers("serviceagreement", "inspect"),
        *_registers("hoursrequest", "index index_results"),
        *_named("casework_", "hours_adjust hours_carry statement_accounts"),
        *_named("casework_service_agreement_", "sign again"),
        # Who owes a safeguarding pack, as a file.
        "casework_packs_owed",
        # The set-up.
        *_registers("service servicerole clusterrole schoolrole", "index index_results inspect"),
        *_registers("user", "index index_results inspect create"),
        *_named("casework_person_", "invite_again revoke leave reopen"),
        *_named("casework_role_", "changes undo"),
        *_registers("listitem question documentaudience requirement", "index index_results create edit"),
        *_registers("schoolyear term closeddays", "index index_results create edit history history_results"),
        *_registers("absence supervisionrule", "history history_results"),
        *_registers("service", "edit"),
        # The empty referral form on paper, and what the family kept from the school.
        "casework_refer_form",
        "casework_show_to_school",
        *_registers("cluster school practitioner placement", "create edit"),
        *_registers("servicerole clusterrole schoolrole", "create end"),
        *_registers("practitioner placement", "end"),
        *_registers("pupil service cluster school practitioner placement", "history history_results"),
        *_registers("servicerole clusterrole schoolrole", "history history_results"),
        *_registers("listitem question documentaudience requirement", "history history_results"),
    ],
    # No moving, copying, locking, no bulk actions and no reports: they name pages without asking whose they are.
    CMS: [
        *_named("wagtailadmin_", "explore_root explore explore_results"),
        *_named(
            "wagtailadmin_pages:", "add preview_on_add add_subpage edit preview_on_edit view_draft delete unpublish"
        ),
        *_named("wagtailadmin_pages:", "history history_results search search_results"),
        *_named("wagtailadmin_pages:", "revisions_view revisions_revert revisions_unschedule revisions_compare"),
        *_named("wagtailadmin_api:pages:", "listing detail"),
        *_named("wagtailadmin_choose_", "page page_child page_search"),
        *_named("wagtailadmin_choose_page_", "external_link email_link phone_link anchor_link"),
        *_named("wagtailadmin_editing_sessions:", "ping release"),
        *_named("wagtailimages:", "index index_results add edit delete preview"),
        *_named("wagtailimages_chooser:", "choose choose_results chosen create select_format"),
        "wagtailsettings:edit",
        # Helplines, other help and files for everybody: each editor finds those of their own site.
        *_named("helplines:", "index index_results add edit delete"),
        *_named("other_help:", "index index_results add edit delete"),
        *_named("public_files:", "index index_results add edit delete"),
        *("numbers_to_check", "help_page"),
    ],
    SYSTEM: [
        "wagtailsettings:edit",
        *_named("wagtailredirects:", "index index_results add edit delete"),
        *_named("school_", "sign_ins sign_in_add sign_in_change"),
        *_named("account_", "care care_one"),
    ],
}

GIVES_A_ROLE = [*_registers("servicerole clusterrole schoolrole", "create end"), "casework_second_yes_answer"]
TAKES_OUT = [
    *_named("casework_", "concern_file referral_pdf pupil_list_rows"),
    *_named("casework_statement_", "pdf csv xlsx accounts"),
    *_named("casework_", "packs_owed letter_pdf"),
]
ASKS_AGAIN = frozenset([*GIVES_A_ROLE, *TAKES_OUT, "account_care_one"])
"""Where a person proves again that it is they, as everywhere where something is exported, and one's own account."""

EXPORT = "export"


def surfaces_of(address: str) -> frozenset[str]:
    """The surfaces that an address belongs to; entering one of them is enough. None for a closed address."""
    return frozenset(surface for surface, addresses in TABLE.items() if address in addresses)


def address_of(match: ResolverMatch) -> str:
    """What an address goes by here: the name of its pattern, or the route of one without a name."""
    return match.view_name if match.url_name else match.route


def may_enter(user: Any, surfaces: frozenset[str]) -> bool:
    """Whether this person may enter one of these surfaces."""
    if surfaces & WITHOUT_SIGNING_IN:
        return True
    if OWN in surfaces:
        return user.is_authenticated and user.is_active
    entered = rules.surfaces(user)
    return bool(surfaces & entered) or (SHELL in surfaces and bool(entered & ENTERS_SHELL))


class SurfaceMiddleware:
    """Lets a request through to the addresses of its person's surfaces, and to no other."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(LIBRARY_FOLDER) and not request.user.is_authenticated:
            # Before anything is looked up, so that a visitor cannot tell a document that exists from one that does not.
            response: HttpResponseBase = redirect_to_login(request.get_full_path())
        else:
            response = self.get_response(request)
        if PUBLIC not in surfaces_of(requested(request)):
            response["Cache-Control"] = NOT_KEPT
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """A closed address is not there; an open one asks a visitor to sign in, and is not there for anybody else."""
        surfaces = surfaces_of(requested(request))
        if not surfaces:
            raise Http404
        if may_enter(request.user, surfaces):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404


def requested(request: HttpRequest) -> str:
    """The address that is being answered; nothing for a request that has not come so far."""
    return address_of(request.resolver_match) if request.resolver_match else ""


def asks_again(request: HttpRequest) -> bool:
    """Whether what is requested is given only to who has proved lately that it is they."""
    return requested(request) in ASKS_AGAIN or EXPORT in request.GET
