"""The settings of the site, read from mkdocs.yml, and from the file that it inherits from, as YAML: nothing that they name is run.

`read_settings` takes the playbook's folder, and returns `SiteSettings` or the problem with a file.
"""

from __future__ import annotations

import os.path
import posixpath
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from macros.files.layout import SITE_SETTINGS
from macros.files.read import read_bytes
from macros.problems.problem import Problem, file_problem, short
from macros.yamlfile.reader import syntax_problem
from macros.yamlfile.source import FieldPath, SourceText, decode

BUILT_IN_EXTENSIONS = ("toc", "tables", "fenced_code")
"""What MkDocs always loads."""


class Opaque:
    """A value that only running something would give: `!ENV`, `!!python/name:`. It is taken to be right."""


OPAQUE = Opaque()
_INHERIT = "INHERIT"
"""The setting that names a file whose settings hold where this one has none."""


@dataclass(frozen=True)
class SiteSettings:
    """mkdocs.yml: its text, with the place of each setting, and its values; and the settings that it inherits."""

    source: SourceText
    parent: SiteSettings | None = None

    @cached_property
    def _own(self) -> dict[str, Any]:
        found = value_of(self.source.root)
        return found if isinstance(found, dict) else {}

    @cached_property
    def values(self) -> dict[str, Any]:
        """The settings; OPAQUE for what is not known without running anything."""
        return _merged(self.parent.values, {name: value for name, value in self._own.items() if name != _INHERIT}) if self.parent else self._own

    @cached_property
    def twice(self) -> frozenset[str]:
        """Names of settings that a file has more than once; MkDocs would read the last."""
        names = [key.value for key, _ in self.source.root.value if isinstance(key, yaml.ScalarNode)]
        inherited = self.parent.twice - {*names} if self.parent else ()
        return frozenset((*(name for name in names if names.count(name) > 1), *inherited))

    @property
    def is_whole(self) -> bool:
        """Whether all settings are known, so that one that is missing here is missing."""
        return not {_INHERIT, "<<"} & self.values.keys()

    @property
    def address(self) -> str:
        """The URL of the site; empty if it is not known without running anything."""
        found = self.get("site_url")
        return found if isinstance(found, str) else ""

    def get(self, *path: str) -> Any:
        """The value at a path of names, or None."""
        found: Any = self.values
        for step in path:
            found = OPAQUE if found is OPAQUE else found.get(step) if isinstance(found, dict) else None
        return found

    def problem(self, path: FieldPath, rule: str, message: str, help: str, *, key: bool = False) -> Problem:
        """A problem at a setting, or at the nearest one around it."""
        source = self.source_of(path)
        return source.problem(source.span_of(path, key=key), rule, message, help, ".".join(str(step) for step in path if isinstance(step, str)))

    def source_of(self, path: FieldPath) -> SourceText:
        """The file that a setting stands in; mkdocs.yml for one that is missing."""
        is_inherited = self.parent and not _has(self._own, path) and _has(self.parent.values, path)
        return self.parent.source_of(path) if is_inherited else self.source

    def lacks(self, message: str, help: str) -> Problem:
        """A problem of the file, which lacks a setting."""
        return file_problem(SITE_SETTINGS, "site-setting", message, help)

    def options(self, name: str) -> dict[str, Any]:
        """What `plugins` or `markdown_extensions` lists, each name with its own settings."""
        found = self.values.get(name)
        if isinstance(found, dict):
            return found
        rows = [row if isinstance(row, dict) else {row: None} for row in found if isinstance(row, str | dict)] if isinstance(found, list) else []
        return {key: value for row in rows for key, value in row.items()}

    @property
    def extensions(self) -> tuple[str, ...]:
        """The extensions of Markdown to read pages with: those that come with MkDocs and its theme, as others would have to be run."""
        known = (name for name in self.options("markdown_extensions") if "." not in name or name.startswith(("markdown.extensions.", "pymdownx.")))
        return tuple(dict.fromkeys((*BUILT_IN_EXTENSIONS, *known)))


def read_settings(root: Path) -> SiteSettings | Problem | None:
    """The settings of the playbook in `root`, or the problem with their file; None if there is none, and so no site is made."""
    if not (root / SITE_SETTINGS).is_file():
        return None
    return _read(root, SITE_SETTINGS, ())


