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
_ADDRESS = r"(?:https?://|www\.|mailto:)"
_BEGINS_AN_ADDRESS = r"<?(?:https?:|www\.|mailto:|\.{0,2}/|#)"
_SURE_ADDRESS = re.compile(r"(?:https?://[^\W_][\w.-]*(?::\d{1,5})?(?:[/?#][^\s\\<>…]*)?|mailto:[^\s\\<>…]+)", re.IGNORECASE)
_NO_LINK = "'{found}' has no words beside it, so it is not a link"
_SHOWN = "readers would see '{found}' as it is written"
_NO_TABLE = "this row belongs to no table, so readers would see '{found}' as it is written"
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


@dataclass(frozen=True, slots=True)
class TextProblem:
    """A problem in a text; `needle` is the part of the text to point at."""

    rule: str
    message: str
    help: str
    needle: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A form of markup by its looks. In `message` and `help`, `{found}` is what was found, cut to a length; or `help` is made from the whole of it."""

    rule: str
    looks: str
    message: str
    help: str | Callable[[str], str]

    def problem(self, found: str) -> TextProblem:
        """What to say of it."""
        whole = " ".join(found.replace(ELSEWHERE, "…").split())
        quoted = short(whole, LONGEST_QUOTED)
        help = self.help.replace("{found}", quoted) if isinstance(self.help, str) else self.help(whole)
        return TextProblem(self.rule, self.message.replace("{found}", quoted), help, _needle(found))


def _needle(found: str) -> str:
    """What to look for in the text: the longest part of the first line, as the characters that ELSEWHERE stands for are not known."""
    return max(found.partition("\n")[0].split(ELSEWHERE), key=len)


def link_help(words: str, address: str) -> str:
    """What to write for a link. Its words may be cut, as their author knows them; an address that is not whole, or may not lead, is left open."""
    address = f"https://{address}" if address.lower().startswith("www.") else address
    words = short(re.sub(r"[\[\]]", "", words).strip(), LONGEST_QUOTED)
    shown = address.replace("(", "%28").replace(")", "%29") if _SURE_ADDRESS.fullmatch(address) else "https://…"
    return f"write [{words or 'where it leads'}]({shown})"


def _bold(found: str, signs: str) -> str:
    """What to write for words between `signs`."""
    words = short(found.strip(f"{signs} ").replace("**", ""), LONGEST_QUOTED)
    return f"write **{words}**" if words else "take it out"


def _script_help(found: str) -> str:
    """How to write what is lowered as in `H~2~O`, or raised as in `x^2^`."""
    inside = found.strip("~^")
    written = inside.translate(_LOWERED if found[0] == "~" else _RAISED)
    return f"write {written}" if not re.search("[A-Za-z0-9+-]", written) else f"write {inside} without the signs, or say it in words"


def _address_in_front_help(found: str) -> str:
    address, _, words = found[found.index("http") :].partition("[")
    return link_help(words.rstrip("]"), address.rstrip("]"))


def _loose_bold_help(found: str) -> str:
    words = short(found.strip("* "), LONGEST_QUOTED)
    if found[2].isspace() or found[-3].isspace():
        return f"leave no space inside the asterisks: **{words}**"
    return f"put a space before and after it, as in `so **{words}** is`; or let it begin and end in a letter"


def _turned_round_help(found: str) -> str:
    words, _, address = found[1:-1].partition(")[")
    return link_help(words, address)


def _apart_help(found: str) -> str:
    words, _, address = found[1:-1].partition("] (")
    return f"leave no space between ] and (: {link_help(words, address).removeprefix('write ')}"


def _address_first_help(found: str) -> str:
    address, words = re.split(r"[ |]+", found[1:-1], maxsplit=1)
    return link_help(words, address)


SIGNS = (
    Sign(
        "html-in-text",
        r"<!--(?s:.*?)(?:-->|\Z)",
        "readers would see the comment '{found}'",
        "take it out; a note to other contributors goes above the field, on a line that begins with #",
    ),
    Sign(
        "html-in-text",
        rf"</?(?i:{_ELEMENTS})(?:[\s/][^<>]*)?>|</[A-Za-z][\w:-]*\s*>|<[A-Za-z][\w:-]*(?:\s+[A-Za-z][\w:-]*=[^<>]*|\s*/)>"
        r"|<(?P<element>[A-Za-z][\w:-]*)>(?=(?s:.{0,2000}?)</(?P=element)\s*>)",
        "a text has no HTML, so readers would see '{found}'",
        "write **bold**, *italic*, a list or a new paragraph instead; to show it to readers, write `{found}`",
    ),
    Sign(
        "unknown-markup",
        r"\[\^[^\[\]\s]+\]|\^\[[^\[\]\n]+\]",
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
        lambda found: f"write the address in the link itself: {link_help(found[1:].partition('][')[0], '').removeprefix('write ')}",
    ),
    Sign(
        "broken-link",
        rf"\[[^\[\]\n]*{ELSEWHERE}[^\[\]\n]*\]\({_ADDRESS}[^()\s{ELSEWHERE}]*\)",
        "'{found}' has a link inside its words",
        "take one of the two links out, or write them side by side",
    ),
    Sign(
        "broken-link",
        rf"\[[^\[\]\n]*\]\(\s*{_BEGINS_AN_ADDRESS}[^()\n]*\)?",
        "'{found}' is not a whole link",
        "write [where it leads](https://…), with %20 in place of each space in the address",
    ),
    Sign("unknown-markup", r"^\[!\w+\][+-]?", _SHOWN, "take it out; a paragraph may begin with **Note:**"),
    Sign("unknown-markup", r"^\[(?:TOC|toc)\]$", _SHOWN, "take it out: each page lists its own sections"),
    Sign("unknown-markup", r"^\*\[[^\[\]\n]+\]:[^\n]*", _SHOWN, "take it out; write the words in full where the text first needs them"),
    Sign(
        "unknown-markup",
        r"\[(?:b|i|u|s|url|quote|code|img|color|size|list)(?:=[^\[\]\n]*)?\][^\[\]\n]*\[/\w+\]",
        _SHOWN,
        "write **bold**, *italic* or [where it leads](https://…)",
    ),
    Sign(
        "broken-link",
        rf"\[[^\[\]\n]+\][ \t]+\({_ADDRESS}[^()\s]*\)",
        _SHOWN,
        _apart_help,
    ),
    Sign("broken-link", rf"\([^()\n]+\)\[{_ADDRESS}[^\[\]\s]*\]", _SHOWN, _turned_round_help),
    Sign("broken-link", r"<https?://[^\s<>|]+\|[^<>\n]+>", _SHOWN, _address_first_help),
    Sign("broken-link", r"\[https?://[^\s\[\]|]+[ |][^\[\]\n]+\]", _SHOWN, _address_first_help),
    Sign(
        "broken-link",
        r"\[\[https?://[^\s\[\]]+\]\[[^\[\]\n]+\]\]|(?:\b(?:link|url):)?https?://[^\s\[\]]+\[[^\[\]\n]+\]",
        _SHOWN,
        _address_in_front_help,
    ),
    Sign(
        "broken-link",
        r"\[\[(?=\w)",
        "a link to an entry is incomplete",
        "write [[its-id]] or [[its-id|words]]; in a table [[its-id\\|words]]",
    ),
    Sign(
        "bare-address",
        rf"(?:(?i:https?://)|(?<![\w.@/-])(?:www|WWW|Www)\.(?=\w))[^\s<>{ELSEWHERE}]+(?<![.,;:!?'\")\]}}’”…])",
        _NO_LINK,
        lambda found: link_help("", found),
    ),
    Sign("bare-address", r"(?<![\w.+-])[\w.+-]+@\w[\w-]*(?:\.\w[\w-]*)+", _NO_LINK, lambda found: link_help("whose it is", f"mailto:{found}")),
    Sign(
        "unknown-markup",
        r"\{(?:\+\+[^\n]*?\+\+|--[^\n]*?--|>>[^\n]*?<<|~~[^\n]*?~~|==[^\n]*?==)\}",
        _SHOWN,
        "keep only the words that hold, without these signs",
    ),
    Sign("unknown-markup", r"(?<!~)~~(?=[^\s~])[^~]*(?<=[^\s~])~~(?!~)", _SHOWN, "leave out what no longer holds"),
    Sign("unknown-markup", r"(?<![\w=])==(?=[^\s=])[^=\n]*(?<=[^\s=])==(?![\w=])", _SHOWN, lambda found: _bold(found, "=")),
    Sign(
        "unknown-markup",
        rf"(?<![\w*{ELSEWHERE}])\*\*(?:(?=[^\s*])[^*\n]+\s|\s[^*\n]*[^\s*])\*\*(?![\w*{ELSEWHERE}])",
        _SHOWN,
        _loose_bold_help,
    ),
    Sign(
        "unknown-markup",
        rf"(?<![\w*])\*\*(?:[^*\n]*[^\W\d_]{{2}}[^*\n]*\*\*(?!\*)|{ELSEWHERE}\*\*(?=\w))",
        _SHOWN,
        _loose_bold_help,
    ),
    Sign(
        "unknown-markup",
        r"(?<![\w*])\*\*(?=[^\W_])[^*]*\Z",
        "'{found}' begins in bold, which never ends",
        "end what is bold with **; for two asterisks as such, write \\*\\*",
    ),
    Sign("unknown-markup", r"'''[^'\n]+'''", _SHOWN, lambda found: _bold(found, "'")),
    Sign("unknown-markup", r"(?<=[\w)])(?:~[\w+-]{1,8}~(?!~)|\^[\w+-]{1,8}\^(?!\^))", _SHOWN, _script_help),
    Sign("unknown-markup", r"(?<![\w+])\+\+[^\s+](?:[^\n]*?[^\s+])?\+\+(?![\w+])", _SHOWN, lambda found: _bold(found, "+")),
    Sign("unknown-markup", r"(?<![\w^])\^\^[^\s^](?:[^\n^]*[^\s^])?\^\^(?![\w^])", _SHOWN, lambda found: _bold(found, "^")),
    Sign(
        "unknown-markup",
        rf"(?<![\w:/]):[a-z]+(?::[a-z]+)?:{ELSEWHERE}|\{{[a-z]+(?::[a-z]+)?\}}{ELSEWHERE}",
        _SHOWN,
        "write [[its-id]] or [where it leads](https://…), or keep the words alone",
    ),
    Sign("unknown-markup", r"(?<![\w:/]):[a-z+-][a-z0-9_+-]*:(?![\w:/])", _SHOWN, "take it out, or write the character itself, such as ☺"),
    Sign(
        "unknown-markup",
        r"\{:?[ \t]*(?:[.#][A-Za-z][\w-]*|[A-Za-z][\w-]*=(?:\"[^\"\n{}]*\"|'[^'\n{}]*'|[\w-]+))(?:[ \t]+[^\s{}][^{}\n]*)?[ \t]*\}",
        _SHOWN,
        "take it out: how a text looks is the same on all pages",
    ),
    Sign(
        "unknown-markup",
        r"^(?:(?:!!!|\?\?\?\+?)[ \t]+[a-z]|===[!+]?[ \t]+[\"']|:::+[ \t]*[\w{]|\.\.[ \t]+[a-z][\w-]*::)[^\n]*",
        _SHOWN,
        "take it out; a paragraph may begin with **Note:**",
    ),
    Sign("unknown-markup", r"-+8<-+[^\n]*", _SHOWN, "write the words here: a text takes in no other file"),
    Sign(
        "unknown-markup",
        rf"(?<![\w$])\$(?=[A-Za-z{ELSEWHERE}])[^$\n]*[\^_={ELSEWHERE}][^$\n]*(?<=[^\s$])\$(?![\w$])|(?<!\$)\$\$[^$]+\$\$(?!\$)",
        _SHOWN,
        "say it in words, or write the formula as `code`",
    ),
    Sign(
        "broken-table",
        r"^\|(?:[^|\n]*\|)+[ \t]*$|^:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$",
        _NO_TABLE,
        "a table has | --- | --- | below its first row, with one --- for each column, and an empty line before it",
    ),
    Sign(
        "unknown-markup",
        r"^[•‣◦▪●○·∙➢➤►\ue000-\uf8ff][ \t]+\S[^\n]*|^[–—][ \t]+\S[^\n]*\n[–—][ \t][^\n]*",
        _SHOWN,
        "begin each item of a list with '- ' on a line of its own",
    ),
    Sign(
        "unknown-markup",
        r"^(?:\(?[aA][.)][ \t]+[^\n]*\n\(?[bB]|\(?[iI][.)][ \t]+[^\n]*\n\(?(?:ii|II)|\(1\)[ \t]+[^\n]*\n\(2)[.)][ \t][^\n]*",
        "these signs make no list, so readers would see '{found}' in one paragraph",
        "begin each item with '- ' or '1. '",
    ),
    Sign(
        "open-code",
        r"`{3,}[^`\n]*",
        _SHOWN,
        "put the signs on a line of their own, above and below the code; a few words of code stand between two ` on one line",
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
_MAY_BE_ANY = re.compile(
    r"[<\[@~=*^{$|`•‣◦▪●○·∙➢➤►\ue000-\uf8ff]|://|www\.|WWW\.|Www\.|\+\+|'''|:[a-z+-]|^[-_!?:(–—]|^[aAiI][.)]|^\.\.|\n:", re.MULTILINE
)
"""What no sign can be without: most prose has none of it, which this finds quickly."""
_ANY = re.compile("|".join(f"(?P<sign{number}>{sign.looks})" for number, sign in enumerate(SIGNS)), re.MULTILINE)


def foreign_markup(prose: str) -> Iterator[TextProblem]:
    """Yields a problem for each sign in `prose`, which is a paragraph in which ELSEWHERE stands for the markup that pages have."""
    for found in _ANY.finditer(prose) if _MAY_BE_ANY.search(prose) else ():
        yield SIGNS[int(found.lastgroup.removeprefix("sign"))].problem(found[0])
