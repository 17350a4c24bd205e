"""When each page last changed, for search engines: the days of releases, and never that of a build.

Above: a playbook after three releases, and a change that none has yet. Below: the days of its pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from macros.playbook.load import load_playbook
from macros.site.ledger.days import PageDays, days_of_changes, days_of_pages
from macros.site.ledger.ledger import read_ledger
from macros.site.sitemap import sitemap_file
from tests.support.playbooks import BASE, write_playbook
from tests.support.releases import record_release
from tests.support.repositories import commit, edit, git

OCTOBER, NOVEMBER, DECEMBER = "2026-10-01", "2026-11-01", "2026-12-01"
BARRIER, INSIGHT = "playbook_data/barriers/data-sharing.yml", "playbook_data/insights/shared-space.yml"
PAGES = {"docs/index.md": "# Home\n\nWords.\n", "docs/us.md": "# Us\n\nWe.\n", "docs/shown.md": '# Shown\n\n{{ entries("barriers") }}\n'}
CALLS = {
    '{{ entries("insights") }}': OCTOBER,
    '{{ entries("barriers") }} {{ entries("insights") }}': NOVEMBER,
    '{{ link("shared-space") }}': OCTOBER,
    '{{ link("data-sharing", "data") }}': NOVEMBER,
    '{{ fields("barriers") }}': OCTOBER,
    '{% raw %}{{ link("data-sharing") }}{% endraw %}': OCTOBER,
    "{{ relation_map() }}": NOVEMBER,
    '{{ link(label="space", id="shared-space") }}': NOVEMBER,
}


def three_releases(folder: Path, more: Mapping[str, str] | None = None) -> Path:
    write_playbook(folder, PAGES | (more or {}))
    git(folder, "init", "--quiet")
    commit(folder)
    record_release(folder, "1.0.0", on=OCTOBER)
    edit(folder, {BARRIER: BASE[BARRIER].replace("a part of the story", "part of it")})
    commit(folder)
    record_release(folder, "1.0.1", on=NOVEMBER)
    edit(folder, {"docs/us.md": None, "docs/team.md": "---\nformerly: [us/]\n---\n\n# Us\n\nAll of us.\n"})
    commit(folder)
    record_release(folder, "1.1.0", on=DECEMBER)
    edit(folder, {INSIGHT: BASE[INSIGHT].replace("Sit together", "Sit down together"), "docs/new.md": "# New\n\nWords.\n"})
    return folder


def test_a_page_has_the_days_on_which_releases_first_had_it_and_last_changed_it(tmp_path: Path) -> None:
    ledger = read_ledger(three_releases(tmp_path), load_playbook(tmp_path))
    days = days_of_pages(ledger.current)
    assert {url: days.get(url) for url in ("", "barriers/data-sharing/", "barriers/", "insights/", "shown/", "team/", "changes/", "print/")} == {
        "": PageDays(OCTOBER, OCTOBER),
        "barriers/data-sharing/": PageDays(OCTOBER, NOVEMBER),
        "barriers/": PageDays(OCTOBER, NOVEMBER),
        "insights/": PageDays(OCTOBER, OCTOBER),
        "shown/": PageDays(OCTOBER, NOVEMBER),
        "team/": PageDays(OCTOBER, DECEMBER),
        "changes/": PageDays(OCTOBER, DECEMBER),
        "print/": PageDays(OCTOBER, NOVEMBER),
    }
    assert "new/" not in days
    assert days["changes/1.0.1-to-1.1.0/"] == PageDays(DECEMBER, DECEMBER)
    assert days_of_changes(ledger)["us/"] == DECEMBER, "also where the newest version still has its former address"


def test_a_page_changes_with_what_its_calls_show(tmp_path: Path) -> None:
    pages = {f"docs/call-{number}.md": f"# Call {number}\n\n{call}\n" for number, call in enumerate(CALLS)}
    three_releases(tmp_path, pages)
    days = days_of_pages(read_ledger(tmp_path, load_playbook(tmp_path)).current)
    assert {call: days[f"call-{number}/"] for number, call in enumerate(CALLS)} == {call: PageDays(OCTOBER, day) for call, day in CALLS.items()}


def test_the_sitemap_says_the_day_of_each_page_that_has_one() -> None:
    assert sitemap_file(["a/", "ü/"], "https://example.org/", {"a/": OCTOBER}).decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        "  <url>\n    <loc>https://example.org/a/</loc>\n    <lastmod>2026-10-01</lastmod>\n  </url>\n"
        "  <url>\n    <loc>https://example.org/%C3%BC/</loc>\n  </url>\n"
        "</urlset>\n"
    )
