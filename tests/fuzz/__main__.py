"""`make fuzz`: thousands of broken playbooks, machines in every state, and what became of them.

Takes how many, and a seed. Returns a line for each failure with its file, then how fast it went; exit code 1 where something failed.
"""

from __future__ import annotations

import argparse
import sys
import time

from macros.files.layout import LARGEST_FILE
from tests.fuzz.command import differences
from tests.fuzz.run import Report, keep, run, run_trials
from tests.fuzz.seeds import PROJECT
from tests.fuzz.sweeps import SWEEPS, Sweep, run_sweeps

KEPT = PROJECT / ".cache" / "fuzz"
MOST_TWICE, CASES_FOR_ONE_TWICE = 60, 125
"""How many cases the real `playbook check` sees, twice each: so many at most, and one of so many."""
MOST_KEPT = 10


def main() -> int:
    """Run, report, and keep what failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Check thousands of broken playbooks, in states of every kind.")
    parser.add_argument("cases", nargs="?", type=int, default=10_000, help="how many broken files, and with them all else; 10,000 by default")
    parser.add_argument("--seed", type=int, default=1, help="another number makes other cases")
    parser.add_argument("--only", choices=[sweep.name for sweep in SWEEPS], help="run this sweep alone")
    parser.add_argument("--number", type=int, help="of that sweep, the trial of this number alone")
    options = parser.parse_args()
    if options.only:
        return _redo(options.only, options.number, options.cases, options.seed)
    failures = _check_files(options.cases, options.seed)
    failures += sum(_report_sweep(*swept) for swept in run_sweeps(options.cases, seed=options.seed))
    return 1 if failures else 0


def _check_files(cases: int, seed: int) -> int:
    start = time.perf_counter()
    report = run(cases, seed=seed, tell=_tell_progress)
    took = time.perf_counter() - start
    for result in report.failures[:MOST_KEPT]:
        small = keep(KEPT, seed, result)
        print(f"\ncase {result.number} of seed {seed}, made smaller in {small.relative_to(PROJECT)}:\n{result.faults[0].strip()[-1500:]}")
    some = range(0, cases, max(-(-cases // MOST_TWICE), CASES_FOR_ONE_TWICE))
    different = differences(seed, some)
    for number, said in different.items():
        print(f"\ncase {number} of seed {seed}, through the real `playbook check`: {said}")
    print(f"\n{_summary(report, took)}\n{len(some)} cases checked twice: {len(different)} failures", flush=True)
    return len(report.failures) + len(different)


def _redo(name: str, number: int | None, cases: int, seed: int) -> int:
    sweep = next(sweep for sweep in SWEEPS if sweep.name == name)
    numbers = sweep.numbers(cases) if number is None else range(number, number + 1)
    return 1 if _report_sweep(sweep, run_trials(numbers, seed=seed, judge=sweep.judge)) else 0


def _report_sweep(sweep: Sweep, report: Report) -> int:
    for result in report.failures[:MOST_KEPT]:
        again = f"python -m tests.fuzz --seed {report.seed} --only {sweep.name} --number {result.number}"
        print(f"\n{again}\n" + "\n".join(fault.strip()[-1500:] for fault in result.faults[:MOST_KEPT]))
    seconds = sum(result.seconds for result in report.results)
    print(f"{len(report.results)} {sweep.what}, {seconds:.0f} s: {len(report.failures)} failures", flush=True)
    return len(report.failures)


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
