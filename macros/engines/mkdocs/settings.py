"""The settings of the site, read from mkdocs.yml as YAML: nothing that the file names is run.

`read_settings` takes the playbook's folder, and returns `SiteSettings` or the problem with the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from macros.files.layout import SITE_SETTINGS
from macros.files.read import read_bytes
from macros.problems.problem import Problem, file_problem
from macros.yamlfile.reader import syntax_problem
from macros.yamlfile.source import FieldPath, SourceText, decode

BUILT_IN_EXTENSIONS = ("toc", "tables", "fenced_code")
"""What MkDocs always loads."""


class Opaque:
    """A value that only running something would give: `!ENV`, `!!python/name:`. It is taken to be right."""


OPAQUE = Opaque()


@dataclass(frozen=True)
class SiteSettings:
    """mkdocs.yml: its text, with the place of each setting, and its values."""

    source: SourceText

    @cached_property
    def values(self) -> dict[str, Any]:
        """The settings; OPAQUE for what is not known without running anything."""
        found = value_of(self.source.root)
        return found if isinstance(found, dict) else {}

    @cached_property
    def twice(self) -> frozenset[str]:
        """Names of settings that the file has more than once; MkDocs would read the last."""
        names = [key.value for key, _ in self.source.root.value]
        return frozenset(name for name in names if isinstance(name, str) and names.count(name) > 1)

    @property
    def is_whole(self) -> bool:
        """Whether all settings are in this file, so that one that is missing here is missing."""
        return not {"INHERIT", "<<"} & self.values.keys()

    def get(self, *path: str) -> Any:
        """The value at a path of names, or None."""
        found: Any = self.values
        for step in path:
            found = OPAQUE if found is OPAQUE else found.get(step) if isinstance(found, dict) else None
        return found

    def problem(self, path: FieldPath, rule: str, message: str, help: str, *, key: bool = False) -> Problem:
        """A problem at a setting, or at the nearest one around it."""
        return self.source.problem(
            self.source.span_of(path, key=key), rule, message, help, ".".join(str(step) for step in path if isinstance(step, str))
        )

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
    data = read_bytes(root, SITE_SETTINGS)
    source = decode(SITE_SETTINGS, data) if isinstance(data, bytes) else data
    if isinstance(source, Problem):
        return source
    if problem := syntax_problem(source):
        return problem
    if not isinstance(source.root, yaml.MappingNode):
        return file_problem(SITE_SETTINGS, "not-a-mapping", "expected settings such as `site_name: …`", "bring the file back as it was")
    try:
        value_of(source.root)
    except RecursionError:
        return file_problem(SITE_SETTINGS, "not-yaml", "an alias stands inside what it stands for", "write the value out")
    return SiteSettings(source)


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
