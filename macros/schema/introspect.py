"""What a model of the schema holds: one `Field` for each of its fields, made once and asked by everything else.

Start with `fields_of`: it gives the fields of a kind, of the settings or of front matter by the names that YAML uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from keyword import iskeyword
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from macros.schema.entry import Entry
from macros.schema.fields import Asks, Calendar, FieldRole, Label, Mark, MayBeNull, OnlyWhere, Plain, Prose, Relation, Section, Tag, TextForm
from macros.schema.kinds import KINDS
from macros.schema.patterns import AN_ID, Pattern
from macros.yamlfile.source import FieldPath

Steps = tuple[str | None, ...]
"""The place of a field: `("evidence", None, "claim")`, with None for each item of a list."""


@dataclass(frozen=True, eq=False)
class Field:
    """A field of a model, with all that its annotation says."""

    name: str
    """As YAML has it: `try`."""
    info: FieldInfo
    inside: Field | None = None
    """The field whose value holds this one: `evidence` for `claim`."""

    @cached_property
    def attribute(self) -> str:
        """The name in Python, which ends in `_` if it is a keyword: `try_`."""
        return attribute_of(self.name)

    @cached_property
    def steps(self) -> Steps:
        """The way to its value; where it holds a list, to the list's items."""
        return (*self.way, None) if self.is_list else self.way

    @cached_property
    def way(self) -> Steps:
        """The way to its value, also where that is a list."""
        return (*(self.inside.steps if self.inside else ()), self.name)

    @property
    def description(self) -> str:
        """What the field is for, as one sentence."""
        return self.info.description or ""

    @cached_property
    def explanation(self) -> str:
        """What the field is for, where readers see it, and whether it may hold Markdown."""
        parts = [self.description]
        if self.section and self.label.lower() != words_of_name(self.name).lower():
            parts.append(f"Readers see it under “{self.label}”.")
        if self.is_prose:
            parts.append("Each item may hold Markdown." if self.is_list else "It may hold Markdown.")
        return " ".join(parts)

    @property
    def example(self) -> Any:
        """What it may hold, or None."""
        return self.info.examples[0] if self.info.examples else None

    @property
    def is_required(self) -> bool:
        """Whether an entry without it is wrong."""
        return self.info.is_required()

    @cached_property
    def is_list(self) -> bool:
        """Whether it holds a list."""
        return any(get_origin(part) is tuple for part in _annotations(self.info.annotation))

    @cached_property
    def model(self) -> type[BaseModel] | None:
        """The model of its value, or of the items of its list, if those have fields of their own."""
        models = (part for part in _annotations(self.info.annotation) if isinstance(part, type) and issubclass(part, BaseModel))
        return next(models, None)

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """The fields inside it, by name."""
        return MappingProxyType({name: Field(name, info, self) for name, info in _infos(self.model).items()} if self.model else {})

    @cached_property
    def choices(self) -> tuple[str, ...]:
        """The words that it may hold; none if it may hold any."""
        return next((get_args(part) for part in _annotations(self.info.annotation) if get_origin(part) is Literal), ())

    @cached_property
    def relation(self) -> Relation | None:
        """What it names, if it holds ids."""
        return self._marker(Relation)

    @cached_property
    def holds(self) -> Literal["fields", "word", "id", "date", "whole number", "number", "text"]:
        """What its value is, or each item of its list: fields of its own, one of its `choices`, and so on."""
        types = {part for part in _annotations(self.info.annotation) if part in (int, float)}
        cases = {
            "fields": self.model,
            "word": self.choices,
            "id": self.relation or self.pattern is AN_ID,
            "date": self._marker(Calendar),
            "whole number": types == {int},
            "number": types,
        }
        return next((word for word, is_so in cases.items() if is_so), "text")

    @cached_property
    def range(self) -> tuple[float | None, float | None]:
        """The least and the greatest number that it may hold, if there are limits."""
        ends = ([getattr(marker, name, None) for marker in self._markers] for name in ("ge", "le"))
        least, most = (next((end for end in found if end is not None), None) for found in ends)
        return least, most

    @cached_property
    def may_stand_alone(self) -> bool:
        """Whether a single item may be written instead of a list."""
        return self.is_list and self._marker(BeforeValidator) is not None

    @cached_property
    def is_needed_in_full(self) -> bool:
        """Whether its list may not be empty."""
        return self.is_list and any(getattr(marker, "min_length", None) for marker in self._markers)

    @cached_property
    def is_prose(self) -> bool:
        """Whether its text is CommonMark."""
        return self._marker(Prose) is not None

    @cached_property
    def is_block(self) -> bool:
        """Whether its text may have paragraphs."""
        prose = self._marker(Prose)
        return prose is not None and prose.block

    @cached_property
    def form(self) -> TextForm:
        """How its text is read."""
        return "block" if self.is_block else "line" if self.is_prose else "plain"

    @cached_property
    def is_tag(self) -> bool:
        """Whether it holds tags, which the playbook lists."""
        return self._marker(Tag) is not None

    @cached_property
    def is_text(self) -> bool:
        """Whether it holds text that readers get."""
        return self.is_prose or self._marker(Plain) is not None

    @cached_property
    def asks(self) -> bool:
        """Whether its text is a question."""
        return self._marker(Asks) is not None

    @cached_property
    def is_mark(self) -> bool:
        """Whether its word is the entry's mark: a drawing and a colour."""
        return self._marker(Mark) is not None

    @cached_property
    def pattern(self) -> Pattern | None:
        """The form that its text must have."""
        return self._marker(Pattern)

    @cached_property
    def section(self) -> Section | None:
        """The section of the page that it fills."""
        return self._marker(Section)

    @cached_property
    def label(self) -> str:
        """What readers see above or beside it: the heading of its section, its label, or its name as words."""
        label = self._marker(Label)
        return self.section.heading if self.section else label.words if label else words_of_name(self.name)

    @cached_property
    def may_be_null(self) -> bool:
        """Whether `null` is an answer."""
        return self._marker(MayBeNull) is not None

    @cached_property
    def only_where(self) -> OnlyWhere | None:
        """The condition under which it has a place at all."""
        return self._marker(OnlyWhere)

    @cached_property
    def role(self) -> Literal["content", "listing", "bookkeeping"]:
        """What it is for: to say something to readers, to place the entry in lists, or to keep the books."""
        own = self._marker(FieldRole)
        return own.name if own else self.inside.role if self.inside else "content"

    @cached_property
    def longest(self) -> int | None:
        """The most characters that its text may have."""
        return next((size for marker in self._markers if (size := getattr(marker, "max_length", None))), None)

    def _marker(self, kind: type) -> Any:
        return next((marker for marker in self._markers if isinstance(marker, kind)), None)

    @cached_property
    def _markers(self) -> tuple[Any, ...]:
        return (*self.info.metadata, *_markers_in(self.info.annotation))


