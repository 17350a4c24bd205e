"""What grows with the number of entries, and what does not."""

from __future__ import annotations

import gzip
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
        f"site: {entries:,} entries: {_size(site)}; the largest page {page.stat().st_size / 1000:.0f} KB ({page.relative_to(site)}); "
        f"the search {_size(site / 'search')}, of which a query of two words loads at most {_most_before_results(site / 'search')}"
    )


def _most_before_results(search: Path) -> str:
    """What a reader loads if each of two words is in the largest file there is, and each of eight results in another one."""
    index = search / json.loads((search / "index.json").read_text("utf-8"))["folder"]
    loaded = [search / "index.json", *_largest(index, "words-*", 2), *_largest(index, "pages-*", 8)]
    contents = [file.read_bytes() for file in loaded]
    return f"{sum(map(len, contents)) / 1000:.0f} KB, {sum(len(gzip.compress(each)) for each in contents) / 1000:.0f} KB packed"


def _largest(folder: Path, names: str, number: int) -> list[Path]:
    return sorted(folder.glob(names), key=lambda file: file.stat().st_size)[-number:]


def _size(folder: Path) -> str:
    sizes = [file.stat().st_size for file in folder.rglob("*") if file.is_file()]
    return f"{sum(sizes) / 1e6:.1f} MB in {len(sizes):,} files"
