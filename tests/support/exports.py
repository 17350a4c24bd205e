"""The exports of a playbook in a folder, without building its site."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from macros.playbook.load import load_playbook
from macros.playbook.playbook import Playbook
from macros.releases.past import read_released
from macros.site.exports.files import all_files
from macros.site.exports.published import Published
from macros.site.ledger.current import CurrentSite
from macros.site.ledger.ledger import Ledger, read_ledger
from macros.site.ledger.promises import promises_of
from tests.support.playbooks import Files, write_playbook
from tests.support.sites import PROJECT

SITE = "https://playbook.example.org/"


def published_from(folder: Path, address: str = SITE) -> Published:
    """What exports are made of, for the playbook in `folder`."""
    return Published(read_ledger(folder, load_playbook(folder)), address)


@cache
def real_playbook() -> Playbook:
    """This repository's own playbook, read once for all tests of a process: nobody can change it."""
    return load_playbook(PROJECT)


@cache
def real_published() -> Published:
    """What its exports are made of."""
    return Published(read_ledger(PROJECT, real_playbook()), SITE)


@cache
def real_files() -> dict[str, bytes]:
    """Its exports by their paths."""
    return all_files(real_published())


def small_published(folder: Path, files: Files | None = None, address: str = SITE) -> Published:
    """The same for the small playbook with `files` laid over it."""
    return published_from(write_playbook(folder, files), address)


def published_at(now: Published, number: int) -> Published:
    """The same as the release `number` of a playbook had it, counted from 0: its entries, and the releases until then."""
    releases = now.ledger.store.releases[: number + 1]
    past = read_released(releases[-1].snapshot, now.playbook.settings, now.ledger.current.written)
    assert past.playbook, releases[-1].version
    return Published(Ledger(now.ledger.store, CurrentSite(now.ledger.current.root, past.playbook, releases), promises_of(releases)), now.address)


def with_a_change(now: Published, id: str) -> Published:
    """The same after an edit of one entry that no release has."""
    entry, playbook = now.playbook.entries[id], now.playbook
    changed = replace(playbook, entries={**playbook.entries, id: entry.model_copy(update={"summary": "It says something else."})})
    return Published(replace(now.ledger, current=replace(now.ledger.current, playbook=changed)), now.address)
