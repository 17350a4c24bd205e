"""Runs workers, and finds out which case a worker died or hung at.

Takes a seed and how many cases. Returns a report with every failure, its file kept and made smaller.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz.mutations import case
from tests.fuzz.seeds import PROJECT

JUDGE = "tests.fuzz.judge:judge"
SILENCE, SILENCE_OF_ONE = 60, 12
"""Seconds without a word after which a worker is taken to hang: more than any case may take on a busy computer; and while one is made smaller."""
SILENCE_OF_TRIALS = 300
"""The same for trials, of which one may build a site several times."""
BATCH = 250
"""Cases for one worker process: what it keeps in memory goes with it."""
MOST_TRIES = 80
"""Runs that making one failure smaller may take."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one case."""

    number: int
    seconds: float
    peak: float
    size: int
    accepted: bool
    faults: tuple[str, ...]


@dataclass(slots=True)
class Report:
    """What became of all cases."""

    seed: int
    results: list[Result] = field(default_factory=list)

    @property
    def failures(self) -> list[Result]:
        """The cases of which something does not hold."""
        return [result for result in self.results if result.faults]

    @property
    def accepted(self) -> int:
        """How many were no worse than before: the page of each entry was made then."""
        return sum(result.accepted for result in self.results)

    @property
    def slowest(self) -> Result:
        """The case that took most of the processor."""
        return max(self.results, key=lambda result: result.seconds)

    @property
    def peak(self) -> float:
        """The most memory that a worker had, in megabytes."""
        return max(result.peak for result in self.results)


def run(
    cases: int, *, seed: int, judge: str = JUDGE, workers: int = 2, silence: float = SILENCE, tell: Callable[[Report], None] | None = None
) -> Report:
    """Judge that many broken files. `tell` is called after each batch."""
    return _run("cases", range(0, cases, BATCH), cases, seed, judge, workers, silence, tell)


def run_trials(numbers: range, *, seed: int, judge: str, workers: int = 2, silence: float = SILENCE_OF_TRIALS) -> Report:
    """Judge what is made from each of those numbers; each worker gets an equal share."""
    share = -(-len(numbers) // workers) or 1
    return _run("trials", range(numbers.start, numbers.stop, share), numbers.stop, seed, judge, workers, silence, None)


def _run(what: str, starts: range, stop: int, seed: int, judge: str, workers: int, silence: float, tell: Callable[[Report], None] | None) -> Report:
    report = Report(seed)
    with ThreadPoolExecutor(workers) as pool:
        for results in pool.map(lambda start: list(_batch(judge, what, seed, start, min(stop, start + starts.step), silence)), starts):
            report.results += results
            if tell:
                tell(report)
    return report


def _batch(judge: str, what: str, seed: int, start: int, stop: int, silence: float) -> Iterator[Result]:
    """Each case from `start`; after one that ends its worker, the next has a worker of its own."""
    while start < stop:
        results = list(_worker(silence, judge, what, str(seed), str(start), str(stop)))
        yield from results
        if not results:
            yield Result(start, 0, 0, 0, accepted=False, faults=("the worker did not begin",))
        start += max(1, len(results))


def _worker(silence: float, *arguments: str) -> Iterator[Result]:
    """What one worker says. A case that it began and did not end is the one that it died or hung at."""
    command = [sys.executable, "-X", "faulthandler", "-m", "tests.fuzz.worker", *arguments]
    with tempfile.TemporaryFile("w+") as errors, subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=errors, text=True) as process:
        begun = None
        while line := _line_within(silence, process):  # a worker that is silent is killed
            settings = json.loads(line)
            begun = settings.get("begun", begun)
            if "ended" in settings:
                yield Result(
                    settings["ended"], settings["seconds"], settings["peak"], settings["size"], settings["accepted"], tuple(settings["faults"])
                )
                begun = None
        hung = process.wait() == -signal.SIGKILL
        errors.seek(0)
        if begun is not None:
            fault = (
                f"hung for {silence:g} s, or took more memory than there is" if hung else f"ended with {process.returncode}: {errors.read()[-2000:]}"
            )
            yield Result(begun, silence if hung else 0, 0, 0, accepted=False, faults=(fault,))


def _line_within(seconds: float, process: subprocess.Popen[str]) -> str:
    """The next line that a worker says; empty where it ends, or is silent for too long."""
    said: list[str] = []
    reader = threading.Thread(target=lambda: said.append(process.stdout.readline()), daemon=True)
    reader.start()
    reader.join(seconds)
    if reader.is_alive():
        process.kill()
        reader.join()
        return ""
    return said[0]


def keep(folder: Path, seed: int, result: Result, *, judge: str = JUDGE, silence: float = SILENCE_OF_ONE, tries: int = MOST_TRIES) -> Path:
    """Write the file of a failure into `folder`, and beside it the smallest that still fails; returns the smallest."""
    folder.mkdir(parents=True, exist_ok=True)
    path, data = case(seed, result.number)
    whole = folder / f"{seed}-{result.number}-{Path(path).name}"
    whole.write_bytes(data)
    small = whole.with_name(f"{whole.name}.small")
    small.write_bytes(shrink(data, lambda shorter: _fails(small, path, shorter, judge=judge, silence=silence), tries=tries))
    return small


def _fails(file: Path, path: str, data: bytes, *, judge: str, silence: float) -> bool:
    file.write_bytes(data)
    return any(result.faults for result in _worker(silence, judge, "file", str(file), path))


def shrink(data: bytes, fails: Callable[[bytes], bool], *, tries: int) -> bytes:
    """A shorter file that still fails: pieces are left out, halves first, as long as that is so."""
    size = len(data) // 2
    while size and tries:
        start = 0
        while start < len(data) and tries:
            shorter = data[:start] + data[start + size :]
            tries -= 1
            if fails(shorter):
                data = shorter
            else:
                start += size
        size //= 2
    return data
