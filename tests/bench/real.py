"""What the playbook of this repository costs: its check, its build, and what a reader loads."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

from tests.bench.check import run_check
from tests.bench.timing import best, seconds
from tests.support.sites import PROJECT, build_in_new_process

_SHOWN = ("index.html", "barriers/data-sharing/index.html", "search/index.json")


def measure_real_playbook(folder: Path) -> None:
    """The real playbook with its releases and without, and the size of some of its pages."""
    for part in ("playbook_data", "docs"):
        shutil.copytree(PROJECT / part, folder / part, ignore=shutil.ignore_patterns("releases"))
    check, without = best(lambda: run_check(PROJECT)), best(lambda: run_check(folder))
    print(f"real playbook: `playbook check` {check:.2f} s with its releases, {without:.2f} s without = {check / without:.2f} times")
    site = folder / "site"
    print(f"real playbook: `mkdocs build` {seconds(lambda: build_in_new_process(PROJECT, '--site-dir', str(site))):.2f} s")
    for name in _SHOWN:
        data = (site / name).read_bytes()
        print(f"  {name}: {len(data) / 1000:.0f} KB, {len(gzip.compress(data)) / 1000:.1f} KB packed")
