"""A folder that any engine builds: pages without macros, the theme, and settings without hooks.

`write_folder` takes a plan and a folder. The engine writes the folder `site` in it; `finish_folder` makes the playbook's site of that.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import yaml

from macros.engines.mkdocs.default_menu import default_menu
from macros.engines.mkdocs.plan import plan, settings_of_site
from macros.engines.mkdocs.settings import SiteSettings
from macros.engines.mkdocs.site_folder import BUILT, folder_of_site, why_no_site
from macros.files.docs import read_docs
from macros.files.folders import copy_folder, delete_folder, new_folder
from macros.files.layout import DOCS, SITE_SETTINGS
from macros.files.lock import hold
from macros.files.signals import signals_wait
from macros.playbook import urls
from macros.problems.machine_error import error_in_words
from macros.problems.problem import with_warnings
from macros.problems.user_error import InvalidPlaybook, UserError
from macros.site import unfinished
from macros.site.built_from import is_built_from
from macros.site.built_pages import PAGE
from macros.site.finish import finish
from macros.site.page_files import MARKDOWN_ENDING, page_file, page_files
from macros.site.plan import SitePlan
from macros.site.replace import PATIENCE, replace_site
from macros.text.markdown import escape_title

THEME = "overrides"
_LEFT_OUT = frozenset({"INHERIT", "hooks", "watch"})
"""Settings that mean something to MkDocs in the playbook's own folder alone."""
_MACROS = "macros"
_NO_SEARCH = {"enabled": False}
_MAPPING = "tag:yaml.org,2002:map"
_STAGED = ".pages-new-"
"""What the name of a folder begins with in which pages are written before they take their place."""
_MARK = "# Made by `playbook pages`: changes here are lost.\n"


