"""What has happened to a file of a release, and how it comes back.

Takes the bytes of the file and the digest of those that were published. Returns words and commands for the problem.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping

from macros.files.journal import digest
from macros.files.layout import MANIFEST_ENDING, RELEASE_ENDING, RELEASES
from macros.problems.problem import Problem, file_problem, printable
from macros.releases.version import numbers_of
from macros.yamlfile.source import LARGE_FILE

_CONFLICT = re.compile(rb"^(?:<{7}|>{7}) ", re.MULTILINE)
_WINDOWS = "its line ends were changed from LF to CRLF"


def restore(*files: str) -> str:
    """Returns how files of a release come back: as the commit had them that made it."""
    return f"a release is never edited: bring it back with `{_restoring(*files)}`"


def stand_in_problem(file: str, data: bytes, version: str) -> Problem | None:
    """Returns the problem of a file in whose place git has put something else; None if it is the file itself."""
    if data.startswith(LARGE_FILE):
        help = f"fetch the file itself with `git lfs pull`; so that this does not happen again, take `{RELEASES}` out of what .gitattributes gives to LFS"
        return file_problem(file, "release-edited", "it is only a pointer to the file, which Git LFS keeps elsewhere", help)
    return _conflict_problem(file, data, version)


def _conflict_problem(file: str, data: bytes, version: str) -> Problem | None:
    """The problem of a file that git could not merge, because two branches made the same release."""
    if not _CONFLICT.search(data):
        return None
    message = f"git left a conflict in it: two branches recorded release {version}"
    files = [f"{RELEASES}/{version}{ending}" for ending in (RELEASE_ENDING, MANIFEST_ENDING)]
    help = f"keep the release of one branch, with `{_restoring(*files)}`, and record what the other one changed as the next release"
    return file_problem(file, "release-conflict", message, help)


def edited_problem(file: str, data: bytes, published: str, what: str) -> Problem:
    """Returns the problem of a file that has other bytes than those `published`, a digest; `what` says what it is not any more."""
    cause = next((cause for cause, undone in _CAUSES.items() if digest(undone(data)) == published), "a line was edited, added or lost")
    help = restore(file)
    if cause == _WINDOWS:
        help = f"add the line `{RELEASES}/* -text` to .gitattributes, so that git leaves line ends alone; then `rm {file}` and `{_restoring(file)}`"
    return file_problem(file, "release-edited", f"it is not what {what}: {cause}", help)


def forked_problem(version: str, other: str, before: str) -> Problem:
    """Returns the problem of a release that follows the same one as another: `before`, or none if both say that they are the first."""
    files = [f"{RELEASES}/{version}{ending}" for ending in (MANIFEST_ENDING, RELEASE_ENDING)]
    said = f"follow release {printable(before)}" if before else "say that they are the first"
    message = f"releases {version} and {other} both {said}: each was made on a branch of its own, and then the branches were merged"
    higher = numbers_of(version) > numbers_of(other)
    again = f"`playbook release {version}`" if higher else f"`playbook release` with a number above {other}"
    help = f"keep the one that is published, and make the other one again; for this one: `git rm {' '.join(files)}`, commit, then {again}"
    return file_problem(files[0], "release-fork", message, help)


def _restoring(*files: str) -> str:
    return f"git checkout $(git log -1 --diff-filter=A --format=%h -- {files[0]}) -- {' '.join(files)}"


def _in_order(data: bytes) -> bytes:
    """The lines by the ids that they begin with."""
    return b"".join(sorted(data.splitlines(keepends=True)))


_CAUSES: Mapping[str, Callable[[bytes], bytes]] = {
    _WINDOWS: lambda data: data.replace(b"\r\n", b"\n"),
    "the end of its last line was lost": lambda data: data + b"\n",
    "empty lines were added at its end": lambda data: data.rstrip(b"\r\n") + b"\n",
    "its lines were put in another order": _in_order,
    "an editor put an invisible mark at its beginning (U+FEFF)": lambda data: data.removeprefix(BOM_UTF8),
}
"""What may have happened, and what undoes it."""
