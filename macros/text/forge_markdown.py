"""Text that nobody has vouched for -> Markdown for a comment or an issue.

Enters: text from the data. Leaves: one line of Markdown or of HTML that shows these characters and does nothing.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from macros.problems.problem import printable
from macros.text.markdown import escape_html

_MARKUP = re.compile(r"[\\`*_{}\[\]()<>#|~&:.$!^]")
_CALLS = re.compile(r"[@#$]|:(?=[\w+\\-]+:)|\bGH(?=-\d)|\bwww(?=\\?\.)", re.IGNORECASE)
"""What a forge makes something of in finished text: mentions, numbers of issues, formulas, `:names:` of pictures, addresses without a scheme."""
_GLUE = "\u2060"
"""A word joiner: it has no width, and what stands before it no longer calls anything."""


def escape_markdown(text: str) -> str:
    """`text` on one line, in which nothing is markup, no address is a link and nobody is called."""
    shown = _MARKUP.sub(lambda found: f"\\{found[0]}", printable(" ".join(text.split())))
    return _CALLS.sub(lambda found: found[0] + _GLUE, shown)


def escape_in_markdown(text: str) -> Markup:
    """A stretch of text for HTML inside Markdown, where a backslash would be a backslash: each sign that could be markup is told by its number."""
    shown = printable(re.sub(r"\s+", " ", text))
    return escape_html(_CALLS.sub(lambda found: found[0] + _GLUE, shown))
