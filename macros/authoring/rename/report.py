"""A rename as text: a diff of its changes, and what a person should know of it.

Takes a Renaming. Returns lines; all text from files is safe to show in a terminal.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from macros.authoring.rename.plan import Renaming
from macros.problems.problem import Style, plain, printable, short

MOST_SHOWN = 200
"""Lines of one sort."""
_PARTS = {"+": "added", "-": "removed", "@": "place"}


def renaming_as_diff(plan: Renaming, *, style: Style = plain) -> str:
    """The changes as git shows them, so that `git apply` takes them too. The parts are `file`, `added`, `removed` and `place`."""
    old = {change.path: change.old for change in plan.changes}
    pieces: list[str] = []
    for change in plan.changes:
        if change.new is not None:
            before = change.like or change.path
            pieces += _file_diff(before, change.path, (old[before] or b"").decode(), change.new.decode(), style)
    return "".join(pieces)


def _file_diff(before: str, after: str, old: str, new: str, style: Style) -> Iterator[str]:
    yield style("file", f"diff --git a/{before} b/{after}") + "\n"
    if before != after:
        yield f"rename from {before}\nrename to {after}\n"
    for line in difflib.unified_diff(_lines(old), _lines(new), f"a/{before}", f"b/{after}"):
        bare = line.rstrip("\r\n")
        end = line[len(bare) :] if line.endswith("\n") else "\n\\ No newline at end of file\n"
        yield style(_PARTS.get(line[0], ""), printable(bare)) + end


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def renaming_as_text(plan: Renaming, old: str, new: str, *, dry_run: bool) -> str:
    """What was moved and changed, what a person has to look at, and what to do next."""
    return "\n".join(map(printable, _report(plan, old, new, dry_run=dry_run)))


def _report(plan: Renaming, old: str, new: str, *, dry_run: bool) -> Iterator[str]:
    would = "would be " if dry_run else ""
    yield f"{would}moved   {plan.moved_from} to {plan.moved_to}"
    yield from _first([f"{would}mended  {path} ({_count(places, 'place')})" for path, places in plan.edited_places.items()], "files")
    if plan.leftovers:
        yield f"left    {_count(len(plan.leftovers), 'line')} that may be code, history or plain words; look at each:"
        lines = (f"{leftover.file}:{leftover.line}:{leftover.column}: {short(leftover.text.strip(), 90)}" for leftover in plan.leftovers)
        yield from _first([f"        {line}" for line in lines], "lines")
    if dry_run:
        yield "nothing is changed: this was a dry run"
    else:
        yield f"'{old}' is '{new}' now and keeps its old id under `formerly`: links to the old address lead to it, and no other entry takes it. Next: playbook check"


def _first(lines: Sequence[str], what: str) -> Iterator[str]:
    yield from islice(lines, MOST_SHOWN)
    if len(lines) > MOST_SHOWN:
        yield f"        and {len(lines) - MOST_SHOWN:,} {what} more"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
