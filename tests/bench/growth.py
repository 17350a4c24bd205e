"""What grows with the number of entries, and what does not."""

from __future__ import annotations

import json
from pathlib import Path

from tests.bench.builds import Builds


def measure_flat(builds: Builds, few: int, many: int) -> None:
    """Whether a page costs the same in a large playbook as in a small one, and what memory a build takes."""
    small, large = builds.of(few), builds.of(many)
    per_page = [1000 * each.spent.cpu / each.pages for each in (small, large)]
    print(
        f"flat: {few:,} entries {small.spent}, {many:,} entries {large.spent}: "
        f"{per_page[0]:.1f} and {per_page[1]:.1f} ms CPU a page = {per_page[1] / per_page[0]:.2f} times"
    )


def measure_site(builds: Builds, entries: int) -> None:
    """How large the site is, and its largest page."""
    site = builds.of(entries).project / "site"
    page = max(site.rglob("*.html"), key=lambda file: file.stat().st_size)
    print(
        f"site: {entries:,} entries: {_size(site)}, of it {_size(_index(site))} for the search; "
        f"the largest page {page.stat().st_size / 1000:.0f} KB ({page.relative_to(site)})"
    )


def _index(site: Path) -> Path:
    return site / "search" / json.loads((site / "search" / "index.json").read_text("utf-8"))["folder"]


def _size(folder: Path) -> str:
    sizes = [file.stat().st_size for file in folder.rglob("*") if file.is_file()]
    return f"{sum(sizes) / 1e6:.1f} MB in {len(sizes):,} files"
