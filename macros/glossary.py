"""Where the glossary's terms stand in text, and the note that explains each at its first use on a page.

Enters: terms, and the HTML of a page. Leaves: which terms a text uses; the HTML with each first use explained.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape

from macros.kinds import Term
from macros.text import inert

_TAG = re.compile(r"<!--.*?-->|<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)(?P<attributes>(?:\"[^\"]*\"|'[^']*'|[^'\">])*)>", re.DOTALL)
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
_NEVER = frozenset((
    "a", "h1", "h2", "h3", "h4", "h5", "h6", "th", "button", "summary", "label", "legend", "nav", "aside", "svg", "cite", "code", "pre", "script", "style",
))  # fmt: skip
"""Elements inside which no term is marked: headings, links, whatever can be pressed, titles of works, code and drawings."""
_OPT_OUT = "data-no-terms"
_REFERENCE = r"&(?:#\d+|#[xX][\da-fA-F]+|\w+);"
"""A character written by its name or number: no term stands inside it, whatever it is called."""

Explain = Callable[[Term, str], str]
"""From a term, and the HTML of the words that name it, to the HTML that explains it in place."""


class Glossary:
    """The terms of a playbook, ready to be found in text: the longest wording that fits is taken."""

    def __init__(self, terms: Iterable[Term]) -> None:
        by_wording = {wording: term for term in terms for wording in wordings(term)}
        longest_first = sorted(by_wording, key=len, reverse=True)
        self._terms = [by_wording[wording] for wording in longest_first]
        any_wording = "|".join(f"({_pattern_of(wording)})" for wording in longest_first)
        self._pattern = re.compile(rf"(?<![\w-])(?:{any_wording})(?![\w-])|{_REFERENCE}")

    def used_in(self, text: str) -> frozenset[str]:
        """The ids of the terms whose words stand in `text`."""
        return frozenset(term.id for term, _ in self._found(text))

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
        matches = self._pattern.finditer(text) if self._terms else ()
        for match in (match for match in matches if match.lastindex):
            term = self._terms[match.lastindex - 1]
            if not (term.short_for and text.startswith(f" ({term.title})", match.end())):
                yield term, match


def wordings(term: Term) -> tuple[str, ...]:
    """The words that a text may call `term` by."""
    return tuple(dict.fromkeys(wording for wording in (term.title, term.short_for, *term.also) if wording))


def _pattern_of(wording: str) -> str:
    """`wording` in any case and with a plural, as text or as HTML; an abbreviation only as it is written."""
    plain = r"\s+".join("".join(map(_character, word)) for word in wording.split())
    return f"{plain}s?" if wording.isupper() else f"(?i:{plain}(?:s|es)?)"


def _character(char: str) -> str:
    written = dict.fromkeys((char, str(inert(char)), escape(char)))
    return f"(?:{'|'.join(map(re.escape, written))})" if len(written) > 1 else re.escape(char)


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
