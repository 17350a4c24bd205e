"""Scratch sites for tests: a small playbook with this project's own theme, macros and settings.

Writes a project into a folder, and builds its site with `mkdocs build`.
"""

from __future__ import annotations

import functools
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from tests.support.forked_modules import PROJECT, run_module
from tests.support.playbooks import Files, write_playbook

HOME_PAGE = {"docs/index.md": "# Home\n\nA home page.\n"}
QUIET = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


def write_project(folder: Path, files: Files | None = None) -> Path:
    """A project in `folder` that builds: the base playbook, a home page, and `files` laid over them."""
    folder.mkdir(parents=True, exist_ok=True)
    write_playbook(folder, {**HOME_PAGE, **(files or {})})
    settings = (PROJECT / "mkdocs.yml").read_text("utf-8")
    without_nav = re.sub(r"^(nav|not_in_nav):.*?(?=^\S)", "", settings, flags=re.MULTILINE | re.DOTALL)
    (folder / "mkdocs.yml").write_text(without_nav, "utf-8")
    shutil.copytree(PROJECT / "docs" / "assets", folder / "docs" / "assets", dirs_exist_ok=True)
    for name in ("macros", "overrides"):
        (folder / name).symlink_to(PROJECT / name)
    return folder


def own_program(folder: Path) -> Path:
    """Gives the project in `folder` a copy of the program, which a test may edit. What Python has compiled of it comes along."""
    if (folder / "macros").is_symlink():
        (folder / "macros").unlink()
    shutil.copytree(PROJECT / "macros", folder / "macros", ignore=shutil.ignore_patterns("*.pyc.*"))  # a file that is being written
    return folder


def build(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """`mkdocs build`, as a person runs it in `folder`."""
    return run_module(folder, "mkdocs", ["build", *options], QUIET)


def build_in_new_process(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The same with nothing imported before, for those who measure how long it takes, or want nothing but the real command."""
    command = [sys.executable, "-m", "mkdocs", "build", *options]
    return subprocess.run(command, cwd=folder, env=QUIET, capture_output=True, encoding="utf-8", check=False)


def built(folder: Path, files: Files | None = None) -> Path:
    """The site of a project that must build."""
    done = build(write_project(folder, files), "--strict")
    assert done.returncode == 0, done.stderr
    return folder / "site"


def page(site: Path, url: str) -> LexborHTMLParser:
    """The page at `url`, parsed."""
    return LexborHTMLParser((site / url / "index.html").read_text("utf-8"))


def searched(site: Path) -> dict[str, str]:
    """What the search knows of each page that it finds, by the page's address: its title, its summary and its sections."""
    folder = site / "search" / json.loads((site / "search" / "index.json").read_text("utf-8"))["folder"]
    rows = [row for file in folder.glob("pages-*.json") for row in json.loads(file.read_text("utf-8"))]
    return {url: "\n".join((title, summary, *(part for section in sections for part in section[1:]))) for url, title, summary, sections in rows}


def pages_of(site: Path) -> list[Path]:
    """The file of each page of a site; a card, which is no page of its own, is none."""
    return sorted(file for file in site.rglob("index.html") if "embed" not in file.relative_to(site).parts)


def words(node: object) -> str:
    """The text of a node with single spaces, as a reader sees it."""
    return " ".join(node.text(separator=" ").split())


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """A browser that goes elsewhere while a page is on its way has done nothing wrong."""


@contextmanager
def serve(site: Path) -> Iterator[str]:
    """The address of a plain static server for `site`."""
    server = _Server(("127.0.0.1", 0), functools.partial(_Quiet, directory=site))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
