"""The preview shows each edit by itself, says what is broken, and keeps the last good page meanwhile."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.adapters.preview import needs_restart
from tests.playbooks import BASE
from tests.sites import PROJECT, QUIET, write_project

PATIENCE = 40
"""Seconds before a test gives up; the time that an edit takes is measured by the benchmark."""
BARRIER = "playbook_data/barriers/data-sharing.yml"


class Preview:
    """`make serve` in a scratch project."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = folder / "log"
        command = [sys.executable, "-m", "macros.adapters.preview", str(self.port)]
        self.process = subprocess.Popen(command, cwd=folder, env=QUIET, stdout=self.log.open("w"), stderr=subprocess.STDOUT)

    def page(self) -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/barriers/data-sharing/", timeout=5) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return ""

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.folder / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    def shows(self, text: str) -> bool:
        return self._soon(lambda: text in self.page())

    def says(self, text: str) -> bool:
        return self._soon(lambda: text in self.log.read_text("utf-8"))

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=PATIENCE)

    def _soon(self, happened: object) -> bool:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if happened():
                return True
            time.sleep(0.1)
        return False


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = write_project(tmp_path / "project")
    (folder / "macros").unlink()
    shutil.copytree(PROJECT / "macros", folder / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture
def preview(project: Path) -> Iterator[Preview]:
    preview = Preview(project)
    yield preview
    preview.end()


def test_data_templates_and_python_show_as_they_are_edited(preview: Preview) -> None:
    assert preview.shows("Data stays apart")
    preview.edit(BARRIER, "Data stays apart", "Data stays far apart")
    assert preview.shows("Data stays far apart")
    preview.edit("macros/templates/_entry.md.jinja", '<p class="kind" ', '<p class="kind" data-edited="1" ')
    assert preview.shows('data-edited="1"')
    preview.edit("macros/marks.py", 'aria-hidden="true"', 'aria-hidden="true" data-edited="2"')
    assert preview.shows('data-edited="2"')


def test_a_broken_file_is_told_and_the_last_good_page_stays(preview: Preview) -> None:
    assert preview.shows("Data stays apart")
    preview.edit(BARRIER, "problem:", "problm:")
    assert preview.says(f"{BARRIER}:3:1: error[unknown-field] problm: there is no field 'problm' here")
    assert preview.shows("Data stays apart")
    preview.edit(BARRIER, "problm:", "problem:")
    preview.edit(BARRIER, "Data stays apart", "Data comes together")
    assert preview.shows("Data comes together")


def test_a_broken_template_or_page_does_not_end_the_preview(preview: Preview) -> None:
    assert preview.shows("Data stays apart")
    preview.edit("macros/templates/_entry.md.jinja", '<p class="kind" ', '<p class="kind" {{ nothing }} ')
    assert preview.says("'nothing' is undefined")
    assert preview.shows("Data stays apart")
    preview.edit("macros/templates/_entry.md.jinja", "{{ nothing }}", 'data-edited="1"')
    assert preview.shows('data-edited="1"')
    preview.edit("docs/index.md", "A home page.", '{{ link("nothing") }}')
    assert preview.says("docs/index.md:3:4: error[wrong-call] link: there is no entry 'nothing'")
    assert preview.shows('data-edited="1"')


def test_a_preview_that_begins_broken_waits_for_the_mend(project: Path) -> None:
    (project / BARRIER).write_text("title: [", "utf-8")
    preview = Preview(project)
    try:
        assert preview.says(f"{BARRIER}:1:")
        (project / BARRIER).unlink()
        write_project_data(project)
        assert preview.shows("Data stays apart")
    finally:
        preview.end()


def write_project_data(project: Path) -> None:
    """The base barrier, whole again."""
    (project / BARRIER).write_text(BASE[BARRIER], "utf-8")


def test_a_port_that_is_taken_is_said_in_one_line(project: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        command = [sys.executable, "-m", "macros.adapters.preview", str(port)]
        done = subprocess.run(command, cwd=project, env=QUIET, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 1
    assert done.stderr == f"port {port} is taken, perhaps by another preview; name another one: make serve PORT={port + 1}\n"


def test_only_what_stays_in_memory_needs_a_new_process() -> None:
    assert not needs_restart(["docs/index.md", "playbook_data/terms/x.yml", "macros/templates/_entry.md.jinja"], running=True)
    assert needs_restart(["macros/text.py"], running=True)
    assert needs_restart(["mkdocs.yml"], running=True)
    assert needs_restart(["playbook_data/terms/x.yml"], running=False)
