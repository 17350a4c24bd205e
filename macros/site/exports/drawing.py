"""Draws a picture of a few texts, each in a box, as a small PNG: the same bytes on every machine and every day.

`drawn` takes texts and colours, and returns the file. A text is never cut: it gets smaller until it fits, and it is left out if it cannot be drawn
as it is written. The font has Latin, Greek and Cyrillic letters.
"""

from __future__ import annotations

import unicodedata
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from macros.files.memo import remembered

PICTURE_WIDTH, PICTURE_HEIGHT = 1200, 630
"""In pixels, as sites that show such pictures ask for."""
_LEFT, _ROOM = 72, PICTURE_WIDTH - 2 * 72
_SMALLEST, _STEP = 10, 2
_MOST = 400
"""Letters of a text; more would be too small to read."""
_LINE = 1.16
"""The height of a line by the size of its letters."""
_SHADES = 4
"""Of each of two inks. More would look the same, and make larger files; with the paper and the accent, all colours fit into half a byte."""
_ACCENT = 2 * _SHADES + 1
_BAND, _RULE = (0, 0, PICTURE_WIDTH - 1, 15), (_LEFT, 504, PICTURE_WIDTH - _LEFT - 1, 506)
_NOWHERE = "\U0010fffe"
"""A character that no font has: it looks like all others that the font lacks."""
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of a picture, as red, green and blue."""

    paper: Colour = (255, 255, 255)
    ink: Colour = (0, 0, 0)
    ink_2: Colour = (0, 0, 0)
    accent: Colour = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Boxed:
    """A text, its box from the top of the picture, and the size of its letters where there is room."""

    words: str
    top: int
    height: int
    size: int
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Fitted:
    """The lines of a text, and the size of letters in which its box holds them."""

    lines: tuple[str, ...]
    size: int


@remembered(lambda texts, colours: (texts, colours))
def drawn(texts: tuple[Boxed, ...], colours: Colours) -> bytes:
    """Returns the picture as a PNG."""
    image = Image.new("L", (PICTURE_WIDTH, PICTURE_HEIGHT))
    for text in texts:
        image.paste(_shades(text), (0, text.top))
    pen = ImageDraw.Draw(image)
    for box in (_BAND, _RULE):
        pen.rectangle(box, fill=_ACCENT)
    image.putpalette(_palette(colours))
    file = BytesIO()
    image.save(file, "PNG", bits=4, compress_type=zlib.Z_RLE)  # quick, and without the searches in which versions of zlib differ
    return file.getvalue()


def fitted(text: Boxed) -> Fitted | None:
    """Returns how a text fits into its box; None if it has letters that the font lacks, or more than the box can hold."""
    words = drawable(text.words)
    for size in range(text.size, _SMALLEST - 1, -_STEP) if 0 < len(words) <= _MOST else ():
        font, most = _font(text.is_title, size), int(text.height / (_LINE * size))
        lines = tuple(_lines(words, font, most))
        if len(lines) <= most:
            return Fitted(_balanced(words, font, lines), size)
    return None


@lru_cache(maxsize=1024)
def drawable(words: str) -> str:
    """Returns the words without signs that the font lacks, or that nobody sees; nothing if it lacks a letter, as other words would be left."""
    kept = []
    for letter in unicodedata.normalize("NFC", " ".join(words.split())):
        group = unicodedata.category(letter)
        if letter == " " or (group[0] != "C" and _has(letter)):
            kept.append(letter)
        elif group[0] in "LMN" and not 0xFE00 <= ord(letter) <= 0xFE0F:  # these choose between the forms of a sign
            return ""
    return " ".join("".join(kept).split())


@lru_cache(maxsize=16)
def _shades(text: Boxed) -> Image.Image:
    """The box of a text, with the number of a colour at each place. All pictures have the same words at the foot."""
    box = Image.new("L", (PICTURE_WIDTH, text.height))
    if fit := fitted(text):
        pen, font = ImageDraw.Draw(box), _font(text.is_title, fit.size)
        for number, line in enumerate(fit.lines):
            pen.text((_LEFT, round((number * _LINE + 0.9) * fit.size)), line, font=font, fill=255, anchor="ls")
    return box.point(_SHADES_OF[text.is_title])


def _steps(first: int) -> list[int]:
    return [first + round(grey * _SHADES / 255) if round(grey * _SHADES / 255) else 0 for grey in range(256)]


_SHADES_OF = {True: _steps(0), False: _steps(_SHADES)}
"""From how much of a place ink covers to the number of its colour."""


def _palette(colours: Colours) -> list[int]:
    shades = [[_mixed(colours.paper, ink, step) for step in range(1, _SHADES + 1)] for ink in (colours.ink, colours.ink_2)]
    return [channel for colour in (colours.paper, *shades[0], *shades[1], colours.accent) for channel in colour]


def _mixed(paper: Colour, ink: Colour, step: int) -> Colour:
    red, green, blue = (round(low + (high - low) * step / _SHADES) for low, high in zip(paper, ink, strict=True))
    return red, green, blue


def _lines(words: str, font: ImageFont.FreeTypeFont, most: int, room: float = _ROOM) -> Iterator[str]:
    """The words in lines that are no longer than `room`, and no more lines than one above `most`."""
    line, count = "", 0
    for piece in _pieces(words, font, room):
        longer = f"{line} {piece}" if line else piece
        if line and font.getlength(longer) > room:
            yield line
            line, count = piece, count + 1
            if count > most:
                return
        else:
            line = longer
    yield line


def _pieces(words: str, font: ImageFont.FreeTypeFont, room: float) -> Iterator[str]:
    """The words, and the pieces of one that is longer than a line."""
    for word in words.split():
        rest = word
        while font.getlength(rest) > room:
            fits = bisect_right(range(1, len(rest)), room, key=lambda length: font.getlength(rest[:length])) or 1
            yield rest[:fits]
            rest = rest[fits:]
        yield rest


def _balanced(words: str, font: ImageFont.FreeTypeFont, lines: tuple[str, ...]) -> tuple[str, ...]:
    """As many lines, of about the same length."""
    longest_word = max(map(font.getlength, words.split()))
    for part in (0.6, 0.7, 0.8, 0.9):
        even = tuple(_lines(words, font, len(lines), _ROOM * part)) if longest_word <= _ROOM * part else lines
        if len(even) == len(lines) and even != lines:
            return even
    return lines


@lru_cache(maxsize=4096)
def _has(letter: str) -> bool:
    """Whether the font has a letter."""
    font = _font(is_bold=True, size=40)
    look, lacking = font.getmask(letter), font.getmask(_NOWHERE)
    return (look.size, bytes(look)) != (lacking.size, bytes(lacking))


@lru_cache(maxsize=128)
def _font(is_bold: bool, size: int) -> ImageFont.FreeTypeFont:  # noqa: FBT001 - the two fonts of a picture
    name = "SourceSansPro-Semibold.ttf" if is_bold else "SourceSansPro-Regular.ttf"
    return ImageFont.truetype(_fonts() / name, size, layout_engine=ImageFont.Layout.BASIC)  # the other one is not in each build of Pillow


@lru_cache(maxsize=1)
def _fonts() -> Path:
    package = find_spec("font_source_sans_pro")
    return Path(package.origin).parent / "files" if package and package.origin else Path()
