"""Names compared as a reader sees them: two that look the same are the same, whichever characters were typed.

`folded` takes a name and returns it in its plainest form, for comparing alone: what is stored and shown stays as it was written.
"""

from __future__ import annotations

import unicodedata

SAME_LOOKS: dict[str, str] = {
    **dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("\u00ad\u034f\u180e\u200b\u200c\u200d\u2060\ufeff", ""),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02b9\u02bc\u2032\u00b4\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\uff02", '"'),
}
"""Spaces, characters without width, hyphens, apostrophes and quotation marks, each with the plain character that stands for it."""
_PLAIN = str.maketrans(SAME_LOOKS)


def folded(name: str) -> str:
    """Returns `name` with each of these as its plain character, accents composed (NFC), and each run of white space as one space."""
    return " ".join(folded_characters(name).split())


def folded_characters(text: str) -> str:
    """Returns `text` with plain characters and composed accents; its white space is kept."""
    return text if text.isascii() else unicodedata.normalize("NFC", text.translate(_PLAIN))


def look_the_same(name: str, other: str) -> bool:
    """Whether two names that differ cannot be told apart by eye."""
    return name != other and folded(name) == folded(other)
