"""What a newcomer types: `make help` lists it all, and whatever keeps a target from its work is said in one line."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from macros.engines.preview import port_typed
from tests.lock.subtract import packages_in, subtract
from tests.support.playbooks import SECONDS
from tests.support.sites import PROJECT

MAKEFILE = (PROJECT / "Makefile").read_text("utf-8")


def make(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=os.environ | environment, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the Makefile alone, whose name is hard on a shell."""
    folder = tmp_path / "it's a folder"
    folder.mkdir()
    shutil.copy(PROJECT / "Makefile", folder)
    return folder


def made(folder: Path, where: str) -> None:
    """An environment of Python, as far as make looks at it, that was made in `where`."""
    (folder / ".venv/bin").mkdir(parents=True)
    (folder / ".venv/bin/python").symlink_to("/bin/true")
    (folder / ".venv/.made").write_text(where)


def test_help_lists_every_target_and_every_value(folder: Path) -> None:
    said = make(folder, "help").stdout
    targets = set(re.findall(r"^([a-z]+):(?!=)", MAKEFILE, re.MULTILINE)) - {"chromium", "moved"}
    assert set(re.findall(r"^  make ([a-z]+) +\S", said, re.MULTILINE)) == targets
    taken = (
        set(re.findall(r"^([A-Z]+) \?=", MAKEFILE, re.MULTILINE))
        | set(re.findall(r"\$\(if \$\(([A-Z]+)\),\"", MAKEFILE))
        | {"TAG", "WITHOUT", "REMOTE", "CHROMIUM"}
    )
    assert set(re.findall(r"^  ([A-Z]+)=\S* +\S", said, re.MULTILINE)) == taken


def test_make_alone_builds_the_site() -> None:
    assert next(re.finditer(r"^([a-z]+):(?!=)", MAKEFILE, re.MULTILINE))[1] == "site"


def test_a_python_that_is_not_there_is_not_called_too_old(folder: Path) -> None:
    done = make(folder, "PYTHON=python3.99", ".venv/.made")
    assert done.stderr.splitlines()[0] == "There is no program python3.99; name one that there is: make PYTHON=python3.12 site"


@pytest.mark.parametrize(("where", "is_made_again"), [("{here}", False), ("", False), ("/elsewhere", True)])
def test_an_environment_is_made_again_where_the_folder_was_moved(folder: Path, where: str, is_made_again: bool) -> None:
    made(folder, where.format(here=folder.resolve()))
    assert ("-m venv" in make(folder, "-n", ".venv/.made").stdout) is is_made_again


def test_an_environment_is_made_again_where_its_python_is_gone(folder: Path) -> None:
    made(folder, str(folder.resolve()))
    (folder / ".venv/bin/python").unlink()
    assert "-m venv" in make(folder, "-n", ".venv/.made").stdout


def test_an_index_that_cannot_be_reached_is_named_in_one_line_without_its_password(folder: Path) -> None:
    made(folder, str(folder.resolve()))
    pip = folder / ".venv/bin/pip"
    pip.write_text("#!/bin/sh\necho 'WARNING: Retrying (Retry(total=4))' >&2\necho 'ERROR: No matching distribution found for click' >&2\nexit 1\n")
    pip.chmod(0o755)
    for name in ("requirements.lock", "pyproject.toml"):
        (folder / name).touch()
    done = make(folder, ".venv/.site", PIP_INDEX_URL="https://me:secret@index.example/simple/")
    said = "The index of Python packages cannot be reached: https://index.example/simple/. Check the network, or name another index in PIP_INDEX_URL."
    assert [line for line in done.stderr.splitlines() if not line.startswith("make")] == [said]


@pytest.mark.parametrize("typed", ["abc", "80000", "0", "", "-1", "8e3"])
def test_what_is_no_port_is_said_in_one_line(typed: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        port_typed(typed)
    assert str(stopped.value) == f"'{typed}' is not a port; write a number up to 65535, such as: make serve PORT=8001"


def test_a_free_port_is_taken() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert port_typed(str(port)) == port


def test_the_lock_of_the_tests_holds_only_what_they_add() -> None:
    locks = [packages_in((PROJECT / name).read_text("utf-8")) for name in ("requirements.lock", "requirements-test.lock")]
    assert all(locks)
    assert not set(locks[0]) & set(locks[1])


def test_a_package_that_differs_between_the_locks_is_refused() -> None:
    site = "a==1 \\\n    --hash=x\nb==1 \\\n    --hash=y\n"
    assert subtract(site + "c==1 \\\n    --hash=z\n", site) == "c==1 \\\n    --hash=z\n"
    with pytest.raises(ValueError, match="not the same in both lock files: b"):
        subtract("b==2 \\\n    --hash=y\n", site)
