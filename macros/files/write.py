"""Writes files outside of the playbook's data, such as exports: each is whole, and none is touched before all could be written.

Takes a folder and what its files should hold. Raises UserError if the folder or the disk does not take them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from macros.files.signals import signals_wait
from macros.problems.machine_error import reason_of
from macros.problems.user_error import UserError


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes `files`, from paths inside `folder` to contents, in the place of what was there.

    Each is first written into a hidden folder beside the others, so that a disk that takes no more leaves the old ones.

    Raises: UserError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".export-", dir=folder, ignore_cleanup_errors=True) as staged:
            for number, (path, content) in enumerate(files.items()):
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                Path(staged, str(number)).write_bytes(content)
            with signals_wait():
                for number, path in enumerate(files):
                    Path(staged, str(number)).replace(folder / path)
    except OSError as error:
        raise UserError(
            f"cannot write the files into {folder}: {reason_of(error)}", "name a folder that you may write, on a disk with room"
        ) from None
