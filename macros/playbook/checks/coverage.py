"""Checks that no reader is led into a dead end: what each kind says that its entries need, and what sources, terms and tags need.

`coverage_warnings` takes a playbook without problems and returns warnings, each at the file that lacks something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from macros.files.memo import Same, remembered
from macros.playbook.names import folded_title
from macros.playbook.playbook import Playbook
from macros.playbook.relations import OTHERS, citations_of, named_by
from macros.problems.problem import Problem, file_problem, short
from macros.schema.builtin_kinds import Term
from macros.schema.entry import Entry
from macros.schema.filled import texts_of
from macros.schema.kind import HelpsWith, NamedBack, NamedBy, Names, OneOf
from macros.schema.kinds import KINDS
from macros.text.folded_text import FoldedText, fold
from macros.text.glossary import glossary_of, wordings
from macros.text.markdown import entry_links


@dataclass(frozen=True, slots=True)
class _Said:
    """What one entry says: all its texts, the ids that these link to, and all ids that it leads to."""

    text: FoldedText
    links: frozenset[str]
    named: frozenset[str]


@remembered(Same)
def _said_by(entry: Entry) -> _Said:
    texts = [*texts_of(entry)]
    links = frozenset(link for form, text in texts for link, _ in entry_links(text, form))
    return _Said(fold("\n\n".join(text for _, text in texts)), links, links.union(named for named, _ in named_by(entry)))


class _Web:
    """Who leads to whom, among current entries: by a typed relation, by a link in a text, or by using a term."""

    def __init__(self, playbook: Playbook) -> None:
        self._playbook = playbook
        self._current = {entry.id: entry for entry in playbook.entries.values() if entry.status == "current"}
        self._said = {id: _said_by(entry) for id, entry in self._current.items()}

    def current(self, ids: Iterable[str]) -> Iterator[Any]:
        """Those of the entries that are current."""
        return (self._current[id] for id in ids if id in self._current)

    def names(self, entry: Entry, kind: str) -> bool:
        """Whether `entry` leads to a current entry of a kind."""
        return any(id in self._current and self._current[id].kind.folder == kind for id in self._said[entry.id].named)

    def is_named_by(self, entry: Entry, kind: str) -> bool:
        """Whether a current entry of a kind leads to `entry`."""
        return kind in self._led_from.get(entry.id, ())

    def is_linked(self, entry: Entry) -> bool:
        """Whether another entry leads to `entry`."""
        return entry.id in self._led_from

    @cached_property
    def _led_from(self) -> dict[str, set[str]]:
        """From an id to the kinds of the entries that lead to it."""
        kinds: dict[str, set[str]] = {}
        for id, said in self._said.items():
            for other in said.named:
                kinds.setdefault(other, set()).add(self._current[id].kind.folder)
        return kinds

    @cached_property
    def used_terms(self) -> frozenset[str]:
        """Terms whose words are used in an entry other than their own, or that a text links to."""
        linked = frozenset().union(*(said.links for said in self._said.values()))
        texts = ((id, said.text) for id, said in self._said.items())
        return linked | glossary_of(self._playbook.of_kind("terms")).used_in_others(texts, known=linked)

    def shared_word(self, term: Term) -> tuple[str, str]:
        """A word that `term` and another term are called by, and that other term's id; empty if there is none."""
        for wording in wordings(term):
            other = next((id for id in self._called.get(folded_title(wording), ()) if id != term.id), "")
            if other:
                return wording, other
        return "", ""

    @cached_property
    def _called(self) -> dict[str, list[str]]:
        """From each word, folded and without capital letters, to the terms that are called by it."""
        found: dict[str, list[str]] = {}
        for term in self._playbook.of_kind("terms"):
            for word in {folded_title(wording) for wording in wordings(term)}:
                found.setdefault(word, []).append(term.id)
        return found

    @cached_property
    def tagged_kinds(self) -> frozenset[str]:
        """The kinds whose lists are grouped by tags."""
        return frozenset(entry.kind.folder for entry in self._current.values() if entry.tags)

    @cached_property
    def cited(self) -> frozenset[str]:
        """The sources that entries cite."""
        return frozenset(cited.source for entry in self._current.values() for cited in citations_of(entry))


