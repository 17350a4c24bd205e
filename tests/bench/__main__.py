"""`python -m tests.bench [ENTRIES]`: what a check, a build, an edit and a release cost, and the same pages in other programs.

Prints one line for each measurement. Processor time is that of a process and all it starts; times on the clock are the best of three where they are short.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.builds import Builds
from tests.bench.check import measure_check, measure_closest
from tests.bench.growth import measure_flat, measure_site
from tests.bench.preview import measure_large_preview, measure_preview
from tests.bench.programs import compare
from tests.bench.real import measure_real_playbook
from tests.bench.releases import measure_releases

ENTRIES = 1_000
MANY = 10
"""A large playbook has so many times the entries."""

MEASUREMENTS: dict[str, Callable[[Builds, int], None]] = {
    "closest": lambda _, entries: measure_closest(entries * MANY),
    "check": lambda builds, entries: measure_check(builds.folder / "check", entries * MANY),
    "programs": compare,
    "flat": lambda builds, entries: measure_flat(builds, entries, entries * MANY),
    "site": lambda builds, entries: [measure_site(builds, number) for number in (entries, entries * MANY)],
    "preview": lambda builds, _: measure_preview(builds.folder / "preview"),
    "preview-large": lambda builds, entries: measure_large_preview(builds.folder / "preview-large", entries * MANY),
    "releases": lambda builds, entries: measure_releases(builds.folder / "releases", entries // 2),
    "real": lambda builds, _: measure_real_playbook(builds.folder / "real"),
}
ONLY_BY_NAME = frozenset({"preview-large"})
"""Those that take minutes."""


def main() -> None:
    """Run every measurement, or the one that was named."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure speed and size; each ratio is of one run.")
    parser.add_argument("entries", nargs="?", type=int, default=ENTRIES, help=f"how many a usual playbook has; {ENTRIES:,} by default")
    parser.add_argument("--only", choices=MEASUREMENTS, help=f"run this measurement alone; {', '.join(ONLY_BY_NAME)} runs in no other way")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        builds = Builds(Path(folder))
        for name in [options.only] if options.only else [name for name in MEASUREMENTS if name not in ONLY_BY_NAME]:
            MEASUREMENTS[name](builds, options.entries)


if __name__ == "__main__":
    main()
