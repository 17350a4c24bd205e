"""A page written by hand is opened, decoded, parsed and rendered once: by a check and by a build."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config

from macros.cli.main import main
from macros.pages.macros import MACROS
from macros.playbook import anchors
from macros.site import release_files
from macros.yamlfile import reader, source
from tests.support.releases import record_release
from tests.support.repositories import edit, write_repository
from tests.support.sites import write_project

PAGES = {
    "docs/index.md": '# Home\n\n{{ link("data-sharing") }} is {% raw %}{{ link("data-sharing") }}{% endraw %}\n\n## A section\n',
    "docs/barriers/index.md": '---\ntitle: Barriers\n---\n# Barriers\n\n{{ entries("barriers") }}\n',
    "docs/us.md": '---\nformer_anchors: [{anchor: gone, now: one-front-door}]\n---\n# Us\n\n{{ entries("cases") }}\n',
}
opened: Counter[str] = Counter()


def _watch(event: str, arguments: tuple) -> None:
    if event == "open" and isinstance(arguments[0], str | os.PathLike):
        opened[str(Path(os.fsdecode(arguments[0])))] += 1


sys.addaudithook(_watch)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[tuple[str, str]]:
    """How often each page is decoded, parsed and rendered, and the anchors of each entry are found."""
    counts: Counter[tuple[str, str]] = Counter()

    def counting(function: Callable, what: str, name_of: Callable[..., str]) -> Callable:
        @wraps(function)
        def call(*args: object, **options: object) -> object:
            counts[what, name_of(*args)] += 1
            return function(*args, **options)

        return call

    def replace(module: ModuleType, name: str, name_of: Callable[..., str]) -> None:
        old = getattr(module, name)
        new = counting(old, name, name_of)
        for each in [each for title, each in sys.modules.items() if title.startswith("macros.") and getattr(each, name, None) is old]:
            monkeypatch.setattr(each, name, new)

    replace(source, "decode", lambda file, *_: file)
    replace(reader, "parse_yaml", lambda text: text.file)
    replace(anchors, "anchors_of", lambda entry, *_: entry.id)
    for name in ("link", "entries"):
        monkeypatch.setitem(MACROS, name, counting(MACROS[name], "render", lambda view, *_, name=name: f"{view.page_url} {name}"))
    opened.clear()
    return counts


def _twice(root: Path, counts: Counter[tuple[str, str]]) -> dict:
    pages = {str(root / path): times for path in PAGES if (times := opened[str(root / path)]) != 1}
    return {**pages, **{what: times for what, times in counts.items() if times > 1}}


def _released(folder: Path) -> Path:
    """A playbook after a release, so that its promises are checked."""
    write_repository(folder, PAGES | {"docs/us.md": "# Us\n\n## Gone\n"})
    record_release(folder, "1.0.0")
    edit(folder, PAGES)
    return folder


def test_a_check_reads_and_renders_each_page_once(tmp_path: Path, counted: Counter[tuple[str, str]]) -> None:
    folder = _released(tmp_path)
    counted.clear()
    opened.clear()
    assert CliRunner().invoke(main, ["-C", str(folder), "check"], catch_exceptions=False).output == "no problems\n"
    assert _twice(folder, counted) == {}
    assert counted["render", "us/ entries"] == 1, "what became of an anchor is seen on the page that is rendered"
    assert counted["render", " link"] == 1, "whether its calls are right is seen when they are made"


def test_a_build_reads_and_renders_each_page_once(tmp_path: Path, counted: Counter[tuple[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _released(write_project(tmp_path))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.setattr(release_files, "built_from", lambda _: b"")  # a digest of the bytes of every file, which understands none of them
    counted.clear()
    opened.clear()
    config = load_config(str(folder / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    calls = {what: counted.pop(what) for what in [*counted] if what[0] == "render"}
    assert _twice(folder, counted) == {}
    assert calls == {("render", " link"): 2, ("render", "barriers/ entries"): 2, ("render", "us/ entries"): 2}, "once for the check, once for readers"
