"""Pages written by hand: the schema of their front matter, checked as strictly as the data.

Enters: the Markdown files under `docs/`. Leaves: each page's front matter as a source of YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from macros.files.layout import DOCS
from macros.files.read import read_bytes
from macros.problems.problem import Problem
from macros.schema.filled import values_in
from macros.schema.introspect import all_fields
from macros.schema.page_models import model_of_page
from macros.schema.parts import Part
from macros.schema.patterns import A_DOCS_FILE
from macros.yamlfile.finding import Finding
from macros.yamlfile.source import SourceText, decode

_FENCE = re.compile(r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)


def read_front_matters(root: Path) -> Iterator[tuple[str, type[Part], SourceText | Problem]]:
    """Each page's path, the model of its front matter, and that front matter as YAML with its place in the file."""
    for file in sorted((root / DOCS).rglob("*.md")):
        path = file.relative_to(root).as_posix()
        data = read_bytes(root, path)
        source = data if isinstance(data, Problem) else decode(path, data)
        yield path, model_of_page(path), source if isinstance(source, Problem) else front_matter(source)


def front_matter(source: SourceText) -> SourceText:
    """The YAML between the `---` lines; empty where there is none."""
    fence = _FENCE.match(source.text)
    return SourceText(source.file, fence[1] if fence else "", first_line=2)


def page_findings(page: Part, root: Path) -> Iterator[Finding]:
    """Rules between the fields of a page, and files that it names."""
    for pair in getattr(page, "together", ()):
        lacking = [field for field in pair.fields if not getattr(page, field)]
        if len(lacking) == 1:
            yield Finding((), "missing-field", f"'{lacking[0]}' is missing", pair.why)
    written = page.model_dump(mode="json", by_alias=True)
    for field in all_fields(type(page)):
        for path, name in values_in(written, field.steps) if field.pattern is A_DOCS_FILE else ():
            if not (root / DOCS / name).is_file():
                yield Finding(path, "no-such-file", f"there is no file docs/{name}", "add the file, or correct the path")
