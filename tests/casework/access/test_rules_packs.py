"""Who opens which pack and which letter, and who sends and issues them: one table for everybody of the cast."""

import pytest
from django.utils import timezone

from casework.access import rules
from casework.access.roles import Role
from tests.factories import AssuranceLetterFactory, SchoolPackFactory, SchoolRoleFactory

pytestmark = pytest.mark.django_db

SEE = {
    "packs": "coordinator therapist head sendco dsl",
    "pack_schools": "coordinator therapist head sendco dsl",
    "letters": "coordinator therapist head sendco dsl",
    "letter_schools": "coordinator therapist head sendco dsl",
}
MAY = {
    "can_view_packs": (("school",), "coordinator therapist head sendco dsl"),
    "can_send_pack": (("school",), "head sendco"),
    "can_chase_pack": (("school",), "coordinator"),
    "can_view_letters": (("school",), "coordinator therapist head sendco dsl"),
    "can_issue_letters": (("school",), "coordinator"),
    "can_issue_letter": (("therapist_practitioner", "school"), "coordinator"),
}


@pytest.fixture
def here(cast):
    """A pack of the cast's school, and a letter to it about the cast's therapist."""
    return {
        "packs": SchoolPackFactory(school=cast.school),
        "letters": AssuranceLetterFactory(practitioner=cast.therapist_practitioner, school=cast.school),
        "pack_schools": cast.school,
        "letter_schools": cast.school,
    }


def seen_by(cast, noun, record):
    return {name for name, person in cast.people().items() if record in getattr(rules, f"visible_{noun}")(person)}


def test_each_is_seen_by_those_whom_the_rule_names(cast, here):
    assert {noun: seen_by(cast, noun, here[noun]) for noun in SEE} == {
        noun: set(names.split()) for noun, names in SEE.items()
    }


def test_each_act_is_for_those_whom_the_rule_names(cast):
    may = {
        rule: {
            name
            for name, person in cast.people().items()
            if getattr(rules, rule)(person, *(getattr(cast, what) for what in about))
        }
        for rule, (about, _) in MAY.items()
    }

    assert may == {rule: set(names.split()) for rule, (_, names) in MAY.items()}


def test_a_letter_about_a_colleague_is_not_seen(cast):
    about = AssuranceLetterFactory(practitioner=cast.other_practitioner, school=cast.school)

    assert seen_by(cast, "letters", about) == {"coordinator", "head", "sendco", "dsl", "other_therapist"}


def test_nobody_issues_a_letter_about_themselves(cast):
    cast.therapist_practitioner.user = cast.coordinator

    assert not rules.can_issue_letter(cast.coordinator, cast.therapist_practitioner, cast.school)
    assert not rules.can_issue_letter(cast.coordinator, cast.hidden_practitioner, cast.school)


def test_both_close_with_the_placement_but_for_the_letter_about_oneself(cast, here):
    cast.placement.ends_at = timezone.now()
    cast.placement.save()

    closed = {noun for noun in SEE if "therapist" not in seen_by(cast, noun, here[noun])}
    assert closed == {"packs", "pack_schools", "letter_schools"}
    assert not rules.can_view_packs(cast.therapist, cast.school)


def test_the_chair_of_governors_reads_both_and_sends_neither(cast, here):
    SchoolRoleFactory(role=Role.CHAIR, user=cast.steering, content_object=cast.school)

    assert all("steering" in seen_by(cast, noun, here[noun]) for noun in SEE)
    assert not rules.can_send_pack(cast.steering, cast.school)


def test_a_role_that_has_ended_opens_nothing(cast, here):
    cast.school.roles.update(ends_at=timezone.now())

    assert {noun: seen_by(cast, noun, here[noun]) for noun in SEE} == {
        noun: {"coordinator", "therapist"} for noun in SEE
    }
