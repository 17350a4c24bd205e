"""Settings of unusual form, which MkDocs itself is asked about: it is slow to ask, and knows what each plugin and extension takes.

`reply_of_mkdocs` takes the settings and the playbook's folder. It returns what MkDocs refuses or warns of, each at its setting, and how it reads
Markdown; nothing, and at once, for settings that are as usual.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from macros.engines.mkdocs.own_hooks import fault_in_hook
from macros.engines.mkdocs.settings import SiteSettings
from macros.files.layout import SITE_SETTINGS
from macros.problems.problem import Problem, short

HOOKS = "macros/engines/mkdocs/hooks.py"
_LEVEL = frozenset({"warn", "info", "ignore"})
_USUAL: Mapping[str, Any] = {
    **dict.fromkeys(("site_name", "site_url", "site_description", "site_author", "docs_dir", "site_dir", "exclude_docs", "not_in_nav"), str),
    **{name: [str] for name in ("extra_css", "extra_javascript", "watch")},
    "hooks": [frozenset({HOOKS})],
    **dict.fromkeys(("use_directory_urls", "strict"), bool),
    "theme": {
        **dict.fromkeys(("name", "custom_dir", "language", "favicon", "logo"), str),
        "font": bool,
        "icon": {"logo": str, "repo": str},
        "palette": [{**dict.fromkeys(("media", "scheme", "primary", "accent"), str), "toggle": {"icon": str, "name": str}}],
        "features": [str],
    },
    "extra": {"generator": bool},
    "validation": {
        "nav": dict.fromkeys(("omitted_files", "not_found", "absolute_links"), _LEVEL),
        "links": dict.fromkeys(("not_found", "anchors", "absolute_links", "unrecognized_links"), _LEVEL),
    },
}
"""The form of each setting: a type, a list of one form, the forms of its own settings, or the values that it may have."""
_USUAL_PLUGINS = {"macros": {"module_name": str, "on_undefined": str, "on_error_fail": bool}, "search": {}}
_USUAL_EXTENSIONS = {
    **{name: {} for name in ("attr_list", "tables", "fenced_code", "pymdownx.highlight", "pymdownx.superfences")},
    "toc": dict.fromkeys(("title", "permalink", "permalink_title"), str),
}
"""What each plugin and each extension is usually told."""

OF_ANCHORS = ("separator", "slugify")
"""Options of `toc` that would change the anchors of headings: they are refused, and pages are read without them."""
_HELP = "correct what it names, or remove it"


@dataclass(frozen=True, slots=True)
class Reply:
    """What MkDocs makes of the settings: what it refuses or warns of, and the extensions of Markdown with the options of each."""

    problems: tuple[Problem, ...] = ()
    extensions: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)


def reply_of_mkdocs(settings: SiteSettings, root: Path) -> Reply:
    """Returns problems, and as warnings what MkDocs itself warns of. Without them, extensions if those are of unusual form."""
    if _is_usual(settings):
        return Reply()
    found, config = _of_mkdocs(settings, root)
    if config is None or _has_usual_markdown(settings):
        return Reply(found)
    options = config.mdx_configs or {}
    toc = {name: value for name, value in options.get("toc", {}).items() if name not in OF_ANCHORS}
    return Reply(found, tuple(config.markdown_extensions), {**options, "toc": toc})


def _has_usual_markdown(settings: SiteSettings) -> bool:
    return settings.is_whole and _are_usual(settings, "markdown_extensions", _USUAL_EXTENSIONS)


def _is_usual(settings: SiteSettings) -> bool:
    others = {name: value for name, value in settings.values.items() if name not in ("nav", "plugins", "markdown_extensions")}
    return (
        _fits(others, _USUAL)
        and _is_usual_menu(settings.get("nav"))
        and _are_usual(settings, "plugins", _USUAL_PLUGINS)
        and _are_usual(settings, "markdown_extensions", _USUAL_EXTENSIONS)
    )


def _fits(value: Any, form: Any) -> bool:
    if isinstance(form, Mapping):
        return isinstance(value, dict) and all(name in form and _fits(inner, form[name]) for name, inner in value.items())
    if isinstance(form, list):
        return isinstance(value, list) and all(_fits(item, form[0]) for item in value)
    return isinstance(value, str) and value in form if isinstance(form, frozenset) else isinstance(value, form)


def _is_usual_menu(nav: Any) -> bool:
    """Whether each item is a page, or a title with a page or with items."""
    if isinstance(nav, list):
        return all(isinstance(item, str) or (isinstance(item, dict) and len(item) == 1 and all(map(_is_usual_menu, item.values()))) for item in nav)
    return nav is None or isinstance(nav, str)


def _are_usual(settings: SiteSettings, name: str, forms: Mapping[str, Any]) -> bool:
    """Whether a list of names, each with its own settings, names nothing else and nothing twice."""
    options, rows = settings.options(name), settings.get(name)
    if rows is None:
        return True
    return (
        isinstance(rows, list)
        and len(rows) == len(options)
        and all(key in forms and _fits(value or {}, forms[key]) for key, value in options.items())
    )


def _of_mkdocs(settings: SiteSettings, root: Path) -> tuple[tuple[Problem, ...], Any]:
    """What MkDocs says of the settings, and its configuration; None in the place of one that it cannot use."""
    from mkdocs.config.defaults import MkDocsConfig  # noqa: PLC0415 - takes longer than a check

    file = root / SITE_SETTINGS
    config = MkDocsConfig(config_file_path=str(file))
    try:
        with file.open("rb") as opened, redirect_stdout(sys.stderr):
            config.load_file(opened)
            errors, warnings = config.validate()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a plugin, a hook or a value may raise
        if fault := fault_in_hook(error):
            return (fault,), None
        return (settings.lacks(f"MkDocs cannot use it: {_in_a_line(error, root)}", _HELP),), None
    refused = [settings.problem((name,), "site-setting", f"MkDocs refuses it: {_in_a_line(error, root)}", _HELP, key=True) for name, error in errors]
    told = [settings.problem((name,), "site-setting", f"MkDocs warns of it: {_in_a_line(said, root)}", _HELP, key=True) for name, said in warnings]
    return (*refused, *(replace(problem, severity="warning") for problem in told)), None if errors else config


def _in_a_line(told: Exception | str, root: Path) -> str:
    """The words of MkDocs, without the trace of a program, and the playbook's folder left out of paths."""
    lines = str(told).replace(f"{root}/", "").splitlines() or [type(told).__name__]
    words = [lines[0], lines[-1]] if any(line.startswith("  File ") for line in lines) else lines
    return short(" ".join(" ".join(words).split()).rstrip("."), 200)
