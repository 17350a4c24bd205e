"""The site by way of pages that any engine builds: the same as that of MkDocs with its hooks, or a clear word on why there is none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from macros.site.digest import site_digest
from tests.support.playbooks import run_playbook
from tests.support.sites import build, build_in_new_process, page, words, write_project

pytestmark = pytest.mark.slow

FILES = {
    "docs/about/team.md": (
        "# The team { #team }\n\nSee [the barrier](../barriers/data-sharing.md#why), [home](../index.md), "
        '![a mark](../assets/favicon.svg) and <a href="../../barriers/">the list</a>.\n\n'
        '{{ entries("barriers", show="cards") }}\n\n```\n[x](../index.md)\n```\n'
    ),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_project(tmp_path_factory.mktemp("folder"), FILES)
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("nav:\n  - Home: index.md\n  - More:\n      - about/team.md\n      - Barriers: barriers/index.md\n")
    assert build(root, "--strict").returncode == 0
    shutil.copytree(root / "site", root.parent / "with-hooks")
    done = run_playbook(root, "pages", "out")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    built = build_in_new_process(root / "out", "--strict")
    assert built.returncode == 0, built.stderr
    return root


@pytest.fixture(scope="module")
def finished(root: Path) -> Path:
    done = run_playbook(root, "finish", "out")
    assert (done.returncode, done.stdout) == (0, f"The site is in the folder site.\nsha256 of the site: {site_digest(root / 'site')}\n"), done.stderr
    return root / "site"


def test_no_page_calls_a_macro_and_no_hook_is_left(root: Path) -> None:
    settings = yaml.safe_load((root / "out" / "mkdocs.yml").read_text("utf-8"))
    assert "hooks" not in settings
    assert settings["plugins"] == [{"search": {"enabled": False}}]
    assert "{{" not in (root / "out/docs/about/team/index.md").read_text("utf-8")


def test_links_of_a_page_that_lies_elsewhere_lead_where_they_led(root: Path) -> None:
    text = (root / "out/docs/about/team/index.md").read_text("utf-8")
    assert "[the barrier](../../barriers/data-sharing/index.md#why)" in text
    assert "[home](../../index.md)" in text
    assert "![a mark](../../assets/favicon.svg)" in text
    assert '<a href="../../barriers/">the list</a>' in text
    assert "```\n[x](../index.md)\n```" in text


def test_each_page_is_the_same_with_hooks_and_without(root: Path, finished: Path) -> None:
    """With hooks, pages of entries are made of a shell; without, the engine has built each of them."""
    before = root.parent / "with-hooks"
    files = sorted(file.relative_to(before) for file in before.rglob("*.html"))
    assert files == sorted(file.relative_to(finished) for file in finished.rglob("*.html"))
    for file in files:
        one, other = (LexborHTMLParser((site / file).read_text("utf-8")) for site in (before, finished))
        assert words(one.body) == words(other.body), file
        for selector, name in (("[id]", "id"), ("meta[content]", "content"), ("h1, h2, h3", "class")):
            assert [node.attributes.get(name) for node in one.css(selector)] == [node.attributes.get(name) for node in other.css(selector)], file
        assert one.css_first("title").text() == other.css_first("title").text()


def test_files_beside_the_pages_are_the_same(root: Path, finished: Path) -> None:
    before = root.parent / "with-hooks"
    for name in ("addresses.json", "sitemap.xml", "built-from.json", "figures/figures.json", "search/index.json"):
        assert (before / name).read_bytes() == (finished / name).read_bytes(), name


def test_a_page_keeps_no_comment_but_those_that_publishing_fills(finished: Path) -> None:
    html = (finished / "barriers/data-sharing/index.html").read_text("utf-8")
    assert {part.partition(" ")[0].removesuffix("-->") for part in html.split("<!--playbook:")[1:]} == {"head", "banner", "menu", "list"}
    assert page(finished, "barriers/data-sharing").css_first("nav.contents") is None


def test_nothing_is_finished_that_was_not_built_or_was_made_of_other_files(root: Path, finished: Path) -> None:
    (root / "none").mkdir()
    before = {file: file.read_bytes() for file in finished.rglob("*.html")}
    done = run_playbook(root, "finish", "none")
    assert (done.returncode, done.stderr) == (1, "Error: nothing is built in none\nbuild it with an engine, so that it has a folder site/\n")
    (root / "docs/about/team.md").write_text("# Another team { #team }\n", "utf-8")
    done = run_playbook(root, "finish", "out")
    assert done.returncode == 1
    assert "out was made from other files than those here\nwrite it again: playbook pages out; then build it again" in done.stderr
    assert {file: file.read_bytes() for file in finished.rglob("*.html")} == before


@pytest.mark.parametrize("folder", ["docs/new", "playbook_data/new", "overrides/new", "site"])
def test_pages_are_written_nowhere_where_a_build_would_read_or_delete_them(root: Path, folder: str) -> None:
    done = run_playbook(root, "pages", folder)
    assert done.returncode == 2
    assert "name another folder, such as out" in done.stderr
    assert not (root / folder / "mkdocs.yml").exists()


def test_a_page_that_another_program_adds_may_call_macros_and_is_told_what_is_wrong(tmp_path: Path) -> None:
    added = (
        "from mkdocs.structure.files import File\n\n\ndef on_files(files, config):\n"
        "    files.append(File.generated(config, 'added.md', content='# Added\\n\\n{{ link(\"CALLED\") }}\\n'))\n    return files\n"
    )
    root = write_project(tmp_path, {"added.py": added.replace("CALLED", "data-sharing")})
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("hooks:\n", "hooks:\n  - added.py\n"), "utf-8")
    done = build(root)
    assert done.returncode == 0, done.stderr
    assert page(root / "site", "added").css_first("article a[href='../barriers/data-sharing/']")
    (root / "added.py").write_text(added.replace("CALLED", "data-sharng"), "utf-8")
    done = build(root)
    assert done.returncode == 1
    assert "docs/added.md:1:1: error[wrong-call] link: there is no entry 'data-sharng'" in done.stderr


def test_pages_replace_nothing_that_somebody_wrote(root: Path) -> None:
    (root / "mine").mkdir()
    (root / "mine/notes.txt").write_text("x", "utf-8")
    done = run_playbook(root, "pages", "mine")
    assert (done.returncode, done.stderr) == (1, "Error: mine has files that this command did not write\nname another folder\n")
    assert [file.name for file in (root / "mine").iterdir()] == ["notes.txt"]


def test_a_menu_that_no_setting_names_is_made_of_files_and_folders(tmp_path: Path) -> None:
    files = {
        f"docs/{name}.md": f"# {name} {{ #a }}\n" for name in ("zoo", "about/team", "about/index", "a-group/two/deep", "a-group/one", "hidden/x")
    }
    root = write_project(tmp_path, files)
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("not_in_nav: /hidden/*\n")
    menus: list[list[tuple[str, object]]] = []
    for folder in (root, root / "out"):
        done = build(folder, "--strict")
        assert done.returncode == 0, done.stderr
        menu = page(folder / "site", "barriers").css_first(".menu__list")
        menus.append([(words(node), node.attributes.get("href")) for node in menu.css("a, summary")])
        assert run_playbook(root, "pages", "out").returncode == 0
    assert menus[0] == menus[1]
    assert "A group" in str(menus[0])
