"""Whether the settings of the site are those that the playbook depends on.

`settings_problems` takes the settings and the playbook's folder. It returns what would stop a build or make a site that does not work, each at its
line. The menu has a module of its own: `menu.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from macros.engines.mkdocs.elsewhere import loads_from_elsewhere
from macros.engines.mkdocs.settings import BUILT_IN_EXTENSIONS, OPAQUE, SiteSettings, is_outside
from macros.engines.mkdocs.settings_form import HOOKS, OF_ANCHORS
from macros.engines.mkdocs.site_folder import why_no_site
from macros.engines.mkdocs.templates import MAIN, THEME_FOLDER, extra_template_problems, is_there, stays_behind, template_problems, theme_has
from macros.files.layout import DOCS, SITE_FOLDER, SITE_SETTINGS
from macros.playbook.urls import host_of, is_for_publishing
from macros.problems.closest import did_you_mean
from macros.problems.problem import Problem, short
from macros.yamlfile.source import FieldPath

KNOWN_PLUGINS = frozenset({"macros", "search"})
KNOWN_EXTENSIONS = frozenset({*BUILT_IN_EXTENSIONS, "attr_list", "admonition", "footnotes", "def_list", "md_in_html", "abbr"})
_NOT_IN_AN_ADDRESS = re.compile(r"""[\s"'<>\\^`{|};$?#]|//""")
"""What would end an address in the rules that are published for hosts, or ask for something else than a site."""
_INSTEAD = {**dict.fromkeys("?#", "leave it out, and what follows it"), "//": "write one / in its place"}
_PLAIN_PATTERN = re.compile(r"\s*|!?[./]*\w[\w./-]*(?:/\*)?")
"""A pattern as of `.gitignore` that is sure to be one."""
_NAMES = {
    "text": "site_name site_url site_description site_author copyright docs_dir site_dir dev_addr repo_url repo_name edit_uri edit_uri_template "
    "remote_branch remote_name not_in_nav exclude_docs draft_docs INHERIT",
    "`true` or `false`": "use_directory_urls strict",
    "a list": "extra_css extra_javascript extra_templates hooks watch",
    "settings of its own": "extra validation",
    "": "nav theme markdown_extensions plugins",
}
_WANTED = {name: wanted for wanted, names in _NAMES.items() for name in names.split()}
"""Each setting that MkDocs has, with what its value is; those that take several forms are looked at one by one."""
_TYPES = {"text": str, "`true` or `false`": bool, "a list": list, "settings of its own": dict}
_SAVE_IT = f"save the file below {DOCS}/assets/, and write its path from {DOCS}/"


def settings_problems(settings: SiteSettings, root: Path) -> Iterator[Problem]:
    """What is wrong with the settings, apart from the menu."""
    wrong = [*_unknown_or_of_another_type(settings)]
    yield from wrong
    if wrong:
        return
    yield from _addresses(settings)
    yield from _folders(settings, root)
    yield from _programs(settings, root)
    yield from _installed(settings)
    yield from _files(settings, root)
    yield from _paths(settings, root)
    yield from loads_from_elsewhere(settings, root)
    extra = settings.get("extra_templates")
    yield from extra_template_problems(
        root, [name for name in extra if isinstance(name, str) and not name.endswith(".md")] if isinstance(extra, list) else []
    )
    yield from template_problems(root, has_all_filters=settings.get("hooks") == [HOOKS])


def _unknown_or_of_another_type(settings: SiteSettings) -> Iterator[Problem]:
    for name, value in settings.values.items():
        if name in settings.twice:
            yield settings.problem((name,), "duplicate-key", f"'{short(name)}' stands here twice", "keep one of them", key=True)
        elif name not in _WANTED and name != "<<":
            yield settings.problem(
                (name,), "unknown-setting", f"MkDocs has no setting '{short(name)}'", did_you_mean(name, _WANTED, "remove it"), key=True
            )
        elif (wanted := _WANTED.get(name)) and value is not None and value is not OPAQUE and not isinstance(value, _TYPES[wanted]):
            help = f'put it in quotes: "{short(value[1])}"' if isinstance(value, tuple) and wanted == "text" else f"write {wanted}"
            yield settings.problem((name,), "site-setting", f"'{name}' is not {wanted}", help)


