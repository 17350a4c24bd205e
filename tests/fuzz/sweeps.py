"""What else is tried besides broken files, each with the share that it has of a run.

Takes how many broken files are checked. Returns the sweeps, and what became of each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.fuzz.run import Report, run_trials


@dataclass(frozen=True, slots=True)
class Sweep:
    """Trials that are made from a seed and a number, one for so many broken files."""

    name: str
    what: str
    judge: str
    every: int

    def numbers(self, cases: int) -> range:
        """The trials that belong to a run of so many broken files."""
        return range(-(-cases // self.every))


SWEEPS = (
    Sweep("commands", "broken files, each through every command", "tests.fuzz.command:judge", 250),
    Sweep("states", "commands on a machine in another state", "tests.fuzz.machine:judge", 20),
    Sweep("oddities", "things that are no part of a playbook", "tests.fuzz.oddities:judge", 80),
    Sweep("releases", "edits to what a release recorded", "tests.fuzz.releases:judge", 60),
    Sweep("pairs", "two commands at once", "tests.fuzz.pairs:judge", 100),
    Sweep("pages", "sites of pages that nobody should write", "tests.fuzz.pages:judge", 2000),
)


def run_sweeps(cases: int, *, seed: int) -> Iterator[tuple[Sweep, Report]]:
    """Each sweep, with its share of a run of so many broken files."""
    for sweep in SWEEPS:
        yield sweep, run_trials(sweep.numbers(cases), seed=seed, judge=sweep.judge)
