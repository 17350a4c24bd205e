"""What `playbook diff` compares: the playbook on disk, with a release or a revision of git.

Takes the playbook and the name of a base. Returns the difference, with the pages that show it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from macros.authoring.check import inbound_of
from macros.files.layout import latest_release, release_names
from macros.pages.affected import with_affected_pages
from macros.playbook.playbook import Playbook
from macros.problems.user_error import InvalidPlaybook
from macros.releases.diff.entries import compare
from macros.releases.diff.model import Diff, DiffBase
from macros.releases.git_revision import default_revision, find_revision, read_revision
from macros.releases.past import Past, page_records, read_past, read_released
from macros.releases.snapshot import snapshot_of
from macros.releases.store import read_release
from macros.releases.version import folder_of
from macros.site.inbound.touched import touched_links


def diff_since(root: Path, playbook: Playbook, base: str | None = None) -> Diff:
    """What changed since `base`: a release or a revision of git; without it, the latest release, else where this branch began.

    Raises: InvalidArgument if there is no such base; InvalidPlaybook if the release cannot be read.
    """
    head = Past(snapshot_of(playbook, page_records(playbook.written)), playbook)
    against, past = _base(root, base, playbook, head)
    if past.playbook:  # the copies of other playbooks' inventories are today's for both: no page changes because a site elsewhere did
        past = replace(past, playbook=replace(past.playbook, elsewhere=playbook.elsewhere))
    return _with_inbound(root, playbook, with_affected_pages(compare(past.snapshot, head.snapshot, against), past, head))


def _with_inbound(root: Path, playbook: Playbook, diff: Diff) -> Diff:
    """The difference, with the known links of other sites that it touches."""
    if not playbook.inbound.sites:
        return diff
    return replace(diff, inbound=touched_links(inbound_of(root, playbook), diff))


def _base(root: Path, name: str | None, playbook: Playbook, head: Past) -> tuple[DiffBase, Past]:
    version = latest_release(root) if name is None else release_called(root, name)
    if version is not None:
        release, problems = read_release(root, version)
        if problems:
            raise InvalidPlaybook(problems, "the release cannot be read")
        why = "the latest release" if name is None else "a release"
        return DiffBase(version, why=why), read_released(release.snapshot, playbook.settings, head.snapshot.pages or {})
    branch = playbook.settings.repository.branch if playbook.settings.repository else "main"
    against = default_revision(root, branch) if name is None else find_revision(root, name)
    revision = read_revision(root, against)
    return against, read_past(revision.files, revision.unread)


def release_called(root: Path, name: str) -> str | None:
    """The release of that name, or the newest that is published under it: `1.4` is the newest patch of 1.4."""
    names = release_names(root)
    return name if name in names else next((version for version in reversed(names) if folder_of(version) == name), None)
