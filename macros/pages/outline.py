"""The anchors that a template gives, without rendering it: the check asks for them far more often than for whole pages.

`OutlineRenderer` stands in for a Renderer. Templates that OUTLINES does not name are rendered as ever, without the texts of the data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from markupsafe import Markup

from macros.pages.lab.outline import LAB_OUTLINES
from macros.pages.renderer import Renderer
from macros.playbook.anchors import group_anchor
from macros.schema.sections import sections_of


class OutlineRenderer(Renderer):
    """Renders elements that have the anchors of a page and nothing else: no text of the data can hold an anchor."""

    def render(self, template: str, **values: object) -> Markup:
        """Returns the anchors of the template, each in an element of its own."""
        anchors = OUTLINES.get(template)
        if anchors is None:
            return super().render(template, **values)
        return Markup("").join(Markup('<i id="{}"></i>').format(anchor) for anchor in anchors(**values))

    def text(self, value: str) -> Markup:  # noqa: ARG002 - as in Renderer
        """Returns nothing."""
        return Markup("")

    line = bare = text


def _of_entries(groups: Iterable[Any], show: str, **_: Any) -> Iterator[str]:
    for head, entries in groups:
        if head:
            yield group_anchor(head) if isinstance(head, str) else f"group-{head.id}"
        if show in ("rows", "full"):
            yield from (entry.id for entry in entries)


def _of_sources(sources: Iterable[Any], **_: Any) -> Iterator[str]:
    for source in sources:
        yield source.id
        yield from (
            f"{source.id}-{sections_of(type(source))[field].anchor}" for field in ("about", "taken", "turned", "passages") if getattr(source, field)
        )


OUTLINES: dict[str, Callable[..., Iterable[str]]] = {
    "_call_link.md.jinja": lambda **_: (),
    "_call_figure.md.jinja": lambda **_: (),
    "_call_cite.md.jinja": lambda **_: (),
    "_call_entries.md.jinja": _of_entries,
    "_call_fields.md.jinja": lambda table, rows, **_: [f"{table}-{row.anchor}" for row in rows],
    "_call_figure_table.md.jinja": lambda figures, **_: [f"{owned.entry.id}-{owned.figure.name}" for owned in figures],
    "_call_source_accounts.md.jinja": _of_sources,
    "_call_directory.md.jinja": lambda shelves, **_: [shelf.anchor for shelf in shelves],
    "_call_relation_map.md.jinja": lambda columns, **_: ("relation-map", *(f"map-{column.kind.folder}" for column in columns)),
    "_list_page.md.jinja": lambda entries, **_: [entry.id for entry in entries],
    **LAB_OUTLINES,
}
"""The anchors of templates, by name, from what they are rendered with; a test holds each against the template."""
