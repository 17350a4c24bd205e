"""An error that a person can put right is shown in one place: its message, its remedy, and the exit code of its class."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner, Result

from macros.cli.command import Command
from macros.problems.problem import file_problem
from macros.problems.user_error import InvalidArgument, InvalidPlaybook, UserError, with_outcome


def raising(error: Exception) -> Result:
    """What a command that raises `error` prints."""

    @click.command("x", cls=Command, anywhere=True)
    def command() -> None:
        raise error

    return CliRunner().invoke(command)


def test_a_remedy_stands_below_the_message() -> None:
    done = raising(UserError("git is not installed", "install git"))
    assert (done.exit_code, done.output) == (1, "Error: git is not installed\ninstall git\n")


def test_a_message_may_stand_alone_and_moves_no_cursor() -> None:
    done = raising(UserError("there is no \x1b[2Jfile"))
    assert (done.exit_code, done.output) == (1, "Error: there is no �[2Jfile\n")


def test_what_was_typed_wrongly_ends_with_2_and_shows_the_usage() -> None:
    done = raising(InvalidArgument("'x' is no day"))
    assert (done.exit_code, done.output) == (2, "Usage: x [OPTIONS]\nTry 'x --help' for help.\n\nError: 'x' is no day\n")


def test_problems_stand_below_what_they_prevent() -> None:
    done = raising(InvalidPlaybook([file_problem("a.yml", "empty-file", "it is empty", "delete it")], "the release cannot be read"))
    assert done.exit_code == 1
    assert done.output == "Error: the release cannot be read\na.yml:1:1: error[empty-file] it is empty\n  help: delete it\n1 problem in 1 file\n"


def test_an_outcome_ends_the_remedy() -> None:
    with pytest.raises(UserError) as told, with_outcome("nothing is recorded"):
        raise UserError("git is not installed", "install git")
    assert str(told.value) == "git is not installed\ninstall git; nothing is recorded"
