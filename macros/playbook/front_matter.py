"""Pages written by hand: the schema of their front matter, checked as strictly as the data.

Enters: the Markdown files under `docs/`. Leaves: each page's front matter as a source of YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from macros.files.layout import APPROACH, DOCS
from macros.files.read import read_bytes
from macros.problems.problem import Problem
from macros.schema.front_matter import ApproachFrontMatter, FrontMatter
from macros.schema.parts import Part
from macros.yamlfile.finding import Finding
from macros.yamlfile.source import SourceText, decode

_FENCE = re.compile(r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)


def read_front_matters(root: Path) -> Iterator[tuple[str, type[Part], SourceText | Problem]]:
    """Each page's path, the model of its front matter, and that front matter as YAML with its place in the file."""
    for file in sorted((root / DOCS).rglob("*.md")):
        path = file.relative_to(root).as_posix()
        data = read_bytes(root, path)
        source = data if isinstance(data, Problem) else decode(path, data)
        model = ApproachFrontMatter if path.startswith(APPROACH) else FrontMatter
        yield path, model, source if isinstance(source, Problem) else front_matter(source)


def front_matter(source: SourceText) -> SourceText:
    """The YAML between the `---` lines; empty where there is none."""
    fence = _FENCE.match(source.text)
    return SourceText(source.file, fence[1] if fence else "", first_line=2)


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
