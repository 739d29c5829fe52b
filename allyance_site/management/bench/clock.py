"""Times pieces of work beside one another. The shortest time counts, for what else the machine does only adds."""

from collections.abc import Callable
from time import perf_counter
from typing import Any


def side_by_side(*works: Callable[[], Any], rounds: int) -> list[float]:
    """The fewest milliseconds of each, called in turn; the first round is not counted."""
    taken: list[list[float]] = [[] for _ in works]
    for number in range(rounds + 1):
        for work, times in zip(works, taken, strict=True):
            started = perf_counter()
            work()
            if number:
                times.append((perf_counter() - started) * 1000)
    return [min(times) for times in taken]
