"""Finds the glossary's terms in text, and explains each at its first use on a page.

A `Glossary` is made from terms. `used_in` takes text and returns ids; `explain` takes the HTML of a page and returns it with notes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, KeysView
from dataclasses import dataclass
from functools import cached_property, lru_cache

from macros.files.memo import Same, remembered
from macros.problems.folding import folded
from macros.schema.builtin_kinds import Term
from macros.text.folded_text import FoldedText, fold

_TAG = re.compile(r"<!--.*?-->|<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)(?P<attributes>[^'\">]*(?:(?:\"[^\"]*\"|'[^']*')[^'\">]*)*)>", re.DOTALL)
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
_UNMARKED_ELEMENTS = frozenset((
    "a", "h1", "h2", "h3", "h4", "h5", "h6", "th", "button", "summary", "label", "legend", "nav", "aside", "svg", "cite", "code", "pre", "script", "style",
))  # fmt: skip
"""Elements in which no term is marked: headings, links, controls, titles of works, code and drawings."""
_OPT_OUT = "data-no-terms"
_WORD = re.compile(r"[^\W_]+")
_TERM_START = re.compile(r"(?<![\w-])[^\W_]+|(?<![\w-])(?:_|[^\w\s])")
"""Where a term may begin: at a word or sign with no letter or hyphen before it."""
_ADDRESS = r"(?i:https?://|(?<!\w)www\.)[^\s<>]+|(?<![\w.+-])[\w.+-]+@\w[\w.-]*"
_TERM_START_OR_ADDRESS = re.compile(rf"{_ADDRESS}|{_TERM_START.pattern}")
"""The same in a text that has addresses: each counts as one sign, so that no term is inside it."""
_OPENING = "([“‘«"
_CLOSING = re.compile(r"[)\]”’».,:;?!…]*")
"""Signs that no line may begin or end with; a browser would break one beside a button."""
_FEW = 20
"""So many words are looked for one by one."""
_KNOWN_TEXTS = 1 << 15
"""So many pieces of text are looked through once: pages repeat one another."""
_MAY_BE_ADDRESS = re.compile(r"://|@|www\.", re.IGNORECASE)

Explain = Callable[[Term, str], str]
"""From a term, and the HTML of the words that name it, to the HTML that explains it in place."""


@remembered(lambda terms: (*map(Same, terms),))
def glossary_of(terms: tuple[Term, ...]) -> Glossary:
    """Returns the glossary of some terms; for the same ones that is the one that has looked through texts before."""
    return Glossary(terms)


class Glossary:
    """The terms of a playbook, ready to be found in text; the longest wording that fits wins."""

    def __init__(self, terms: Iterable[Term]) -> None:
        terms = tuple(terms)
        self.wordings = tuple((term.id, *wordings(term)) for term in terms)
        """The id of each term, and the words by which texts name it."""
        self.notes = {term.id: (term.title, term.short_for, term.summary) for term in terms}
        """What is shown of each term where it is explained, by its id."""
        by_wording = {folded(wording): term for term in terms for wording in wordings(term) if folded(wording)}
        self._by_first_word: dict[str, list[_Wording]] = {}
        for wording in sorted(by_wording, key=len, reverse=True):
            known = _Wording(by_wording[wording], wording)
            for first in _first_words(wording):
                self._by_first_word.setdefault(first, []).append(known)
        self._signs = tuple(first for first in self._by_first_word if not first.isalnum())
        self._places = lru_cache(_KNOWN_TEXTS)(self._places_in)

    def used_in(self, text: str | FoldedText) -> frozenset[str]:
        """Returns the ids of the terms that `text` uses."""
        return frozenset(term.id for term, _, _ in self._found(fold(text) if isinstance(text, str) else text))

    def used_in_others(self, texts: Iterable[tuple[str, FoldedText]], *, known: Collection[str] = ()) -> frozenset[str]:
        """Returns the ids of the terms used in a text that is not their own; `texts` are (owner, text).

        Terms `known` to be used are not looked for.
        """
        missing = {first: {row.term.id for row in rows} - set(known) for first, rows in self._by_first_word.items()}
        missing = {first: ids for first, ids in missing.items() if ids}
        used: set[str] = set()
        for owner, text in texts:
            if _may_contain(missing.keys(), self._signs, text):
                used |= self.used_in(text) - {owner}
                missing = {first: ids for first, ids in missing.items() if not ids <= used}
        return frozenset(used)

    def explain(self, html: str, explain: Explain, *, own: str = "") -> tuple[str, tuple[Term, ...]]:
        """Returns `html` with each term explained at its first use, and those terms; `own` is the term whose page this is, if any."""
        seen: dict[str, Term] = {}

        def mark(text: str) -> Iterator[str]:
            end = 0
            for term, start, stop in self._places(text):
                if term.id != own and term.id not in seen:
                    seen[term.id] = term
                    before, closed = text[end:start].rstrip(_OPENING), _CLOSING.match(text, stop).end()
                    marked = explain(term, text[start:stop])
                    yield from (before, _unbroken(text[end + len(before) : start], marked, text[stop:closed]))
                    end = closed
            yield text[end:]

        marked = "".join(piece for may_mark, part in _parts(html) for piece in (mark(part) if may_mark and not part.isspace() else (part,)))
        return marked, tuple(seen.values())

    def _places_in(self, text: str) -> tuple[tuple[Term, int, int], ...]:
        """Each term, and where it begins and ends in `text`."""
        folded_text = fold(text)
        if not _may_contain(self._by_first_word.keys(), self._signs, folded_text):
            return ()
        return tuple((term, folded_text.in_source(start), folded_text.in_source(stop)) for term, start, stop in self._found(folded_text))

    def _found(self, folded_text: FoldedText) -> Iterator[tuple[Term, int, int]]:
        """Each term, and its start and end in the folded text. If an abbreviation in brackets follows its long form, that is the term."""
        end, text = 0, folded_text.text
        starts = _TERM_START_OR_ADDRESS if _MAY_BE_ADDRESS.search(text) else _TERM_START
        for start in starts.finditer(text) if self._by_first_word else ():
            if start.start() < end or not (rows := self._by_first_word.get(start[0].lower())):
                continue
            found = next(((row.term, match) for row in rows if (match := row.pattern.match(text, start.start()))), None)
            if found and not (found[0].short_for and text.startswith(f" ({folded(found[0].title)})", found[1].end())):
                yield found[0], *found[1].span()
            end = found[1].end() if found else end


def _unbroken(before: str, marked: str, after: str) -> str:
    """The HTML of a marked term with the signs around it on the same line."""
    return f'<span class="unbroken">{before}{marked}{after}</span>' if before or after else marked


@dataclass(frozen=True)
class _Wording:
    """One way of naming a term in a text."""

    term: Term
    words: str

    @cached_property
    def pattern(self) -> re.Pattern:
        """The words in any case and with a plural, up to the end of a word; compiled only when a text has their first word."""
        return _compiled(self.words)


def _may_contain(firsts: KeysView[str], signs: Iterable[str], text: FoldedText) -> bool:
    """Whether a text may hold one of the first words, or one of the `signs` among them: quick, because most texts hold none."""
    lower = text.text.lower()
    if len(firsts) < _FEW:
        return any(first in lower for first in firsts)
    return not firsts.isdisjoint(_WORD.findall(lower)) or any(sign in lower for sign in signs)


def _first_words(wording: str) -> tuple[str, ...]:
    """How `wording` may begin in a text: its first word, that word in the plural, or a sign."""
    words = wording.strip()
    first = _TERM_START.match(words)[0].lower()
    if not first[0].isalnum():
        return (first,)
    return (first, f"{first}s", f"{first}es") if first == words.lower() else (first,)


def wordings(term: Term) -> tuple[str, ...]:
    """Returns the words by which a text may name `term`."""
    return tuple(dict.fromkeys(wording for wording in (term.title, term.short_for, *term.also) if wording))


@lru_cache(maxsize=1 << 14)
def _compiled(wording: str) -> re.Pattern:
    return re.compile(rf"{_pattern_of(wording)}(?![\w-])")


def _pattern_of(wording: str) -> str:
    """`wording` in any case and with a plural; an abbreviation exactly as it is written."""
    plain = r"\s+".join(map(re.escape, wording.split()))
    return f"{plain}s?" if wording.isupper() else f"(?i:{plain}(?:s|es)?)"


def _parts(html: str) -> Iterator[tuple[bool, str]]:
    """`html` split into tags and text, each with whether terms may be marked in it."""
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
            inside.append((name, closed or name in _UNMARKED_ELEMENTS or _OPT_OUT in tag["attributes"]))
    yield not (inside and inside[-1][1]), html[end:]
