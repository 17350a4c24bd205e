"""Judges cases one by one, in a process that may crash: each is announced before it is begun.

Takes which cases, on the command line. Returns lines of JSON, one when a case begins and one when it has ended.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from tests.fuzz.judge import ACCEPTED
from tests.fuzz.mutations import case
from tests.support.playbooks import BASE, write_playbook

MEMORY = 3 << 30
"""Bytes of address space that a worker may take: a case that wants more fails alone."""
MOST_MB = 400
"""Megabytes that one case may add to what a worker has taken before."""
SECONDS, SECONDS_PER_MB = 2.5, 30
"""Of the processor, for one case: so many, and so many more for each megabyte of its file."""

Judge = Callable[[Path, str], Iterator[str]]
"""From a playbook and the path of its broken file to what does not hold; `accepted` is said first where there is no error."""
Trial = Callable[[int, int], Iterator[str]]
"""From a seed and a number to what does not hold of what is made from them."""


def main(judge: str, what: str, *numbers: str) -> None:
    """`cases SEED START STOP` judges those broken files, `file FILE PATH` one in the place of another, `trials SEED START STOP` anything else."""
    module, _, name = judge.partition(":")
    judge_of = getattr(import_module(module), name)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if what == "trials":
        seed, start, stop = map(int, numbers)
        for number in range(start, stop):
            _try_one(judge_of, seed, number)
        return
    with tempfile.TemporaryDirectory() as folder:
        playbook = write_playbook(Path(folder))
        if what == "file":
            file, path = numbers
            _judge_one(judge_of, playbook, -1, path, Path(file).read_bytes())
        else:
            seed, start, stop = map(int, numbers)
            for number in range(start, stop):
                _judge_one(judge_of, playbook, number, *case(seed, number))


def _try_one(judge: Trial, seed: int, number: int) -> None:
    _tell(begun=number)
    start = time.perf_counter()
    try:
        faults = list(judge(seed, number))
    except Exception:  # noqa: BLE001 - whatever is raised is what we look for
        faults = [f"raised {traceback.format_exc()}"]
    _tell(ended=number, seconds=time.perf_counter() - start, peak=_peak(), size=0, accepted=False, faults=faults)


def _judge_one(judge: Judge, playbook: Path, number: int, path: str, data: bytes) -> None:
    _tell(begun=number)
    file = playbook / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    memory, start = _peak(), time.process_time()
    try:
        faults = list(judge(playbook, path))
        accepted = ACCEPTED in faults
    except Exception:  # noqa: BLE001 - whatever is raised is what we look for
        faults, accepted = [f"raised {traceback.format_exc()}"], False
    seconds, grown = time.process_time() - start, _peak() - memory
    if seconds > SECONDS + SECONDS_PER_MB * len(data) / 1e6:
        faults.append(f"took {seconds:.1f} s of the processor for {len(data):,} bytes")
    if grown > MOST_MB:
        faults.append(f"took {grown:.0f} MB more memory")
    faults = [fault for fault in faults if fault != ACCEPTED]
    _tell(ended=number, seconds=seconds, peak=_peak(), size=len(data), accepted=accepted, faults=faults)
    file.unlink()
    if path in BASE:
        file.write_text(BASE[path])


def _peak() -> float:
    """The most memory that this process ever had, in megabytes. Linux says it apart from what the process had that began this one."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1] if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024


def _tell(**settings: object) -> None:
    print(json.dumps(settings), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
