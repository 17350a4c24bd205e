"""The rename of an entry in the playbook of a folder: reads what it needs, and tries the changes out on a copy.

Takes the playbook's folder, its entries and two ids. Returns what is to be done. Raises UserError; nothing is changed here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from macros.authoring.dry_run import problems_after
from macros.authoring.editor_schemas import IDS_FILE, ids_file
from macros.authoring.ids import titles_of, used_ids, why_address_is_taken
from macros.authoring.rename.plan import Renaming, entry_to_rename, plan_renaming, require_free
from macros.files.layout import INBOUND_FILE
from macros.files.read import read_bytes, read_files
from macros.files.transaction import FileChange
from macros.playbook.playbook import Playbook
from macros.problems.user_error import InvalidPlaybook

ALSO_READ = ("mkdocs.yml", "*.md", "overrides/**/*.html", "docs/**/*.html", "docs/**/*.js", "docs/**/*.svg", "docs/**/*.json", "docs/**/*.yml")
"""Files that are never changed: lines in them that have the old id are reported."""
NOT_SEARCHED = ("CHANGELOG.md",)

WatchSteps = Callable[..., Iterable[Any]]
"""Passes on the files that it is given, one after the other; may show the progress, and what is being done: `doing`."""


def _silent(files: Sequence[Any], *, doing: str = "") -> Iterable[Any]:  # noqa: ARG001 - called like every WatchSteps
    return files


def prepare_renaming(root: Path, playbook: Playbook, old: str, new: str, *, watch: WatchSteps = _silent) -> Renaming:
    """The rename of `old` to `new`.

    Raises: UserError if it is not possible; InvalidPlaybook if the playbook would have problems afterwards.
    """
    files = [file for file in read_files(root)[0] if file.path != INBOUND_FILE]  # what other sites use stays, and leads on
    others = dict(_read(root, (file for pattern in ALSO_READ for file in root.glob(pattern) if file.name not in NOT_SEARCHED)))
    require_free(entry_to_rename(playbook, old), new, taken=used_ids(root), why_not=partial(why_address_is_taken, root))
    plan = plan_renaming(playbook, watch(files, doing="Renaming"), playbook.written, others, old=old, new=new)
    plan = replace(plan, changes=(*plan.changes, *_suggestions(root, playbook, old, new)))
    if problems := problems_after(root, plan.changes, watch=watch):
        raise InvalidPlaybook(problems, "the playbook would have problems afterwards, so nothing is changed")
    return plan


def _suggestions(root: Path, playbook: Playbook, old: str, new: str) -> Iterator[FileChange]:
    """The ids that editors suggest, if this playbook keeps a list of them."""
    before = read_bytes(root, IDS_FILE) if (root / IDS_FILE).exists() else None
    if isinstance(before, bytes):
        titles = {
            kind: {new if id == old else id: title for id, title in known.items()} for kind, known in titles_of(playbook.entries.values()).items()
        }
        yield FileChange(IDS_FILE, before, ids_file(titles, playbook.settings.tags))


def _read(root: Path, files: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for file in sorted(files):
        path = file.relative_to(root).as_posix()
        data = read_bytes(root, path)
        if isinstance(data, bytes):
            yield path, data
