"""The preview shows each edit by itself, says what is broken, and keeps the last good page meanwhile."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.engines.preview import needs_restart
from tests.support.playbooks import BASE
from tests.support.previews import PATIENCE, Preview, editable_project
from tests.support.sites import QUIET

pytestmark = pytest.mark.slow

BARRIER = "playbook_data/barriers/data-sharing.yml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return editable_project(tmp_path / "project")


@pytest.fixture
def preview(project: Path) -> Iterator[Preview]:
    preview = Preview(project)
    yield preview
    preview.end()


def test_data_templates_and_python_show_as_they_are_edited(preview: Preview) -> None:
    assert preview.shows("Data stays apart")
    preview.edit(BARRIER, "Data stays apart", "Data stays far apart")
    assert preview.shows("Data stays far apart")
    preview.edit("macros/pages/templates/_entry.md.jinja", '<p class="kind" ', '<p class="kind" data-edited="1" ')
    assert preview.shows('data-edited="1"')
    preview.edit("macros/pages/templates/_mend.html.jinja", "Help to mend this page</p>", "Help us to mend this page</p>")
    assert preview.shows("Help us to mend this page")
    preview.edit("macros/pages/icons.py", 'aria-hidden="true"', 'aria-hidden="true" data-edited="2"')
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
    preview.edit("macros/pages/templates/_entry.md.jinja", '<p class="kind" ', '<p class="kind" {{ nothing }} ')
    assert preview.says("'nothing' is undefined")
    assert preview.shows("Data stays apart")
    preview.edit("macros/pages/templates/_entry.md.jinja", "{{ nothing }}", 'data-edited="1"')
    assert preview.shows('data-edited="1"')
    preview.edit("docs/index.md", "A home page.", '{{ link("nothing") }}')
    assert preview.says("docs/index.md:3:4: error[wrong-call] link: there is no entry 'nothing'")
    assert preview.shows('data-edited="1"')


def test_what_is_missing_between_entries_is_told_and_the_edit_shows_all_the_same(preview: Preview) -> None:
    assert preview.shows("Data stays apart")
    preview.edit("playbook_data/insights/shared-space.yml", "eases: [data-sharing]", "eases: []")
    preview.edit(BARRIER, "Data stays apart", "Data stays far apart")
    assert preview.says(f"{BARRIER}:1:1: warning[barrier-not-eased] nothing eases this barrier")
    assert preview.shows("Data stays far apart")


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
        command = [sys.executable, "-m", "macros.engines.preview", str(port)]
        done = subprocess.run(command, cwd=project, env=QUIET, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 1
    assert done.stderr == f"port {port} is in use, perhaps by another preview; choose another one: make serve PORT={port + 1}\n"


def test_only_what_stays_in_memory_needs_a_new_process() -> None:
    assert not needs_restart(["docs/index.md", "playbook_data/terms/x.yml", "macros/pages/templates/_entry.md.jinja"], running=True)
    assert needs_restart(["macros/text/markdown.py"], running=True)
    assert needs_restart(["mkdocs.yml"], running=True)
    assert needs_restart(["playbook_data/terms/x.yml"], running=False)
    assert not needs_restart([], running=False)


def test_a_preview_ends_when_told_even_where_interrupts_are_ignored(project: Path) -> None:
    preview = Preview(project, command=["nohup", "sh", "-c", 'trap "" INT; exec "$@"', "sh"])
    assert preview.shows("Data stays apart")
    preview.end()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", preview.port)) != 0
