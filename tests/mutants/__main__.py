"""`make mutants`: each promise is broken in a copy of the project, and a test must fail.

Takes parts of names; without any, it tries all mutants. It prints a line for each mutant, then a count. The exit code is 1 if one
survived or could not be tried, and 2 if the names fit no mutant or the list is out of date.
"""

from __future__ import annotations

import argparse
import compileall
import os
import py_compile
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from tests.mutants import PROJECT, Mutant, read_mutants

AT_ONCE = 2
SECONDS = 300
"""The longest that the tests of one mutant may take."""
LEFT_OUT = frozenset({".git", "site", ".cache", ".pytest_cache", ".ruff_cache", ".hypothesis", "test-results"})
"""What lies at the top of the project and is not copied."""
KILLED, SURVIVED, UNTRIED = "killed", "SURVIVED", "UNTRIED"
_RUNNING: set[subprocess.Popen[str]] = set()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant, how long that took, and what its tests said."""

    mutant: Mutant
    fate: str
    seconds: float
    said: str


def main() -> int:
    """Try the tests as they are, then with each promise broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description="Break each promise by one line, and see that a test fails.")
    parser.add_argument("names", metavar="NAME", nargs="*", help="a part of a name; all mutants where nothing is said")
    parser.add_argument("--why", action="store_true", help="show what failed")
    parser.add_argument("--at-once", type=int, default=AT_ONCE, metavar="N", help=f"how many are tried side by side; {AT_ONCE} where nothing is said")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    wanted = [mutant for mutant in read_mutants() if not options.names or any(name in mutant.name for name in options.names)]
    if not wanted:
        print(f"no mutant has {' or '.join(map(repr, options.names))} in its name")
        return 2
    if faults := [fault for mutant in wanted for fault in mutant.faults()]:
        print("\n".join(faults))
        return 2
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="playbook-mutants-") as scratch:
        copies = [_copy(Path(scratch) / str(number)) for number in range(min(options.at_once, len(wanted)))]
        if said := _unbroken(copies, wanted):
            print(f"{said}\nthese tests fail although nothing is broken; mend them first")
            return 2
        verdicts = _tried(copies, wanted, why=options.why)
    count = {fate: sum(verdict.fate == fate for verdict in verdicts) for fate in (KILLED, SURVIVED, UNTRIED)}
    took = time.monotonic() - start
    print(f"\n{len(verdicts)} mutants in {took:.0f} s: {count[KILLED]} killed, {count[SURVIVED]} survived, {count[UNTRIED]} could not be tried")
    return 0 if count[KILLED] == len(verdicts) else 1


def _copy(folder: Path) -> Path:
    """The project in `folder`. What Python keeps of each module names its text and not its time, so that no change is overlooked."""
    shutil.copytree(PROJECT, folder, symlinks=True, ignore=_left_out)
    compileall.compile_dir(folder / "macros", quiet=2, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
    done = _run(folder, "-c", "import macros; print(macros.__file__)")
    if not Path(done.stdout.strip()).is_relative_to(folder):
        sys.exit(f"the copy would be tried with the modules of {done.stdout.strip()}")
    return folder


def _left_out(where: str, names: list[str]) -> list[str]:
    is_top = Path(where) == PROJECT
    return [name for name in names if name == "__pycache__" or (is_top and (name in LEFT_OUT or name.startswith((".venv", ".site-"))))]


def _unbroken(copies: Sequence[Path], mutants: Iterable[Mutant]) -> str:
    """What the tests say that fail in a project that is whole: nothing, where all is well."""
    by_file: dict[str, list[str]] = {}
    for test in dict.fromkeys(test for mutant in mutants for test in mutant.tests):
        by_file.setdefault(test.partition("::")[0], []).append(test)
    shares: list[list[str]] = [[] for _ in copies]
    for tests in sorted(by_file.values(), key=len, reverse=True):
        min(shares, key=len).extend(tests)
    with _pool(len(copies)) as pool:
        done = [*pool.map(lambda pair: _test(*pair, seconds=10 * SECONDS), zip(copies, filter(None, shares), strict=False))]
    return "\n".join(each.stdout + each.stderr for each in done if each.returncode)


def _tried(copies: Sequence[Path], mutants: Iterable[Mutant], *, why: bool) -> list[Verdict]:
    free: SimpleQueue[Path] = SimpleQueue()
    for copy in copies:
        free.put(copy)
    verdicts = []
    with _pool(len(copies)) as pool:
        for verdict in as_completed([pool.submit(_try, free, mutant) for mutant in mutants]):
            verdicts.append(verdict.result())
            _tell(verdicts[-1], why=why)
    return verdicts


@contextmanager
def _pool(size: int) -> Iterator[ThreadPoolExecutor]:
    """Threads that end with what they have started, also where somebody stops the program."""
    pool = ThreadPoolExecutor(size)
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in [*_RUNNING]:
            _kill(process)
        pool.shutdown()


def _tell(verdict: Verdict, *, why: bool) -> None:
    print(f"{verdict.fate:9} {verdict.seconds:5.1f} s  {verdict.mutant.name}", flush=True)
    if verdict.fate == UNTRIED:
        print(verdict.said.strip())
    elif verdict.fate == SURVIVED:
        print(f"          in {verdict.mutant.file}, in spite of {', '.join(verdict.mutant.tests)}")
    elif why:
        failed = [line for line in verdict.said.splitlines() if line.startswith(("E   ", "FAILED", "ERROR"))]
        print("\n".join(f"          {line[:200]}" for line in (*failed[:6], *failed[-1:])))


def _try(free: SimpleQueue[Path], mutant: Mutant) -> Verdict:
    """Break the promise in a copy that nobody uses, run the tests, and mend the copy."""
    copy = free.get()
    file, start = copy / mutant.file, time.monotonic()
    whole = file.read_bytes()
    try:
        file.write_bytes(mutant.applied(whole.decode()).encode())
        done = _test(copy, mutant.tests)
    finally:
        file.write_bytes(whole)
        free.put(copy)
    fate = {0: SURVIVED, 1: KILLED}.get(done.returncode, UNTRIED)
    return Verdict(mutant, fate, time.monotonic() - start, done.stdout + done.stderr)


def _test(copy: Path, tests: Sequence[str], *, seconds: float = SECONDS) -> subprocess.CompletedProcess[str]:
    return _run(copy, "-m", "pytest", "-x", "-q", "-rfE", "-p", "no:cacheprovider", *tests, seconds=seconds)


def _run(copy: Path, *arguments: str, seconds: float = SECONDS) -> subprocess.CompletedProcess[str]:
    """Python in a copy, with the modules of that copy, also in what it starts itself; all of it ends after some time."""
    env = {**os.environ, "PYTHONPATH": str(copy)}
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=copy, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True
    )
    _RUNNING.add(process)
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        _kill(process)
        out, err = process.communicate()
        return subprocess.CompletedProcess(process.args, -1, out, f"{err}\nit took more than {seconds} seconds")
    finally:
        _RUNNING.discard(process)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def _kill(process: subprocess.Popen[str]) -> None:
    """End a process of ours, and all that it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
