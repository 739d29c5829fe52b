"""Breaks each wall in turn, and holds the matrix to seeing it: a test that stays green over a hole proves nothing."""

from typing import Any
from unittest.mock import patch

import pytest

from allyance_site import surfaces
from casework.access import rules
from casework.access.roles import Role
from casework.admin import screens
from casework.admin.guarded import GuardedModelAdmin
from casework.models import ListName, Referral
from casework.sealed import TextKind
from tests.casework.access.test_rules_hours import MAY as HOURS
from tests.casework.access.test_rules_hours import SEE as HOURS_SEEN
from tests.casework.access.test_rules_packs import MAY as PACKS
from tests.casework.access.test_rules_packs import SEE as PACKS_SEEN
from tests.casework.access.test_rules_readiness import ASKED as READINESS
from tests.casework.access.test_rules_supervision import MAY as SUPERVISION
from tests.casework.access.test_rules_supervision import SEE as SUPERVISION_SEEN
from tests.casework.access.test_rules_who_may import WHO_MAY
from tests.cast import CANARIES
from tests.factories import ClusterRoleFactory, ListItemFactory, QuestionFactory

from .checker import Player, is_open
from .looking import only_looking, rolled_back
from .rows import expected, rows
from .walls import without_list, without_rule

pytestmark = pytest.mark.one_database  # it is the matrix that is tried here, and not the site

# Each list of the rule book, a player who must not see all of it, and a row on which they would.
LISTS = {
    "visible_services": ("coordinator", "casework_service_modeladmin_index"),
    "visible_clusters": ("coordinator", "casework_cluster_modeladmin_index"),
    "visible_schools": ("head", "casework_school_modeladmin_index"),
    "visible_practitioners": ("head", "casework_practitioner_modeladmin_index"),
    "visible_placements": ("head", "casework_placement_modeladmin_index"),
    "visible_list_items": ("coordinator", "casework_listitem_modeladmin_index"),
    "visible_school_years": ("coordinator", "casework_schoolyear_modeladmin_index"),
    "visible_terms": ("coordinator", "casework_term_modeladmin_index"),
    "visible_closed_days": ("coordinator", "casework_closeddays_modeladmin_index"),
    "visible_absences": ("therapist", "casework_absence_modeladmin_index"),
    "visible_months": ("therapist", "casework_month"),
    "visible_questions": ("coordinator", "casework_question_modeladmin_index"),
    "visible_audiences": ("coordinator", "casework_documentaudience_modeladmin_index"),
    "visible_people": ("coordinator", "casework_user_modeladmin_index"),
    "visible_service_roles": ("coordinator", "casework_servicerole_modeladmin_index"),
    "visible_cluster_roles": ("coordinator", "casework_clusterrole_modeladmin_index"),
    "visible_school_roles": ("coordinator", "casework_schoolrole_modeladmin_index"),
    "visible_pupils": ("head", "casework_pupil_modeladmin_index"),
    "visible_pupil_lists": ("sendco", "casework_pupil_list_one"),
    "visible_referrals": ("therapist", "casework_case"),
    "visible_kept_words": ("coordinator", "casework_kept_words"),
    "visible_proposals": ("coordinator", "casework_second_yes"),
    "visible_queue": ("therapist", "casework_queue"),
    "visible_allocations": ("therapist", "casework_allocation_modeladmin_index"),
    "visible_assessments": ("head", "casework_assessment_file"),
    "visible_sessions": ("therapist", "casework_session_modeladmin_index"),
    "visible_concerns": ("dsl", "casework_concern_modeladmin_index"),
    "visible_hours_schools": ("head", "casework_hours"),
    "visible_hours_requests": ("coordinator", "casework_hoursrequest_modeladmin_index"),
    "visible_hours_loans": ("head", "casework_hours_loan"),
    "visible_service_agreements": ("coordinator", "casework_serviceagreement_modeladmin_index"),
    "visible_packs": ("head", "casework_pack_one"),
    "visible_pack_schools": ("head", "casework_pack"),
    "visible_letters": ("therapist", "casework_letter"),
    "visible_letter_schools": ("head", "casework_letters"),
    "visible_documents": ("head", "wagtail_serve library"),
    "visible_reading_lists": ("coordinator", "casework_library_lists"),
}

