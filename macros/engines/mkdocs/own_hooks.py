"""Hooks of a playbook's own, which mkdocs.yml names beside that of the program: where one of them failed.

`fault_in_hook` takes what ended a build, or kept MkDocs from loading a hook, and returns a problem at the line of the hook.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from inspect import unwrap
from pathlib import Path
from types import TracebackType

import click

from macros.files.layout import find_root
from macros.problems.machine_error import shows_traceback
from macros.problems.problem import Location, Problem, problems_as_text, short

_OF_OTHERS = frozenset({"macros", "site-packages"})
"""Folders of hooks that belong to no playbook: those of the program, and of plugins that were installed."""


def fault_in_hook(error: BaseException) -> Problem | None:
    """The problem at the line of a hook that `error` comes from; None if it comes from no hook of the playbook's own."""
    for file, line in reversed([*_hooks_at_work(error.__traceback__)]):
        root = find_root(file.parent)
        path = file.resolve().relative_to(root) if root else file
        if root and _OF_OTHERS.isdisjoint(path.parts):
            return _problem(error, file, _line_in(file, error) or line, path.as_posix())
    return None


def tell_faults_in_hooks() -> None:
    """From now on, a hook that ends the process is told at its line: MkDocs itself tells no hook what fails while hooks are loaded, and as a build begins or ends."""
    sys.excepthook = _tell


def _tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if shows_traceback() or (fault := fault_in_hook(error)) is None:
        sys.__excepthook__(kind, error, trace)
    else:
        click.echo(problems_as_text((fault,)), err=True)


def _hooks_at_work(trace: TracebackType | None) -> Iterator[tuple[Path, int]]:
    """The files of hooks that MkDocs was loading or had called, from the outermost, each with the line where what it called begins."""
    for frame, _ in traceback.walk_tb(trace):
        if frame.f_code.co_name == "_load_hook" and "path" in frame.f_locals:
            yield Path(frame.f_locals["path"]), 1
        elif frame.f_code.co_name == "run_event" and (code := getattr(unwrap(frame.f_locals.get("method")), "__code__", None)):
            yield Path(code.co_filename), code.co_firstlineno


def _line_in(file: Path, error: BaseException) -> int | None:
    """The line of the file where the error arose, or from which it was called; None if it is not known."""
    if isinstance(error, SyntaxError) and error.filename == str(file):
        return error.lineno
    return next((number for frame, number in reversed([*traceback.walk_tb(error.__traceback__)]) if frame.f_code.co_filename == str(file)), None)


def _problem(error: BaseException, file: Path, line: int, path: str) -> Problem:
    lines = file.read_text("utf-8", "replace").splitlines() if file.is_file() else []
    excerpt = lines[line - 1] if line <= len(lines) else ""
    words = error.msg if isinstance(error, SyntaxError) and error.filename == str(file) else str(error)
    told = short(" ".join(f"{type(error).__name__}: {words}".split()).rstrip(": "), 200)
    first = "install what it needs, and add that to pyproject.toml" if isinstance(error, ImportError) else "correct it"
    return Problem(
        Location(path, line, 1, line, len(excerpt) + 1), "hook-fault", told, f"{first}; or take the hook out of `hooks:` in mkdocs.yml", "", excerpt
    )
