"""Pages written by hand: the schema of their front matter, checked as strictly as the data.

Enters: the Markdown files under `docs/`. Leaves: each page's front matter as a source of YAML.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.files.layout import APPROACH, DOCS
from macros.files.read import read_bytes
from macros.problems.problem import Problem
from macros.schema.front_matter import ApproachFrontMatter, FrontMatter
from macros.schema.parts import Part
from macros.text.page_source import PageSource
from macros.yamlfile.finding import Finding
from macros.yamlfile.source import decode


def read_pages(root: Path) -> Iterator[tuple[str, PageSource | Problem]]:
    """Reads each page under docs/. Returns its path, and the page taken apart or why it cannot be read."""
    for file in sorted((root / DOCS).rglob("*.md")):
        path = file.relative_to(root).as_posix()
        data = read_bytes(root, path)
        source = data if isinstance(data, Problem) else decode(path, data)
        yield path, source if isinstance(source, Problem) else PageSource(source, data)


def front_matter_model(path: str) -> type[ApproachFrontMatter | FrontMatter]:
    """Returns the schema of the front matter of the page in the file `path`."""
    return ApproachFrontMatter if path.startswith(APPROACH) else FrontMatter


def page_findings(page: Part, root: Path) -> Iterator[Finding]:
    """Rules between the fields of a page, and files that it names."""
    if not isinstance(page, ApproachFrontMatter):
        return
    if bool(page.external_url) != bool(page.external_link_title):
        lacking = "external_link_title" if page.external_url else "external_url"
        yield Finding((), "missing-field", f"'{lacking}' is missing", "an external link has an address and a title, or neither")
    files = [(("image",), page.image), *((("media", i, "file"), medium.file) for i, medium in enumerate(page.media))]
    for path, name in files:
        if not (root / DOCS / name).is_file():
            yield Finding(path, "no-such-file", f"there is no file docs/{name}", "put the file there, or mend the path")
