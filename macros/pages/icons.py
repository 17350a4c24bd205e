"""The icons of kinds and the marks of entries: drawings on a grid of 24, one file each in `templates/lab/icons/`.

They are SVG inside the page, which takes the colour of the text around it, prints, and needs no request.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from markupsafe import Markup

ICONS = Path(__file__).parent / "templates" / "lab" / "icons"
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def mark_icon(name: str) -> Markup:
    """The mark of an entry; its title is always beside it, so screen readers skip it."""
    return _svg(_drawing(f"marks/{name}"), f"mark mark--{name}")


def kind_icon(folder: str) -> Markup:
    """The icon of a kind, or nothing for kinds that have none."""
    drawing = _drawing(f"kinds/{folder}")
    return _svg(drawing, "kind-icon") if drawing else Markup("")


@cache
def _drawing(name: str) -> str:
    file = ICONS / f"{name}.svg"
    return _DRAWING.search(file.read_text("utf-8"))[1] if file.is_file() else ""


def _svg(drawing: str, css: str) -> Markup:
    return Markup(f'<svg class="{css}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{drawing}</svg>')
