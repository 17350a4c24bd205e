"""A command that is stopped at one of the moments in which it changes files: `python -m tests.support.stopped FOLDER MOMENT HOW MODULE …`.

MOMENT is the number of a change in FOLDER, or how the path of the file ends that is to be written. HOW is the number of a signal, or the name of an
error such as ENOSPC, with which this change is refused, and all later ones that need room. `moments_of` returns all changes of a command that is not stopped.
"""

from __future__ import annotations

import errno
import hashlib
import os
import runpy
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.support.forked_modules import run_module
from tests.support.sites import QUIET

NEEDS_ROOM = frozenset(("open", "os.mkdir", "os.link"))
DELETES = frozenset(("os.remove", "os.rmdir"))
CHANGES = NEEDS_ROOM | DELETES | {"os.rename", "os.chmod"}
LOG = "PLAYBOOK_MOMENTS"
"""The variable of the environment that names the file for the list of all changes."""


def stopped(root: Path, moment: int | str, how: str, module: str, *arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """How `python -m module arguments` ends in `root`, if it is stopped while it changes `folder`."""
    return run_module(root, __name__, [str(folder or root), str(moment), how, module, *arguments], QUIET)


def moments_of(root: Path, module: str, *arguments: str) -> list[str]:
    """Each change that the command makes in `root`, as the name of the event and the path."""
    log = root.with_name(f"{root.name}-moments")
    done = run_module(root, __name__, [str(root), "0", "0", module, *arguments], {**QUIET, LOG: str(log)})
    assert done.returncode == 0, done.stderr
    return log.read_text("utf-8").splitlines()


def digest(folder: Path) -> str:
    """Of the names and contents of all files, with the names of hidden ones too."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    return hashlib.sha256(repr(files).encode()).hexdigest()


def main(folder: str, moment: str, how: str, module: str, *arguments: str) -> None:
    """Becomes the command."""
    sys.addaudithook(_Watch(folder, moment, how))
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


class _Watch:
    def __init__(self, folder: str, moment: str, how: str) -> None:
        self.folder, self.moment, self.how = folder, moment, how
        self.seen, self.is_full, self.pid = 0, False, os.getpid()
        self.log = Path(os.environ[LOG]).open("w", encoding="utf-8") if LOG in os.environ else None  # noqa: SIM115 - closed by the end

    def __call__(self, event: str, found: Sequence[object]) -> None:
        path = self._changed(event, found)
        if not path:
            return
        self.seen += 1
        if self.log:
            print(event, path, file=self.log, flush=True)
        is_now = str(self.seen) == self.moment or (not self.moment.isdecimal() and path.endswith(self.moment))
        if is_now and self.how.isdecimal():
            os.kill(self.pid, int(self.how))
        elif is_now or (self.is_full and event in NEEDS_ROOM):
            self.is_full = True
            number = getattr(errno, self.how)
            raise OSError(number, os.strerror(number), path)

    def _changed(self, event: str, found: Sequence[object]) -> str:
        """The path that is changed in the folder; empty for all else. What is deleted may be named without its folder."""
        if event not in CHANGES or not isinstance(found[0], str | bytes | os.PathLike):
            return ""
        if event == "open" and not (found[2] or 0) & (os.O_WRONLY | os.O_RDWR):
            return ""
        path = os.fsdecode(found[0])
        whole = os.path.abspath(path)  # noqa: PTH100 - pathlib would look at the disk
        return path if event in DELETES or whole.startswith(f"{self.folder}/") else ""


if __name__ == "__main__":
    main(*sys.argv[1:])
