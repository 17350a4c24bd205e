"""Spares a preview the pages that MkDocs has built before from the same text.

`spare_unchanged` comes when MkDocs has made the menu, and turns such pages into links that hold. `put_unchanged` comes when it has built the
others: it writes what was spared, and keeps what was built for the next time.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from macros.engines.mkdocs.linked_file import LinkedFile
from macros.engines.mkdocs.templates import THEME_FOLDER
from macros.files.layout import DOCS
from macros.site.plan import PlannedPage, SitePlan
from macros.site.shell import is_filled, planned_shell, shells_for

_KNOWN_EXTENSIONS = frozenset({"toc", "tables", "fenced_code", "attr_list", "pymdownx.highlight", "pymdownx.superfences"})
"""What makes HTML of the text of a page alone."""
_KNOWN_PLUGINS = frozenset({"macros", "search", "material/search"})
_NOT_SHOWN = frozenset({"site_dir", "plugins", "hooks", "theme"})
"""Settings that pages do not show, and the theme, whose own values are looked at."""


@dataclass(frozen=True, slots=True)
class PreviewedPage:
    """What MkDocs made of a page, from the text that is its `key`."""

    key: Hashable
    title: str
    html: str


@dataclass
class PreviewedPages:
    """The pages that MkDocs has built in this process, by address; `around` is all that they show besides their own text."""

    around: Hashable = None
    pages: dict[str, PreviewedPage] = field(default_factory=dict)
    present: dict[str, tuple[Hashable, Any]] = field(default_factory=dict)
    """Every page of the build that runs: its key, and how MkDocs has it."""
    spared: list[str] = field(default_factory=list)
    """Those of them that MkDocs leaves out."""


_before = PreviewedPages()


def spare_unchanged(nav: Any, files: Any, config: Any, plan: SitePlan) -> None:
    """Has MkDocs leave out each page that it would make as it did before."""
    planned = {page.page.url: page for page in _planned(plan)}
    around = _around(nav, files, config, planned.values())
    if around is None or around != _before.around:
        _before.around, _before.pages = around, {}
    found = {url: files.get_file_from_path(page.page.path.removeprefix(f"{DOCS}/")) for url, page in planned.items()}
    _before.present = {url: (_key(planned[url]), file.page) for url, file in found.items() if file and file.page}
    _before.spared = [url for url, (key, _) in _before.present.items() if url in _before.pages and _before.pages[url].key == key]
    for url in _before.spared:
        listed, file = planned[url].page, found[url]
        file.page.meta, file.page.title = dict(planned[url].front), file.page.title or _before.pages[url].title
        files.remove(file)
        files.append(linked := LinkedFile(listed, file.src_uri, config.site_dir))
        linked.page, linked.inclusion = file.page, file.inclusion


def put_unchanged(folder: Path) -> None:
    """Writes what MkDocs left out, and keeps what it has built."""
    for url in _before.spared:
        file = folder / url / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_before.pages[url].html, "utf-8", "surrogateescape")
    kept = {url: _before.pages[url] for url in _before.spared}
    for url, (key, page) in _before.present.items() if _before.around is not None else ():
        file = folder / url / "index.html"
        if url not in kept and file.is_file():
            kept[url] = PreviewedPage(key, page.title, file.read_text("utf-8", "surrogateescape"))
    _before.pages = kept


def _planned(plan: SitePlan) -> Iterator[PlannedPage]:
    """The pages that MkDocs builds."""
    yield from (plan.planned(page) for page in plan.pages.values() if not is_filled(page))
    yield from map(planned_shell, shells_for(plan.pages.values()).values())


def _key(page: PlannedPage) -> Hashable:
    return page.markdown, repr(page.front)


def _around(nav: Any, files: Any, config: Any, planned: Iterable[PlannedPage]) -> Hashable:
    """What every page shows besides its own text; None if that is not known, as somebody else's program has a hand in it."""
    options = {name: value for name, value in config.items() if name not in _NOT_SHOWN}
    if {*config.markdown_extensions} - _KNOWN_EXTENSIONS or {*config.plugins} - _KNOWN_PLUGINS - {*config.hooks} or len(config.hooks) > 1:
        return None
    templates = [file.read_bytes() for file in sorted((Path(config.config_file_path).parent / THEME_FOLDER).rglob("*")) if file.is_file()]
    menu = [(page.page.url, page.page.title, repr(page.front)) for page in planned]
    return repr((options, dict(config.theme), templates, menu, [page.url for page in nav.pages], sorted(files.src_uris)))
