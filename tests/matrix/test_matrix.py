"""Every address of the site, as every role and as nobody: what opens is what is written, and no foreign word is met."""

import pytest
from django.apps import apps
from django.db.models import CharField

from allyance_site import surfaces
from casework.access.roles import Role
from casework.models import Concern, Pupil, Referral
from casework.sealed import SealedTextField

from .addresses import closed_list, every_address
from .checker import Player, is_open, text_of
from .ground import OTHERS, PLAYERS, ROLES, forbidden_words
from .looking import only_looking, rolled_back
from .rows import EXPECTED_FILE, Row, expected, rows
from .seen import SEEN
from .words import CASES, CONCERNS, KINDS, readers_of_words, word

# Who sends forms, whose rows they open, and the least number of forms that must be accepted: a test of refusals alone
# would prove nothing.
SENDERS = {
    "coordinator": ("coordinator", 35),
    "supervisor": ("supervisor", 1),
    "therapist": ("therapist", 6),
    "other_therapist": ("therapist", 6),
    "head": ("head", 8),
    "other_head": ("head", 8),
    "sendco": ("sendco", 6),
    "editor": ("editor", 4),
    "technical": ("technical", 1),
    "dsl": ("dsl", 3),
    "tsl": ("tsl", 0),
    "steering": ("steering", 0),
    "stranger": ("stranger", 0),
    "nobody": ("nobody", 0),
}


WORDED = {"referrals", "course", "waiting", "questions", "agreements", "assessments", "concerns", "team_meetings"}
"""The files of the models that hold what is said of a referral, an assessment and a concern."""

CLOSED_TO_THEIR_FORMS = ("nobody", "coordinator", "editor", "technical")
SHOWS_A_CASE = ("casework_case", "casework_note", "casework_pupil_modeladmin_inspect")


def closed_paths() -> list[str]:
    """A path for each closed address; one of their patterns is never reached, for ours comes first."""
    closed, first = set(closed_list()), ("/admin/login/",)
    return [path for address in every_address() if address.name in closed and (path := address.path()) not in first]


def open_rows(player: Player) -> list[Row]:
    return [row for row in rows() if player.enters(surfaces.surfaces_of(row.address.name))]


@pytest.mark.parametrize("name", ROLES)
def test_what_opens_is_what_is_written_and_no_foreign_word_is_met(ground, name):
    player = Player(name, ground)
    with only_looking(), rolled_back():
        for row in rows():
            player.look_at(row)
            if row.title in player.report.opened and row.title.endswith("_modeladmin_index"):
                player.ask_in_vain(row)
        answered = [path for path in closed_paths() if is_open(player.get(path))]
        if name in CLOSED_TO_THEIR_FORMS:
            answered += [
                path for path in closed_paths() if is_open(player.post(path, {"username": "a", "password": "b"}))
            ]
    written = {title for title, players in expected().items() if name in players}
    assert answered == []
    assert player.report.wrong == []
    assert player.report.opened == written, f"{name}: look at the difference; mend the code or {EXPECTED_FILE.name}"


@pytest.mark.parametrize("name", OTHERS)
def test_no_foreign_word_is_met_by_the_same_roles_elsewhere(ground, name):
    player = Player(name, ground)
    with only_looking(), rolled_back():
        for row in open_rows(player):
            if row.is_ours and not row.part:
                player.look_at(row)
    assert player.report.wrong == []


@pytest.mark.parametrize("name", SENDERS)
def test_forms_change_nothing_that_is_somebody_elses(ground, name):
    player = Player(name, ground)
    like, least = SENDERS[name]
    player.report.opened = {title for title, players in expected().items() if like in players}
    with rolled_back():
        player.send([row for row in open_rows(player) if row.is_written])
    assert player.report.wrong == []
    assert len(player.report.done) >= least, sorted(player.report.done)


@pytest.mark.parametrize("name", CASES["active"].may_read)
def test_whoever_may_meet_a_word_does(ground, name):
    """Otherwise a word that is nowhere would prove nothing."""
    player = Player(name, ground)
    shown = [row for row in rows() if row.title.startswith(SHOWS_A_CASE) and "active" in row.own(ground, name)]
    with only_looking(), rolled_back():
        text = " ".join(text_of(player.get(row.path(ground, "active"))) for row in shown).lower()
    may_meet = set(CASES["active"].may_read[name].split()) - {"unsent"}  # a page of its own shows it, with a reason
    assert {kind for kind in KINDS if word("active", kind) in text} == may_meet


@pytest.mark.parametrize("name", CONCERNS)
def test_whoever_may_read_a_concern_does_and_nobody_else(ground, name):
    page = next(row for row in rows() if row.title == "casework_concern")
    with only_looking(), rolled_back():
        meets = {who for who in PLAYERS if word(name) in text_of(Player(who, ground).get(page.path(ground, name)))}
    assert meets == set(CONCERNS[name].split())


# --- The table itself


def test_every_sealed_text_of_a_referral_an_assessment_and_a_concern_holds_a_word(ground):
    """So that whoever meets one who may not is caught, whatever field it stands in."""
    without = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("casework").get_models()
        if model.__module__.rpartition(".")[2] in WORDED
        for field in model._meta.get_fields()
        if isinstance(field, SealedTextField)
        and not any("zq" in getattr(row, field.name) for row in model._base_manager.all())
    ]
    assert without == []


def test_table_names_every_row_and_no_other():
    assert list(expected()) == [row.title for row in rows()]


def test_table_names_roles_in_one_order():
    for line in EXPECTED_FILE.read_text().splitlines():
        players = [] if line.startswith("#") else line.split()[1:]
        assert players == [name for name in ROLES if name in players]


def test_every_role_of_the_rule_book_plays():
    assert len(ROLES) == len(Role) + 5  # therapist, editor, technical administrator, stranger and visitor are no roles
    assert not set(ROLES) & set(OTHERS)


def test_words_are_told_apart_and_fit_where_they_stand():
    words = list(readers_of_words())
    assert not [(one, other) for one in words for other in words if one != other and one in other]
    longest = max(len(word(name, kind)) for name in CASES for kind in ("ref", "nr"))
    assert all(len(word(name)) <= Concern._meta.get_field("reference").max_length for name in CONCERNS)
    references = [Referral._meta.get_field("reference"), Pupil._meta.get_field("reference")]
    assert all(isinstance(field, CharField) and longest <= field.max_length for field in references)


def test_each_word_is_somebodys_and_nobodys_word_is_a_visitors():
    for text, readers in readers_of_words().items():
        assert readers <= set(PLAYERS), text
    known = set(readers_of_words())
    assert (
        known <= forbidden_words("nobody") and known <= forbidden_words("stranger") and known <= forbidden_words("left")
    )
    of_nobody = {"publicentry", "publicpicture"}  # as data, where no live page shows them
    assert set(KINDS) and of_nobody == {model for model, names in SEEN.items() if not names}
