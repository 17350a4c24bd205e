"""The home page and the menu of the site: `nav` in mkdocs.yml names pages that there are, and each page is in it or said not to be.

`menu_problems` takes the settings and the catalogue of pages, and returns problems at the line of an item or at the page that the menu lacks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import yaml

from macros.engines.mkdocs.settings import SiteSettings
from macros.files.layout import DOCS
from macros.pages.catalogue import Catalogue
from macros.problems.closest import did_you_mean
from macros.problems.problem import Problem, file_problem, short
from macros.yamlfile.source import FieldPath


def menu_problems(settings: SiteSettings, catalogue: Catalogue) -> Iterator[Problem]:
    """Returns errors, and as warnings what MkDocs itself warns of."""
    if "" not in catalogue.by_url:
        message = "the site has no home page, which every page links to"
        yield file_problem(f"{DOCS}/index.md", "missing-file", message, "write it: a heading, and what readers should know first")
    nav = settings.get("nav")
    if not nav or not isinstance(nav, list):
        if nav is not None and not isinstance(nav, list):
            yield settings.problem(("nav",), "site-setting", "the menu is not a list", "begin each of its items with '- '")
        return
    items = [*_items(nav, ("nav",))]
    pages = {page.path.removeprefix(f"{DOCS}/"): page for page in catalogue.by_url.values()}
    for path, item in items:
        if not isinstance(item, str):
            yield settings.problem(
                path, "site-setting", "an item of the menu names no page", "write `- Title: page.md`, or `- page.md`; or remove it"
            )
        elif item not in pages and not _is_web_address(item):
            help = did_you_mean(item, pages, f"write the path of a page from {DOCS}/, such as index.md")
            yield _warning(settings.problem(path, "no-such-page", f"there is no page {DOCS}/{short(item)}", help))
    yield from _twice(settings, items)
    yield from _titles(settings, settings.source_of(("nav",)).node_at(("nav",)))
    named = {item for _, item in items if isinstance(item, str)}
    for path in without_hidden(settings, [path for path, page in pages.items() if not page.is_generated and path not in named]):
        help = f"add `- {path}` to it; or, if no menu should show the page, add its path to `not_in_nav:`"
        yield _warning(file_problem(f"{DOCS}/{path}", "not-in-menu", "the menu, `nav:` in mkdocs.yml, lacks this page", help))


def _items(nav: Any, path: FieldPath) -> Iterator[tuple[FieldPath, Any]]:
    """Each item that is no section, or an empty one, with its place in the file."""
    if nav and isinstance(nav, list):
        for index, item in enumerate(nav):
            yield from _items(item, (*path, index))
    elif nav and isinstance(nav, dict):
        for title, item in nav.items():
            yield from _items(item, (*path, title))
    else:
        yield path, nav


def _twice(settings: SiteSettings, items: list[tuple[FieldPath, Any]]) -> Iterator[Problem]:
    """Pages that the menu has twice: each would have its own sections twice beside its text."""
    seen: set[str] = set()
    for path, item in items:
        if isinstance(item, str) and item in seen and not _is_web_address(item):
            yield settings.problem(path, "site-setting", f"the menu has the page '{short(item)}' twice", "keep it in one place")
        seen.add(str(item))


def _titles(settings: SiteSettings, node: yaml.Node) -> Iterator[Problem]:
    """Titles that YAML takes for a number, a date or yes and no."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _titles(settings, item)
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if not key.tag.endswith(":str"):
            span = key.start_mark, key.end_mark
            yield settings.source_of(("nav",)).problem(
                span, "site-setting", "a title in the menu is not text", f'put it in quotes: "{short(str(key.value))}"', "nav"
            )
        yield from _titles(settings, value)


def _is_web_address(item: str) -> bool:
    try:
        parts = urlsplit(item)
    except ValueError:
        return False
    return bool(parts.netloc or parts.scheme == "mailto")


def without_hidden(settings: SiteSettings, paths: list[str]) -> list[str]:
    """Returns those of `paths`, below docs/, that `not_in_nav` does not name."""
    patterns = settings.get("not_in_nav")
    if not paths or not isinstance(patterns, str):
        return paths
    from pathspec.gitignore import GitIgnoreSpec  # noqa: PLC0415 - MkDocs reads the patterns with it; most menus are whole

    try:
        spec = GitIgnoreSpec.from_lines(patterns.splitlines())
    except ValueError:  # the problem of a pattern is told beside this
        return []
    return [path for path in paths if not spec.match_file(path)]


def _warning(problem: Problem) -> Problem:
    return replace(problem, severity="warning")
