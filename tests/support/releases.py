"""Releases for tests, written without the command, which builds a site for each: what the check finds in the files is recorded.

A test of the command holds it against the finished site.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from macros.authoring.release import Recording, plan_release
from macros.authoring.release_number import release_number
from macros.files.layout import RELEASES
from macros.files.transaction import make_changes, make_folder
from macros.playbook.load import load_playbook
from macros.releases.snapshot import snapshot_of, write_lines
from macros.site.ledger.check import ledger_problems
from macros.site.ledger.ledger import Ledger, read_ledger
from macros.site.offers import Offer
from macros.text.heading_anchors import headings_in, paths_of
from tests.support.repositories import commit

DAY = "2026-11-26"


def write_release(folder: Path, version: str) -> Path:
    """The playbook as it is, kept as a release of which nobody kept the day or the pages."""
    file = folder / f"playbook_data/releases/{version}.jsonl"
    file.parent.mkdir(exist_ok=True)
    file.write_text("".join(write_lines(snapshot_of(load_playbook(folder)).records.values())), "utf-8")
    return file


def offer_of(ledger: Ledger, url: str) -> Offer:
    """What the page at `url` will offer when it is built, as far as its text shows it."""
    page = ledger.current.catalogue.by_url[url]
    text = ledger.current.written[page.path].text if page.kind == "written" else ""
    headings = headings_in(text)
    return dict.fromkeys(sorted(ledger.current.anchors(url)), ("A part",)) | {
        each.anchor: path for each, path in zip(headings, paths_of(headings), strict=True)
    }


def record_release(folder: Path, version: str, *, on: str = DAY, why: str = "") -> Recording:
    """Records and commits a release that must go well, as `playbook release` does."""
    ledger = read_ledger(folder, load_playbook(folder))
    assert ledger_problems(ledger) == ()
    offers = {url: offer_of(ledger, url) for url in ledger.current.pages}
    plan = plan_release(folder, ledger, release_number(ledger, version), on=date.fromisoformat(on), why=why, offers=offers)
    make_folder(folder, RELEASES)
    make_changes(folder, plan.changes)
    commit(folder)
    return plan
