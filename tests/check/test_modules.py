"""The modules of the health check that know no page keep their promises: each is tried in node, and its types are checked.

The promises stand in the files `*.test.mjs` beside this one.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.language_server import NODE

HERE = Path(__file__).parent
COMPILER = Path(sys.prefix) / "editor" / "node_modules" / "typescript" / "bin" / "tsc"
"""Where the Makefile installs it; `make .venv/.test` does so again after a change of the lock file."""
QUIET = "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"
"""Browsers know by the page that these are modules; node looks, and says so."""


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([NODE, QUIET, *map(str, arguments)], capture_output=True, text=True, cwd=HERE, check=False)


@pytest.mark.parametrize("file", sorted(HERE.glob("*.test.mjs")), ids=lambda file: file.name.partition(".")[0])
def test_the_modules_keep_their_promises(file: Path) -> None:
    done = run("--test", "--test-isolation=none", "--test-reporter=spec", file)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\nℹ fail 0\n" in done.stdout
    assert "\nℹ pass 0\n" not in done.stdout


@pytest.mark.slow
def test_the_types_in_the_comments_are_true() -> None:
    assert COMPILER.is_file(), "the compiler is not installed: run `make .venv/.test`"
    done = run(COMPILER, "--project", HERE)
    assert (done.stdout, done.returncode) == ("", 0)
