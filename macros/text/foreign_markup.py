"""Markup that other sites have and this one does not: readers would see its signs. A table, read by `foreign_markup`.

Each row is made so that prose never fits it by chance: `3 ~ 4`, `[sic]`, `a*b`, `C#` and `gov.uk` are characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markdown_it.common.html_blocks import block_names

from macros.problems.problem import short

ELSEWHERE = "\ufffc"
"""Stands for code, a link or an escaped sign in the text that is searched: whatever is in them is meant as it is."""
LONGEST_QUOTED = 60
_ELEMENTS = "|".join(sorted({
    *block_names, "a", "abbr", "audio", "b", "big", "br", "button", "cite", "del", "em", "font", "i", "img", "input", "ins", "kbd", "mark", "pre",
    "script", "small", "span", "strike", "strong", "style", "sub", "sup", "svg", "textarea", "u", "video",
}))  # fmt: skip
_BEGINS_AN_ADDRESS = r"<?(?:https?:|www\.|mailto:|\.{0,2}/|#)"
_NO_LINK = "'{found}' has no words beside it, so it is not a link"
_SHOWN = "readers would see '{found}' as it is written"


@dataclass(frozen=True, slots=True)
class TextProblem:
    """A problem in a text; `needle` is the part of the text to point at."""

    rule: str
    message: str
    help: str
    needle: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A form of markup by its looks. In `message` and `help`, `{found}` is what was found; or `help` is made from it."""

    rule: str
    looks: str
    message: str
    help: str | Callable[[str], str]

    def problem(self, found: str) -> TextProblem:
        """What to say of it."""
        quoted = short(" ".join(found.split()), LONGEST_QUOTED)
        help = self.help.replace("{found}", quoted) if isinstance(self.help, str) else self.help(quoted)
        return TextProblem(self.rule, self.message.replace("{found}", quoted), help, found.partition("\n")[0])


def _link_help(found: str) -> str:
    address = f"https://{found}" if found.lower().startswith("www.") else found
    return f"write [where it leads]({address})"


SIGNS = (
    Sign(
        "html-in-text",
        r"<!--(?s:.*?)(?:-->|\Z)",
        "readers would see the comment '{found}'",
        "take it out; a note to other contributors goes above the field, on a line that begins with #",
    ),
    Sign(
        "html-in-text",
        rf"</?(?i:{_ELEMENTS})(?:[\s/][^<>]*)?>",
        "a text has no HTML, so readers would see '{found}'",
        "write **bold**, *italic*, a list or a new paragraph instead; to show it to readers, write `{found}`",
    ),
    Sign(
        "unknown-markup",
        r"\[\^[^\[\]\s]+\]",
        "a text has no footnotes, so readers would see '{found}'",
        "say it in the text itself; where it comes from belongs under `sources:`",
    ),
    Sign(
        "unknown-markup",
        rf"^\[[^\[\]\n]+\]:[ \t]*{_BEGINS_AN_ADDRESS}\S*",
        _SHOWN,
        "write the address in the link itself: [where it leads](https://…)",
    ),
    Sign(
        "unknown-markup",
        r"\[[^\[\]\n]+\]\[(?!…|\.\.\.)[^\[\]\n]*\]",
        _SHOWN,
        lambda found: f"write the address in the link itself: {found.partition('][')[0]}](https://…)",
    ),
    Sign(
        "broken-link",
        rf"\[[^\[\]\n]*\]\(\s*{_BEGINS_AN_ADDRESS}[^()\n]*\)?",
        "'{found}' is not a whole link",
        "write [where it leads](https://…), with %20 in place of each space in the address",
    ),
    Sign(
        "broken-link",
        r"\[\[(?=\w)",
        "a link to an entry is incomplete",
        "write [[its-id]] or [[its-id|words]]; in a table [[its-id\\|words]]",
    ),
    Sign(
        "bare-address", rf"(?:(?i:https?://)|(?<![\w.@/-])(?:www|WWW|Www)\.(?=\w))[^\s<>{ELSEWHERE}]+(?<![.,;:!?'\")\]}}’”…])", _NO_LINK, _link_help
    ),
    Sign("bare-address", r"(?<![\w.+-])[\w.+-]+@\w[\w-]*(?:\.\w[\w-]*)+", _NO_LINK, "write [whose it is](mailto:{found})"),
    Sign("unknown-markup", r"(?<!~)~~(?=[^\s~])[^~]*(?<=[^\s~])~~(?!~)", _SHOWN, "leave out what no longer holds"),
    Sign("unknown-markup", r"(?<![\w=])==(?=[^\s=])[^=\n]*(?<=[^\s=])==(?![\w=])", _SHOWN, lambda found: f"write **{found.strip('=')}**"),
    Sign(
        "unknown-markup",
        rf"(?<![\w*{ELSEWHERE}])\*\*(?:(?=[^\s*])[^*\n]+\s|\s[^*\n]*[^\s*])\*\*(?![\w*{ELSEWHERE}])",
        _SHOWN,
        lambda found: f"leave no space inside the asterisks: **{found.strip('* ')}**",
    ),
    Sign("unknown-markup", r"^\[[ xX]\](?=\s)", _SHOWN, "take it out: a text has no boxes to tick"),
    Sign("unknown-markup", r"(?<=\n):[ \t]+\S[^\n]*", _SHOWN, "write a list, such as `- **mandate**: the right to act`"),
    Sign(
        "unknown-markup",
        r"^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$",
        "a text has no rules across the page",
        "take it out; an empty line begins a new paragraph",
    ),
)
"""In the order in which they are looked for: of two that begin at the same place, the first is told."""
_MAY_BE_ANY = re.compile(r"[<\[@~=*]|://|www\.|WWW\.|Www\.|^[-_]|\n:", re.MULTILINE)
"""What no sign can be without: most prose has none of it, which this finds quickly."""
_ANY = re.compile("|".join(f"(?P<sign{number}>{sign.looks})" for number, sign in enumerate(SIGNS)), re.MULTILINE)


def foreign_markup(prose: str) -> Iterator[TextProblem]:
    """Yields a problem for each sign in `prose`, which is a paragraph in which ELSEWHERE stands for the markup that pages have."""
    for found in _ANY.finditer(prose) if _MAY_BE_ANY.search(prose) else ():
        yield SIGNS[int(found.lastgroup.removeprefix("sign"))].problem(found[0])
