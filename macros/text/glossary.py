"""Where the glossary's terms stand in text, and the note that explains each at its first use on a page.

Enters: terms, and the HTML of a page. Leaves: which terms a text uses; the HTML with each first use explained.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape

from macros.schema.builtin_kinds import Term
from macros.text.markdown import escape_html

_TAG = re.compile(r"<!--.*?-->|<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)(?P<attributes>(?:\"[^\"]*\"|'[^']*'|[^'\">])*)>", re.DOTALL)
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
_NEVER = frozenset((
    "a", "h1", "h2", "h3", "h4", "h5", "h6", "th", "button", "summary", "label", "legend", "nav", "aside", "svg", "cite", "code", "pre", "script", "style",
))  # fmt: skip
"""Elements inside which no term is marked: headings, links, whatever can be pressed, titles of works, code and drawings."""
_OPT_OUT = "data-no-terms"
_REFERENCE = r"&(?:#\d+|#[xX][\da-fA-F]+|\w+);"
"""A character written by its name or number: no term stands inside it, whatever it is called."""

_WORD = re.compile(r"[^\W_]+")
_START = re.compile(rf"{_REFERENCE}|(?<![\w-])[^\W_]+|(?<![\w-])(?:_|[^\w\s])")
"""Where a term may begin: at a word or a sign that no letter and no hyphen stands before. References are read as one."""

Explain = Callable[[Term, str], str]
"""From a term, and the HTML of the words that name it, to the HTML that explains it in place."""


class Glossary:
    """The terms of a playbook, ready to be found in text: the longest wording that fits is taken."""

    def __init__(self, terms: Iterable[Term]) -> None:
        by_wording = {wording: term for term in terms for wording in wordings(term)}
        self._begun_by: dict[str, list[_Wording]] = {}
        for wording in sorted(by_wording, key=len, reverse=True):
            known = _Wording(by_wording[wording], wording)
            for first in _first_words(wording):
                self._begun_by.setdefault(first, []).append(known)

    def used_in(self, text: str) -> frozenset[str]:
        """The ids of the terms whose words stand in `text`."""
        return frozenset(term.id for term, _ in self._found(text))

    def used_in_others(self, texts: Iterable[tuple[str, str]], *, known: Collection[str] = ()) -> frozenset[str]:
        """The ids of the terms that stand in a text of another owner than the term itself: `texts` are (owner, text).

        Terms that are `known` to be used are not looked for.
        """
        missing = {first: {row.term.id for row in rows} - set(known) for first, rows in self._begun_by.items()}
        missing = {first: ids for first, ids in missing.items() if ids}
        used: set[str] = set()
        for owner, text in texts:
            if _may_begin(missing, text.lower()):
                used |= self.used_in(text) - {owner}
                missing = {first: ids for first, ids in missing.items() if not ids <= used}
        return frozenset(used)

    def explain(self, html: str, explain: Explain, *, own: str = "") -> tuple[str, tuple[Term, ...]]:
        """`html` with each term explained where it is first used, and those terms; not the term `own`, whose page this is."""
        seen: dict[str, Term] = {}

        def mark(text: str) -> Iterator[str]:
            end = 0
            for term, match in self._found(text):
                if term.id != own and term.id not in seen:
                    seen[term.id] = term
                    yield from (text[end : match.start()], explain(term, match[0]))
                    end = match.end()
            yield text[end:]

        marked = "".join(piece for may_mark, part in _parts(html) for piece in (mark(part) if may_mark else (part,)))
        return marked, tuple(seen.values())

    def _found(self, text: str) -> Iterator[tuple[Term, re.Match]]:
        """Each term and where its words stand. Where an abbreviation follows its long form in brackets, the abbreviation is the term."""
        end = 0
        for start in _START.finditer(text) if self._begun_by else ():
            if start.start() < end or not (rows := self._begun_by.get(start[0].lower())):
                continue
            found = next(((row.term, match) for row in rows if (match := row.pattern.match(text, start.start()))), None)
            if found and not (found[0].short_for and text.startswith(f" ({found[0].title})", found[1].end())):
                yield found
            end = found[1].end() if found else end


@dataclass(frozen=True)
class _Wording:
    """One way to call a term, as it may stand in a text."""

    term: Term
    words: str

    @cached_property
    def pattern(self) -> re.Pattern:
        """The words in any case and with a plural, up to where a word ends; made only where something begins like them."""
        return re.compile(rf"{_pattern_of(self.words)}(?![\w-])")


def _may_begin(firsts: Mapping[str, object], text: str) -> bool:
    """Whether one of the first words may stand in a text in lower case; quick, as most texts hold none of the few that are still looked for."""
    if len(firsts) < 100 or not all(map(str.isalnum, firsts)):
        return any(first in text for first in firsts)
    return not firsts.keys().isdisjoint(_WORD.findall(text))


def _first_words(wording: str) -> tuple[str, ...]:
    """What a text that names `wording` may begin with: its first word, or that in the plural, or the sign in its place."""
    words = wording.strip()
    first = _START.match(words)[0].lower()
    if not first[0].isalnum():
        return (*_written(words[0]), first)
    return (first, f"{first}s", f"{first}es") if first == words.lower() else (first,)


def wordings(term: Term) -> tuple[str, ...]:
    """The words that a text may call `term` by."""
    return tuple(dict.fromkeys(wording for wording in (term.title, term.short_for, *term.also) if wording))


def _pattern_of(wording: str) -> str:
    """`wording` in any case and with a plural, as text or as HTML; an abbreviation only as it is written."""
    plain = r"\s+".join("".join(map(_character, word)) for word in wording.split())
    return f"{plain}s?" if wording.isupper() else f"(?i:{plain}(?:s|es)?)"


def _character(char: str) -> str:
    written = _written(char)
    return f"(?:{'|'.join(map(re.escape, written))})" if len(written) > 1 else re.escape(char)


def _written(char: str) -> dict[str, None]:
    """The ways in which a character may stand in HTML."""
    return dict.fromkeys((char, str(escape_html(char)), escape(char)))


def _parts(html: str) -> Iterator[tuple[bool, str]]:
    """`html` in stretches of tags and of text, each with whether terms may be marked in it."""
    inside: list[tuple[str, bool]] = []
    end = 0
    for tag in _TAG.finditer(html):
        yield not (inside and inside[-1][1]), html[end : tag.start()]
        yield False, tag[0]
        end = tag.end()
        name = (tag["name"] or "").lower()
        if tag["close"]:
            while inside and any(name == open_name for open_name, _ in inside) and inside.pop()[0] != name:
                pass
        elif name and name not in _VOID and not tag["attributes"].endswith("/"):
            closed = bool(inside and inside[-1][1])
            inside.append((name, closed or name in _NEVER or _OPT_OUT in tag["attributes"]))
    yield not (inside and inside[-1][1]), html[end:]
