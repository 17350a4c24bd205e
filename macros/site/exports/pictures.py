"""The pictures that other sites show where someone shares a page: one of each entry, and one of the playbook for all other pages.

`entry_picture` and `playbook_picture` are the files. `picture_path` takes the address of a page, and returns which picture shows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from macros.files.layout import DOCS
from macros.playbook.urls import PICTURE_FORM, PLAYBOOK_PICTURE, entry_url
from macros.schema.entry import Entry
from macros.schema.settings import Settings
from macros.site.exports.drawing import PICTURE_HEIGHT, PICTURE_WIDTH, Boxed, Colours, drawn
from macros.site.exports.published import Published

_STYLES = "assets/css/tokens.css"
_LIGHT = re.compile(r'^\[data-md-color-scheme="default"\] \{(?P<rows>.*?)^\}', re.MULTILINE | re.DOTALL)
_COLOUR = re.compile(r"--(?P<name>paper|ink|ink-2|accent):\s*#(?P<value>[0-9a-fA-F]{6})\b")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its path inside the site, with its size in pixels, and its words for those who do not see it."""

    path: str
    width: int
    height: int
    alt: str


def picture_path(published: Published, url: str) -> Picture:
    """Returns the picture of the page at `url`: that of its entry, or that of the playbook."""
    settings, entry = published.playbook.settings, published.ledger.current.entries.get(url)
    if entry is None:
        return Picture(PLAYBOOK_PICTURE, PICTURE_WIDTH, PICTURE_HEIGHT, f"{settings.title}, {settings.lab}: {settings.summary}")
    path = PICTURE_FORM.format(at=entry_url(entry).rstrip("/"))
    return Picture(path, PICTURE_WIDTH, PICTURE_HEIGHT, f"{_kind_of(entry)}: {entry.full_title}. {settings.title}, {settings.lab}")


def entry_picture(published: Published, entry: Entry, _at: str) -> bytes:
    """Returns the picture of an entry; it is the same at a former address."""
    settings = published.playbook.settings
    return drawn((_over(_kind_of(entry)), _title(entry.full_title), *_foot(settings)), colours_of(published.ledger.current.root))


def playbook_picture(published: Published) -> bytes:
    """Returns the picture of the playbook."""
    settings = published.playbook.settings
    summary = Boxed(settings.summary, top=520, height=80, size=32)
    return drawn((_over(settings.lab), _title(settings.title), summary), colours_of(published.ledger.current.root))


def colours_of(root: Path) -> Colours:
    """Returns the light colours of the site in the folder `root`, as its stylesheet names them; black on white for those that it does not name."""
    file = root / DOCS / _STYLES
    return _colours_in(file.read_text("utf-8", "replace") if file.is_file() else "")


@lru_cache(maxsize=8)
def _colours_in(styles: str) -> Colours:
    light = _LIGHT.search(styles)
    named = {found["name"].replace("-", "_"): _channels(found["value"]) for found in _COLOUR.finditer(light["rows"] if light else "")}
    return Colours(**named)


def _channels(value: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(value)
    return red, green, blue


def _kind_of(entry: Entry) -> str:
    return f"{entry.kind.one}, withdrawn" if entry.status == "withdrawn" else entry.kind.one


def _over(words: str) -> Boxed:
    return Boxed(words, top=64, height=60, size=40)


def _title(words: str) -> Boxed:
    return Boxed(words, top=140, height=350, size=72, is_title=True)


def _foot(settings: Settings) -> tuple[Boxed, Boxed]:
    return Boxed(settings.title, top=520, height=44, size=34), Boxed(settings.lab, top=564, height=40, size=28)
