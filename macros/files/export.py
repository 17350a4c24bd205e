"""The files of a commit in a folder of their own: nothing that is not committed is among them.

`export_commit` takes the playbook's folder, a commit and an empty folder. Raises UserError.
"""

from __future__ import annotations

import io
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
    try:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(folder, filter=_inside)  # noqa: S202 - the filter keeps everything inside
    except tarfile.FilterError as refused:
        name = printable(refused.tarinfo.name)
        raise UserError(f"{name} is a symbolic link that leads out of the playbook", "put the file itself there, and commit it") from None
    return folder


def _inside(member: tarfile.TarInfo, folder: str) -> tarfile.TarInfo | None:
    """Content comes from the commit alone; the program and the theme's additions may be linked from elsewhere."""
    is_content = member.name.partition("/")[0] in (DATA, DOCS)
    return tarfile.data_filter(member, folder) if is_content else tarfile.tar_filter(member, folder)