def _read(root: Path, file: str, heirs: tuple[str, ...]) -> SiteSettings | Problem:
    """The settings in a file that others inherit from, each of them from the next."""
    data = read_bytes(root, file)
    source = decode(file, data) if isinstance(data, bytes) else data
    if isinstance(source, Problem):
        return source
    if problem := syntax_problem(source):
        return problem
    if not isinstance(source.root, yaml.MappingNode):
        return file_problem(file, "not-a-mapping", "expected settings such as `site_name: …`", "bring the file back as it was")
    try:
        value_of(source.root)
    except RecursionError:
        return file_problem(file, "not-yaml", "an alias stands inside what it stands for", "write the value out")
    settings = SiteSettings(source)
    if settings.get(_INHERIT) is OPAQUE or _INHERIT not in settings.values:
        return settings
    parent = _parent(settings, root, (*heirs, file))
    return parent if isinstance(parent, Problem) else replace(settings, parent=parent)


def _parent(settings: SiteSettings, root: Path, heirs: tuple[str, ...]) -> SiteSettings | Problem:
    """The settings that others inherit, or why there are none."""
    named = settings.get(_INHERIT)
    file = os.path.normpath(os.path.join(os.path.dirname(heirs[-1]), named)) if isinstance(named, str) else ""  # noqa: PTH118, PTH120 - as MkDocs
    if not named or not file:
        told = "site-setting", f"'{_INHERIT}' names no file", "write the way to one from this file, or remove the line"
    elif _INHERIT in settings.twice:
        told = "duplicate-key", f"'{_INHERIT}' stands here twice", "keep one of them"
    elif is_outside(file):
        message = f"'{short(named)}' is outside the playbook, and a release is built from the playbook's files alone"
        told = "site-setting", message, f"put the file beside {SITE_SETTINGS}, and write the way to it from this file"
    elif file in heirs:
        told = "site-setting", f"'{short(named)}' inherits from this file in its turn", f"remove `{_INHERIT}` from one of them"
    elif not os.path.lexists(root / file):
        told = "no-such-file", f"there is no file '{short(named)}'", "correct the path, or remove the line"
    else:
        return _read(root, file, heirs)
    return settings.problem((_INHERIT,), *told)


def is_outside(path: str) -> bool:
    """Whether a path from the playbook's folder leads out of it, or would do so where the playbook is in another place."""
    return posixpath.isabs(path) or posixpath.normpath(path).split("/")[0] == ".."


def files_named(root: Path) -> tuple[str, ...]:
    """The files beside the usual ones that have a say in the site, as mkdocs.yml names them: hooks, and settings that it inherits."""
    settings = read_settings(root)
    if not isinstance(settings, SiteSettings):
        return ()
    hooks = settings.get("hooks")
    found = [hook for hook in hooks if isinstance(hook, str) and not is_outside(hook)] if isinstance(hooks, list) else []
    while settings := settings.parent:
        found.append(settings.source.file)
    return tuple(found)


def _has(values: Any, path: FieldPath) -> bool:
    for step in path:
        if not (step in values if isinstance(values, dict) else isinstance(values, list) and step in range(len(values))):
            return False
        values = values[step]
    return True


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """The settings of both, as MkDocs merges them: of lists and plain values, those `above` count."""
    both = {name: _merged(below[name], value) for name, value in above.items() if isinstance(value, dict) and isinstance(below.get(name), dict)}
    return {**below, **above, **both}


def value_of(node: yaml.Node | None) -> Any:
    """The plain value of a node, with nothing constructed from tags.

    What is neither text, `true`, `false` nor nothing, such as a number or a date, is a pair: what YAML calls it, and how it is written.
    """
    kind = node.tag.removeprefix("tag:yaml.org,2002:") if node else ""
    if kind.startswith(("!", "python/")):
        return OPAQUE
    if isinstance(node, yaml.ScalarNode):
        return {"bool": node.value.lower() in ("true", "yes", "on"), "null": None}.get(kind, node.value if kind == "str" else (kind, node.value))
    if isinstance(node, yaml.SequenceNode):
        return [value_of(item) for item in node.value]
    return (
        {key.value: value_of(value) for key, value in node.value if isinstance(key, yaml.ScalarNode)} if isinstance(node, yaml.MappingNode) else None
    )
