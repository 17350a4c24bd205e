"""The entries of one kind as a table for spreadsheets: a row for each, a column for each field that a cell can hold.

`kind_csv` takes the model of a kind and a `Published`, and returns the bytes of a file: see `tables.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from macros.files.memo import remembered
from macros.playbook.relations import ids_of
from macros.playbook.urls import entry_url
from macros.schema.entry import Entry
from macros.schema.introspect import Field
from macros.site.exports.document import content_of, depends_on
from macros.site.exports.published import Published
from macros.site.exports.tables import Row, table_csv
from macros.text.markdown_source import shown_words

_FIRST = ("id", "title", "summary")
_LAST = ("url", "pinned_url")


def kind_csv(model: type[Entry], published: Published) -> bytes:
    """Returns one row for each current entry. In a cell, each item of a list has a line, and ids stand between semicolons."""
    return table_csv((*_FIRST, *_columns(model), *_LAST), _rows(model, published))


@cache
def _columns(model: type[Entry]) -> dict[str, Field]:
    """The fields that a cell can hold; evidence, figures and sources have files of their own."""
    return {name: field for name, field in content_of(model).items() if field.model is None}


def _rows(model: type[Entry], published: Published) -> Iterator[Row]:
    yield from (_row(published, entry) for entry in published.playbook.of_kind(model.kind.folder))


@remembered(depends_on)
def _row(published: Published, entry: Entry) -> Row:
    cells = {name: _cell(published, entry, field) for name, field in _columns(type(entry)).items()}
    address = {"url": published.url(entry_url(entry)), "pinned_url": published.pinned_url(entry_url(entry))}
    return {"id": entry.id, "title": entry.title, "summary": entry.summary, **cells, **address}


def _cell(published: Published, entry: Entry, field: Field) -> object:
    if field.relation:
        return "; ".join(ids_of(entry, field))
    value = getattr(entry, field.attribute)
    title_of = published.playbook.title_of
    if isinstance(value, tuple):
        return "\n".join(shown_words(item, field.form, title_of) for item in value)
    return shown_words(value, field.form, title_of) if isinstance(value, str) else value