def write_folder(site: SitePlan, settings: SiteSettings, folder: Path) -> None:
    """Writes pages, files, theme and settings into `folder`, in the place of those that were written there before. What engines keep there stays.

    Raises: UserError if the folder holds something else, or the disk takes no more; then the old files are there still.
    """
    _refuse_other_files(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with hold(folder, seconds=PATIENCE):
        for left in _staged_in(folder):  # by a process that was killed
            delete_folder(left)
        staged = new_folder(folder, _STAGED)
        try:
            _write(site, settings, staged)
            _put_in_place(staged, folder)
        except OSError as refused:
            raise error_in_words(refused, writing="the pages") from None
        finally:
            with signals_wait():
                delete_folder(staged)


def _write(site: SitePlan, settings: SiteSettings, folder: Path) -> None:
    for path in read_docs(site.root)[0]:
        if not path.endswith(MARKDOWN_ENDING):
            _put(folder / path, (site.root / path).read_bytes())
    for path, content in page_files(site):
        _put(folder / DOCS / path, content)
    copy_folder(site.root / THEME, folder / THEME)
    _put(folder / SITE_SETTINGS, f"{_MARK}{_settings(site, settings)}".encode())


def _put_in_place(new: Path, folder: Path) -> None:
    """The old files go, with what an engine made of them, and the new ones come; or the old ones are there again.

    The settings go first and come last. So if the process is killed in between, no engine builds what is there.
    """
    old = new / "old"
    old.mkdir()
    with signals_wait(), ExitStack() as undo:
        for name in (SITE_SETTINGS, BUILT, DOCS, THEME):
            _move(folder / name, old / name, undo)
        for name in (DOCS, THEME, SITE_SETTINGS):
            _move(new / name, folder / name, undo)
        undo.pop_all()


def _move(path: Path, target: Path, undo: ExitStack) -> None:
    if os.path.lexists(path):
        path.rename(target)
        undo.callback(target.rename, path)


def finish_folder(root: Path, folder: Path) -> Path:
    """Makes the site of what an engine has built in `folder`, puts it in the place of the old one, and returns where that is.

    Raises: UserError; InvalidPlaybook, with dead links and broken promises; OSError.
    """
    settings = settings_of_site(root)
    site, built = folder_of_site(root, settings), folder / BUILT
    if not built.is_dir():
        raise UserError(f"nothing is built in {folder}", f"build it with an engine, so that it has a folder {BUILT}/")
    if not is_built_from(built, root):
        raise UserError(f"{folder} was made from other files than those here", f"write it again: playbook pages {folder}; then build it again")
    if whose := why_no_site(root, site):
        raise UserError(f"the site would replace {site}, which {whose}", f"name another folder as `site_dir:` in {SITE_SETTINGS}")
    planned, _ = plan(root, settings.address)
    if page := _not_built(planned, built):
        raise UserError(f"{folder} is built in part: the page {page} is missing or ends halfway", "have the engine build it again")
    new = Path(unfinished.open_folder(site))
    try:
        copy_folder(built, new)
        done = finish(planned, new)
        if found := with_warnings(done.errors, done.warnings, strict=True):
            raise InvalidPlaybook(found, "the site was left as it was")
        replace_site(site, new)
        unfinished.let_go(str(new))
    except OSError as refused:
        raise error_in_words(refused, writing="the new site") from None
    finally:
        unfinished.clear()
    return site


def _refuse_other_files(folder: Path) -> None:
    found = folder / SITE_SETTINGS
    is_ours = (found.is_file() and found.read_text("utf-8", "replace").startswith(_MARK)) or any(_staged_in(folder))
    if folder.exists() and any(folder.iterdir()) and not is_ours:
        raise UserError(f"{folder} has files that this command did not write", "name another folder")


def _staged_in(folder: Path) -> Iterator[Path]:
    return folder.glob(f"{_STAGED}*")


def _not_built(site: SitePlan, built: Path) -> str:
    """The address of a page that an engine has not built whole, because it was stopped; a page written by hand may be kept out of the site."""
    files = {page: built / page.url / PAGE for page in site.pages.values()}
    return next((f"/{page.url}" for page, file in files.items() if not (_is_whole(file) if file.is_file() else not page.is_generated)), "")


def _is_whole(file: Path) -> bool:
    return file.read_bytes().rstrip().endswith(b"</html>")


def _put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _settings(site: SitePlan, settings: SiteSettings) -> str:
    """mkdocs.yml for an engine that runs nothing of ours. What only an engine can read, such as `!ENV`, stays as it is written."""
    found = {name: node for name, node in _settings_of(settings).items() if name not in _LEFT_OUT}
    found |= {
        "site_name": _node(escape_title(site.playbook.settings.title)),
        "site_description": _node(escape_title(site.playbook.settings.summary)),
        "docs_dir": _node(DOCS),
        "site_dir": _node(BUILT),
        "plugins": _plugins(found.get("plugins")),
        "extra": _with(found.get("extra"), "playbook", _node(site.extra())),
        "theme": _with(found.get("theme"), "variant", _node("classic")),  # Zensical has another look by itself
        "not_in_nav": _node("".join(f"{pattern}\n" for pattern in _outside_menu(site, settings))),
    }
    has_menu = bool(settings.values.get("nav"))
    found["nav"] = _moved(found["nav"] if has_menu else _node(default_menu(settings, site.pages.values())))
    pairs = [(_node(name), node) for name, node in found.items()]
    return yaml.serialize(yaml.MappingNode(_MAPPING, pairs), allow_unicode=True)


def _node(value: object) -> yaml.Node:
    return yaml.compose(yaml.safe_dump(value, allow_unicode=True, sort_keys=False))


def _settings_of(settings: SiteSettings) -> dict[str, yaml.Node]:
    """Each setting with its node; those that are inherited are merged as MkDocs merges them."""
    inherited = _settings_of(settings.parent) if settings.parent else {}
    return _merged(inherited, {key.value: node for key, node in settings.source.root.value if isinstance(key, yaml.ScalarNode)})


def _merged(inherited: dict[str, yaml.Node], own: dict[str, yaml.Node]) -> dict[str, yaml.Node]:
    found = {**inherited}
    for name, node in own.items():
        if isinstance(node, yaml.MappingNode) and isinstance(before := found.get(name), yaml.MappingNode):
            inner = _merged(*({key.value: value for key, value in each.value} for each in (before, node)))
            node = yaml.MappingNode(node.tag, [(_node(key), value) for key, value in inner.items()])  # noqa: PLW2901 - merged in its place
        found[name] = node
    return found


def _with(node: yaml.Node | None, name: str, value: yaml.Node) -> yaml.Node:
    """A mapping that has a value under `name`, and what it had before under other names."""
    rows = node.value if isinstance(node, yaml.MappingNode) else ()
    return yaml.MappingNode(_MAPPING, [*((key, row) for key, row in rows if key.value != name), (_node(name), value)])


def _plugins(node: yaml.Node | None) -> yaml.Node:
    """The plugins but for mkdocs-macros, which has nothing left to do; engines that search by themselves are told not to."""
    if isinstance(node, yaml.MappingNode):
        return _with(yaml.MappingNode(_MAPPING, [(key, row) for key, row in node.value if key.value != _MACROS]), "search", _node(_NO_SEARCH))
    rows = node.value if isinstance(node, yaml.SequenceNode) else ()
    names = [row.value[0][0].value if isinstance(row, yaml.MappingNode) and row.value else row.value for row in rows]
    kept = [row for row, name in zip(rows, names, strict=True) if name != _MACROS]
    return yaml.SequenceNode("tag:yaml.org,2002:seq", [*kept, _node({"search": _NO_SEARCH})])


def _outside_menu(site: SitePlan, settings: SiteSettings) -> Iterator[str]:
    """Patterns for the pages that no menu shows: those of one folder deep and more by their folder, as there may be thousands."""
    yield from str(settings.values.get("not_in_nav") or "").splitlines()
    has_menu = bool(settings.values.get("nav"))
    hidden = [page for page in site.pages.values() if page.is_generated and (has_menu or not page.in_navigation)]
    yield from dict.fromkeys(f"/{page.url.partition('/')[0]}/*/" if page.url.count("/") > 1 else f"/{page_file(page.url)}" for page in hidden)


def _moved(node: yaml.Node) -> yaml.Node:
    """A part of the menu with the new places of pages."""
    if isinstance(node, yaml.SequenceNode):
        return yaml.SequenceNode(node.tag, [_moved(each) for each in node.value])
    if isinstance(node, yaml.MappingNode):
        return yaml.MappingNode(node.tag, [(title, _moved(each)) for title, each in node.value])
    is_page = node.value.endswith(MARKDOWN_ENDING)
    return _node(page_file(urls.page_url(f"{DOCS}/{node.value}"))) if is_page else node
