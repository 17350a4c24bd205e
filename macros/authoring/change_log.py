"""The change log: a section for a new release, below the heading “Unreleased”.

`change_log_with` takes the bytes of CHANGELOG.md and what the release says, and returns the new bytes. Its other lines stay as they are, with
their ends.
"""

from __future__ import annotations

import re
from datetime import date

from macros.releases.diff.model import Diff
from macros.releases.diff.rows import grouped_entries
from macros.text.forge_markdown import escape_markdown
from macros.text.formats import format_date

_UNRELEASED = re.compile(
    r"^(?:(?P<hashes>\#{1,6})[ \t]*\[?Unreleased\b[^\r\n]*|\[?Unreleased\b[^\r\n]*\r?\n(?P<line>=+|-+)[ \t]*(?=\r?$))", re.MULTILINE | re.IGNORECASE
)
_SECTION = re.compile(r"^## ", re.MULTILINE)
_HIDDEN = re.compile(r"<!--.*?-->|^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)", re.MULTILINE | re.DOTALL)
"""Comments and examples: what looks like a heading there is none."""
_BLOCK = re.compile(r"^(?=#|`{3}|~{3})|(?=<)")
"""Where a sentence would begin a heading, an example or a comment."""


def change_log_with(old: bytes, version: str, *, on: date, why: str, diff: Diff | None) -> bytes:
    """Returns the change log with a section on the release below the heading “Unreleased”, or above the first release where there is none."""
    text = old.decode("utf-8", "surrogateescape")  # bytes that are no text stay as they are
    end = "\r\n" if "\r\n" in text else "\n"
    shown = _HIDDEN.sub(lambda found: re.sub(r"[^\r\n]", " ", found[0]), text)
    waiting = _UNRELEASED.search(shown)
    level = _level(waiting) if waiting else "##"
    parts = (f"{level} {version}, {format_date(on.isoformat())}", _sentence(why), _changed_entries(diff, f"{level}#"))
    section = "\n\n".join(filter(None, parts)).replace("\n", end)
    if waiting:
        text = f"{text[: waiting.end()]}{end}{end}{section}{text[waiting.end() :]}"
    else:
        first = _SECTION.search(shown)
        at = first.start() if first else len(text)
        text = f"{text[:at].rstrip()}{end}{end}{section}{end}{end}{text[at:]}"
    return f"{text.rstrip()}{end}".encode("utf-8", "surrogateescape")


def _level(heading: re.Match[str]) -> str:
    return heading["hashes"] or ("#" if heading["line"].startswith("=") else "##")


def _sentence(why: str) -> str:
    return _BLOCK.sub(r"\\", why)


def _changed_entries(diff: Diff | None, level: str) -> str:
    """What changed in the entries, by meaning, a line for each type of change."""
    groups = grouped_entries(diff.entries) if diff else ()
    rows = (f"- {heading}: {'; '.join(f'{escape_markdown(change.title)} (`{change.place}`)' for change in changes)}." for heading, changes in groups)
    return "\n".join((f"{level} Entries", "", *rows)) if groups else ""
