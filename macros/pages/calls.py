"""What macros share: looking up what a page asks for, and saying what is wrong with a call.

The functions raise `InvalidCall` if the page asks for something that does not exist.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Annotated, Any, get_type_hints

from markupsafe import Markup

from macros.pages.renderer import Renderer
from macros.playbook.elsewhere import OutsidePage
from macros.playbook.names import missing_entry, names_of
from macros.problems.closest import FEW, did_you_mean, listed
from macros.problems.problem import short
from macros.problems.user_error import UserError
from macros.schema.entry import Entry
from macros.schema.fields import Relation
from macros.schema.patterns import split_outside

EntryId = Annotated[str, Relation(None)]
"""A parameter that holds the id of an entry: `playbook rename` updates it in the calls of pages."""
Word = Annotated[str, "one of a few"]
"""A parameter that holds one of a few words: `one_of` says which."""


class InvalidCall(UserError):
    """A macro cannot do what a page asks: what is wrong, and what to write instead."""


def entry_called(view: Renderer, id: Any, kind: str | None = None) -> Entry:
    """The entry with an id, if it is of the right kind."""
    known = view.playbook.entries
    if not isinstance(id, str):
        raise InvalidCall(f"an id is text in quotes, found {short(repr(id))}", 'write it as "data-sharing"')
    if id in known and kind in (None, known[id].kind.folder):
        return known[id]
    fitting = [entry.id for entry in known.values() if kind in (None, entry.kind.folder)]
    few = f"write one of {listed(fitting)}" if len(fitting) <= FEW else ""
    message, help = missing_entry(names_of(known.values()), id, kind, look=few)
    if id in known:
        message = f"'{id}' is one of the {known[id].kind.folder}, expected one of the {kind}"
    raise InvalidCall(message, help)


def outside_called(view: Renderer, id: Any) -> OutsidePage | None:
    """The page of another playbook that an id such as `nz:silos` names; None for an id without a prefix, which names an entry."""
    if not isinstance(id, str) or id in view.playbook.entries or not split_outside(id):
        return None
    if wrong := view.playbook.elsewhere.why_not(id):
        raise InvalidCall(wrong.message, wrong.help)
    return view.playbook.outside(id)


def one_of(name: str, value: Any, allowed: tuple[str, ...]) -> None:
    """Refuses a value of the parameter `name` that is not allowed."""
    if value not in allowed:
        raise InvalidCall(f"`{name}` is {short(repr(value))}", closest_hint(value, allowed))


def closest_hint(value: Any, allowed: Iterable[str]) -> str:
    """What to write instead of a value: the allowed one that is most like it, or one of them."""
    allowed = tuple(allowed)
    return did_you_mean(str(value), allowed, f"write one of {listed(allowed)}")


def called(function: Callable[..., Markup], view: Renderer, arguments: tuple, options: Mapping[str, object]) -> Markup:
    """Calls a macro as a page does.

    Raises: InvalidCall, also if the arguments do not fit.
    """
    try:
        bound = inspect.signature(function).bind(view, *arguments, **options)
    except TypeError as error:
        raise InvalidCall(str(error), f"write {usage(function)}") from error
    for name, hint in _plain_types(function).items():
        if name in bound.arguments:
            _require_type(name, bound.arguments[name], hint)
    return function(view, *arguments, **options)


def usage(function: Callable[..., object]) -> str:
    """How a macro is called: `link(id, label=None)`."""
    parameters = list(inspect.signature(function).parameters.values())[1:]
    bare = [parameter.replace(annotation=inspect.Parameter.empty) for parameter in parameters]
    return f"{function.__name__}{inspect.Signature(bare)}"


@cache
def _plain_types(function: Callable[..., object]) -> Mapping[str, Any]:
    """The parameters of a macro that hold any text, or yes or no, each with its type: `str`, `str | None` or `bool`."""
    hints = get_type_hints(function, include_extras=True)
    single = [each.name for each in inspect.signature(function).parameters.values() if each.kind is each.POSITIONAL_OR_KEYWORD]
    return {name: hints[name] for name in single if hints[name] in (str, str | None, bool)}


def _require_type(name: str, value: Any, hint: Any) -> None:
    """Refuses a value of the parameter `name` that is not of its type."""
    if isinstance(value, hint):
        return
    if hint is bool:
        raise InvalidCall(f"`{name}` is {short(repr(value))}", f"write {name}=True or {name}=False")
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    raise InvalidCall(
        f"`{name}` is {short(repr(value))}", f'write it in quotes: "{value}"' if is_number else f'write text in quotes, such as {name}="…"'
    )
