"""Two files or folders exchange their names in one step, if the system has such a step: Linux and macOS do, on most disks.

`exchange` takes two paths on one disk.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

_HERE = -100
"""AT_FDCWD of Linux: a path that is not absolute begins in the current folder."""
_EXCHANGE, _SWAP = 2, 2
"""RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS."""
_NO_SUCH_STEP = frozenset((errno.EINVAL, errno.ENOSYS, errno.EXDEV, errno.ENOTSUP, errno.EOPNOTSUPP))
"""What a system or a disk answers that cannot do this."""


def exchange(one: Path, other: Path) -> bool:
    """Gives each the name of the other, so that at every moment there is something at both. Returns False, with nothing done, where that is not possible.

    Raises: OSError, which names `one`.
    """
    step = _step()
    if step is None:
        return False
    if step(os.fsencode(one), os.fsencode(other)) == 0:
        return True
    if (number := ctypes.get_errno()) in _NO_SUCH_STEP:
        return False
    raise OSError(number, os.strerror(number), str(one))


@cache
def _step() -> Callable[[bytes, bytes], int] | None:
    """The system's function, which returns 0 if all went well; None if it has none."""
    library = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return lambda one, other: library.renamex_np(one, other, ctypes.c_uint(_SWAP))
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        return lambda one, other: library.renameat2(_HERE, one, _HERE, other, ctypes.c_uint(_EXCHANGE))
    return None
