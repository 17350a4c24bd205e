"""Rows as a table for spreadsheets and as JSON: the form that all exports have in common."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence

from macros.playbook.playbook import Playbook
from macros.text.markdown import plain_text

SCHEMA_VERSION = 1
"""Grows when a column or key is removed or changes its meaning; not when one is added."""

Row = Mapping[str, object]

_RUN = re.compile(r"[\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
"""How a text begins that some spreadsheet would run as a formula: also one behind blanks that nobody sees, or with a sign of full width."""


def table_csv(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Returns UTF-8 with a header row and bare numbers. It begins with a byte order mark, which spreadsheets need."""
    table = io.StringIO()
    written = csv.DictWriter(table, columns, lineterminator="\r\n")
    written.writeheader()
    written.writerows({name: _escaped_for_spreadsheets(value) for name, value in row.items()} for row in rows)
    return table.getvalue().encode("utf-8-sig")


def table_json(playbook: Playbook, name: str, rows: Iterable[Row]) -> bytes:
    """Returns `{schema_version, playbook, licence, <name>: [row, …]}`; an unknown value is null."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "playbook": playbook.settings.title,
        "licence": playbook.settings.licence.url,
        name: list(rows),
    }
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return f"{text}\n".replace("<", "\\u003c").encode()  # no tags, in case a browser takes it for a page


def words(playbook: Playbook, text: str | None) -> str | None:
    """Returns the words of a text without its markup."""
    return None if text is None else plain_text(text, playbook.title_of)


def _escaped_for_spreadsheets(value: object) -> object:
    """Text that a spreadsheet would run, with the apostrophe that marks it as text."""
    return f"'{value}" if isinstance(value, str) and _RUN.match(value) else value
