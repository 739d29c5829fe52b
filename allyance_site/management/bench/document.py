"""Writes docs/performance.md from what was measured: every number in it comes from the run."""

import os
import platform
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from . import FRAME, judging

ROOT = Path(__file__).resolve().parents[3]
Found = dict[str, Any]

WHAT = """# Performance

Written by `make bench`; not by hand. It grows a service of its own (`manage.py grow`: 300 schools, 200 therapists,
sealed text) in scratch databases, measures at each size, and drops them. Times are milliseconds, the shortest of 40 to
1,000 rounds in which what is compared takes turns, for what else the machine does can only add. Compare ratios.
"""

QUESTIONS = """## Who may see which referral

Page one of twenty and the count, as the register of referrals asks for them. *Rules* begin with an account, find out
what it holds, and end with twenty records. *Their SQL* is the statements that the rules sent, sent again: what the
database does. *By hand* is the same question from the same account in SQL written for that kind of person, with roles,
placements and allocations in force now and conflicts of interest left out; both found the same rows, or the run stops.
What Django does in Python is the difference between the first two: it is the same at every size.
By hand one knows what somebody is; the rules ask nine tables for whoever comes, which is most of their SQL where the
rest is short, above all on PostgreSQL, where planning that statement takes longer than answering it.
"""

PAGES = f"""## Pages

From the first middleware to the last byte, in the process; at each size the milliseconds, and how many times {FRAME}
that is. In that one stand Wagtail's frame, the account, what it holds and its menu. *Beyond* is what a page asks the
database more than it does. By the ratio a page is flat or is not: the sizes are measured minutes apart, and what else
the machine does then falls on both.
"""

OPENINGS = """## Opening a record, the worker, and growing

Before a case is shown, that it is opened is committed: one event, found by three indexes, and the row by which it waits
for its link. A bare commit is one number in a table without an index. Where a commit is as quick as here, the two
inserts weigh as much as it does. PostgreSQL is told of both in one statement, which is its own transaction; the bare
commit is begun, written and ended, as Django does it.
"""

PUBLIC = """## Public pages

The web server of `make run` (gunicorn, two workers of four threads) on the loopback, asked by eight connections at once
as browsers ask; the best of three turns each. *Kept* is a page that the process has ready, *made anew* the same page
with a query string, which nothing keeps, and *static file* the very bytes of the page from the same server. On this
machine those who ask and those who answer share the cores.
"""


def write(found: list[Found], served: list[Found], command: str, commit: str) -> str:
    """The whole page."""
    parts = [
        WHAT, _where(found, command, commit), judging.targets(found, served), PUBLIC, _public(served),
        QUESTIONS, _questions(found), PAGES, _pages(found),
        OPENINGS, _rest(found), "## Rows\n", _rows(found),
    ]  # fmt: skip
    return "\n".join(parts)


def table(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """A table in Markdown; numbers with two places below ten, one above."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *([_cell(value) for value in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.2f}" if value < 10 else f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _where(found: list[Found], command: str, commit: str) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return table(
        ["what", "which"],
        [
            ["command", f"`{command}`"],
            ["commit", commit],
            ["machine", f"{os.cpu_count()} cores of {_processor()}, {memory:.0f} GiB, {platform.system()}"],
            ["Python", found[0]["python"]],
            ["databases", ", ".join(dict.fromkeys(one["database"] for one in found))],
        ],
    )


def commit() -> str:
    """What is measured, asked before it begins."""

    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False).stdout  # noqa: S603, S607

    changed = ", with changes that were not committed" if git("status", "--porcelain", "--untracked-files=no") else ""
    return f"{git('rev-parse', '--short=12', 'HEAD').strip() or 'unknown'}{changed}"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _public(served: list[Found]) -> str:
    heads = [
        *("database", "page", "bytes sent", "queries", "static file, a second", "kept", "made anew"),
        *("static / kept", "static / made anew"),
    ]
    return table(
        heads,
        (
            [
                one["database"], page["page"], page["bytes"], page["queries"],
                *(round(page[way]) for way in ("static", "kept", "anew")),
                page["static"] / page["kept"], page["static"] / page["anew"],
            ]
            for one in served
            for page in one["pages"]
        ),
    )  # fmt: skip


def _questions(found: list[Found]) -> str:
    heads = ["database", "cases", "who", "found", "rules", "their SQL", "by hand", "SQL / by hand"]
    return table(
        heads,
        (
            [
                one["database"], one["cases"], asked["person"], asked["count"], asked["rules"], asked["statements"],
                asked["by_hand"], asked["statements"] / asked["by_hand"],
            ]
            for one in found
            for asked in one["questions"]
        ),
    )  # fmt: skip


def _pages(found: list[Found]) -> str:
    """A page a line; its time at each size beside one another."""
    sizes = sorted({one["cases"] for one in found})
    seen: dict[tuple[str, str, str], dict[int, Found]] = {}
    for one in found:
        for page in one["pages"]:
            seen.setdefault((one["database"], page["person"], page["page"]), {})[one["cases"]] = page
    return table(
        ["database", "who", "page", "queries", "beyond", *(f"at {size:,}" for size in sizes)],
        (
            [*key, _most(by_size, "queries"), _most(by_size, "beyond"), *(_at(by_size, size) for size in sizes)]
            for key, by_size in seen.items()
        ),
    )


def _most(by_size: dict[int, Found], what: str) -> int:
    return max(page[what] for page in by_size.values())


def _at(by_size: dict[int, Found], size: int) -> str:
    return f"{by_size[size]['ms']:.1f} ({by_size[size]['frames']:.2f})" if size in by_size else ""


def _rest(found: list[Found]) -> str:
    read: list[Callable[[Found], Any]] = [
        lambda one: one["database"],
        lambda one: one["cases"],
        lambda one: one["opening"]["bare"],
        lambda one: one["opening"]["opened"],
        lambda one: one["worker"]["mib"],
        lambda one: one["seconds"],
    ]
    heads = ["database", "cases", "a bare commit", "the audit of an opening", "worker, MiB at most", "grown in s"]
    return table(heads, ([value(one) for value in read] for one in found))


def _rows(found: list[Found]) -> str:
    largest = max(one["cases"] for one in found)
    last = [one for one in found if one["cases"] == largest]
    names = list(dict.fromkeys(name for one in last for name in one["rows"]))
    return table(
        [f"at {largest:,} cases", *(one["database"] for one in last)],
        ([name, *(one["rows"].get(name, 0) for one in last)] for name in names),
    )
