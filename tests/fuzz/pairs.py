"""Two commands at once in one playbook: they end as if one had come after the other, or one says that it must wait.

Takes a seed and a number. Returns what does not hold.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

from tests.fuzz.child import Befall, Done, finish, run, start
from tests.fuzz.command import rude
from tests.fuzz.machine import Tree, scratch, tree

CHANGES = tuple(
    line.split()
    for line in (
        *(
            "new term Joint-plan",
            "new term Another-plan",
            "rename data-sharing shared-data",
            "rename data-sharing apart",
            "rename nao audit",
            "schema",
        ),
        *(
            "release 2.0.0 --on 2026-11-22",
            "release 3.0.0 --on 2026-11-22 --site ../site",
            "review nao --by delivery-team --outcome Both-facts-stand --on 2026-11-22",
        ),
    )
)
READS = tuple(line.split() for line in ("check", "list", "diff 1.0.0", "show nao", "export out"))
LONGEST_DELAY = 0.06
"""Seconds that one of the two begins later: a command takes about as long."""


def judge(seed: int, number: int) -> Iterator[str]:
    """What is wrong with how the two commands of that number end."""
    random = Random(f"{seed}:{number}")  # noqa: S311 - cases, not secrets
    pair = [random.choice(CHANGES), random.choice(CHANGES + READS)]
    random.shuffle(pair)
    delays = [random.uniform(0, LONGEST_DELAY), 0]
    with scratch() as (folder, temporary):
        environment = {"TMPDIR": str(temporary)}
        children = [start(folder, line, befall=_later(delay), environment=environment) for line, delay in zip(pair, delays, strict=True)]
        ends = [finish(child, line) for child, line in zip(children, pair, strict=True)]
        faults = [*_misbehaviour(pair, ends), *what_is_left(pair, ends, folder)]
        named = " and ".join(f"`playbook {' '.join(line)}`" for line in pair)
        yield from (f"{named}, {delays[0] * 1000:.0f} ms apart: {fault}" for fault in faults)


def _later(seconds: float) -> Befall:
    return lambda: time.sleep(seconds)


def _misbehaviour(pair: list[list[str]], ends: list[Done]) -> Iterator[str]:
    for line, done in zip(pair, ends, strict=True):
        if said := rude(done):
            yield f"{line[0]}: {said}"
        if done.returncode and not (done.stdout + done.stderr).strip():
            yield f"{line[0]} does not say what went wrong"


def what_is_left(pair: list[list[str]], ends: list[Done], folder: Path) -> Iterator[str]:
    """The files must be what the commands that went well would have left, one after the other."""
    checked = run(folder, ["check"])
    well = [tuple(line) for line, done in zip(pair, ends, strict=True) if done.returncode == 0]
    ways = [after(*order) for order in (well, well[::-1])]
    if (tree(folder), checked.stdout) not in ways:
        yield f"{len(well)} went well, and the files are not as they should be; {checked.stdout[-200:]}{checked.stderr[-200:]}"


@cache
def after(*lines: tuple[str, ...]) -> tuple[Tree, str]:
    """The files after commands that came one after the other, and what a check says then."""
    with scratch() as (folder, _):
        for line in lines:
            run(folder, line)
        return tree(folder), run(folder, ["check"]).stdout
