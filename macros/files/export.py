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

_THE_SAME_EVERYWHERE = ("core.sparseCheckout=false", "core.splitIndex=false", f"core.hooksPath={os.devnull}", "core.autocrlf=false", "core.eol=lf")
"""All files, with the line ends that they have in the commit, whatever git does with those in the folder."""
_SETTINGS = tuple(word for setting in _THE_SAME_EVERYWHERE for word in ("-c", setting))


def export_commit(root: Path, commit: str, folder: Path) -> Path:
    """Writes what the folder of the playbook held at `commit` into `folder`, and returns that."""
    tree = f"{commit}:{ask_git(root, 'rev-parse', '--show-prefix')}"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="playbook-index-") as scratch:
        places = {"GIT_DIR": ask_git(root, "rev-parse", "--absolute-git-dir"), "GIT_WORK_TREE": str(folder.resolve())}
        # `git archive` would leave out and rewrite what .gitattributes says so of
        for command in (["read-tree", tree], ["checkout-index", "--all"]):
            done = run_git(folder, *_SETTINGS, *command, environment={**places, "GIT_INDEX_FILE": str(Path(scratch, "index"))})
            if done.returncode:
                raise UserError(f"git cannot give the files of {commit[:10]}: {error_text(done.stderr)}", _remedy(root, done.stderr))
    for row in ask_git(root, "ls-tree", "-r", "-z", "--full-tree", tree).split("\0"):
        settings, _, path = row.partition("\t")
        if settings.startswith("120000 "):
            _require_inside(folder, path)
    return folder


def _remedy(root: Path, stderr: bytes) -> str:
    if b" filter " in stderr:
        return "install that program, such as git-lfs"
    return MAKE_ROOM if cannot_write(stderr) else f"fetch the whole history: {fetch_everything(root)}"


def _require_inside(folder: Path, link: str) -> None:
    """Content comes from the commit alone; the program and the theme's additions may be linked from elsewhere."""
    is_content = link.partition("/")[0] in (DATA, DOCS)
    if is_content and not Path(os.path.realpath(folder / link)).is_relative_to(folder.resolve()):
        raise UserError(f"{printable(link)} is a symbolic link that leads out of the playbook", "put the file itself there, and commit it")
