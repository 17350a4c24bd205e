"""What must hold of any command in any state of the machine: it ends, in words, with the files as they were or as they should be.

Takes a seed and a number. Returns what does not hold.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from macros.engines.mkdocs.strict_build import build_strictly
from tests.fuzz.child import Done, import_commands, run
from tests.fuzz.command import rude
from tests.fuzz.states import Trial, trial
from tests.support.playbooks import BASE
from tests.support.releases import record_release
from tests.support.repositories import commit, edit, git
from tests.support.sites import write_project

Tree = dict[str, bytes]
_DATA = ("playbook_data", "docs")
_VERDICTS = ("check", "list", "show", "diff", "export", "release", "rename")
"""Commands that say or do something of the whole playbook, and so must have read all of it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ends where nothing hinders it: the files before and after, and what a check says of each."""

    done: Done
    before: Tree
    after: Tree
    checks: tuple[str, str]


def judge(seed: int, number: int) -> Iterator[str]:
    """What does not hold of the command and the state of that number."""
    with scratch() as (folder, temporary), tempfile.TemporaryFile() as told:
        tried = trial(seed, number, folder, told.fileno())
        normal = outcome(tried.words)
        done = run(folder, tried.words, befall=tried.befall, environment={"TMPDIR": str(temporary), **tried.environment})
        told.seek(0)
        hindered = told.read().decode().split("\n")[:-1]
        faults = [*misbehaviour(tried, normal, done, hindered), *what_is_left(tried, normal, done, folder, temporary)]
        yield from (f"`playbook {' '.join(tried.words)}`, {tried.state}: {fault}" for fault in faults)


def misbehaviour(tried: Trial, normal: Outcome, done: Done, hindered: list[str]) -> Iterator[str]:
    """What is wrong with how a command ended, and with what it said."""
    if said := rude(done, also=tried.ends):
        yield said
    if tried.same and (done.returncode, _words(done)) != (normal.done.returncode, _words(normal.done)):
        yield f"it ends in another way: exit code {done.returncode}, {done.stdout[-200:]}{done.stderr[-200:]}"
    if tried.deaf and normal.done.stdout and done.returncode == 0:
        yield "nobody got what it said, and its exit code is 0"
    if done.returncode == 0 and not tried.deaf and _words(done) < _words(normal.done):
        yield f"it says less than it should: {done.stdout[-200:]}"
    if done.returncode == 0 and tried.words[0] in _VERDICTS and (unread := [path for path in hindered if _is_read(path)]):
        yield f"its exit code is 0, and it could not read {unread[0]}"
    if done.returncode in (1, 2) and not (done.stdout + done.stderr).strip() and not (tried.deaf or tried.mute or tried.same):
        yield "it does not say what went wrong"


def what_is_left(tried: Trial, normal: Outcome, done: Done, folder: Path, temporary: Path) -> Iterator[str]:
    """What is wrong with the files, once the next command has finished what was begun."""
    checked = run(folder, ["check"], environment={"TMPDIR": str(temporary)})
    left = tree(folder)
    if left not in (normal.before, normal.after) and tried.state != "a file is deleted while it is read":
        changed = sorted(path for path in {*left, *normal.before} if left.get(path) != normal.before.get(path))
        yield f"the files are neither as they were nor as they should be: {', '.join(changed)}"
        return
    if done.returncode == 0 and left == normal.before != normal.after:
        yield "its exit code is 0, and nothing has changed"
    if left in (normal.before, normal.after) and checked.stdout != normal.checks[left == normal.after]:
        yield f"a check says afterwards: {checked.stdout[-300:]}{checked.stderr[-300:]}"
    if done.returncode >= 0 and (stray := [path.name for path in temporary.iterdir()]):
        yield f"{', '.join(stray)} is left among the temporary files"


@cache
def outcome(words: tuple[str, ...]) -> Outcome:
    """How the command ends where nothing hinders it."""
    with scratch() as (folder, temporary):
        environment = {"TMPDIR": str(temporary)}
        before, first = tree(folder), run(folder, ["check"], environment=environment)
        done = run(folder, words, environment=environment)
        return Outcome(done, before, tree(folder), (first.stdout, run(folder, ["check"], environment=environment).stdout))


@contextmanager
def scratch() -> Iterator[tuple[Path, Path]]:
    """A playbook in a repository with two releases and what came after them, and a folder for temporary files; its site is `../site`."""
    with tempfile.TemporaryDirectory() as room:
        root = Path(os.path.realpath(room))
        shutil.copytree(_template(), root / "playbook", symlinks=True)
        (root / "temporary").mkdir()
        (root / "site").symlink_to(_template().with_name("site"))
        yield root / "playbook", root / "temporary"


@cache
def _template() -> Path:
    """Made once for each process, which deletes it in the end."""
    import_commands()
    _KEPT.append(room := tempfile.TemporaryDirectory())
    folder = write_project(Path(room.name) / "template", {"docs/about.md": "# About\n\nWords.\n"})
    git(folder, "init", "--quiet")
    commit(folder)
    record_release(folder, "1.0.0", on="2026-11-20")
    insight = "playbook_data/insights/shared-space.yml"
    edit(
        folder, {"playbook_data/barriers/locked.yml": _barrier("Locked"), insight: BASE[insight].replace("[data-sharing]", "[data-sharing, locked]")}
    )
    commit(folder)
    record_release(folder, "1.1.0", on="2026-11-21")
    term = "playbook_data/terms/joining-up.yml"
    edit(folder, {term: BASE[term].replace("meaning: ", "meaning: In short, ")})
    commit(folder)
    build_strictly(folder, folder.with_name("site"))
    return folder


_KEPT: list[tempfile.TemporaryDirectory[str]] = []


def _barrier(title: str) -> str:
    return BASE["playbook_data/barriers/data-sharing.yml"].replace("Data stays apart", title)


def tree(folder: Path) -> Tree:
    """Every file but git's own."""
    files = (file for file in folder.rglob("*") if file.is_file() and file.relative_to(folder).parts[0] != ".git")
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def _words(done: Done) -> int:
    """How much it said; a terminal may lack some of the characters."""
    return len(done.stdout.split())


def _is_read(path: str) -> bool:
    """Whether what the playbook says hangs on the file or folder."""
    top, _, rest = path.partition("/")
    return top in _DATA and not rest.startswith("schemas") and ".change" not in path
