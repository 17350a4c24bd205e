"""Everything that a check finds: problems of the data, promises that releases made, and warnings.

Takes the playbook's folder. Returns problems, sorted.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from macros.files.layout import RELEASES
from macros.playbook.checks.coverage import coverage_warnings
from macros.playbook.load import WatchFiles, read_playbook
from macros.playbook.playbook import Playbook
from macros.problems.problem import Problem, with_warnings


def check_playbook(root: Path, *, strict: bool = False, within: Sequence[Path] = (), watch: WatchFiles = iter) -> tuple[Problem, ...]:
    """Every problem of the playbook in `root`, or those of the files and folders `within`; if `strict`, warnings are errors.

    Promises and warnings are checked only if the data has no problems.
    """
    playbook, problems = read_playbook(root, watch=watch)
    if playbook:
        problems = broken_promises(root, playbook)
    found = with_warnings(problems, coverage_warnings(playbook) if playbook else (), strict=strict)
    return tuple(p for p in found if not within or any(Path(p.location.file).is_relative_to(path) for path in within))


def broken_promises(root: Path, playbook: Playbook) -> tuple[Problem, ...]:
    """What the releases promised and the playbook does not keep. A playbook without promises is spared the import of the ledger."""
    pages = playbook.pages.values()
    names_former = any(getattr(page, "formerly", ()) for page in pages) or any(
        getattr(each, "former_anchors", ()) for each in (*playbook.entries.values(), *pages)
    )
    if not names_former and not playbook.settings.withdrawn_pages and not os.path.lexists(root / RELEASES):
        return ()
    from macros.site.ledger.check import ledger_problems  # noqa: PLC0415 - takes longer to import than most checks take
    from macros.site.ledger.ledger import read_ledger  # noqa: PLC0415

    return ledger_problems(read_ledger(root, playbook))
