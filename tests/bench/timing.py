"""How long a call takes on the clock; the shortest of a few, as other work on the machine only adds."""

from __future__ import annotations

import time
from collections.abc import Callable


def best(run: Callable[[], object], times: int = 3) -> float:
    """The shortest of a few runs, in seconds."""
    return min(seconds(run) for _ in range(times))


def seconds(run: Callable[[], object]) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