@cache
def fields_of(model: type[BaseModel]) -> Mapping[str, Field]:
    """Returns the fields of `model` by the names that YAML uses; an entry's id is none, as it comes from its file."""
    return MappingProxyType({name: Field(name, info) for name, info in _infos(model).items()})


@cache
def all_fields(model: type[BaseModel]) -> tuple[Field, ...]:
    """Returns the fields of `model`, each followed by those inside it."""
    return tuple(_with_inner(fields_of(model).values()))


@cache
def fields_in_order(model: type[BaseModel]) -> Mapping[str, Field]:
    """Returns the fields as a person fills them in: title and summary, what the kind alone has, what every entry has."""
    fields = fields_of(model)
    first = [name for name in ("title", "summary") if name in fields]
    last = [name for name in fields_of(Entry) if name not in first] if issubclass(model, Entry) else []
    middle = [name for name in fields if name not in (*first, *last)]
    return MappingProxyType({name: fields[name] for name in [*first, *middle, *last]})


def forms_of(fields: Iterable[Field]) -> Mapping[Steps, TextForm]:
    """Returns how each text of `fields` is read, by its place."""
    return MappingProxyType({field.steps: field.form for field in fields if field.is_text})


def fields_of_kind(folder: str) -> tuple[Field, ...]:
    """Returns all fields of the kind in `folder`; none for a kind that there is no more."""
    return all_fields(KINDS[folder]) if folder in KINDS else ()


def field_at(model: type[BaseModel], path: FieldPath) -> Field | None:
    """Returns the field whose value, or an item of it, is at `path` in a file; None if there is none."""
    fields, found = fields_of(model), None
    for step in path:
        if isinstance(step, str):
            found = fields.get(step)
            if found is None:
                return None
            fields = found.fields
    return found


def attribute_of(name: str) -> str:
    """Returns the Python attribute of a field: `try_` for `try`, which is a word of Python."""
    return f"{name}_" if iskeyword(name) else name


def words_of_name(name: str) -> str:
    """Returns `felt_by` and `OpenQuestion` as a person says them: "Felt by", "Open question"."""
    spaced = "".join(f" {char.lower()}" if char.isupper() else char for char in name)
    return spaced.replace("_", " ").replace("-", " ").strip().capitalize()


def _infos(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {info.alias or name: info for name, info in model.model_fields.items() if not info.exclude}


def _annotations(annotation: Any) -> Iterator[Any]:
    """An annotation such as `tuple[Citation, ...] | None`, and all that it is made of."""
    yield annotation
    for part in get_args(annotation) if get_origin(annotation) is not Literal else ():
        yield from _annotations(part)


def _markers_in(annotation: Any) -> Iterator[Any]:
    """Markers inside an annotation, such as those of the items of a list."""
    for marker in getattr(annotation, "__metadata__", ()):
        yield from marker.metadata if isinstance(marker, FieldInfo) else (marker,)
    for part in getattr(annotation, "__args__", ()):
        if not (isinstance(part, type) and issubclass(part, BaseModel)):
            yield from _markers_in(part)


def _with_inner(fields: Iterable[Field]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from _with_inner(field.fields.values())
