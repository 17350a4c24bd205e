"""Releases for tests, written without the command: the entries of a playbook as they are, and nothing beside them."""

from __future__ import annotations

from pathlib import Path

from macros.playbook.load import load_playbook
from macros.releases.snapshot import snapshot_of, write_lines


def write_release(folder: Path, version: str) -> Path:
    """The playbook as it is, kept as a release of which nobody kept the day or the pages."""
    file = folder / f"playbook_data/releases/{version}.jsonl"
    file.parent.mkdir(exist_ok=True)
    file.write_text("".join(write_lines(snapshot_of(load_playbook(folder)).records.values())), "utf-8")
    return file
