"""Keeps what a preview has made for a page, for as long as the playbook answers each question as it did then.

`made_from_answers` marks a function that takes a `Renderer` first. The renderer that it gets notes what is asked of the playbook and of its history.
What is asked in another way than by the questions below counts as a question for all of it, so that nothing can be missed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import singledispatch, wraps
from operator import attrgetter
from typing import Any, TypeVar

from pydantic import BaseModel

from macros.files.memo import Memory, is_keeping
from macros.pages.renderer import Renderer
from macros.playbook.long_lists import ListPage, LongList
from macros.releases.history import HistoryEvent
from macros.schema.builtin_kinds import Source
from macros.schema.entry import Entry

_Function = TypeVar("_Function", bound=Callable[..., Any])
_Question = tuple[Callable[..., Any], tuple[Hashable, ...]]
_NOTHING = object()


def made_from_answers(function: _Function) -> _Function:
    """Marks a function that is pure but for what its renderer tells it; its other arguments are hashable."""
    memory = Memory()

    @wraps(function)
    def call(view: Renderer, *arguments: Hashable) -> Any:
        if not is_keeping():
            return function(view, *arguments)
        key = (type(view), view.page_url, view.page_file, view.history is None, *arguments)
        made = memory.find(key)
        if made is None or not made.holds(view):
            answers = _Answers(view)
            noting = replace(view, playbook=_Playbook(answers), history=None if view.history is None else _History(answers))
            made = _Made(function(noting, *arguments), answers.known)
            memory.put(key, made)
        return made.result

    return call  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class _Made:
    """What a function returned, and all that it had asked."""

    result: Any
    answers: Mapping[_Question, Any]

    def holds(self, view: Renderer) -> bool:
        return all(is_unchanged(ask(view, *about), then) for (ask, about), then in self.answers.items())


@dataclass(frozen=True, slots=True)
class _Answers:
    """Asks for somebody, and notes each question with its answer."""

    view: Renderer
    known: dict[_Question, Any] = field(default_factory=dict)

    def to(self, ask: Callable[..., Any], *about: Hashable) -> Any:
        question = (ask, about)
        if question not in self.known:
            self.known[question] = ask(self.view, *about)
        return self.known[question]


def is_unchanged(now: Any, then: Any) -> bool:
    """Returns whether two answers say the same. An entry is the same if its file is: then it was not made again."""
    if now is then:
        return True
    # 1, 1.0 and True are equal, and are not written alike
    return type(now) is type(then) and not isinstance(now, BaseModel) and _are_equal(now, then)


@singledispatch
def _are_equal(now: Any, then: Any) -> bool:
    """For two objects of one type."""
    if is_dataclass(now):
        return all(is_unchanged(getattr(now, each.name), getattr(then, each.name)) for each in fields(now))
    return bool(now == then)


@_are_equal.register(tuple)
@_are_equal.register(list)
def _are_equal_rows(now: Sequence, then: Sequence) -> bool:
    return len(now) == len(then) and all(map(is_unchanged, now, then))


@_are_equal.register(Mapping)
def _are_equal_tables(now: Mapping, then: Mapping) -> bool:
    return [*now] == [*then] and all(map(is_unchanged, now.values(), then.values()))


@_are_equal.register
def _are_equal_events(now: HistoryEvent, then: HistoryEvent) -> bool:
    """An event that no release has yet says no more of its release than what that follows."""
    are_pending = not now.release.version and not then.release.version
    are_of_one = now.release.before == then.release.before if are_pending else is_unchanged(now.release, then.release)
    return are_of_one and is_unchanged(now.change, then.change) and now.merged == then.merged


@_are_equal.register
def _are_equal_lists(now: LongList, then: LongList) -> bool:
    """Their first pages: all others are asked for by their address."""
    return is_unchanged(now.page(1), then.page(1))


@_are_equal.register
def _are_equal_pages(now: ListPage, then: ListPage) -> bool:
    """Pages of a list with as many items, which may have others elsewhere."""
    around = [name.name for name in fields(LongList) if name.name != "items"]
    are_alike = len(now.of.items) == len(then.of.items) and all(getattr(now.of, name) == getattr(then.of, name) for name in around)
    return are_alike and now.number == then.number and is_unchanged(now.items, then.items)


def _value(view: Renderer, name: str) -> Any:
    return attrgetter(name)(view)


def _item(view: Renderer, name: str, key: Hashable) -> Any:
    return attrgetter(name)(view).get(key, _NOTHING)


def _of_kind(view: Renderer, folder: str) -> Any:
    return view.playbook.of_kind(folder)


def _is_listed(view: Renderer, folder: str) -> Any:
    return view.playbook.is_listed(folder)


def _address_of(view: Renderer, id: str) -> Any:
    return view.playbook.address_of(id)


def _outside(view: Renderer, id: str) -> Any:
    return view.playbook.outside(id)


def _title_of(view: Renderer, id: str) -> Any:
    return view.playbook.title_of(id)


def _neighbours(view: Renderer, id: str) -> Any:
    return view.playbook.neighbours(view.playbook.entries[id]) if id in view.playbook.entries else _NOTHING


def _coverage(view: Renderer, id: str) -> Any:
    source = view.playbook.entries.get(id)
    return view.playbook.coverage(source) if isinstance(source, Source) else _NOTHING


def _events_of(view: Renderer, id: str) -> Any:
    return view.history.events_of(id)


def _all(view: Renderer) -> Any:
    playbook = view.playbook
    return playbook.settings, playbook.entries, playbook.pages, playbook.written, playbook.elsewhere


class _Mapping(Mapping):
    """A mapping, each key of which is a question of its own."""

    def __init__(self, answers: _Answers, name: str) -> None:
        self._answers, self._name = answers, name

    def __getitem__(self, key: Hashable) -> Any:
        found = self._answers.to(_item, self._name, key)
        if found is _NOTHING:
            raise KeyError(key)
        return found

    def _whole(self) -> Mapping:
        return self._answers.to(_value, self._name)

    def __iter__(self) -> Iterator:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def values(self) -> Any:
        return self._whole().values()

    def items(self) -> Any:
        return self._whole().items()


def _asks(name: str) -> property:
    """An attribute that is a question."""
    return property(lambda self: self._answers.to(_value, name))


class _LongLists:
    letters = _asks("playbook.long_lists.letters")

    def __init__(self, answers: _Answers) -> None:
        self._answers = answers
        self.kinds, self.linked, self.pages = (_Mapping(answers, f"playbook.long_lists.{name}") for name in ("kinds", "linked", "pages"))


class _Playbook:
    """Answers as the playbook does."""

    settings, kinds = _asks("playbook.settings"), _asks("playbook.kinds")

    def __init__(self, answers: _Answers) -> None:
        self._answers, self.long_lists = answers, _LongLists(answers)
        self.entries, self.backlinks, self.pages, self.written = (
            _Mapping(answers, f"playbook.{name}") for name in ("entries", "backlinks", "pages", "written")
        )

    def of_kind(self, folder: str) -> Any:
        return self._answers.to(_of_kind, folder)

    def is_listed(self, folder: str) -> Any:
        return self._answers.to(_is_listed, folder)

    def address_of(self, id: str) -> Any:
        return self._answers.to(_address_of, id)

    def outside(self, id: str) -> Any:
        return self._answers.to(_outside, id)

    def title_of(self, id: str) -> Any:
        return self._answers.to(_title_of, id)

    def neighbours(self, entry: Entry) -> Any:
        return self._answers.to(_neighbours, entry.id)

    def coverage(self, source: Source) -> Any:
        return self._answers.to(_coverage, source.id)

    def __getattr__(self, name: str) -> Any:
        self._answers.to(_all)
        return getattr(self._answers.view.playbook, name)


class _History:
    """Answers as the history does."""

    releases, pending, latest = _asks("history.releases"), _asks("history.pending"), _asks("history.latest")

    def __init__(self, answers: _Answers) -> None:
        self._answers = answers

    def events_of(self, id: str) -> Any:
        return self._answers.to(_events_of, id)

    def withdrawn_in(self, id: str) -> Any:
        self.events_of(id)
        return self._answers.view.history.withdrawn_in(id)

    def __getattr__(self, name: str) -> Any:
        self._answers.to(_value, "history")
        return getattr(self._answers.view.history, name)