def _addresses(settings: SiteSettings) -> Iterator[Problem]:
    if not settings.get("site_name") and settings.is_whole:
        yield settings.lacks("the site has no name", "write `site_name: Approach playbook`; readers see the title of playbook.yml")
    if settings.get("use_directory_urls") is False:
        message = "addresses would end in .html, and every address that was published ends in /"
        yield settings.problem(("use_directory_urls",), "site-setting", message, "write `use_directory_urls: true`, or remove the line")
    address = settings.get("site_url")
    if isinstance(address, str) and address and (fault := _fault_of_address(address)):
        yield settings.problem(("site_url",), "site-setting", *fault)
    yield from _patterns(settings)
    for name in ("exclude_docs", "draft_docs"):
        if _leaves_out(settings.get(name)):
            message = f"'{name}' leaves out pages that lists, links and releases count on"
            yield settings.problem((name,), "site-setting", message, f"remove it, and keep out of {DOCS}/ what is not to be published", key=True)


def _patterns(settings: SiteSettings) -> Iterator[Problem]:
    for name in ("exclude_docs", "draft_docs", "not_in_nav"):
        patterns = settings.get(name)
        for line in patterns.splitlines() if isinstance(patterns, str) else ():
            if not (_PLAIN_PATTERN.fullmatch(line) or _is_pattern(line)):
                yield settings.problem((name,), "site-setting", f"'{short(line.strip())}' is no pattern", "correct it, or remove it", key=True)


def _is_pattern(line: str) -> bool:
    from pathspec.gitignore import GitIgnoreSpec  # noqa: PLC0415 - MkDocs reads the patterns with it; most are plain

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def _leaves_out(patterns: Any) -> bool:
    """Whether patterns as of `.gitignore` name anything but hidden files that MkDocs would leave out and these bring back, such as `!.well-known/`."""
    lines = [line.strip() for line in patterns.splitlines()] if isinstance(patterns, str) else [patterns]
    return any(line and not (isinstance(line, str) and line.startswith(("!", "#"))) for line in lines)


def _fault_of_address(text: str) -> tuple[str, str] | None:
    """What is wrong with the address of the site, and what to write instead."""
    if not _is_web_address(text):
        return f"'{short(text)}' is not the address of a site", "write it whole, such as https://playbook.example.org/"
    scheme, _, rest = text.partition("://")
    if found := _NOT_IN_AN_ADDRESS.search(rest):
        what = "a space" if found[0].isspace() else f"'{found[0]}'"
        return f"{what} cannot stand in the address of a site", _INSTEAD.get(found[0], "leave it out")
    above, _, last = rest.rstrip("/").rpartition("/")
    if above and (is_for_publishing(last)):
        return f"publishing adds '{last}/' to the address by itself", f"write `site_url: {scheme}://{above}/`"
    return None


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises ValueError where that is no number
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None


def _folders(settings: SiteSettings, root: Path) -> Iterator[Problem]:
    docs = settings.get("docs_dir")
    if isinstance(docs, str) and PurePosixPath(docs) != PurePosixPath(DOCS):
        message = f"the pages of a playbook are in {DOCS}/, not in '{short(docs)}'"
        yield settings.problem(("docs_dir",), "site-setting", message, f"write `docs_dir: {DOCS}`, or remove the line")
    written = settings.get("site_dir")
    site = SITE_FOLDER if written is None and settings.is_whole else written
    if isinstance(site, str) and (whose := why_no_site(root, root / site)):
        message = f"each build would replace '{short(site)}', which {whose}"
        is_default = PurePosixPath(site) == PurePosixPath(SITE_FOLDER)
        help = "move what is there elsewhere, or delete it" if is_default else f"write `site_dir: {SITE_FOLDER}`, or remove the line"
        yield settings.problem(("site_dir",), "site-setting", message, help) if written else settings.lacks(message, help)


def _programs(settings: SiteSettings, root: Path) -> Iterator[Problem]:
    """The theme, hooks, plugins and extensions, without which pages are not made or lack a part."""
    yield from _theme(settings, root)
    yield from _hooks(settings, root)
    yield from _plugins(settings)
    if settings.is_whole and settings.get("markdown_extensions") is not OPAQUE and "attr_list" not in settings.options("markdown_extensions"):
        yield _lacks_one(settings, "markdown_extensions", "without `attr_list`, anchors such as { #name } would be shown as text", "`- attr_list`")
    toc = settings.options("markdown_extensions").get("toc")
    for name in OF_ANCHORS:
        if isinstance(toc, dict) and toc.get(name) not in (None, "-"):
            message = f"with `{name}` under `toc`, headings would have other anchors than those that were published"
            yield settings.problem(("markdown_extensions",), "site-setting", message, f"remove `{name}`", key=True)


