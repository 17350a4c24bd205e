"""`make fuzz`: thousands of broken playbooks, and what became of them.

Takes how many, and a seed. Returns a line for each failure with its file, then how fast it went; exit code 1 where something failed.
"""

from __future__ import annotations

import argparse
import sys
import time

from macros.files.layout import LARGEST_FILE
from tests.fuzz.command import COMMAND_LINES, differences, rudeness
from tests.fuzz.run import Report, keep, run
from tests.fuzz.seeds import PROJECT

KEPT = PROJECT / ".cache" / "fuzz"
THROUGH_CHECK, THROUGH_ALL = 60, 8
"""Cases that go through the real `playbook check` too, and through every command."""
MOST_KEPT = 10


def main() -> int:
    """Run, report, and keep what failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Check thousands of broken playbooks.")
    parser.add_argument("cases", nargs="?", type=int, default=10_000, help="how many; 10,000 where nothing is said")
    parser.add_argument("--seed", type=int, default=1, help="another number makes other cases")
    options = parser.parse_args()
    start = time.perf_counter()
    report = run(options.cases, seed=options.seed, tell=_tell_progress)
    took = time.perf_counter() - start
    for result in report.failures[:MOST_KEPT]:
        small = keep(KEPT, options.seed, result)
        print(f"\ncase {result.number} of seed {options.seed}, made smaller in {small.relative_to(PROJECT)}:\n{result.faults[0].strip()[-1500:]}")
    some, few = (range(0, options.cases, -(-options.cases // number)) for number in (THROUGH_CHECK, THROUGH_ALL))
    rude = {**differences(options.seed, some), **rudeness(options.seed, few)}
    for number, said in rude.items():
        print(f"\ncase {number} of seed {options.seed}, through the real commands: {said}")
    through = f"{len(some)} cases through `playbook check`, {len(few)} through {len(COMMAND_LINES)} commands: {len(rude)} failures"
    print(f"\n{_summary(report, took)}\n{through}")
    return 1 if report.failures or rude else 0


def _tell_progress(report: Report) -> None:
    if sys.stderr.isatty():
        print(f"\r{len(report.results):,} cases, {len(report.failures)} failures", end="", file=sys.stderr, flush=True)


def _summary(report: Report, took: float) -> str:
    slowest = report.slowest
    return (
        f"{len(report.results):,} cases of seed {report.seed} in {took:.0f} s = {len(report.results) / took:.0f} a second; "
        f"{len(report.failures)} failures; {report.accepted:,} had no error\n"
        f"slowest: case {slowest.number} with {slowest.size:,} of {LARGEST_FILE:,} bytes, {slowest.seconds:.1f} s of the processor\n"
        f"most memory of a worker: {report.peak:.0f} MB"
    )


if __name__ == "__main__":
    sys.exit(main())
