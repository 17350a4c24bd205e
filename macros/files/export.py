"""The files of a commit in a folder of their own: nothing that is not committed is among them.

`export_commit` takes the playbook's folder, a commit and an empty folder. Raises UserError.
"""

from __future__ import annotations

import io
import os
import tarfile
from pathlib import Path

from macros.files.git import ask_git, error_text, fetch_everything, run_git
from macros.files.layout import DATA, DOCS
from macros.problems.problem import printable
from macros.problems.user_error import UserError


def export_commit(root: Path, commit: str, folder: Path) -> Path:
    """Writes what the folder of the playbook held at `commit` into `folder`, and returns that."""
    top, prefix = (ask_git(root, "rev-parse", option) for option in ("--show-toplevel", "--show-prefix"))
    done = run_git(Path(top), "archive", "--format=tar", f"{commit}:{prefix}")
    if done.returncode:
        message = f"git cannot give the files of {commit[:10]}: {error_text(done.stderr)}"
        raise UserError(message, f"fetch the whole history: {fetch_everything(root)}")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extraction_filter = lambda member, _: member  # Python 3.11.2 has no filters, and those of later versions refuse links of the program
        members = [member for member in archive if member.isdir() or member.isfile() or member.issym()]
        members.sort(key=tarfile.TarInfo.issym)  # the links come last, so that no file is written through one
        archive.extractall(folder, members)  # noqa: S202 - git has no names that lead out of a folder
    for link in filter(tarfile.TarInfo.issym, members):
        _require_inside(folder, link.name)
    return folder


def _require_inside(folder: Path, link: str) -> None:
    """Content comes from the commit alone; the program and the theme's additions may be linked from elsewhere."""
    is_content = link.partition("/")[0] in (DATA, DOCS)
    if is_content and not Path(os.path.realpath(folder / link)).is_relative_to(folder.resolve()):
        raise UserError(f"{printable(link)} is a symbolic link that leads out of the playbook", "put the file itself there, and commit it")
