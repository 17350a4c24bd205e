"""Things that may lie among the files of a playbook and are none of them: pipes, sockets, links that go round, names from other systems.

Takes a seed and a number. Returns what a command does wrong in such a playbook.
"""

from __future__ import annotations

import os
import socket
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path
from random import Random

from tests.fuzz.child import run
from tests.fuzz.command import rude
from tests.fuzz.machine import scratch

PLACES = ("playbook_data", "playbook_data/terms", "playbook_data/releases", "playbook_data/schemas", "docs", "docs/below")
NAMES = (
    *(
        "thing",
        "thing.yml",
        "thing.md",
        "thing.json",
        "thing.jsonl",
        "thing.png",
        "1.1.0.jsonl",
        "1.1.0.json",
        "0.9.jsonl",
        "playbook.yml",
        "index.md",
    ),
    *("con.yml", "nul.md", "data-sharing.yaml", "Data-Sharing.yml", "Index.md", ".hidden.yml", ".hidden.md", "-C.yml", " .yml", "..yml", "~x.md"),
    *("two\nlines.yml", "two\nlines.md", "\x1b[2J.yml", "\x1b[2J.md", "\u202ex.md", "😀.yml", "😀.md", "x" * 250 + ".yml", "x" * 250 + ".md"),
    *(unicodedata.normalize("NFD", "é.yml"), unicodedata.normalize("NFD", "é.md"), os.fsdecode(b"\xff.yml"), os.fsdecode(b"\xff.md"), "{{ x }}.md"),
)
COMMAND_LINES = tuple(
    line.split()
    for line in (
        *(
            "check --strict",
            "check playbook_data",
            "list",
            "show nao --json",
            "diff",
            "diff HEAD",
            "review --today 2026-11-22",
            "export ../temporary/out",
        ),
        *("new term Joint-plan", "rename data-sharing shared-data", "rename data-sharing shared-data --dry-run", "schema", "schema --check"),
        *("release 2.0.0 --on 2026-11-22", "review nao --by delivery-team --outcome Both-facts-stand --on 2026-11-22", "new term Thing --id thing"),
    )
)
NOT_COPIED = ("a pipe", "a socket")
"""What a build could not copy from docs/, whatever its name."""
_CHANGES = ("new", "rename", "schema", "release", "review")
LARGE = 3 << 30
"""Bytes that a file claims to have: more than there is memory."""


def judge(seed: int, number: int) -> Iterator[str]:
    """What is wrong with how commands end where the thing of that number lies about."""
    random = Random(f"{seed}:{number}")  # noqa: S311 - cases, not secrets
    place, name, (thing, make) = random.choice(PLACES), random.choice(NAMES), random.choice(tuple(THINGS.items()))
    with scratch() as (folder, _):
        (folder / place).mkdir(exist_ok=True)
        with chdir(folder / place):  # the path of a socket must be short
            try:
                make(Path(name))
            except OSError:
                return  # there is one already, or the disk does not take such names
        words = f"{thing} {place}/{name!r}"
        for line in (["check"], *random.sample(COMMAND_LINES, 3)):
            yield from (f"{words}, `playbook {' '.join(line)}`: {fault}" for fault in _misbehaviour(folder, line, f"{place}/{name}", thing))


def _misbehaviour(folder: Path, line: list[str], path: str, thing: str) -> Iterator[str]:
    before = _names(folder)
    done = run(folder, line)
    if said := rude(done):
        yield said
    if _names(folder) != before and (done.returncode or line[0] not in _CHANGES):
        yield f"it changed {', '.join(sorted(_names(folder) ^ before))}"
    if line == ["check"] and done.returncode == 0 and is_no_part(path, thing):
        yield "it is not told of"


def is_no_part(path: str, thing: str) -> bool:
    """Whether the thing would be taken for a part of the playbook, and can be none."""
    *folders, name = path.split("/")
    if name.startswith(".") or folders[-1] == "schemas":
        return False
    if folders[-1] == "releases" and thing == "a folder":
        return name.endswith((".json", ".jsonl"))
    return folders[0] == "playbook_data" or thing in NOT_COPIED or (name.endswith(".md") and thing not in ("an empty file", "a folder"))


def _names(folder: Path) -> frozenset[str]:
    """Every file and what it holds, as far as it is small."""
    return frozenset(f"{path}:{hash(data)}" for path, data in tree_of_plain_files(folder).items())


def tree_of_plain_files(folder: Path) -> dict[str, bytes]:
    """The files that may be read whole."""
    found = {}
    for top, folders, names in os.walk(folder):
        folders[:] = [each for each in folders if each != ".git"]
        for name in names:
            file = Path(top, name)
            if not file.is_symlink() and file.is_file() and file.stat().st_size < 1 << 20:
                found[file.relative_to(folder).as_posix()] = file.read_bytes()
    return found


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(os.fsencode(path))


def _large(path: Path) -> None:
    path.touch(exist_ok=False)
    os.truncate(path, LARGE)


def _deep(path: Path) -> None:
    path.mkdir()
    with chdir(path):
        for _ in range(150):
            Path("deeper-and-deeper-and-deeper").mkdir()
            os.chdir("deeper-and-deeper-and-deeper")
        Path("page.md").write_text("# A page\n", "utf-8")


THINGS: dict[str, Callable[[Path], None]] = {
    "a pipe": os.mkfifo,
    "a socket": _socket,
    "a folder": Path.mkdir,
    "folders beyond the longest path": _deep,
    "a link to nowhere": lambda path: path.symlink_to("nowhere"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to the folder above": lambda path: path.symlink_to(".."),
    "a link out of the playbook": lambda path: path.symlink_to("/etc/passwd"),
    "an empty file": lambda path: path.touch(exist_ok=False),
    "a file that is too large": _large,
    "bytes of another program": lambda path: path.open("xb").write(b"\x89PNG\r\n\x1a\n\x00\xff" * 9) and None,
}
