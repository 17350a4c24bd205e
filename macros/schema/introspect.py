"""What a pydantic model holds, by the names that YAML uses.

Enters: a model. Leaves: its fields, and the models inside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from keyword import iskeyword
from typing import Any, Literal, get_origin

from pydantic import BaseModel

from macros.schema.fields import Plain, Prose, Relation, Section
from macros.schema.kinds import Entry
from macros.yamlfile.source import FieldPath


def field_names(model: type[BaseModel]) -> dict[str, Any]:
    """The fields of `model` by the names that YAML uses; an entry's id comes from its file."""
    return {field.alias or name: field for name, field in model.model_fields.items() if not field.exclude}


def attribute_of(name: str) -> str:
    """The Python attribute of a field whose name is a word of Python: `try` is `try_`."""
    return f"{name}_" if iskeyword(name) else name


def model_within(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation such as `tuple[Citation, ...]` or `Review | None` holds, or None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (model_within(part) for part in getattr(annotation, "__args__", ()))
    return next((model for model in inner if model), None)


def is_list(annotation: Any) -> bool:
    """Whether an annotation such as `tuple[Slug, ...] | None` holds a list."""
    parts = getattr(annotation, "__args__", ())
    return getattr(annotation, "__origin__", None) is tuple or any(is_list(part) for part in parts)


def choices_of(annotation: Any) -> tuple[str, ...]:
    """The words that an annotation such as `Literal["arch", "rings"] | None` allows; none where it allows any."""
    if get_origin(annotation) is Literal:
        return annotation.__args__
    inner = (choices_of(part) for part in getattr(annotation, "__args__", ()))
    return next((choices for choices in inner if choices), ())


@dataclass(frozen=True)
class Slot:
    """A field that holds words or ids, wherever it stands: `("evidence", None, "claim")`, None for each item."""

    pattern: tuple[str | None, ...]
    markers: tuple[Any, ...]

    @cached_property
    def is_prose(self) -> bool:
        """Whether its text is CommonMark."""
        return any(isinstance(marker, Prose) for marker in self.markers)

    @cached_property
    def is_words(self) -> bool:
        """Whether it holds text that readers get."""
        return self.is_prose or any(isinstance(marker, Plain) for marker in self.markers)

    @cached_property
    def relation(self) -> Relation | None:
        """What it names, where it holds ids."""
        return next((marker for marker in self.markers if isinstance(marker, Relation)), None)


Filled = tuple[Slot, FieldPath, Any]
"""A slot, where it stands in one file, and what stands there: text if the file is right."""


@cache
def slots_of(model: type[BaseModel]) -> tuple[Slot, ...]:
    """The fields of `model`, and of the models inside it, that are marked as words or relations."""
    return tuple(_slots_in(_branches(model)))


def filled_slots(model: type[BaseModel], raw: Mapping[str, Any]) -> Iterator[Filled]:
    """Each value of a file that stands in a slot, in the order of the file. A single id where a list may stand counts as one item."""
    return _filled(raw, _branches(model), ())


def words_of(model: BaseModel) -> Iterator[str]:
    """Every text of a checked file that readers get."""
    for name, branch in _branches(type(model)).items():
        value = getattr(model, attribute_of(name))
        for item in value if branch.is_list and value else (value,):
            if isinstance(item, BaseModel):
                yield from words_of(item)
            elif item and branch.slot and branch.slot.is_words:
                yield item


def values_in(raw: Any, pattern: tuple[str | None, ...], path: FieldPath = ()) -> Iterator[tuple[FieldPath, Any]]:
    """Each value that stands where `pattern` says, with its path. A single id where a list may stand counts as one item."""
    if not pattern:
        yield path, raw
    elif pattern[0] is None:
        if isinstance(raw, list):
            for index, item in enumerate(raw):
                yield from values_in(item, pattern[1:], (*path, index))
        elif isinstance(raw, str):
            yield from values_in(raw, pattern[1:], path)
    elif isinstance(raw, dict) and pattern[0] in raw:
        yield from values_in(raw[pattern[0]], pattern[1:], (*path, pattern[0]))


@dataclass(frozen=True, slots=True)
class _Branch:
    """One field: its own slot where it is marked, and the fields of the model that it holds."""

    slot: Slot | None
    is_list: bool
    within: Mapping[str, _Branch]


@cache
def _branches(model: type[BaseModel], prefix: tuple[str | None, ...] = ()) -> Mapping[str, _Branch]:
    """The fields of `model` that are marked, or hold a field that is, by name."""
    branches = {}
    for name, field in field_names(model).items():
        pattern = (*prefix, name, *([None] if is_list(field.annotation) else []))
        markers = tuple(m for m in (*field.metadata, *_inner_markers(field.annotation)) if isinstance(m, (Prose, Plain, Relation)))
        inner = model_within(field.annotation)
        branch = _Branch(Slot(pattern, markers) if markers else None, is_list(field.annotation), _branches(inner, pattern) if inner else {})
        if branch.slot or branch.within:
            branches[name] = branch
    return branches


def _slots_in(branches: Mapping[str, _Branch]) -> Iterator[Slot]:
    for branch in branches.values():
        if branch.slot:
            yield branch.slot
        yield from _slots_in(branch.within)


def _filled(raw: Mapping[str, Any], branches: Mapping[str, _Branch], path: FieldPath) -> Iterator[Filled]:
    for name, value in raw.items():
        if branch := branches.get(name):
            for where, item in _items(value, (*path, name)) if branch.is_list else (((*path, name), value),):
                if branch.slot:
                    yield branch.slot, where, item
                if branch.within and isinstance(item, dict):
                    yield from _filled(item, branch.within, where)


def _items(value: Any, path: FieldPath) -> Iterator[tuple[FieldPath, Any]]:
    if isinstance(value, list):
        yield from (((*path, index), item) for index, item in enumerate(value))
    elif isinstance(value, str):
        yield path, value


def _inner_markers(annotation: Any) -> Iterator[Any]:
    """Markers inside an annotation, such as those of the items of a list."""
    yield from getattr(annotation, "__metadata__", ())
    for part in getattr(annotation, "__args__", ()):
        if not (isinstance(part, type) and issubclass(part, BaseModel)):
            yield from _inner_markers(part)


def sections_of(model: type[BaseModel]) -> dict[str, Section]:
    """The sections of a kind's own page, by the name of the field that fills each."""
    found = {}
    for name in field_names(model):
        attribute = attribute_of(name)
        for marker in model.model_fields[attribute].metadata:
            if isinstance(marker, Section):
                found[attribute] = marker
    return found


def _named_sections(entry: Entry) -> Iterable[tuple[Section, tuple[str, ...]]]:
    for attribute, section in sections_of(type(entry)).items():
        if any(isinstance(marker, Relation) for marker in type(entry).model_fields[attribute].metadata):
            yield section, getattr(entry, attribute)