# Each rule for an act, somebody who may not, and the row that would open to them or say too much.
ACTS = {
    "can_accept_referral": ("sendco", "casework_step accept"),
    "can_acknowledge_concern": ("supervisor", "casework_concern_acknowledge"),
    "can_agree_hours_plan": ("coordinator", "casework_hours_plan_agree"),
    "can_hand_over_case": ("head", "casework_hand_over"),
    "can_object_to_allocation_referral": ("head", "casework_step object_to_allocation"),
    "can_order_queue": ("dsl", "casework_queue_order"),
    "can_propose_hours_plan": ("dsl", "casework_hours_plan"),
    "can_undo_allocation_referral": ("head", "casework_step undo_allocation"),
    "can_send_pack": ("dsl", "casework_pack_send"),
    "can_request_hours": ("sendco", "casework_hours_ask"),
    "can_view_statement": ("therapist", "casework_statement"),
    "can_take_out_statement": ("supervisor", "casework_statement_csv"),
    "can_add_to_concern": ("dsl", "casework_concern_add"),
    "can_answer_concern": ("supervisor", "casework_concern_answer"),
    "can_close_concern": ("supervisor", "casework_concern_close"),
    "can_hold_concern": ("dsl", "casework_concern_hold"),
    "can_take_out_concern": ("supervisor", "casework_concern_file"),
    "can_add_referral": ("therapist", "casework_refer"),
    "can_allocate_referral": ("head", "casework_step allocate"),
    "can_arrange_cover": ("therapist", "casework_cover"),
    "can_change_family": ("therapist", "casework_carer_change"),
    "can_change_assessment": ("supervisor", "casework_assessment_change"),
    "can_change_pupil": ("therapist", "casework_pupil_modeladmin_edit"),
    "can_change_referral": ("therapist", "casework_step submit"),
    "can_change_session": ("head", "casework_session_change"),
    "can_change_agreement": ("supervisor", "casework_agreement_change"),
    "can_decide_withdrawal": ("head", "casework_agreement_decide"),
    "can_close_referral": ("head", "casework_step close"),
    "can_continue_sessions_referral": ("head", "casework_step continue_sessions"),
    "can_decline_referral": ("sendco", "casework_step decline"),
    "can_hold_referral": ("head", "casework_step hold"),
    "can_view_coverage": ("dsl", "casework_coverage"),
    "can_view_reading_lists": ("head", "casework_library_lists"),
    "can_view_events": ("head", "casework_case opened"),
    "can_open_document": ("head", "wagtaildocs_serve"),
    "can_open_library": ("tsl", "wagtail_serve library"),
    "can_open_process_note": ("head", "casework_note"),
    "can_put_to_meeting_referral": ("head", "casework_step put_to_meeting"),
    "can_read_library_pages": ("head", "wagtail_serve library page"),
    "can_read_outcomes": ("head", "casework_case ending"),
    "can_read_process_note": ("supervisor", "casework_note"),
    "can_record_agreement": ("supervisor", "casework_agree"),
    "can_record_recipient": ("supervisor", "casework_assessment_recipient"),
    "can_record_review": ("head", "casework_review"),
    "can_record_sending": ("supervisor", "casework_sent"),
    "can_record_session": ("head", "casework_session_record"),
    "can_reopen_referral": ("head", "casework_step reopen"),
    "can_resume_referral": ("head", "casework_step resume"),
    "can_return_for_information_referral": ("sendco", "casework_step return_for_information"),
    "can_see_as_school": ("head", "casework_case_as_school"),
    "can_set_look_again": ("head", "casework_look_again"),
    "can_signpost_referral": ("head", "casework_step signpost"),
    "can_start_assessment_referral": ("head", "casework_step start_assessment"),
    "can_start_ending_referral": ("head", "casework_step start_ending"),
    "can_start_review_referral": ("head", "casework_step start_review"),
    "can_start_sessions_referral": ("head", "casework_step start_sessions"),
    "can_step": ("head", "casework_step accept"),
    "can_submit_referral": ("therapist", "casework_step submit"),
    "can_withdraw_referral": ("therapist", "casework_step withdraw"),
    "can_write_assessment": ("head", "casework_assessment_begin"),
}

# Lists that are only narrowed to a record which was fetched through one of the above. They, and acts on what their askers
# see anyway, stand behind another wall: no address shows their lack alone, so each is asked directly, person by person.
NARROWED = {
    *("visible_accounts", "visible_backups", "visible_carers", "visible_history", "visible_messages"),
    *("visible_concern_events", "visible_concern_messages", "visible_agreement_links", "visible_agreements"),
    *("visible_families", "visible_professionals"),
    *("visible_matches", "visible_case_work", "visible_feeds", "visible_own_work"),
    "visible_events",
    *("visible_hand_overs", "visible_hours_plans", "visible_takers"),
    *("can_read_website_messages", "visible_readings", "can_acknowledge_document", "can_write_library_pages"),
}


def looks_wrong(ground: Any, name: str, title: str) -> bool:
    """Whether the matrix would be red: a foreign word, a record told from a missing one, or something else than is written."""
    player = Player(name, ground)
    with only_looking(), rolled_back():
        player.look_at(next(row for row in rows() if row.title == title))
    return bool(player.report.wrong) or (title in player.report.opened) != (name in expected()[title])


