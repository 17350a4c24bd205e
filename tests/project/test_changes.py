"""Each change that the architecture page names is made once, in the places that the page names and nowhere else, and shows what it should.

The scratch project has its own copy of the program and the small playbook of tests/support/playbooks.py. A new kind has a file of its own:
test_new_kind.py.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.playbooks import BASE
from tests.support.releases import write_release
from tests.support.sites import PROJECT, QUIET, own_program, write_project

CASE, BARRIER = "playbook_data/cases/one-front-door.yml", "playbook_data/barriers/data-sharing.yml"
CHECK, BUILD = ("macros", "check"), ("mkdocs", "build", "--strict")
ROWS = re.findall(r"^\| ((?:add|build|change) .*?) \| (.*) \|$", (PROJECT / "docs/contribute/architecture.md").read_text("utf-8"), re.MULTILINE)
PLACES = {change: tuple(re.findall(r"`((?:macros|playbook_data)/[^`]*)`", where)) for change, where in ROWS}
"""From each change of the page's table to the files and folders that it names."""


@dataclass(frozen=True)
class Change:
    """What is put in the place of what, or into a new file; the data to try it on; the command to run, and what it should show."""

    edits: dict[str, tuple[str, str]]
    run: tuple[str, ...]
    shows: str
    data: dict[str, str] = field(default_factory=dict)
    page: str = ""
    """The built page that shows it; else the command's output does."""


ENGINE = '''"""Writes the body of each entry's page as a file: the beginning of another engine."""

from pathlib import Path

from macros.pages.renderer import Renderer
from macros.playbook.load import load_playbook
from macros.playbook.urls import entry_url

playbook = load_playbook(Path())
for entry in playbook.entries.values():
    body = Renderer(playbook, entry_url(entry)).entry_page(entry)
    print(f"{entry_url(entry)}: {len(body) > 0}")
'''
COMMAND = '''"""`playbook count`: how many entries there are."""

from pathlib import Path

import click

from macros.cli.command import Command
from macros.cli.loading import load


@click.command("count", cls=Command)
@click.pass_obj
def command(root: Path) -> None:
    """Count the entries."""
    click.echo(len(load(root).entries))
'''
BANNER = "from macros.pages.renderer import environment; print(environment().get_template('_version_banner.html.jinja').render(%s))"
CHANGES = {
    "add a field to a kind": Change(
        {
            "macros/schema/kinds.py": (
                '    period: Annotated[Period, says("When it ran',
                ('    homepage: Annotated[PlainText | None, says("Its own site.", "https://example.org/door/")] = None\n'
                '    period: Annotated[Period, says("When it ran'),
            ),
            "macros/pages/templates/lab/cases.md.jinja": ("{% block strip %}\n", '{% block strip %}\n<a href="{{ entry.homepage }}">Its own site</a>\n'),
        },
        BUILD, ">Its own site</a>", {CASE: BASE[CASE] + "homepage: https://example.org/door/\n"}, "cases/one-front-door",
    ),
    "change how a text field renders": Change(
        {"macros/text/markdown.py": ("def _attribute(name: str, value: str) -> str:\n", 'def _attribute(name: str, value: str) -> str:\n    name = f"data-{name}"\n')},
        BUILD, 'data-start="3"', {BARRIER: BASE[BARRIER].replace("problem: Each", 'problem: "3. Each').replace("of the story.", 'of the story."')},
        "barriers/data-sharing",
    ),
    "change an error message": Change(
        {"macros/schema/patterns.py": ("'{found}' is not a web address", "'{found}' leads to no site")},
        CHECK, "'www.example.org' leads to no site", {"playbook_data/sources/nao.yml": BASE["playbook_data/sources/nao.yml"] + "url: www.example.org\n"},
    ),
    "add a check across entries": Change(
        {
            "macros/playbook/checks/coverage.py": (
                "    web = _Web(playbook)\n",
                ('    yield from (_warning(e, "shouting", "its title shouts", "write it softly") for e in playbook.entries.values() if e.title.isupper())\n'
                "    web = _Web(playbook)\n"),
            ),
            "macros/problems/rules.py": (
                "RULE_CATALOGUE: dict[str, tuple[str, str]] = {\n",
                'RULE_CATALOGUE: dict[str, tuple[str, str]] = {\n    "shouting": ("A title does not shout.", "Write it softly."),\n',
            ),
        },
        CHECK, "warning[shouting]", {BARRIER: BASE[BARRIER].replace("Data stays apart", "DATA STAYS APART")},
    ),
    "add a file for other sites": Change(
        {
            "macros/playbook/urls.py": ("EXPORT_FILES = (\n", 'EXPORT_FILES = (\n    "titles.txt",\n'),
            "macros/site/exports/files.py": (
                "_MAKERS: Mapping[str, Callable[[Published], bytes | None]] = {\n",
                '_MAKERS: Mapping[str, Callable[[Published], bytes | None]] = {\n    "titles.txt": lambda published: "\\n".join(e.title for e in published.playbook.entries.values()).encode(),\n',
            ),
        },
        ("macros", "export", "out"), "out/titles.txt",
    ),
    "add a tag to the head of each page": Change(
        {"macros/site/versions/chrome.py": ('    return f\'<link rel="canonical"', '    return f\'<meta property="og:url" content="{address}"><link rel="canonical"')},
        BUILD, '<meta property="og:url" content="https://playbook.example.org/barriers/data-sharing/">', {}, "barriers/data-sharing",
    ),
    "change the banner of old versions": Change(
        {"macros/pages/templates/_version_banner.html.jinja": ("This is an old version", "You read an old version")},
        ("-c", BANNER % "own={'version': '1.0', 'date': ''}, latest={'links': [], 'page': {'version': '1.1'}, 'place': {'version': '1.1'}, 'home': '../'}"),
        "You read an old version: 1.0",
    ),
    "add a command": Change(
        {"macros/cli/commands/count.py": ("", COMMAND), "macros/cli/main.py": ('COMMANDS = ("new", ', 'COMMANDS = ("count", "new", ')},
        ("macros", "count"), "11\n",
    ),
    "change what the search finds, or which page comes first": Change(
        {"macros/text/search_words.py": ("this those to", "lab this those to")},
        ("-c", "from macros.text.search_words import stem_of; print(f'stem: {stem_of(\"lab\")!r}')"), "stem: ''",
    ),
    "build with another engine": Change({"macros/engines/plain.py": ("", ENGINE)}, ("macros.engines.plain",), "barriers/data-sharing/: True"),
    "change the words that readers see": Change(
        {
            "macros/pages/templates/_list_page.md.jinja": ('<p class="summary">', '<p class="summary">In short: '),
            "macros/schema/kinds.py": ('"What gets in the way of joined-up services', '"All that gets in the way of joined-up services'),
        },
        BUILD, "In short: All that gets in the way of joined-up services", {}, "barriers",
    ),
}  # fmt: skip


