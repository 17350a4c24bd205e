"""Pages as nobody should write them by hand: the check ends in words, and whatever it accepts, the strict build accepts too.

Takes a seed and a number, from which a batch of pages is made: one build for all that the check accepts. Returns what does not hold.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

from tests.fuzz.child import import_commands, run
from tests.fuzz.command import rude
from tests.fuzz.judge import placed_wrongly
from tests.fuzz.snippets import BLOCKS, FRONT_MATTER, INLINE, LINE_ENDS, PLAIN
from tests.support.sites import build, write_project

BATCH = 60
"""Pages of which one site is made."""
ROUNDS = 6
"""Checks until what is left is accepted: a link to a page that was taken out is wrong only then."""
Pages = Mapping[str, bytes]
Build = Callable[[Path], str]
"""From a project to what its strict build says; empty where it went well."""


def judge(seed: int, number: int) -> Iterator[str]:
    """What is wrong with how the check and the build take the pages of that batch."""
    import_commands()
    with tempfile.TemporaryDirectory() as room:
        project = write_project(Path(room) / "project", {"docs/about.md": "# About { #about }\n\n## Why\n\nWords.\n"})
        pages = {f"docs/page-{page}.md": page_of(Random(f"{seed}:{number}:{page}")) for page in range(BATCH)}  # noqa: S311
        _write(project, pages)
        faults: list[str] = []
        accepted = _accepted(project, pages, faults)
        yield from faults
        yield from (f"the check accepts what the build does not: {said}\n{_shown(page)}" for page, said in refused(project, accepted, strict_build))


def page_of(random: Random) -> bytes:
    """A page: front matter, blocks with pieces of text in them, and the line ends of one system or another."""
    blocks = [filled(random, random.choice(BLOCKS)) for _ in range(random.choice((1, 1, 2, 2, 3)))]
    front = random.choice(FRONT_MATTER) if random.random() < 0.2 else ""
    heading = filled(random, random.choice(("# A page\n\n",) * 5 + ("", "# §\n\n")))
    text = front + heading + "\n\n".join(blocks) + "\n"
    return text.replace("\n", random.choice(LINE_ENDS)).encode("utf-8", "surrogatepass")


def filled(random: Random, block: str) -> str:
    """The block, with a piece of text in the place of each `§`."""
    return re.sub("§", lambda _: random.choice(PLAIN if random.random() < 0.6 else INLINE), block)


def _accepted(project: Path, pages: Pages, faults: list[str]) -> dict[str, bytes]:
    """The pages that the check accepts together; what it says of the others is true of them."""
    left = dict(pages)
    for _ in range(ROUNDS):
        done = run(project, ["check", "--strict", "--format", "json"])
        if said := rude(done):
            faults.append(f"check: {said}")
            return {}
        rows = json.loads(done.stdout)
        faults += placed_wrongly(project, rows)
        wrong = {row["file"] for row in rows} & left.keys()
        if not rows:
            return left
        if not wrong:
            faults.append(f"the check blames other files than the pages: {sorted({row['file'] for row in rows})}")
            return {}
        for path in wrong:
            del left[path]
            (project / path).unlink()
    faults.append("the check finds something new each time")
    return {}


def refused(project: Path, pages: Pages, build_of: Build) -> list[tuple[bytes, str]]:
    """The pages that the build refuses, each with what it says; found by halves, and by their names where it gives them."""
    left, found = dict(pages), []
    while left and (said := build_of(project)):
        named = [path for path in left if path in said or path.removeprefix("docs/") in said]
        path = named[0] if named else _by_halves(project, left, build_of)
        found.append((left.pop(path), _about(said, path)))
        (project / path).unlink()
        for other in named[1:]:
            found.append((left.pop(other), _about(said, other)))
            (project / other).unlink()
    return found


def _by_halves(project: Path, pages: Pages, build_of: Build) -> str:
    """One page whose build fails, alone or with those before it."""
    paths = sorted(pages)
    low, high = 0, len(paths)
    while high - low > 1:
        middle = (low + high) // 2
        _remove(project, paths)
        _write(project, {path: pages[path] for path in paths[low:middle]})
        low, high = (low, middle) if build_of(project) else (middle, high)
    _write(project, pages)
    return paths[low]


def strict_build(project: Path) -> str:
    """What a strict build says that fails."""
    done = build(project, "--strict")
    said = "\n".join(line for line in (done.stdout + done.stderr).split("\n") if not line.startswith("INFO"))
    return "" if done.returncode == 0 else said.strip() or f"exit code {done.returncode}"


def _about(said: str, path: str) -> str:
    lines = [line for line in said.split("\n") if path in line or path.removeprefix("docs/") in line]
    return "\n".join(lines[:3] or said.split("\n")[-6:])


def _shown(page: bytes) -> str:
    return "\n".join(f"    {line}" for line in page.decode("utf-8", "replace").split("\n")[:30])


def _write(project: Path, pages: Pages) -> None:
    for path, content in pages.items():
        (project / path).write_bytes(content)


def _remove(project: Path, paths: Sequence[str]) -> None:
    for path in paths:
        (project / path).unlink(missing_ok=True)
    shutil.rmtree(project / "site", ignore_errors=True)
