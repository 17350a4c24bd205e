"""Every figure as a table for spreadsheets and as JSON.

Both functions take a `Playbook`: `figures_csv` returns UTF-8 with a header row, `figures_json` a document with a schema version.
"""

from __future__ import annotations

import csv
import io
import json

from macros.pages.figures import Owned, figures_of
from macros.playbook import urls
from macros.playbook.playbook import Playbook
from macros.text.markdown import plain_text

SCHEMA_VERSION = 1
"""Grows when a column or key is removed or changes its meaning; not when one is added."""

COLUMNS = (
    "entry", "kind", "title", "url", "name", "measures", "bound", "value", "unit", "when", "before_value", "before_when", "contested", "source", "at",
)  # fmt: skip


def figures_csv(playbook: Playbook) -> bytes:
    """Returns one row for each figure, with values as bare numbers. It begins with a byte order mark, which spreadsheets need."""
    table = io.StringIO()
    rows = csv.DictWriter(table, COLUMNS, lineterminator="\r\n")
    rows.writeheader()
    rows.writerows({name: _escaped_for_spreadsheets(value) for name, value in _row(playbook, owned).items()} for owned in figures_of(playbook))
    return table.getvalue().encode("utf-8-sig")


def figures_json(playbook: Playbook) -> bytes:
    """Returns `{schema_version, playbook, licence, figures: [{entry, kind, ..., at}]}`; an unknown value is null."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "playbook": playbook.settings.title,
        "licence": playbook.settings.licence.url,
        "figures": [_row(playbook, owned) for owned in figures_of(playbook)],
    }
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode()


def _row(playbook: Playbook, owned: Owned) -> dict[str, object]:
    entry, figure = owned.entry, owned.figure

    def words(text: str | None) -> str | None:
        return None if text is None else plain_text(text, lambda named: playbook.entries[named].known_as)

    values = (
        entry.id, entry.kind.folder, entry.title, urls.entry_url(entry), figure.name, words(figure.measures), figure.bound, figure.value, figure.unit,
        figure.when, figure.before and figure.before.value, figure.before and figure.before.when, words(figure.contested), figure.source, figure.at,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _escaped_for_spreadsheets(value: object) -> object:
    """Text that a spreadsheet would run as a formula, with the apostrophe that marks it as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
