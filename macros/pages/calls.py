"""What macros share: looking up what a page asks for, and saying what is wrong with a call.

The functions raise `InvalidCall` if the page asks for something that does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from macros.pages.renderer import Renderer
from macros.playbook.names import missing_entry, names_of
from macros.problems.closest import FEW, did_you_mean, listed
from macros.problems.user_error import UserError
from macros.schema.entry import Entry
from macros.schema.fields import Relation

EntryId = Annotated[str, Relation(None)]
"""A parameter that holds the id of an entry: `playbook rename` updates it in the calls of pages."""


class InvalidCall(UserError):
    """A macro cannot do what a page asks: what is wrong, and what to write instead."""


def entry_called(view: Renderer, id: Any, kind: str | None = None) -> Entry:
    """The entry with an id, if it is of the right kind."""
    known = view.playbook.entries
    if not isinstance(id, str):
        raise InvalidCall(f"an id is text in quotes, found {id!r}", 'write it as "data-sharing"')
    if id in known and kind in (None, known[id].kind.folder):
        return known[id]
    fitting = [entry.id for entry in known.values() if kind in (None, entry.kind.folder)]
    few = f"write one of {listed(fitting)}" if len(fitting) <= FEW else ""
    message, help = missing_entry(names_of(known.values()), id, kind, look=few)
    if id in known:
        message = f"'{id}' is one of the {known[id].kind.folder}, expected one of the {kind}"
    raise InvalidCall(message, help)


def fits_type(name: str, value: Any, annotation: str) -> None:
    """Refuses a value of the parameter `name` that is no text or no truth value, if `annotation` asks for one."""
    if annotation == "bool" and not isinstance(value, bool):
        raise InvalidCall(f"`{name}` is {value!r}", f"write {name}=True or {name}=False")
    if annotation in ("str", "str | None") and not isinstance(value, str if annotation == "str" else str | None):
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        raise InvalidCall(f"`{name}` is {value!r}", f'write it in quotes: "{value}"' if is_number else f'write text in quotes, such as {name}="…"')


def one_of(name: str, value: Any, allowed: tuple[str, ...]) -> None:
    """Refuses a value of the parameter `name` that is not allowed."""
    if value not in allowed:
        raise InvalidCall(f"`{name}` is {value!r}", closest_hint(value, allowed))


def closest_hint(value: Any, allowed: Iterable[str]) -> str:
    """What to write instead of a value: the allowed one that is most like it, or one of them."""
    allowed = tuple(allowed)
    return did_you_mean(str(value), allowed, f"write one of {listed(allowed)}")
