"""The stylesheet of a site: all files that its settings name, as one, so that a page asks for one file instead of twenty.

`joined_styles` takes the playbook's folder and the paths of the files below docs/, in their order. It returns the bytes of that file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from macros.files.layout import DOCS

STYLES_FILE = "assets/css/site.css"
_FOLDER = "assets/css/"
_SPACE = r"(?:\s|/\*(?:(?!\*/).)*\*/)"
_PIECE = re.compile(rf"""(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|{_SPACE}*(?P<mark>[{{}};,]){_SPACE}*|{_SPACE}+""", re.DOTALL)
"""A text, which stays as it is; a mark that needs no space round it; or a space, as which a comment counts too."""


def is_joined(path: object) -> bool:
    """Returns whether a stylesheet is part of that file; one in another folder is not, as the addresses in it would lead elsewhere."""
    return isinstance(path, str) and path.startswith(_FOLDER) and "/" not in path.removeprefix(_FOLDER)


def joined_styles(root: Path, paths: Iterable[object]) -> bytes:
    """Returns the stylesheets as one, without comments. A file that is not there is left out: the check tells of it."""
    files = (root / DOCS / str(path) for path in paths if is_joined(path))
    return "".join(f"{_small(file.read_text('utf-8', 'replace'))}\n" for file in files if file.is_file()).encode()


def _small(css: str) -> str:
    """The stylesheet with no comment, and no space that means nothing."""
    return _PIECE.sub(lambda found: found["text"] or found["mark"] or " ", css).replace(";}", "}").strip()
