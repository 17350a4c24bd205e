"""Finds every link that leads out of the playbook, with its place.

`read_links` takes the playbook's folder and returns each link in the data, in front matter and in the text of pages, with its file and
line. `yaml_links` and `page_links` do the same for one YAML file and for the text of one page. Files that cannot be read are skipped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from markdown_it.token import Token
from pydantic import BaseModel

from macros.authoring.linkcheck.verdict import without_anchor
from macros.files.docs import read_docs
from macros.files.read import read_files
from macros.playbook.front_matter import read_pages
from macros.schema.fields import TextForm
from macros.schema.file_models import model_of_file
from macros.schema.filled import values_in
from macros.schema.introspect import all_fields
from macros.schema.page_models import model_of_page
from macros.text.page_source import PageSource, blocks
from macros.text.parse import parse_text
from macros.yamlfile.reader import parse_yaml
from macros.yamlfile.source import SourceText, decode

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*["']?(https?://[^\s"'>]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class LinkUse:
    """A link to `address` (without the part after `#`), as it is written in a line of a file."""

    file: str
    line: int
    address: str


def read_links(root: Path) -> tuple[LinkUse, ...]:
    """Every link that leads out of the playbook in `root`, each once a line, by file and line."""
    return tuple(sorted(set(chain(_in_data(root), _in_pages(root)))))


def _in_data(root: Path) -> Iterator[LinkUse]:
    for file in read_files(root)[0]:
        source = decode(file.path, file.data)
        if isinstance(source, SourceText):
            yield from yaml_links(source, model_of_file(file.folder, file.slug))


def _in_pages(root: Path) -> Iterator[LinkUse]:
    for path, page in read_pages(root, read_docs(root)[0]):
        if isinstance(page, PageSource):
            yield from yaml_links(page.front, model_of_page(path))
            yield from page_links(page)


def yaml_links(source: SourceText, model: type[BaseModel]) -> Iterator[LinkUse]:
    """The links in the fields of one `model`: whole addresses, and links in text."""
    raw, _ = parse_yaml(source)
    for field in all_fields(model):
        for path, value in values_in(raw, field.steps) if field.is_text else ():
            seen: Counter[str] = Counter()
            for address in _addresses(value, field.form):
                start, _ = source.span_within(path, address, nth=seen[address])
                seen[address] += 1
                yield _mention(source, start.line, address)


def page_links(page: PageSource) -> Iterator[LinkUse]:
    """The links in a page's text below its front matter. An address inside code is not a link."""
    above = page.source.mark_at(page.begins).line
    lines = page.source.lines[above:]
    for token in blocks("\n".join(lines)):
        begin, end = token.map or (0, 0)
        for address in _addresses_in_block(token):
            line = next((number for number in range(begin, end) if address in lines[number]), begin)
            yield LinkUse(page.source.file, above + line + 1, without_anchor(address))


def _addresses(value: Any, form: TextForm) -> Iterator[str]:
    if not isinstance(value, str) or "://" not in value:
        return
    if form != "plain":
        yield from (address for address in parse_text(value, form).addresses if _ADDRESS.fullmatch(address))
    elif _ADDRESS.fullmatch(value.strip()):
        yield value.strip()


def _addresses_in_block(token: Token) -> Iterator[str]:
    """The links of a block: Markdown's own, and those that are written as HTML."""
    for inner in (token, *(token.children or ())):
        if inner.type == "link_open" and _ADDRESS.fullmatch(href := str(inner.attrs.get("href", ""))):
            yield href
        elif inner.type in ("html_inline", "html_block"):
            yield from _HREF.findall(inner.content)


def _mention(source: SourceText, line: int, address: str) -> LinkUse:
    return LinkUse(source.file, line + source.first_line, without_anchor(address))
