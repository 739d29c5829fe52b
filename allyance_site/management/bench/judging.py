"""The targets, each with the worst that was measured: which are met and which are not."""

from typing import Any

from . import FRAME

Found = dict[str, Any]

RULES, FLAT, LIST, FILE, AUDIT, WORKER = 2.0, 1.3, 10, 16, 2.0, 200.0
KEPT, ANEW, ANEW_QUERIES = 2.0, 20.0, 10
MEASURED_TO = 100_000
"""Pages are to be flat up to this many cases."""
SPAN = f"at the most cases up to {MEASURED_TO:,} against the fewest"
SEEN_BY = ("many", "few", "none", "head")


def targets(found: list[Found], served: list[Found]) -> str:
    """Each target in a line."""
    lists = [page for page in _pages(found) if page["page"] == "referrals"]
    files = [page for page in _pages(found) if page["page"].startswith("case")]
    lines = [
        _line("the rules' SQL, against SQL by hand", RULES, *_worst_question(found), "times"),
        _line(f"a therapist's or head's page, in empty pages, {SPAN}", FLAT, *_least_flat(found), "times"),
        _line("queries of a list beyond an empty page", LIST, *_most_queries(lists), "queries"),
        _line("queries of a case file beyond an empty page", FILE, *_most_queries(files), "queries"),
        _line("the audit of an opening, against a bare commit", AUDIT, *_dearest_opening(found), "times"),
        _line("the worker's memory", WORKER, max(one["worker"]["mib"] for one in found), "", "MiB"),
        _line("a static file's rate, against a kept page's", KEPT, *_slowest(served, "kept"), "times"),
        _line("a static file's rate, against that of a page made anew", ANEW, *_slowest(served, "anew"), "times"),
        _line("queries of a public page made anew", ANEW_QUERIES, *_most_asked(served), "queries"),
    ]
    return "\n".join(["## Targets\n", "| what | at most | the worst measured | met |", "|---|---|---|---|", *lines, ""])


def _line(what: str, most: float, worst: float, where: str, unit: str) -> str:
    return f"| {what} | {most:g} {unit} | {worst:.3g} {unit}{where} | {'yes' if worst <= most else '**no**'} |"


def _pages(found: list[Found]) -> list[Found]:
    return [page | {"on": one["database"]} for one in found for page in one["pages"] if page["page"] != FRAME]


def _worst_question(found: list[Found]) -> tuple[float, str]:
    return max(
        (asked["statements"] / asked["by_hand"], f" ({asked['person']}, {one['database']}, {one['cases']:,} cases)")
        for one in found
        for asked in one["questions"]
    )


def _least_flat(found: list[Found]) -> tuple[float, str]:
    times: dict[tuple[str, str, str], list[float]] = {}
    for one in sorted(found, key=lambda one: one["cases"]):
        if one["cases"] <= MEASURED_TO:
            for page in one["pages"]:
                if page["person"] in SEEN_BY and page["page"] != FRAME:
                    times.setdefault((page["person"], page["page"], one["database"]), []).append(page["frames"])
    return max((taken[-1] / taken[0], f" ({', '.join(key)})") for key, taken in times.items())


def _most_queries(pages: list[Found]) -> tuple[int, str]:
    worst = max(pages, key=lambda page: page["beyond"])
    return worst["beyond"], f" ({worst['person']}, {worst['page']}, {worst['on']})"


def _slowest(served: list[Found], way: str) -> tuple[float, str]:
    return max(
        (page["static"] / page[way], f" ({page['page']}, {one['database']})") for one in served for page in one["pages"]
    )


def _most_asked(served: list[Found]) -> tuple[int, str]:
    return max((page["queries"], f" ({page['page']}, {one['database']})") for one in served for page in one["pages"])


def _dearest_opening(found: list[Found]) -> tuple[float, str]:
    return max(
        (one["opening"]["opened"] / one["opening"]["bare"], f" ({one['database']}, {one['cases']:,} cases)")
        for one in found
    )