def _hooks(settings: SiteSettings, root: Path) -> Iterator[Problem]:
    hooks = settings.get("hooks")
    for index, hook in enumerate(hooks if isinstance(hooks, list) else ()):
        if isinstance(hook, str) and is_outside(hook):
            message = f"'{short(hook)}' is outside the playbook, and a release is built from the playbook's files alone"
            yield settings.problem(("hooks", index), "site-setting", message, f"put the file beside {SITE_SETTINGS}, and write its name")
        elif isinstance(hook, str) and not (root / hook).is_file():
            yield settings.problem(("hooks", index), "no-such-file", f"there is no file '{short(hook)}'", "correct the path, or remove the line")
        elif isinstance(hook, str) and any((root / hook).resolve() == (root / other).resolve() for other in hooks[:index] if isinstance(other, str)):
            yield settings.problem(("hooks", index), "site-setting", f"'{short(hook)}' would run twice", "remove the line")
    if settings.is_whole and hooks is not OPAQUE and HOOKS not in map(str, hooks or ()):
        yield _lacks_one(settings, "hooks", "without its hooks, the build checks nothing and makes no page of an entry", f"`- {HOOKS}`")


def _plugins(settings: SiteSettings) -> Iterator[Problem]:
    macros = settings.options("plugins").get("macros", {})
    if settings.is_whole and settings.get("plugins") is not OPAQUE and (not isinstance(macros, dict) or macros.get("module_name") != "macros"):
        help = "`- macros:`, and below it `module_name: macros`"
        yield _lacks_one(settings, "plugins", "without the plugin `macros`, pages would show calls such as {{ link(…) }} as they are written", help)
    if {"search", "material/search"} & {*settings.options("plugins")}:
        message = "with the plugin `search`, each page would have the search of the theme beside that of the playbook"
        yield settings.problem(("plugins",), "site-setting", message, "remove `- search` from it", key=True)


def _lacks_one(settings: SiteSettings, name: str, message: str, what: str) -> Problem:
    if settings.get(name):
        return settings.problem((name,), "site-setting", message, f"add {what} to it", key=True)
    return settings.lacks(message, f"write `{name}:`, and below it {what}")


def _theme(settings: SiteSettings, root: Path) -> Iterator[Problem]:
    theme, folder = settings.get("theme"), settings.get("theme", "custom_dir")
    name = theme if isinstance(theme, str) else settings.get("theme", "name")
    if OPAQUE in (theme, folder, name) or not (settings.is_whole or theme):
        return
    if name != "material":
        yield _lacks_one(settings, "theme", "the pages are made for the theme Material", "`name: material`")
    elif (language := settings.get("theme", "language")) is not None and not theme_has(root, f"partials/languages/{language}.html"):
        message = f"the theme has no language '{short(language[1] if isinstance(language, tuple) else str(language))}'"
        yield settings.problem(("theme", "language"), "site-setting", message, "write its code, such as `language: en`")
    elif settings.get("theme", "font") is not False:
        message = "every page would load a typeface from another site, which would learn who reads it"
        yield _lacks_one(settings, "theme", message, "`font: false`")
    elif not isinstance(folder, str):
        yield _lacks_one(settings, "theme", "without its own templates, pages lack a part, such as the foot", f"`custom_dir: {THEME_FOLDER}`")
    elif PurePosixPath(folder) != PurePosixPath(THEME_FOLDER):
        message = f"the templates of a playbook are in {THEME_FOLDER}/, not in '{short(folder)}'"
        yield settings.problem(("theme", "custom_dir"), "site-setting", message, f"move them there, and write `custom_dir: {THEME_FOLDER}`")
    elif not (root / folder).is_dir():
        message = f"there is no folder '{short(folder)}'"
        yield settings.problem(("theme", "custom_dir"), "no-such-file", message, f"write `custom_dir: {THEME_FOLDER}`, and bring that folder back")
    elif not (root / folder / MAIN).is_file() or not (root / folder / MAIN).stat().st_size:
        message = f"'{short(folder)}' has no {MAIN}, or an empty one, so that pages lack a part, such as the foot"
        yield settings.problem(("theme", "custom_dir"), "no-such-file", message, f"bring {THEME_FOLDER}/{MAIN} back")


