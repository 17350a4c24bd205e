"""The names of files below docs/: whether every disk can hold them, and whether a page at such an address can be linked to for years.

`check_docs_names` takes the playbook's folder and paths of files in it. Returns a problem for each name that has to change.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from macros.files.layout import DOCS
from macros.problems.problem import Problem, file_problem, printable
from macros.schema.patterns import is_device, slug_of

LEFT_OUT = "templates"
"""A folder right below docs/ that MkDocs never publishes."""
_OTHER_ENDINGS = frozenset({".markdown", ".mdown", ".mkdn", ".mkd", ".md"})
"""What MkDocs takes for a page too, and `.MD`, which it takes for a file to download."""
_IN_ADDRESS = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')

_NO_TEXT = re.compile("[\ud800-\udfff]")
"""What Python makes of bytes in a name that are not UTF-8."""


def check_docs_names(root: Path, paths: Iterable[str]) -> Iterator[Problem]:
    """Returns at most one problem for each file."""
    for path in paths:
        name = PurePosixPath(path.removeprefix(f"{DOCS}/"))
        problem = (
            _left_out(path, name)
            or _not_in_text(root, path, name)
            or _not_on_windows(root, path, name)
            or _other_ending(root, path, name)
            or _not_in_address(root, path, name)
        )
        if problem:
            yield problem


def _left_out(path: str, name: PurePosixPath) -> Problem | None:
    if name.parts[0] != LEFT_OUT or len(name.parts) == 1:
        return None
    message = f"MkDocs leaves out all that is in {DOCS}/{LEFT_OUT}/, so that no reader sees it"
    return file_problem(path, "left-out", message, "rename that folder, or move the file")


def _not_in_text(root: Path, path: str, name: PurePosixPath) -> Problem | None:
    if not _NO_TEXT.search(path):
        return None
    message = f"its name is not in UTF-8, so that no address can lead to it: '{printable(str(name))}'"
    return file_problem(path, "bad-name", message, _rename(root, path, name))


def _not_on_windows(root: Path, path: str, name: PurePosixPath) -> Problem | None:
    device = next((part for part in name.parts if is_device(part)), None)
    if device:
        message = f"'{printable(device)}' is the name of a device on Windows, where no file or folder can be called so"
        return file_problem(path, "bad-name", message, "give it another name")
    odd = next((part for part in name.parts if _NOT_ON_WINDOWS.search(part)), None)
    if odd:
        what = "ends in a full stop or a space" if odd[-1] in ". " else f"has {_NOT_ON_WINDOWS.search(odd)[0]!r} in it"
        return file_problem(path, "bad-name", f"no disk of Windows can hold a name that {what}: '{printable(odd)}'", _rename(root, path, name))
    return None


def _other_ending(root: Path, path: str, name: PurePosixPath) -> Problem | None:
    if name.suffix == ".md" or name.suffix.lower() not in _OTHER_ENDINGS:
        return None
    return file_problem(path, "wrong-ending", f"the file ends in {name.suffix}, so it is not read as a page", _rename(root, path, name))


def _not_in_address(root: Path, path: str, name: PurePosixPath) -> Problem | None:
    odd = next((part for part in name.with_suffix("").parts if not _IN_ADDRESS.fullmatch(part)), None) if name.suffix == ".md" else None
    if odd is None:
        return None
    message = f"a page's address is made from its path, and '{printable(odd)}' cannot be a part of an address that lasts"
    return file_problem(path, "bad-name", message, f"use letters from a to z, digits and hyphens; {_rename(root, path, name)}")


def _rename(root: Path, path: str, name: PurePosixPath) -> str:
    """A better name, unless it is taken."""
    ending = ".md" if name.suffix.lower() in _OTHER_ENDINGS else name.suffix.lower()
    ending = f".{slug_of(ending)}" if slug_of(ending) else ""
    parts = [slug_of(part) for part in name.with_suffix("").parts]
    if not all(parts):
        return f"give it a name such as short-guide{ending}"
    new = f"{DOCS}/{'/'.join(parts)}{ending}"
    if new != path and os.path.lexists(root / new):
        return f"{new} is there already: put both into one file, or give this one another name"
    return f"rename it to {new}"
