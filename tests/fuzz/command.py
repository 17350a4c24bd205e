"""The real commands on broken playbooks: each in a process of its own, as a person runs it.

Takes cases. Returns what a command does that it should not.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

from tests.fuzz.child import import_commands
from tests.fuzz.child import run as run_child
from tests.fuzz.judge import CONTROL
from tests.fuzz.mutations import case
from tests.fuzz.seeds import Seed
from tests.support.playbooks import COMMAND, SECONDS, write_playbook
from tests.support.repositories import write_repository

Done = subprocess.CompletedProcess[str]
Run = Callable[[Path, Sequence[str]], Done]
"""From a folder and the words after `playbook` to how the command ended."""

COMMAND_LINES = (
    *("check", "check --strict", "check --format github", "check --format sarif", "list", "list --json", "show ID", "show ID --json", "export out"),
    *(
        "diff",
        "diff HEAD",
        "diff HEAD --format markdown",
        "diff HEAD --format json",
        "review",
        "review --json",
        "review --format markdown --within 99m",
    ),
    *(
        "review ID --by delivery-team --outcome Both-facts-stand --on 2026-01-01",
        "schema",
        "schema --check",
        "new term Joint-plan",
        "new stage Close",
    ),
    *("rename ID another-name --dry-run", "rename ID another-name", "rename data-sharing sharing-data", "check --format json"),
)
"""Everything that reads a playbook, one after the other in the same folder."""
FAULTS = ("Traceback (most", "a fault of the program", "Exception ignored")
"""What Python or the program itself says where the program is wrong."""
_CHANGES = ("rename", "review ID", "new", "schema")


def differences(seed: int, numbers: Iterable[int], *, workers: int = 2) -> dict[int, str]:
    """What `playbook check` does wrong with each case: nothing, for most."""
    numbers = tuple(numbers)
    with ThreadPoolExecutor(workers) as pool:
        said = pool.map(lambda number: difference(*case(seed, number)), numbers)
        return {number: fault for number, fault in zip(numbers, said, strict=True) if fault}


def judge(seed: int, number: int) -> Iterator[str]:
    """What any command does wrong with the broken file of that number."""
    import_commands()
    return rude_commands(case(seed, number), run=run_child)


def difference(path: str, data: bytes) -> str:
    """Another exit code than 0 or 1, a traceback, an answer that its exit code belies, another answer when asked again."""
    with tempfile.TemporaryDirectory() as folder:
        root = write_playbook(Path(folder), {path: data})
        first, again = (run(root, ("check", "--format", "json"), hash_seed=seed) for seed in (1, 2))
    if said := rude(first):
        return said
    if first.stdout != again.stdout:
        return "another answer when asked again"
    has_error = any(problem["severity"] == "error" for problem in json.loads(first.stdout))
    return "" if has_error == bool(first.returncode) else f"exit code {first.returncode}, and errors: {has_error}"


def rude_commands(broken: Seed, *, run: Run) -> Iterator[str]:
    """What any command does wrong in a repository with one broken file that nobody has committed yet."""
    path, data = broken
    with tempfile.TemporaryDirectory() as folder:
        root = write_repository(Path(folder))
        write_playbook(root, {path: data})
        for line in COMMAND_LINES:
            before = _contents(root)
            done = run(root, [word.replace("ID", PurePosixPath(path).stem) for word in line.split()])
            if said := rude(done):
                yield f"`playbook {line}`: {said}"
            if done.returncode and _contents(root) != before:
                yield f"`playbook {line}` failed, and changed a file"
            if "--dry-run" in line or not line.startswith(_CHANGES):
                yield from (f"`playbook {line}` changed {name}" for name in _changed(before, _contents(root)) if not name.startswith("out/"))


def _contents(root: Path) -> dict[str, bytes]:
    files = (file for file in root.rglob("*") if file.is_file() and ".git" not in file.parts)
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}


def _changed(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


def run(folder: Path, arguments: Sequence[str], *, hash_seed: int = 0) -> Done:
    """`playbook ...` in a folder. Python puts sets in another order for each `hash_seed`."""
    environment = {"PYTHONHASHSEED": str(hash_seed), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    line = [str(COMMAND), *arguments]
    return subprocess.run(line, cwd=folder, env=environment, capture_output=True, encoding="utf-8", errors="replace", timeout=SECONDS, check=False)


def rude(done: Done, *, also: Sequence[int] = ()) -> str:
    """How a command ended that should not end so: a traceback, a code that promises none, or what controls a terminal."""
    if done.returncode not in (0, 1, 2, *also) or any(word in done.stdout + done.stderr for word in FAULTS):
        return f"exit code {done.returncode}, {done.stderr[-800:]}"
    control = CONTROL.search(re.sub("\t", "", done.stdout + done.stderr))
    return f"a character that controls a terminal, U+{ord(control[0]):04X}" if control else ""
