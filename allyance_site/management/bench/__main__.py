"""`make bench`, or `make bench SIZES="1000 10000"`: measure both databases side by side and write what was found."""

import json
import shlex
import sys
from pathlib import Path

from . import document, scratch

SIZES = (1_000, 10_000, 100_000)
PAGE = scratch.ROOT / "docs" / "performance.md"


def main(sizes: list[int], page: Path = PAGE) -> None:
    """Measure at each size, the smallest first, and write the page."""
    command = shlex.join(["make", "bench", f"SIZES={' '.join(map(str, sorted(sizes)))}"])
    commit, found = document.commit(), []
    with scratch.databases() as environments:
        served = [json.loads(scratch.public_pages(environment)) for environment in environments]
        for cases in sorted(sizes):
            for environment in environments:
                found.append({"cases": cases} | json.loads(scratch.measure(environment, cases)))
            page.write_text(
                document.write(found, served, command, commit)
            )  # the largest may take an hour, and a run may be ended
    sys.stdout.write(f"Written to {page}.\n")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
