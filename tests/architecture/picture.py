"""The packages of `macros/` from top to bottom, as the import contract lists them, and the ways of an entry, a page and a release.

Start with `draw`: it reads the contract and the packages' docstrings, and returns the picture as SVG.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from tests.support.sites import PROJECT

FILE = PROJECT / "docs" / "assets" / "architecture.svg"
ROW, BOX, LEFT, WIDTH = 44, 36, 150, 760
"""Pixels: from one box to the next, a box's height, where boxes begin, and the whole width."""


@dataclass(frozen=True)
class Way:
    """The packages that something passes on its way, in order, and the colour and place of its line."""

    name: str
    colour: str
    x: int
    stops: tuple[str, ...]


WAYS = (
    Way("an entry", "#0b5a6b", 30, ("files", "yamlfile", "schema", "playbook", "text", "pages", "engines", "site")),
    Way("a page", "#8a3b12", 75, ("files", "text", "playbook", "pages", "engines", "site")),
    Way("a release", "#4a3a86", 120, ("cli", "authoring", "playbook", "releases", "engines", "files")),
)


def layers() -> tuple[str, ...]:
    """Returns the packages of the contract, the one that nothing imports first."""
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    return tuple(next(contract for contract in contracts if contract["type"] == "layers")["layers"])


def about(package: str) -> str:
    """Returns the first sentence of a package's docstring."""
    tree = ast.parse((PROJECT / "macros" / package / "__init__.py").read_text("utf-8"))
    return (ast.get_docstring(tree) or "").partition("\n")[0].rstrip(".")


def draw() -> str:
    """Returns the picture."""
    rows = {package: 64 + number * ROW for number, package in enumerate(layers())}
    height = 64 + len(rows) * ROW + 8
    body = [*_head(height), *(line for package, y in rows.items() for line in _box(package, y)), *(line for way in WAYS for line in _way(way, rows))]
    return "\n".join([*body, "</svg>", ""])


def _head(height: int) -> Iterator[str]:
    title = "The packages of the program. Each imports only from those below it."
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="title" font-family="system-ui, sans-serif">'
    yield f'<title id="title">{title}</title>'
    yield f'<rect width="{WIDTH}" height="{height}" rx="6" fill="#fdfdfb"/>'
    for way in WAYS:
        yield f'<text x="{way.x}" y="28" font-size="12" fill="{way.colour}" text-anchor="middle">{_lines(way)}</text>'
    yield f'<text x="{LEFT}" y="40" font-size="14" fill="#333">Each package imports only from those below it.</text>'


def _lines(way: Way) -> str:
    article, name = way.name.split(" ")
    return f'<tspan x="{way.x}">{article}</tspan><tspan x="{way.x}" dy="14">{name}</tspan>'


def _box(package: str, y: int) -> Iterator[str]:
    yield f'<rect x="{LEFT}" y="{y}" width="{WIDTH - LEFT - 12}" height="{BOX}" rx="4" fill="#fff" stroke="#9aa0a6"/>'
    yield f'<text x="{LEFT + 14}" y="{y + 23}" font-size="15" font-weight="600" fill="#1a1a1a">{package}</text>'
    yield f'<text x="{LEFT + 110}" y="{y + 23}" font-size="14" fill="#333">{escape(about(package))}</text>'


def _way(way: Way, rows: dict[str, int]) -> Iterator[str]:
    places = [rows[stop] + BOX // 2 for stop in way.stops]
    yield f'<path d="M{way.x} {min(places)}V{max(places)}" stroke="{way.colour}" stroke-width="2"/>'
    for number, y in enumerate(places, start=1):
        yield f'<circle cx="{way.x}" cy="{y}" r="11" fill="#fdfdfb" stroke="{way.colour}" stroke-width="2"/>'
        yield f'<text x="{way.x}" y="{y + 4}" font-size="12" fill="{way.colour}" text-anchor="middle">{number}</text>'
