"""How fast `playbook check` is, against what nobody can do without: reading the same files."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from macros.problems.closest import closest
from tests.bench.generated import generated_entries
from tests.bench.timing import best
from tests.support.playbooks import write_playbook

_BARE = """
import pathlib, sys, yaml
for file in pathlib.Path(sys.argv[1]).rglob("*.yml"):
    yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
"""


def measure_check(folder: Path, entries: int) -> None:
    """The whole command against what reading the same files with nothing but libyaml takes, both in processes of their own."""
    write_playbook(folder, generated_entries(entries))
    size = sum(file.stat().st_size for file in folder.rglob("*.yml")) / 1e6
    bare = best(lambda: subprocess.run([sys.executable, "-c", _BARE, folder], check=True))
    strict = [sys.executable, "-m", "macros", "-C", folder, "check", "--strict"]
    ours = best(lambda: subprocess.run(strict, stdout=subprocess.DEVNULL, check=True))
    print(
        f"check: {entries:,} entries, {size:.1f} MB: bare yaml.load {bare:.2f} s, `playbook check --strict` {ours:.2f} s = {ours / bare:.1f} times bare"
    )
    files = sorted(folder.rglob("barriers/*.yml"))[:20]
    for file in files:
        file.write_text(re.sub(r"(hits: \[)(\w)", r"\1x\2", file.read_text("utf-8"), count=1), "utf-8")
    with_typos = best(lambda: run_check(folder))
    print(f"check: the same with {len(files)} misspelt ids {with_typos:.2f} s = {with_typos / bare:.1f} times bare")


def measure_closest(ids: int) -> None:
    """How long a check waits for the guess at each id that names nothing."""
    words = ("data-sharing", "shared-budgets", "find-who-decides")
    names = [f"{word}-{number}" for word in words for number in range(ids // len(words))]
    spent = best(lambda: closest("find-who-deceides-17", names))
    print(f"closest: one wrong id among {len(names):,} takes {1000 * spent:.1f} ms")


def run_check(folder: Path) -> None:
    """`playbook check`, whatever it finds."""
    subprocess.run([sys.executable, "-m", "macros", "-C", folder, "check"], capture_output=True, check=False)