@dataclass(frozen=True, slots=True)
class CoverageRule:
    """What each current entry of a kind should have; `lacks` says whether one does not, or for which others, by their ids."""

    kind: str
    name: str
    lacks: Callable[[_Web, Any], bool | tuple[str, ...]]
    message: str
    help: str


_BUILT_IN_RULES = (
    CoverageRule(
        "terms", "term-unused", lambda web, term: term.id not in web.used_terms,
        "no other entry uses this term", "add the words that entries use under `also:`, or remove the term; if a release has it, withdraw it",
    ),
    CoverageRule(
        "sources", "source-uncited", lambda web, source: source.id not in web.cited,
        "no entry cites this source", "cite it where a claim rests on it, or remove it; if a release has it, withdraw it",
    ),
    *(
        CoverageRule(
            kind, "untagged", lambda web, entry: entry.kind.folder in web.tagged_kinds and not entry.tags,
            f"this entry has no tag, so lists show it under '{OTHERS}'", "add `tags:` with a tag that others of its kind have",
        )
        for kind in KINDS
    ),
)  # fmt: skip


def _lacks(web: _Web, entry: Entry, *, condition: Names | NamedBy | OneOf | HelpsWith | NamedBack) -> bool | tuple[str, ...]:
    match condition:
        case Names(kind):
            return not web.names(entry, kind)
        case NamedBy(None):
            return not web.is_linked(entry)
        case NamedBy(kind):
            return not web.is_named_by(entry, kind)
        case OneOf(fields):
            return not any(getattr(entry, field) for field in fields)
        case HelpsWith(what, by, through):
            helped = {id for other in web.current(getattr(entry, by)) for id in getattr(other, through)}
            return tuple(other.id for other in web.current(getattr(entry, what)) if other.id not in helped)
        case NamedBack(items, name, under):
            named = dict.fromkeys(id for item in getattr(entry, items) if (id := getattr(item, name)))
            return tuple(other.id for other in web.current(named) if entry.id not in getattr(other, under))


COVERAGE_RULES = (
    *(
        CoverageRule(folder, need.rule, partial(_lacks, condition=need.condition), need.message, need.help)
        for folder, model in KINDS.items()
        for need in model.kind.needs
    ),
    *_BUILT_IN_RULES,
)
"""What each kind says that its entries need, and what sources, terms and tags need in every playbook."""


def coverage_warnings(playbook: Playbook) -> Iterator[Problem]:
    """What is missing between the entries of a playbook, as warnings."""
    web = _Web(playbook)
    for rule in COVERAGE_RULES:
        for entry in playbook.of_kind(rule.kind):
            lacking = rule.lacks(web, entry)
            for id in lacking if isinstance(lacking, tuple) else ("",) if lacking else ():
                yield _warning(entry, rule.name, rule.message.replace("{}", id), rule.help.replace("{}", id))
    yield from _shared_terms(web, playbook)
    for source in playbook.of_kind("sources"):
        for passage, citing in playbook.coverage(source):
            if not citing and not passage.unused:
                help = "use what readers need from it, or say why not under `unused:`"
                yield _warning(source, "passage-unused", f"no entry cites '{passage.at}'", help)
            elif citing and passage.unused:
                message = f"'{passage.at}' is marked as unused, but '{citing[0].id}' cites it"
                yield _warning(source, "passage-used", message, "remove `unused:`")


def _shared_terms(web: _Web, playbook: Playbook) -> Iterator[Problem]:
    for term in playbook.of_kind("terms"):
        word, other = web.shared_word(term)
        if other:
            help = f"keep the word in only one of the two: see `title`, `short_for` and `also` here and in {playbook.entries[other].file}"
            yield _warning(term, "term-shared", f"the term '{other}' also goes by '{short(word)}'", help)


def _warning(entry: Entry, rule: str, message: str, help: str) -> Problem:
    return replace(file_problem(entry.file, rule, message, help), severity="warning")
