"""Everything that a check finds: problems of the data, promises that releases made, what would stop a build, and warnings.

Takes the playbook's folder. Returns problems, sorted.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from macros.files.layout import DATA, DOCS, INBOUND_FILE, RELEASES, SITE_SETTINGS, is_read
from macros.playbook.load import WatchFiles, read_playbook
from macros.playbook.playbook import Playbook
from macros.problems.problem import Problem, file_problem, sort_problems, with_warnings

if TYPE_CHECKING:
    from macros.site.inbound.known import Inbound


def check_playbook(root: Path, *, strict: bool = False, within: Sequence[Path] = (), watch: WatchFiles = iter) -> tuple[Problem, ...]:
    """Every problem of the playbook in `root`, or those of the files and folders `within`; if `strict`, warnings are errors.

    Promises, pages written by hand, mkdocs.yml and gaps between entries are looked at only if the data has no problems: if that is why one of
    `within` has none, it is told. So is what the check does not read at all.
    """
    playbook, problems = read_playbook(root, watch=watch)
    found = problems_between(root, playbook, strict=strict) if playbook else problems
    if not within:
        return found
    asked = [verdict for path in within for verdict in _verdict(root, path, found, is_whole=playbook is not None)]
    is_told = playbook and any(path.as_posix() == INBOUND_FILE for path in within)
    return sort_problems((*asked, *(_notes_on_links(root, playbook) if is_told else ())))


def _notes_on_links(root: Path, playbook: Playbook) -> Iterator[Problem]:
    """Links from other sites that work and could be newer: of interest to whoever asks for that file, and to nobody else."""
    from macros.site.inbound.problems import inbound_notes  # noqa: PLC0415 - as below

    yield from inbound_notes(inbound_of(root, playbook))


def inbound_of(root: Path, playbook: Playbook) -> Inbound:
    """The known links of other sites to the playbook in `root`, with what became of each."""
    from macros.engines.mkdocs.settings import SiteSettings, read_settings  # noqa: PLC0415 - as below
    from macros.site.inbound.known import Inbound  # noqa: PLC0415
    from macros.site.ledger.ledger import read_ledger  # noqa: PLC0415

    settings = read_settings(root)
    return Inbound(read_ledger(root, playbook), settings.address if isinstance(settings, SiteSettings) else "")


def _verdict(root: Path, path: Path, found: Sequence[Problem], *, is_whole: bool) -> Iterator[Problem]:
    """The problems of one file or folder, or what was not looked at."""
    own = [problem for problem in found if Path(problem.location.file).is_relative_to(path)]
    yield from own
    if not is_read(root, path.as_posix()):
        yield from () if own else (_not_read(root, path),)
    elif not is_whole and not any(problem.severity == "error" for problem in own):
        yield _half_checked(path, found[0])


def _not_read(root: Path, path: Path) -> Problem:
    message = "nothing in this folder is read by the check" if (root / path).is_dir() else "the check does not read this file"
    help = f"it reads the entries in {DATA}/, the releases, the pages in {DOCS}/ and {SITE_SETTINGS}"
    return replace(file_problem(path.as_posix(), "not-read", message, help), severity="note")


def _half_checked(path: Path, first: Problem) -> Problem:
    """A file that is right for itself is not right yet: what leads from it and to it may be wrong."""
    at = first.location
    message = "it has no problem of its own; but its links, the promises of releases and the gaps between entries were not looked at"
    help = f"first correct what is wrong elsewhere, beginning with {at.file}:{at.line}:{at.column}: {first.message}"
    return file_problem(path.as_posix(), "half-checked", message, help)


def problems_between(root: Path, playbook: Playbook, *, strict: bool) -> tuple[Problem, ...]:
    """What is wrong although each file is right for itself. A folder that holds nothing but data is spared the import of what makes a site."""
    names_former = any(getattr(entry, "former_anchors", ()) for entry in playbook.entries.values())
    if (
        not names_former
        and not playbook.settings.withdrawn_pages
        and not playbook.inbound.sites
        and not any(os.path.lexists(root / name) for name in (RELEASES, DOCS, SITE_SETTINGS, "overrides"))
    ):
        from macros.playbook.checks.coverage import coverage_warnings  # noqa: PLC0415 - as below

        return with_warnings((), coverage_warnings(playbook), strict=strict)
    from macros.engines.mkdocs.check import site_problems  # noqa: PLC0415 - takes longer to import than most checks take
    from macros.engines.mkdocs.settings import read_settings  # noqa: PLC0415
    from macros.site.ledger.ledger import read_ledger  # noqa: PLC0415

    return site_problems(root, read_ledger(root, playbook), read_settings(root), strict=strict)
