"""The marks of the pillars and the icons of the kinds, drawn once.

Enters: nothing. Leaves: inline SVG that takes the colour of the text around it, prints, and needs no request.
"""

from __future__ import annotations

from markupsafe import Markup

PILLAR_ICONS = {
    "arch": '<path d="M3 21v-9a9 9 0 0 1 18 0v9h-5v-9a4 4 0 0 0-8 0v9z"/><path d="m9.4 3.4.9 4.9M14.6 3.4l-.9 4.9"/>',
    "rings": '<circle cx="9" cy="12" r="6" pathLength="360" stroke-dasharray="47 26 287"/>'
    '<circle cx="15" cy="12" r="6" pathLength="360" stroke-dasharray="227 26 107"/>',
    "arrow": '<path d="M12 5H4v15h15v-8"/><path d="M10 14 20.5 3.5M14 3.5h6.5V10"/>',
}
"""On a grid of 24: a keystone arch; two linked rings, each passing over the other once; an arrow leaving a box."""

KIND_ICONS = {
    "pillars": '<path d="M4 21h16M4 6h16L12 2zM6 6v15M12 6v15M18 6v15"/>',
    "questions": '<circle cx="12" cy="12" r="9"/><path d="M9.2 9.4a2.9 2.9 0 1 1 4.4 2.5c-1 .6-1.6 1.1-1.6 2.3M12 17v.6"/>',
    "barriers": '<path d="M3 8h18v6H3zM7 14v7M17 14v7M7 8V5M17 8V5"/>',
    "insights": '<path d="M9 18h6M10 21h4M12 3a6 6 0 0 1 3.6 10.8c-.4.3-.6.7-.6 1.2H9c0-.5-.2-.9-.6-1.2A6 6 0 0 1 12 3z"/>',
    "cases": '<path d="M3 6h7l2 2h9v12H3z"/>',
}


def pillar_icon(name: str) -> Markup:
    """The mark of a pillar; its name always stands beside it, so it says nothing to a screen reader."""
    return _svg(PILLAR_ICONS[name], f"mark mark--{name}")


def kind_icon(folder: str) -> Markup:
    """The icon of a kind, or nothing for kinds that have none."""
    return _svg(KIND_ICONS[folder], "kind-icon") if folder in KIND_ICONS else Markup("")


def _svg(drawing: str, css: str) -> Markup:
    return Markup(f'<svg class="{css}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{drawing}</svg>')
