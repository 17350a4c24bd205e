"""Whether the files below docs/ that go into the site as they are can be published.

`static_file_problems` takes the playbook's folder and the paths of the files below docs/. It returns a problem with each file that is not there
itself, and at each address on another site that a file would load.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from macros.files.layout import DOCS
from macros.playbook.urls import host_of
from macros.problems.problem import Problem, short
from macros.site.links import addresses_in_css, read_document
from macros.yamlfile.source import LARGE_FILE, SourceText, pointer_problem

_MAY_LOAD = (".html", ".htm", ".svg", ".css")
_ELSEWHERE = re.compile(rb"//(?!www\.w3\.org/)")


def static_file_problems(root: Path, files: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with the files, such as `assets/map.svg`."""
    for file in files:
        path = f"{DOCS}/{file}"
        data = _data_of(root / path)
        if data.startswith(LARGE_FILE):
            yield pointer_problem(path)
        elif file.lower().endswith(_MAY_LOAD) and _ELSEWHERE.search(data):
            yield from _loads_from_elsewhere(SourceText(path, data.decode("utf-8", "replace")))


def _data_of(file: Path) -> bytes:
    """What the file holds if that can load anything, or else how it begins."""
    try:
        with file.open("rb") as opened:
            return opened.read() if file.name.lower().endswith(_MAY_LOAD) else opened.read(len(LARGE_FILE))
    except OSError:  # it is told where the folder is read
        return b""


def _loads_from_elsewhere(source: SourceText) -> Iterator[Problem]:
    for start, end in _styles(source.text) if source.file.lower().endswith(".css") else _documents(source.text):
        address = source.text[start:end]
        message = f"'{short(address)}' would be loaded from another site, which would learn who opens this file"
        span = source.mark_at(start), source.mark_at(end)
        yield source.problem(span, "dead-link", message, f"save it below {DOCS}/assets/, and write the way to it from this file")


def _styles(text: str) -> Iterator[tuple[int, int]]:
    return ((start, end) for start, end in addresses_in_css(text) if host_of(text[start:end]))


def _documents(text: str) -> Iterator[tuple[int, int]]:
    """The first place of each address, or the beginning where it is written in another way, such as with `&amp;`."""
    for address in sorted(filter(host_of, read_document(text).loaded)):
        start = text.find(address)
        yield (start, start + len(address)) if start >= 0 else (0, 0)
