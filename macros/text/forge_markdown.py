"""Escapes untrusted text for Markdown on a forge such as GitHub: for a comment or an issue.

Both functions take text from the data, and return one line that shows its characters and triggers nothing.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from macros.problems.problem import printable
from macros.text.markdown import escape_html

_MARKUP = re.compile(r"[\\`*_{}\[\]()<>#|~&:.$!^]")
_TRIGGERS = re.compile(r"[@#$]|:(?=[\w+\\-]+:)|\bGH(?=-\d)|\bwww(?=\\?\.)", re.IGNORECASE)
"""What a forge acts on in finished text: mentions, issue numbers, formulas, `:emoji:`, addresses without a scheme."""
_WORD_JOINER = "\u2060"
"""A character without width; after it, a sign no longer triggers anything."""


def escape_markdown(text: str) -> str:
    """Returns `text` on one line, without markup, links or mentions."""
    shown = _MARKUP.sub(lambda found: f"\\{found[0]}", printable(" ".join(text.split())))
    return _TRIGGERS.sub(lambda found: found[0] + _WORD_JOINER, shown)


def escape_html_in_markdown(text: str) -> Markup:
    """Returns `text` for HTML inside Markdown, where a backslash would show: markup characters become numeric references."""
    shown = printable(re.sub(r"\s+", " ", text))
    return escape_html(_TRIGGERS.sub(lambda found: found[0] + _WORD_JOINER, shown))
