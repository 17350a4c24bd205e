"""Pages written by hand: their files, and what is wrong with their front matter, which is checked as strictly as the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from macros.files.layout import DOCS
from macros.files.memo import remembered
from macros.files.read import read_bytes
from macros.problems.problem import Problem
from macros.schema.filled import values_in
from macros.schema.introspect import all_fields
from macros.schema.parts import Part
from macros.schema.patterns import A_DOCS_FILE
from macros.text.page_source import PageSource
from macros.yamlfile.finding import Finding
from macros.yamlfile.source import decode


def read_pages(root: Path, docs: Iterable[str]) -> Iterator[tuple[str, PageSource | Problem]]:
    """Reads each page among the files below docs/. Returns its path, and the parsed page or the problem that keeps it from being read."""
    for path in docs:
        if path.endswith(".md"):
            data = read_bytes(root, path)
            yield path, data if isinstance(data, Problem) else _page(path, data)


@remembered(lambda path, data: (path, data))
def _page(path: str, data: bytes) -> PageSource | Problem:
    source = decode(path, data)
    return source if isinstance(source, Problem) else PageSource(source, data)


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
