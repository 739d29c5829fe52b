"""docs/performance.md says what was measured, the worst of it beside each target, and where a target is missed."""

from allyance_site.management.bench import FRAME, document


def found(cases, *, by_hand=1.0, frames=3.0, beyond=8, mib=130.0, opened=1.5):
    def page(name, queries, ratio):
        return {
            "person": "many",
            "page": name,
            "queries": queries,
            "beyond": queries - 11,
            "ms": 14 * ratio,
            "frames": ratio,
        }

    return {
        "cases": cases,
        "database": "SQLite 3",
        "python": "3.13.1",
        "seconds": 1.25,
        "rows": {"referrals": cases},
        "questions": [{"person": "many", "count": 40, "rules": 2.0, "statements": 1.5, "by_hand": by_hand}],
        "pages": [page(FRAME, 11, 1.0), page("referrals", 11 + beyond, frames), page("case: overview", 21, 2.0)],
        "opening": {"opened": opened, "bare": 1.0},
        "worker": {"messages": 100, "mib": mib},
    }


def verdicts(*runs):
    lines = document.write(list(runs), "make bench", "0123abc").split("## Targets")[1].split("##")[0].splitlines()
    return [line.rsplit("|", 2)[1].strip() for line in lines if line.startswith("| ")][1:]


def test_write_says_each_target_that_is_met():
    assert verdicts(found(1000), found(100_000)) == ["yes"] * 6


def test_write_says_each_target_that_is_missed():
    assert verdicts(found(1000), found(100_000, by_hand=0.5)) == ["**no**", *["yes"] * 5]
    assert verdicts(found(1000), found(100_000, frames=4.0)) == ["yes", "**no**", *["yes"] * 4]
    assert verdicts(found(1000, beyond=11)) == ["yes", "yes", "**no**", *["yes"] * 3]
    assert verdicts(found(1000, opened=2.5)) == [*["yes"] * 4, "**no**", "yes"]
    assert verdicts(found(1000, mib=201.0)) == [*["yes"] * 5, "**no**"]


def test_write_does_not_ask_a_page_to_be_flat_beyond_a_hundred_thousand():
    assert verdicts(found(1000), found(1_000_000, frames=9.0))[1] == "yes"


def test_write_shows_what_was_measured_and_where():
    page = document.write([found(1000), found(100_000, frames=3.3)], "make bench SIZES=...", "0123abc")

    assert "| SQLite 3 | 100,000 | many | 40 | 2.00 | 1.50 | 1.00 | 1.50 |" in page
    assert "| SQLite 3 | many | referrals | 19 | 8 | 42.0 (3.00) | 46.2 (3.30) |" in page
    assert "| referrals | 100,000 |" in page
    assert "`make bench SIZES=...`" in page
    assert "3.13.1" in page
    assert "| commit | 0123abc |" in page