def test_every_rule_is_broken_here_or_asked_person_by_person():
    named = {name for name in vars(rules) if name.startswith(("visible_", "can_"))}
    seen = {f"visible_{noun}" for noun in (*HOURS_SEEN, *PACKS_SEEN, *SUPERVISION_SEEN)}
    assert named == {*LISTS, *NARROWED, *ACTS, *WHO_MAY, *HOURS, *PACKS, *READINESS, *SUPERVISION, *seen}


@pytest.mark.parametrize("name", LISTS)
def test_matrix_sees_a_list_without_its_wall(ground, name):
    who, title = LISTS[name]
    ListItemFactory(service=ground.cast.other_service, list=ListName.ATTENDANCE, label=CANARIES["service"])
    QuestionFactory(service=ground.cast.other_service, words=CANARIES["service"])
    ClusterRoleFactory(role=Role.TSL, user=ground.cast.outsider, content_object=ground.cast.hidden_cluster)
    assert not looks_wrong(ground, who, title)

    with without_list(name):
        assert looks_wrong(ground, who, title)


def test_matrix_sees_an_act_without_its_rule(ground):
    unseen = []
    for name, (who, title) in ACTS.items():
        assert not looks_wrong(ground, who, title), name
        with without_rule(name):
            unseen += [] if looks_wrong(ground, who, title) else [name]
    assert unseen == []


@pytest.mark.parametrize(
    ("who", "title"),
    [
        ("receiving_head", "casework_case referral"),
        ("supervisor", "casework_case family"),
        ("head", "casework_case ending"),
    ],
)
def test_matrix_sees_texts_that_are_read_by_everybody(ground, who, title):
    with without_rule("readable_kinds", frozenset(TextKind)):
        player = Player(who, ground)
        player.look_at(next(row for row in rows() if row.title == title))
    assert player.report.wrong or title not in expected() or who not in expected()[title]


def test_matrix_sees_a_register_that_fetches_everything(ground):
    with patch.object(
        GuardedModelAdmin, "visible", lambda self, user: self.with_related(self.model._default_manager.all())
    ):
        for title in (
            "casework_pupil_modeladmin_index",
            "casework_pupil_modeladmin_inspect",
            "casework_school_modeladmin_inspect",
        ):
            assert looks_wrong(ground, "head", title), title


def test_matrix_sees_a_screen_that_fetches_everything(ground):
    with patch.object(screens.rules, "visible_referrals", lambda user: Referral.objects.all()):
        assert looks_wrong(ground, "head", "casework_case")


@pytest.mark.parametrize("surface", surfaces.TABLE)
def test_table_is_red_when_an_address_is_taken_from_a_surface(monkeypatch, surface):
    for address in surfaces.TABLE[surface]:
        table = {name: [other for other in listed if other != address] for name, listed in surfaces.TABLE.items()}
        monkeypatch.setattr(surfaces, "TABLE", table)
        closed = {address} - {other for listed in table.values() for other in listed}
        assert list(expected()) != [row.title for row in rows.__wrapped__()] or not closed, address
        monkeypatch.undo()


@pytest.mark.parametrize(
    ("who", "title"),
    [
        ("stranger", "wagtailadmin_sprite"),
        ("stranger", "wagtailadmin_javascript_catalog"),
        ("head", "wagtailadmin_choose_page_email_link"),
    ],
)
def test_matrix_sees_somebody_let_in_to_every_surface(ground, who, title):
    everywhere = frozenset(surfaces.TABLE)
    assert not looks_wrong(ground, who, title)

    with without_rule("surfaces", everywhere):
        assert looks_wrong(ground, who, title)


def test_matrix_sees_a_closed_address_that_answers(ground, monkeypatch):
    closed = "/admin/tag-autocomplete/?term=a"
    assert not is_open(Player("head", ground).get(closed))

    monkeypatch.setattr(surfaces, "surfaces_of", lambda address: frozenset({surfaces.SHELL}))

    assert is_open(Player("head", ground).get(closed))


@pytest.mark.parametrize(
    ("who", "title"),
    [
        ("head", "casework_servicerole_modeladmin_index"),
        ("steering", "casework_referral_modeladmin_index"),
        ("editor", "casework_queue"),
        ("tsl", "wagtaildocs:index"),
        ("nobody", "wagtaildocs_serve"),
        ("therapist", "wagtailredirects:index"),
    ],
)
def test_what_stands_behind_a_surface_is_closed_by_itself_too(ground, monkeypatch, who, title):
    monkeypatch.setattr(surfaces, "may_enter", lambda user, opened: bool(opened))
    assert not looks_wrong(ground, who, title)


def test_matrix_sees_a_form_that_changes_what_is_somebody_elses(ground):
    player = Player("head", ground)
    with rolled_back(), without_list("visible_referrals"), without_rule("can_withdraw_referral"):
        player.send([next(row for row in rows() if row.title == "casework_step withdraw")])
    assert any("a form changed" in wrong for wrong in player.report.wrong)
