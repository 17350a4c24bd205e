"""Spares a preview the pages that MkDocs has built before from the same text, and the files that it has copied.

`spare_unchanged` comes when MkDocs has made the menu, and turns such pages into links that hold. `finish_preview` comes when it has built the
others, and finishes all that is new. `show` follows if nothing was wrong: it puts that into the site that is shown.
"""

from __future__ import annotations

import gc
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from macros.engines.mkdocs.linked_file import LinkedFile
from macros.engines.mkdocs.templates import THEME_FOLDER
from macros.files.layout import DOCS
from macros.site.built_pages import PAGE, ShownSite, Spared, stamp_of
from macros.site.finish import Finish, finish
from macros.site.plan import PlannedPage, SitePlan
from macros.site.replace import replace_site, update_site
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
class PreviewBuild:
    """The pages of one build of a preview, by address; `around` is all that they show besides their own text."""

    around: Hashable
    present: Mapping[str, tuple[Hashable, Any]]
    """From each page to its key, and to how MkDocs has it."""
    spared: Mapping[str, PreviewedPage]
    """Those that MkDocs leaves out, as it built them before."""
    copied: Mapping[str, Hashable]
    """From the path of each file that MkDocs copies to where it comes from and its state there; and its state in the site, once that is shown."""
    left: frozenset[str]
    """Those of them that are in the shown site already."""
    pages: dict[str, PreviewedPage] = field(default_factory=dict)
    """All of them, once they are built."""
    shown: ShownSite | None = None
    """The finished site, once it is in place."""


_last_good: list[PreviewBuild] = []
"""The last build of this process that succeeded."""


def spare_unchanged(nav: Any, files: Any, config: Any, plan: SitePlan, site: Path) -> PreviewBuild:
    """Has MkDocs leave out each page that it would make as it did before for `site`, and each file that it would copy again."""
    planned = {page.page.url: page for page in _planned(plan)}
    around = _around(nav, files, config, planned.values())
    before = _last_good[0].pages if around is not None and _last_good and around == _last_good[0].around else {}
    found = {url: files.get_file_from_path(page.page.path.removeprefix(f"{DOCS}/")) for url, page in planned.items()}
    present = {url: (_key(planned[url]), file.page) for url, file in found.items() if file and file.page}
    spared = {url: before[url] for url, (key, _) in present.items() if url in before and before[url].key == key}
    for url, page in spared.items():
        file = found[url]
        file.page.meta, file.page.title = dict(planned[url].front), file.page.title or page.title
        files.remove(file)
        files.append(linked := LinkedFile(planned[url].page, file.src_uri, config.site_dir))
        linked.page, linked.inclusion = file.page, file.inclusion
    return PreviewBuild(around, present, spared, *_spare_copies(files, site, only_known=around is not None))


def _spare_copies(files: Any, site: Path, *, only_known: bool) -> tuple[Mapping[str, Hashable], frozenset[str]]:
    """What is copied, and what of that is left; unless `only_known` programs have a hand in the site, one may want to see every file."""
    before = _last_good[0].copied if only_known and _shown_at(site) else {}
    copied, left = dict[str, Hashable](), set[str]()
    for file in files.media_files():
        if source := file.abs_src_path:
            path = file.dest_uri
            copied[path] = source, stamp_of(Path(source))
            if path in before and before[path] == (copied[path], stamp_of(site / path)):
                file.copy_file = _leave
                left.add(path)
    return copied, frozenset(left)


def _leave(dirty: bool = False) -> None:  # noqa: FBT001, FBT002 - the signature is that of MkDocs
    """The file is in the shown site."""


def finish_preview(build: PreviewBuild, plan: SitePlan, folder: Path, site: Path) -> Finish:
    """Finishes what MkDocs has built in `folder`, and what it left out; pages that `site` has already are kept there."""
    build.pages.update(build.spared)
    for url, (key, page) in build.present.items():
        file = folder / url / PAGE
        if url not in build.spared and file.is_file():
            build.pages[url] = PreviewedPage(key, page.title, file.read_text("utf-8", "surrogateescape"))
    return finish(plan, folder, _shown_at(site), Spared({url: page.html for url, page in build.spared.items()}, build.left))


def show(build: PreviewBuild, done: Finish, site: Path) -> None:
    """Puts the finished site into place, and lets the next builds keep what they can of it.

    What was wrong in a build that failed has to be told again, so that nothing is kept of one.
    """
    shown = _shown_at(site)
    _last_good.clear()
    if shown:
        update_site(site, done.site.folder, shown.targets.files - done.site.targets.files)
    else:
        replace_site(site, done.site.folder)
        gc.freeze()  # what all further builds keep is no garbage
    copied = {path: (source, stamp_of(site / path)) for path, source in build.copied.items()}
    _last_good.append(PreviewBuild(build.around, {}, {}, copied, frozenset(), build.pages, replace(done.site, folder=site)))


def _shown_at(site: Path) -> ShownSite | None:
    return next((last.shown for last in _last_good if last.shown and last.shown.folder == site), None)


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
