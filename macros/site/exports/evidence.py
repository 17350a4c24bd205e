"""Every piece of evidence with what it rests on, for spreadsheets and for programs.

Both functions take a `Published`, and return the bytes of a file: see `tables.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from macros.playbook import urls
from macros.playbook.playbook import Playbook
from macros.site.exports.published import Published
from macros.site.exports.tables import Row, table_csv, table_json, words

_COLUMNS = ("entry", "kind", "title", "url", "claim", "basis", "source", "at", "case")


def evidence_csv(published: Published) -> bytes:
    """Returns one row for each piece of evidence."""
    return table_csv(_COLUMNS, _rows(published.playbook))


def evidence_json(published: Published) -> bytes:
    """Returns the same rows, `{evidence: [{entry, kind, ..., case}]}`."""
    return table_json(published.playbook, "evidence", _rows(published.playbook))


def _rows(playbook: Playbook) -> Iterator[Row]:
    for entry in (entry for model in playbook.kinds for entry in playbook.of_kind(model.kind.folder)):
        about = (entry.id, entry.kind.folder, entry.title, urls.entry_url(entry))
        for item in getattr(entry, "evidence", ()):
            said = (words(playbook, item.claim), item.basis, item.source, item.at, item.case)
            yield dict(zip(_COLUMNS, (*about, *said), strict=True))
