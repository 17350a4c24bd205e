"""A quick check that clears most texts without parsing them as Markdown.

Takes a text and its form. Returns its links to entries, or None if only the parser, in `parse.py`, can tell. The parser comes to the same result.
"""

from __future__ import annotations

import re
from functools import lru_cache

from macros.problems.folding import SAME_LOOKS
from macros.schema.fields import TextForm
from macros.text.placeholders import PLACEHOLDER_LINK
from macros.text.plain_text import may_be_marked

_HEADING = re.compile(r"#{1,6}(?:\s|$)", re.MULTILINE)
_FRAME = " >|:" + "".join(sign for sign, plain in SAME_LOOKS.items() if plain == " ")
_RULE = f"=-*_+.)0123456789{_FRAME}"
"""What a line has that is a rule, also one in an item of a list."""
_WHOLE_BOLD = re.compile(r"(?<![\w*])\*\*[^\W_](?:[^*\n]*[^\s*])?\*\*(?=\s|$|[.,;:!?)])")
"""Words between asterisks that are surely bold."""
_FOREIGN = re.compile(
    r"[~^{$•‣◦▪●○·∙➢➤►\ue000-\uf8ff]|==|\+\+|'''|!!!|\?\?\?|:[a-z+-][a-z0-9_+-]*:|\|[ \t]*(?:\n|$)|-:?[ \t]*\|"
    r"|(?:^|\n)(?:[>+*\d.)-]|[^\S\n])*(?:[|:–—]|\.\.|[(]?[aAiI][.)]|[(]1[)])"
)
"""What no markup of other sites can be without, if it has neither brackets nor a code sign."""
_LETTER = re.compile(r"[^\W\d_]")
_DEEP = re.compile(r"\n *(?:(?:[>*+-]|\d+[.)]) {0,3}){5}")
_WHOLE_LINK = re.compile(
    r"""\[\[([^\S\n]*[^\s\[\]|][^\[\]|\n]*)(\|[^\S\n]*[^\s\[\]*_][^\[\]\n*_]*)?\]\]
    |   \[[^\S\n]*[^\s\[\]][^\[\]\n]*\]\(((?:https?://[A-Za-z0-9.-]+(?:[/?]|(?=\)))|mailto:(?=[^)]))[A-Za-z0-9_/.:~?=,;@+%&-]*)\)""",
    re.VERBOSE,
)
"""A link to an entry or to elsewhere that has nothing to find fault with: its id, its label with `|`, or its address."""
_A_WORD = "a"
"""What a link reads as between asterisks: one that is bold as a whole is surely bold."""


def may_hold_placeholder(text: str) -> bool:
    """Whether a file, as it is written, may hold a placeholder. Most hold none, which this finds quickly."""
    low = text.lower()
    return "\\" in text or "todo" in low or "tbc" in low or "tbd" in low or "fixme" in low or "xxx" in low or "lorem" in low


def is_clearly_valid(text: str, form: TextForm) -> bool:
    """Whether a text surely has no problem, found without parsing. Placeholders are not looked for."""
    shown = text if form == "plain" else text.replace("\n", "")
    if not shown.isprintable() or shown.isspace() or shown == "" or " - " in shown:
        return False
    return not may_be_marked(text) if form == "plain" else links_without_parsing(text, form) is not None


def links_without_parsing(text: str, form: TextForm) -> tuple[tuple[str, str], ...] | None:
    """The entry links of a text that surely has no problem, without parsing it; None for all others, which must be parsed."""
    if _may_be_code(text) or _may_be_foreign(text) or (form == "line" and "\n" in text.rstrip("\n")):
        return None
    if not text.strip() or (form == "block" and (_DEEP.search(f"\n{text}") or not _LETTER.search(text))):
        return None
    if "![" in text or ("#" in text and _HEADING.search(text)) or _has_rule(text):
        return None
    if "[" in text:
        return _whole_links(text)
    return None if _is_doubtful(text) else ()


@lru_cache(maxsize=1 << 15)
def _whole_links(text: str) -> tuple[tuple[str, str], ...] | None:
    """The entry links of a text, if each of its brackets belongs to a link that is right; kept, as several stages ask."""
    matches = [*_WHOLE_LINK.finditer(text)]
    named = [match for match in matches if match[1]]
    if len(matches) + len(named) != text.count("[") or any(
        match[3] and ("**" in match[0] or PLACEHOLDER_LINK.fullmatch(match[3])) for match in matches
    ):
        return None
    if _is_doubtful(text) and _is_doubtful(_WHOLE_LINK.sub(_A_WORD, text)):
        return None
    return tuple((match[1].strip(), f"[[{match[1]}|" if match[2] else match[0]) for match in named)


def _may_be_code(text: str) -> bool:
    """Whether what looks like a link may be inside code or an address, or be written in another way. Spelt out for speed: it runs on every text."""
    return "`" in text or "\\" in text or "<" in text or "    " in text or "\t" in text or "\r" in text or ("&" in text and ";" in text)


def _may_be_foreign(text: str) -> bool:
    """Whether there may be markup that no page has."""
    return bool(_FOREIGN.search(text))


def _is_doubtful(text: str) -> bool:
    """Whether there may be an address without words, or asterisks that make nothing bold, outside the links of a text."""
    if "://" in text or "@" in text or "www." in text or "WWW." in text or "Www." in text:
        return True
    return "**" in text and "**" in _WHOLE_BOLD.sub("", text)


def _has_rule(text: str) -> bool:
    """Whether a line is made of dashes or the like alone: a rule, or the line above is a heading or the head of a table."""
    return any(line and not line.strip(_RULE) and line.strip(_FRAME) for line in text.split("\n"))
