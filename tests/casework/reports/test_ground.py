from casework.reports import ground
from tests.cast import Cast


def test_services_count_schools_and_therapists(cast: Cast) -> None:
    (facts,) = ground.services(cast.steering)

    assert (facts.name, facts.clusters, facts.members, facts.buy_in, facts.therapists) == (
        cast.service.name,
        1,
        2,
        1,
        2,
    )


def test_services_are_for_those_who_oversee(cast: Cast) -> None:
    for person in (cast.coordinator, cast.head, cast.therapist, cast.tsl, cast.outsider):
        assert ground.services(person) == []


def test_clusters_list_their_schools(cast: Cast) -> None:
    (facts,) = ground.clusters(cast.tsl)

    assert facts.name == cast.cluster.name
    assert {school.name for school in facts.schools} == {cast.school.name, cast.other_school.name}


def test_clusters_are_for_who_leads_them(cast: Cast) -> None:
    for person in (cast.coordinator, cast.head, cast.steering, cast.outsider):
        assert ground.clusters(person) == []
