"""What the machine refuses is told in words: what it was, why, and what to do."""

from __future__ import annotations

import errno
import os
import shutil

import pytest

from macros.problems.machine_error import error_in_words
from macros.problems.user_error import UserError


def refused(number: int, *files: str) -> OSError:
    return OSError(number, os.strerror(number), *files)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (refused(errno.EACCES, "docs/a.md"), "docs/a.md cannot be used: permission denied\ngive yourself the right to use it, or ask its owner"),
        (refused(errno.ENOSPC, "site/a"), "site/a cannot be used: no space left on device\nmake room on the disk, then try again"),
        (
            refused(errno.EIO),
            "the system refused to read or write: input/output error\nmake sure that the disk is in order and connected, then try again",
        ),
        (refused(errno.EMFILE, "x"), "x cannot be used: too many open files\nraise the limit on open files with `ulimit -n 1024`, then try again"),
        (
            refused(errno.ENOSPC),
            "the output cannot be written: no space left on device\nsend it elsewhere and try again; files that the command was to change are changed",
        ),
        (refused(errno.EACCES, "\x1b[2J"), "�[2J cannot be used: permission denied\ngive yourself the right to use it, or ask its owner"),
        (refused(errno.ENOTEMPTY, "a"), "a cannot be used: directory not empty\nput that right, then try again"),
        (
            shutil.SpecialFileError("`docs/p.png` is a named pipe"),
            "the system refused to read or write: `docs/p.png` is a named pipe\nput that right, then try again",
        ),
        (MemoryError(), "there is not enough memory for this\nclose other programs, then try again"),
        (RecursionError(), "something in the files is nested too deeply to be followed\ntake the file out that you edited last, then try again"),
    ],
)
def test_a_refusal_says_what_why_and_what_to_do(error: Exception, said: str) -> None:
    assert str(error_in_words(error)) == said


def test_what_a_person_can_put_right_is_left_as_it_is() -> None:
    error = UserError("there is no such thing")
    assert error_in_words(error) is error


def test_a_fault_of_the_program_says_where_it_lies_and_how_to_see_more() -> None:
    try:
        {}["nothing-here\nat all"]
    except KeyError as fault:
        told = error_in_words(fault)
    assert told.message.startswith("this is a fault of the program, not of what you wrote: KeyError: 'nothing-here\\nat all' (tests/problems/")
    assert told.help == "report it with the command that you typed; PLAYBOOK_TRACEBACK=1 in front of the command shows more"
