"""What a terminal shows: colour and progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from time import monotonic
from typing import Any, TypeVar

import click

PROGRESS_DELAY = 1.0
"""Seconds before a terminal shows how far long work is."""
Item = TypeVar("Item")


def watched(files: Sequence[Item], *, doing: str = "Checking") -> Iterable[Item]:
    """Passes on `files`. If that takes longer than a second, it shows the progress, on a terminal and nowhere else."""
    return _with_progress(files, doing) if sys.stderr.isatty() else files


def _with_progress(files: Sequence[Item], doing: str) -> Iterator[Item]:
    begun, bar = monotonic(), None
    try:
        for number, file in enumerate(files):
            if bar is None and monotonic() - begun > PROGRESS_DELAY:
                bar = _progress_bar(doing, len(files), number)
            if bar is not None:
                bar.update()
            yield file
    finally:
        if bar is not None:
            bar.close()


def _progress_bar(doing: str, total: int, done: int) -> Any:
    from tqdm import tqdm  # noqa: PLC0415 - read where it is needed: most commands are done before

    form = "{desc} {percentage:3.0f}% |{bar:30}| {n_fmt} of {total_fmt} files"
    return tqdm(total=total, initial=done, desc=doing, file=sys.stderr, leave=False, dynamic_ncols=True, bar_format=form)


def colour_wanted() -> bool | None:
    """Whether the environment asks for colour or refuses it, as no-color.org defines; None leaves it to the terminal."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return True if os.environ.get("FORCE_COLOR") else None


STYLES = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "note": {"fg": "blue", "bold": True},
    "rule": {"dim": True},
    "caret": {"fg": "red"},
    "help": {"fg": "cyan"},
    "heading": {"bold": True},
}
"""How a terminal shows the parts of a report; colour never says what the words do not."""


def styled(part: str, text: str) -> str:
    """`text` in the colour of its part; where the output is no terminal, click takes the colour out again."""
    return click.style(text, **STYLES[part])
