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


def served(*, kept=3000.0, anew=300.0, queries=8):
    page = {"page": "home page", "bytes": 2345, "queries": queries, "static": 5000.0, "kept": kept, "anew": anew}
    return {"database": "SQLite 3", "pages": [page]}


def verdicts(*runs, public=None):
    lines = (
        document.write(list(runs), [public or served()], "make bench", "0123abc")
        .split("## Targets")[1]
        .split("##")[0]
        .splitlines()
    )
    return [line.rsplit("|", 2)[1].strip() for line in lines if line.startswith("| ")][1:]


def test_write_says_each_target_that_is_met():
    assert verdicts(found(1000), found(100_000)) == ["yes"] * 9


def test_write_says_each_target_that_is_missed():
    assert verdicts(found(1000), found(100_000, by_hand=0.5)) == ["**no**", *["yes"] * 8]
    assert verdicts(found(1000), found(100_000, frames=4.0)) == ["yes", "**no**", *["yes"] * 7]
    assert verdicts(found(1000, beyond=11)) == ["yes", "yes", "**no**", *["yes"] * 6]
    assert verdicts(found(1000, opened=2.5)) == [*["yes"] * 4, "**no**", *["yes"] * 4]
    assert verdicts(found(1000, mib=201.0)) == [*["yes"] * 5, "**no**", *["yes"] * 3]
    assert verdicts(found(1000), public=served(kept=2400.0)) == [*["yes"] * 6, "**no**", "yes", "yes"]
    assert verdicts(found(1000), public=served(anew=240.0)) == [*["yes"] * 7, "**no**", "yes"]
    assert verdicts(found(1000), public=served(queries=11)) == [*["yes"] * 8, "**no**"]


def test_write_does_not_ask_a_page_to_be_flat_beyond_a_hundred_thousand():
    assert verdicts(found(1000), found(1_000_000, frames=9.0))[1] == "yes"


def test_write_shows_what_was_measured_and_where():
    page = document.write([found(1000), found(100_000, frames=3.3)], [served()], "make bench SIZES=...", "0123abc")

    assert "| SQLite 3 | 100,000 | many | 40 | 2.00 | 1.50 | 1.00 | 1.50 |" in page
    assert "| SQLite 3 | many | referrals | 19 | 8 | 42.0 (3.00) | 46.2 (3.30) |" in page
    assert "| referrals | 100,000 |" in page
    assert "`make bench SIZES=...`" in page
    assert "| SQLite 3 | home page | 2,345 | 8 | 5,000 | 3,000 | 300 | 1.67 | 16.7 |" in page
    assert "3.13.1" in page
    assert "| commit | 0123abc |" in page
