"""Judges that fail in every way there is, so that the tests see that each way is noticed.

Each takes a playbook, as the real judge does.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path


def at_case(number: int, do: object) -> object:
    """A judge that does something at one case of a worker, and finds all others in order."""
    seen = 0

    def judge(_folder: Path, _path: str) -> Iterator[str]:
        nonlocal seen
        seen += 1
        if seen == number + 1:
            do()
        yield from ()

    return judge


def _raise() -> None:
    raise RecursionError("too deep")


def _take_memory() -> None:
    bytearray(4 << 30)


def _take_much_memory() -> None:
    len(b"x" * (450 << 20))


def _take_long() -> None:
    end = time.process_time() + 3.2
    while time.process_time() < end:
        pass


crash = at_case(2, os.abort)
leave = at_case(2, lambda: os._exit(0))
hang = at_case(2, lambda: time.sleep(60))
fault = at_case(2, _raise)
memory = at_case(2, _take_memory)
much_memory = at_case(2, _take_much_memory)
slow = at_case(2, _take_long)


def dislikes_titles(folder: Path, path: str) -> Iterator[str]:
    """A judge that finds fault with every file that holds the word `title`."""
    if b"title" in (folder / path).read_bytes():
        yield "there is a title"
