"""What the machine refuses, in words: a full disk, a file that may not be read, an end of memory; and a fault of the program itself.

Takes any exception. Returns the UserError that every entry point shows in its place.
"""

from __future__ import annotations

import errno
import os
import traceback
from pathlib import Path

from macros.problems.problem import printable
from macros.problems.user_error import UserError

TRACEBACK = "PLAYBOOK_TRACEBACK"
"""The variable of the environment that lets a fault of the program show where it lies, for those who mend it."""
_PROGRAM = Path(__file__).parents[2]
_NOT_WRITTEN = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EBADF}
"""Refusals that can only be of something that was written."""
_REMEDIES = {
    errno.EACCES: "give yourself the right to use it, or ask its owner",
    errno.EPERM: "give yourself the right to use it, or ask its owner",
    errno.EROFS: "copy the playbook to a disk that may be written, and work there",
    errno.ENOSPC: "make room on the disk, then try again",
    errno.EDQUOT: "make room on the disk, then try again",
    errno.EFBIG: "raise the limit on the size of a file with `ulimit -f unlimited`, then try again",
    errno.EMFILE: "raise the limit on open files with `ulimit -n 1024`, then try again",
    errno.ENFILE: "close other programs, then try again",
    errno.ENOENT: "another program may have moved it; see what is there, then try again",
    errno.EBUSY: "another disk begins there, or another program uses it; name another folder, or end what uses it",
    errno.EIO: "make sure that the disk is in order and connected, then try again",
}
_OUTPUT = "send it elsewhere and try again; files that the command was to change are changed"


def error_in_words(error: Exception, *, writing: str = "") -> UserError:
    """The same error, as a person can act on it. `writing` is what was written then, because a disk that is full names no file."""
    match error:
        case UserError():
            return error
        case OSError():
            return _refusal(error, writing)
        case MemoryError():
            return UserError("there is not enough memory for this", "close other programs, then try again")
        case RecursionError():
            return UserError("something in the files is nested too deeply to be followed", "take the file out that you edited last, then try again")
    fault = f"{type(error).__name__}: {error}".rstrip(": ").splitlines()[0]
    return UserError(
        f"this is a fault of the program, not of what you wrote: {printable(fault)} ({_place(error)})",
        f"report it with the command that you typed; {TRACEBACK}=1 in front of the command shows more",
    )


def reason_of(error: OSError) -> str:
    """Why the system refused, in its own words: `no space left on device`."""
    return error.strerror.lower() if error.strerror else str(error) or "unknown error"


def shows_traceback() -> bool:
    """Whether somebody who mends the program wants to see where a fault lies."""
    return bool(os.environ.get(TRACEBACK))


def _refusal(error: OSError, writing: str) -> UserError:
    named = error.filename2 or error.filename
    if isinstance(named, str | bytes | os.PathLike):
        what = f"{printable(os.fsdecode(named))} cannot be used"
    elif error.errno in _NOT_WRITTEN and writing:
        what = f"{writing} cannot be written"
    elif error.errno in _NOT_WRITTEN:
        return UserError(f"the output cannot be written: {reason_of(error)}", _OUTPUT)
    else:
        what = "the system refused to read or write"
    return UserError(f"{what}: {reason_of(error)}", _REMEDIES.get(error.errno, "put that right, then try again"))


def _place(error: Exception) -> str:
    """The innermost line of the program itself, or of whatever raised the error."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_PROGRAM / "macros")]
    if not (frame := next(reversed(own or frames), None)):
        return "at an unknown place"
    file = Path(frame.filename)
    return f"{file.relative_to(_PROGRAM).as_posix() if file.is_relative_to(_PROGRAM) else file.name}, line {frame.lineno}"
