"""Every figure, for spreadsheets and for programs.

Both functions take a `Published`, and return the bytes of a file: see `tables.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from macros.pages.figures import Owned, figures_of
from macros.playbook import urls
from macros.playbook.playbook import Playbook
from macros.site.exports.published import Published
from macros.site.exports.tables import Row, table_csv, table_json, words

COLUMNS = (
    "entry", "kind", "title", "url", "name", "measures", "bound", "value", "unit", "when", "before_value", "before_when", "contested", "source", "at",
)  # fmt: skip


def figures_csv(published: Published) -> bytes:
    """Returns one row for each figure."""
    return table_csv(COLUMNS, _rows(published.playbook))


def figures_json(published: Published) -> bytes:
    """Returns the same rows, `{figures: [{entry, kind, ..., at}]}`."""
    return table_json(published.playbook, "figures", _rows(published.playbook))


def _rows(playbook: Playbook) -> Iterator[Row]:
    yield from (_row(playbook, owned) for owned in figures_of(playbook))


def _row(playbook: Playbook, owned: Owned) -> Row:
    entry, figure = owned.entry, owned.figure
    values = (
        entry.id, entry.kind.folder, entry.title, urls.entry_url(entry), figure.name, words(playbook, figure.measures), figure.bound, figure.value,
        figure.unit, figure.when, figure.before and figure.before.value, figure.before and figure.before.when, words(playbook, figure.contested),
        figure.source, figure.at,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))