def scratch_project(folder: Path, files: dict[str, str]) -> Path:
    """A small project with its own copy of the program."""
    return own_program(write_project(folder, files))


def run(project: Path, command: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    """`python -m …` or `python -c …` with the program of the scratch project."""
    arguments = command if command[0] == "-c" else ("-m", *command)
    environment = {**QUIET, "PYTHONPATH": str(project)}
    return subprocess.run([sys.executable, *arguments], cwd=project, env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False)


def apply(project: Path, edits: dict[str, tuple[str, str]]) -> None:
    for path, (old, new) in edits.items():
        file = project / path
        before = file.read_text("utf-8") if file.exists() else ""
        assert not old or before.count(old) == 1, f"{path} has {before.count(old)} times: {old}"
        file.write_text(before.replace(old, new) if old else new or before, "utf-8")


def test_the_page_names_seventeen_changes() -> None:
    assert len(PLACES) == 17
    assert all(PLACES.values())


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_made_where_the_page_says_and_shows(change: str, tmp_path: Path) -> None:
    todo = CHANGES[change]
    assert [path for path in todo.edits if not path.startswith(PLACES[change])] == []
    project = scratch_project(tmp_path, todo.data)
    before = run(project, todo.run)
    assert todo.shows not in before.stdout + (page_of(project, todo) if not before.returncode else "")
    apply(project, todo.edits)
    done = run(project, todo.run)
    assert todo.shows in done.stdout + page_of(project, todo), done.stdout + done.stderr


def page_of(project: Path, todo: Change) -> str:
    return (project / "site" / todo.page / "index.html").read_text("utf-8") if todo.page else ""


@pytest.mark.slow
def test_what_is_promised_is_changed_in_one_place(tmp_path: Path) -> None:
    project = scratch_project(tmp_path, {})
    write_release(project, "1.0.0")
    (project / BARRIER).write_text(BASE[BARRIER].replace("evidence: [", "evidence: [{source: nao, at: para 12, claim: Many did not.}, "), "utf-8")
    (project / "playbook_data/cases/one-front-door.yml").write_text(BASE[CASE].replace("shows: [shared-space]\n", ""), "utf-8")
    assert "error[lost-anchor] /cases/one-front-door/#shows" in run(project, CHECK).stdout
    [path] = PLACES["change what is promised to sites that link here"]
    apply(
        project,
        {path: ("record=record), record.anchors", 'record=record), tuple(each for each in record.anchors if each not in ("shows", "cases"))')},
    )
    assert "lost-anchor" not in run(project, CHECK).stdout
