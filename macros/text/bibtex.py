"""Text for lists of references in BibTeX and biblatex: entries, their fields, and what a sign becomes in LaTeX.

Takes plain text. Returns BibTeX in UTF-8, which biber and today's LaTeX read as it is: letters with accents stay letters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""As BibTeX abbreviates them, without quotes."""
_WORDS = {
    "\\": "textbackslash",
    "{": "textbraceleft",
    "}": "textbraceright",
    "~": "textasciitilde",
    "^": "textasciicircum",
    "<": "textless",
    ">": "textgreater",
    "|": "textbar",
}
"""Braces too, since BibTeX counts those behind a backslash like any others."""
_SIGNS = {**{sign: f"\\{word}{{}}" for sign, word in _WORDS.items()}, **{sign: f"\\{sign}" for sign in "$&#_%"}}
_JOINED = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=,)(?=,)|(?<=[?!])(?=`)")
"""Between two signs of which LaTeX would make one: a dash, a quotation mark, or a question mark upside down."""
_NOT_IN_AN_ADDRESS = {ord(sign): f"%{ord(sign):02X}" for sign in "{}\\"}


def bibtex_text(text: str) -> str:
    """Returns `text` in braces of its own as LaTeX shows it: words keep their capitals there, and a name is not taken apart at `and`."""
    escaped = "{}".join("".join(_SIGNS.get(sign, sign) for sign in part) for part in _JOINED.split(text))
    return f"{{{escaped}}}" if text else ""


def bibtex_date(date: str) -> Mapping[str, str]:
    """Returns the fields that say a date, as far as it is known: `2001`, `2001-12` or `2001-12-07`; none if it is empty."""
    year, month = [*date.split("-"), ""][:2]
    return {"year": year, "month": month and _MONTHS[int(month) - 1]} if year else {}


def bibtex_keys(former: tuple[str, ...]) -> Mapping[str, str]:
    """Returns the field by which biblatex knows an entry under the keys that it had before; none if there are none."""
    return {"ids": ", ".join(former)} if former else {}


def bibtex_rows(fields: Mapping[str, str]) -> str:
    """Returns a line for each field that says something, by name; each value is LaTeX already."""
    return "".join(f"  {name} = {text if name == 'month' else f'{{{text}}}'},\n" for name, text in fields.items() if text)


def bibtex_address(address: str) -> str:
    """Returns a web address for the field `url`, which is taken as it is: only what would end the field is percent-encoded."""
    return address.translate(_NOT_IN_AN_ADDRESS)


def bibtex_entry(type: str, key: str, rows: str) -> str:
    """Returns an entry of `type` with these lines."""
    inside = rows.removesuffix(",\n")
    return f"@{type}{{{key},\n{inside}\n}}"
