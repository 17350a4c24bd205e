"""The files of a commit in a folder of their own: nothing that is not committed is among them.

`export_commit` takes the playbook's folder, a commit and an empty folder. Raises UserError.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from macros.files.git import MAKE_ROOM, ask_git, cannot_write, error_text, fetch_everything, run_git
from macros.files.layout import DATA, DOCS
from macros.problems.problem import printable
from macros.problems.user_error import UserError

_THE_SAME_EVERYWHERE = (
    *("core.sparseCheckout=false", "core.splitIndex=false", f"core.hooksPath={os.devnull}"),
    *("core.autocrlf=false", "core.eol=lf"),
)
"""All files, with the line ends that they have in the commit, whatever git does with those in the folder."""


def export_commit(root: Path, commit: str, folder: Path) -> Path:
    """Writes what the folder of the playbook held at `commit` into `folder`, and returns that."""
    top, prefix = (ask_git(root, "rev-parse", option) for option in ("--show-toplevel", "--show-prefix"))
    tree = f"{commit}:{prefix}"
    with tempfile.TemporaryDirectory(prefix="playbook-index-") as scratch:
        index = Path(scratch, "index")
        # `git archive` would leave out and rewrite what .gitattributes says so of
        for command in (["read-tree", tree], ["checkout-index", "--all", f"--prefix={folder.resolve()}/"]):
            _run(root, Path(top), commit, index, command)
    for link in ask_git(Path(top), "ls-tree", "-r", "-z", "--full-tree", tree).split("\0"):
        settings, _, path = link.partition("\t")
        if settings.startswith("120000 "):
            _require_inside(folder, path)
    return folder


def _run(root: Path, top: Path, commit: str, index: Path, command: list[str]) -> None:
    options = [word for setting in _THE_SAME_EVERYWHERE for word in ("-c", setting)]
    done = run_git(top, *options, *command, environment={"GIT_INDEX_FILE": str(index)})
    if done.returncode:
        raise UserError(f"git cannot give the files of {commit[:10]}: {error_text(done.stderr)}", _remedy(root, done.stderr))


def _remedy(root: Path, stderr: bytes) -> str:
    if b" filter " in stderr:
        return "install that program, such as git-lfs"
    return MAKE_ROOM if cannot_write(stderr) else f"fetch the whole history: {fetch_everything(root)}"


def _require_inside(folder: Path, link: str) -> None:
    """Content comes from the commit alone; the program and the theme's additions may be linked from elsewhere."""
    is_content = link.partition("/")[0] in (DATA, DOCS)
    if is_content and not Path(os.path.realpath(folder / link)).is_relative_to(folder.resolve()):
        raise UserError(f"{printable(link)} is a symbolic link that leads out of the playbook", "put the file itself there, and commit it")
