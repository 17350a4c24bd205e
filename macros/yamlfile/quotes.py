"""A value that YAML misreads, in the quotes that make it the text that it looks like.

Takes the value as it is written. Returns the same in quotes, or the help that shows them.
"""

from __future__ import annotations

QUOTE = "put the whole value in quotes"
LONGEST_SHOWN = 60
"""Characters of a value that a help repeats."""


def in_quotes(written: str) -> str:
    """`written` in double quotes, or in single ones if it holds what double quotes would read as something else."""
    if '"' in written or "\\" in written:
        return f"'{written.replace(chr(39), chr(39) * 2)}'"
    return f'"{written}"'


def how_to_quote(written: str | None) -> str:
    """What to do with a value that needs quotes: shown in them if it is short, and known to be whole."""
    if written is None:
        return QUOTE
    if len(written) <= LONGEST_SHOWN:
        return f"{QUOTE}: {in_quotes(written)}"
    if in_quotes(written)[0] == '"':
        return QUOTE
    return "put the whole value in single quotes, and write each ' in it twice" if "'" in written else "put the whole value in single quotes"