def _files(settings: SiteSettings, root: Path) -> Iterator[Problem]:
    """Files that every page would load."""
    named: list[tuple[FieldPath, Any]] = [(("theme", name), settings.get("theme", name)) for name in ("favicon", "logo")]
    for setting in ("extra_css", "extra_javascript"):
        rows = settings.get(setting)
        named += [((setting, index), row) for index, row in enumerate(rows if isinstance(rows, list) else ())]
    for path, value in named:
        yield from _file(settings, root, path, value)
    icons = settings.get("theme", "icon")
    for name, icon in icons.items() if isinstance(icons, dict) else ():
        yield from _icon(settings, root, ("theme", "icon", name), icon)
    palettes = settings.get("theme", "palette")
    for index, palette in enumerate(palettes if isinstance(palettes, list) else ()):
        toggle = palette.get("toggle") if isinstance(palette, dict) else None
        if isinstance(toggle, dict):
            yield from _icon(settings, root, ("theme", "palette", index, "toggle", "icon"), toggle.get("icon"))


def _file(settings: SiteSettings, root: Path, path: FieldPath, value: Any) -> Iterator[Problem]:
    file = value.get("path") if isinstance(value, dict) and path[0] == "extra_javascript" else value
    is_left_out = path[0] == "theme" and file in (None, False)
    if not isinstance(file, str) and file is not OPAQUE and not is_left_out:
        yield settings.problem(path, "site-setting", "this is not the path of a file", f"write the path of one from {DOCS}/, or remove the line")
    elif isinstance(file, str) and host_of(file):
        yield settings.problem(path, "site-setting", f"every page would load '{short(file)}', and that site would learn who reads it", _SAVE_IT)
    elif isinstance(file, str) and (reason := stays_behind(file)) and (root / DOCS / file).is_file():
        message = f"every page would load {DOCS}/{short(file)}, which is not in the site: {reason}"
        yield settings.problem(
            path, "no-such-file", message, f"save the file below {DOCS}/assets/, under a plain name, and write its path from {DOCS}/"
        )
    elif isinstance(file, str) and not is_there(root, file):
        message = f"there is no file {DOCS}/{short(file)}, which every page would load"
        yield settings.problem(path, "no-such-file", message, "add the file, or correct the path")


def _icon(settings: SiteSettings, root: Path, path: FieldPath, icon: Any) -> Iterator[Problem]:
    if isinstance(icon, str) and not theme_has(root, f".icons/{icon}.svg"):
        message = f"there is no icon '{short(icon)}'"
        help = f"write the name of one in {THEME_FOLDER}/.icons/, or of one that comes with the theme, such as material/home"
        yield settings.problem(path, "no-such-file", message, help)


def _paths(settings: SiteSettings, root: Path) -> Iterator[Problem]:
    """Templates of single files, and what a preview watches."""
    for path, folders in ((("extra_templates",), (DOCS, THEME_FOLDER)), (("theme", "static_templates"), (THEME_FOLDER,)), (("watch",), ("",))):
        rows = settings.get(*path)
        for index, row in enumerate(rows if isinstance(rows, list) else ()):
            among = (DOCS,) if path == ("extra_templates",) and str(row).endswith(".html") else folders  # those of the theme make no files
            if path == ("extra_templates",) and str(row).endswith(".md"):
                yield settings.problem((*path, index), "site-setting", f"'{short(row)}' is a page, and no template", "remove the line")
            elif isinstance(row, str) and not any((root / folder / row).exists() for folder in among):
                where = f" in {' or '.join(f'{folder}/' for folder in among)}" if among != ("",) else ""
                yield settings.problem((*path, index), "no-such-file", f"there is no '{short(row)}'{where}", "correct the path, or remove the line")


def _installed(settings: SiteSettings) -> Iterator[Problem]:
    """Plugins and extensions of Markdown that are on this machine; those that come with MkDocs and its theme are not looked up."""
    for setting, group, known in (("plugins", "mkdocs.plugins", KNOWN_PLUGINS), ("markdown_extensions", "markdown.extensions", KNOWN_EXTENSIONS)):
        others = [name for name in settings.options(setting) if isinstance(name, str) and name not in known and "." not in name]
        installed = {point.name for point in entry_points(group=group)} if others else set()
        installed |= {name.removeprefix("material/") for name in installed}
        for name in others:
            if name not in installed:
                message = f"'{short(name)}' is not installed"
                help = did_you_mean(name, {*known, *installed}, "install it, add it to pyproject.toml, or remove it")
                yield settings.problem((setting,), "site-setting", message, help, key=True)
