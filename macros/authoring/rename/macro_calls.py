"""Where hand-written pages name entries in the calls of macros: `link("data-sharing")`, `entries("questions", pillar="…")`.

Takes the tokens of a page. Returns the place of each id; text that only happens to be the same is left out.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from functools import cache

from macros.pages.calls import EntryId
from macros.pages.macros import MACROS
from macros.schema.introspect import fields_of
from macros.schema.kinds import KINDS
from macros.text.page_source import Token

_BRACKETS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}

Argument = tuple[str | int, Sequence[Token]]
"""The name or the position of an argument, and its tokens."""


def ids_in_calls(tokens: Sequence[Token]) -> Iterator[Token]:
    """Each text in quotes that is the id of an entry, with its quotes."""
    for index, token in enumerate(tokens[:-1]):
        is_call = token.kind == "name" and token.text in MACROS and tokens[index + 1].text == "("
        if is_call and not (index and tokens[index - 1].text == "."):
            arguments = dict(_arguments(tokens, index + 2))
            kind = _text_of(arguments.get("kind", arguments.get(0, ()))) if token.text == "entries" else None
            yield from (value[0] for name, value in arguments.items() if _text_of(value) is not None and _is_id(token.text, name, kind))


def _arguments(tokens: Sequence[Token], start: int) -> Iterator[Argument]:
    """What is between the brackets of a call, comma by comma."""
    depth, position, value = 0, 0, list[Token]()
    for token in tokens[start:]:
        depth += _BRACKETS.get(token.text, 0) if token.kind == "operator" else 0
        if depth < 0 or (depth == 0 and token.text == "," and token.kind == "operator"):
            named = len(value) > 1 and value[0].kind == "name" and value[1].text == "="
            yield (value[0].text, value[2:]) if named else (position, value)
            position, value = position + 1, []
            if depth < 0:
                return
        else:
            value.append(token)


def _text_of(value: Sequence[Token]) -> str | None:
    """The text of an argument that is nothing but a text in quotes."""
    return value[0].text[1:-1] if len(value) == 1 and value[0].kind == "string" else None


def _is_id(macro: str, name: str | int, kind: str | None) -> bool:
    parameters = _parameters(macro)
    if isinstance(name, int):
        return name < len(parameters) and [*parameters.values()][name]
    return parameters[name] if name in parameters else name in _relations(kind if kind in KINDS else None)


@cache
def _parameters(macro: str) -> dict[str, bool]:
    """The parameters that a page gives, in order, and whether each holds the id of an entry; the first parameter is the renderer."""
    named = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    parameters = list(inspect.signature(MACROS[macro], eval_str=True).parameters.items())[1:]
    return {name: parameter.annotation == EntryId for name, parameter in parameters if parameter.kind in named}


@cache
def _relations(kind: str | None) -> frozenset[str]:
    """The fields of a kind, or of any, that name entries."""
    models = [KINDS[kind]] if kind else KINDS.values()
    return frozenset(field.name for model in models for field in fields_of(model).values() if field.relation)
