"""States of the machine in which somebody may type a command, and what such a state may do to its outcome.

Takes a seed and a number. Returns a command and a state.
"""

from __future__ import annotations

import resource
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from random import Random

from tests.fuzz import disturb
from tests.fuzz.child import Befall
from tests.fuzz.disks import composed, folding, without_case

COMMAND_LINES = tuple(
    line.split()
    for line in (
        *("check", "check --strict --format json", "check playbook_data/barriers/data-sharing.yml", "check playbook_data docs"),
        *("list", "list --json", "show data-sharing", "diff", "diff HEAD~1 --format json", "diff 1.0.0", "review --today 2026-11-22"),
        *("new term Joint-plan", "rename data-sharing shared-data", "rename data-sharing shared-data --dry-run", "export out", "schema"),
        *("release 2.0.0 --on 2026-11-22 --site ../site", "release 2.0.0 --on 2026-11-22 --dry-run", "schema --check", "--help", "completion bash"),
        "review nao --by delivery-team --outcome Both-facts-stand --on 2026-11-22",
    )
)


@dataclass(frozen=True, slots=True)
class Trial:
    """One command in one state. `told` is where the state writes which files it hindered."""

    words: tuple[str, ...]
    state: str
    befall: Befall
    environment: Mapping[str, str | None]
    same: bool
    """Whether the command must end as it always does, because the state is none of its business."""
    deaf: bool
    """Whether nobody gets what it prints, so that it must not say that all is well."""
    mute: bool
    """Whether it cannot say what went wrong."""
    ends: tuple[int, ...]
    """Exit codes besides 0, 1 and 2: of signals."""


@dataclass(frozen=True, slots=True)
class State:
    """A state: `begin` makes it, from a random number generator, the folder and where it tells what it hindered."""

    name: str
    begin: Callable[[Random, Path, int], Befall] = field(default=lambda *_: _nothing)
    environment: Mapping[str, str | None] = field(default_factory=dict)
    same: bool = False
    deaf: bool = False
    mute: bool = False
    ends: tuple[int, ...] = ()


def _nothing() -> None:
    """All is as it should be."""


def _refused(use: str, errors: tuple[int, ...], most: int) -> Callable[[Random, Path, int], Befall]:
    return lambda random, folder, told: disturb.at_use(
        folder, use, random.randint(1, most), disturb.refuse(random.choice(errors), told), lasting=random.random() < 0.6
    )


def _interrupted(number: signal.Signals) -> State:
    def begin(random: Random, folder: Path, _: int) -> Befall:
        use, most = random.choice(((disturb.READS, 30), (disturb.WRITES, 20)))
        return disturb.at_use(folder, use, random.randint(1, most), disturb.interrupt(number), lasting=False)

    return State(f"{number.name} at some moment", begin, ends=(128 + number, -number))


def _taken_away(random: Random, folder: Path, _: int) -> Befall:
    return disturb.at_use(folder, disturb.READS, random.randint(1, 30), disturb.take_away(folder), lasting=False)


def _limited(what: int, least: int, most: int) -> Callable[[Random, Path, int], Befall]:
    return lambda random, _, __: disturb.limit(what, random.randint(least, most))


def _always(befall: Befall) -> Callable[[Random, Path, int], Befall]:
    return lambda *_: befall


STATES = (
    State("nothing special", same=True),
    State("standard input closed", _always(disturb.close(0)), same=True),
    State("standard output closed", _always(disturb.close(1)), deaf=True),
    State("standard errors closed", _always(disturb.close(2)), same=True),
    State("output on a full disk", _always(disturb.lead_to("/dev/full", 1)), deaf=True),
    State("errors on a full disk", _always(disturb.lead_to("/dev/full", 2)), mute=True),
    State("nobody reads the output", _always(disturb.nobody_reads), deaf=True, ends=(141,)),
    State("a terminal of Western Europe", _always(disturb.encoded("cp1252")), same=True),
    State("a terminal that knows ASCII alone", _always(disturb.encoded("ascii")), same=True),
    State("a terminal that is wide", environment={"COLUMNS": "9999"}, same=True),
    State("no terminal", environment={"TERM": None, "COLUMNS": "0"}, same=True),
    State("no home", environment={"HOME": None, "USER": None}, same=True),
    State("a home that is not there", environment={"HOME": "/nowhere"}, same=True),
    State("no git", environment={"PATH": "/nowhere"}),
    State("a far east", environment={"TZ": "Pacific/Kiritimati"}, same=True),
    State("a far west", environment={"TZ": "Etc/GMT+12"}, same=True),
    State("a time zone that nobody knows", environment={"TZ": "Nowhere/Land"}, same=True),
    State("another language", environment={"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"}, same=True),
    State("a disk without capital letters", lambda _, folder, __: folding(folder, without_case), same=True),
    State("a disk that composes letters", lambda _, folder, __: folding(folder, composed), same=True),
    State("a file or folder cannot be read", _refused(disturb.READS, disturb.REFUSED_READS, 30)),
    State("a disk that takes no more", _refused(disturb.WRITES, disturb.REFUSED_WRITES, 20)),
    State("files may be small alone", _limited(resource.RLIMIT_FSIZE, 0, 3000)),
    State("few files may be open", _limited(resource.RLIMIT_NOFILE, 3, 9)),
    State("a file is deleted while it is read", _taken_away),
    *map(_interrupted, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)),
)
OFTEN = frozenset(("a file or folder cannot be read", "a disk that takes no more", "files may be small alone", "a file is deleted while it is read"))
"""States with many moments, which are tried with each command several times as often."""


def trial(seed: int, number: int, folder: Path, told: int) -> Trial:
    """The trial of that number: each command is tried in each state before one is tried twice."""
    pairs = [pair for pair in product(COMMAND_LINES, STATES) if not _may_be_cut_short(*pair) for _ in range(_times(pair[1]))]
    Random(seed).shuffle(pairs)  # noqa: S311 - cases, not secrets
    line, state = pairs[number % len(pairs)]
    befall = state.begin(Random(f"{seed}:{number}"), folder, told)  # noqa: S311
    return Trial(tuple(line), state.name, befall, state.environment, state.same, state.deaf, state.mute, state.ends)


def _times(state: State) -> int:
    return 3 if state.name in OFTEN or state.ends else 1


def _may_be_cut_short(line: list[str], state: State) -> bool:
    """Exports have no journal: each file is whole, but the system may end the process, or refuse more, between two of them."""
    return line[0] == "export" and (-signal.SIGKILL in state.ends or state.name == "a disk that takes no more")
