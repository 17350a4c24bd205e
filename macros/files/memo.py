"""Keeps what pure functions returned from one build of a preview to the next, by the content that they were given.

`remembered` marks such a function; a `Memory` is for what is kept under other conditions. Nothing is kept before a preview calls `keep`;
`forget_unused` follows each build that succeeds. No rule says when a result is out of date: other content is another key, and other code is
another process.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass
class Memory:
    """What was made, by key: what has been asked for since the last build that succeeded, and what was before."""

    used: dict[Any, Any] = field(default_factory=dict)
    unused: dict[Any, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Has it emptied with the others."""
        _memories.append(self)

    def find(self, key: Hashable) -> Any:
        """Returns what is kept under a key, which is asked for in this way; None if nothing is."""
        if key not in self.used and key in self.unused:
            self.used[key] = self.unused.pop(key)
        return self.used.get(key)

    def put(self, key: Hashable, made: Any) -> None:
        """Keeps what was made, if anything is kept at all."""
        if is_keeping():
            self.used[key] = made

    def forget_unused(self) -> None:
        """Lets go of what nothing has asked for since the last call."""
        self.used, self.unused = {}, self.used


class Same:
    """A key that is equal to none but one of the same object: for what is slow to compare, and is made once for each content."""

    def __init__(self, of: object) -> None:
        self._of = of

    def __hash__(self) -> int:
        """Quick, whatever the object is."""
        return id(self._of)

    def __eq__(self, other: object) -> bool:
        """While the key is kept, so is the object, so that no other one can take its number."""
        return isinstance(other, Same) and self._of is other._of


_memories: list[Memory] = []
_keeps_for: list[Hashable] = []
"""What is the same for all calls as long as results are kept; empty if none are."""


def is_keeping() -> bool:
    """Returns whether a preview is running."""
    return bool(_keeps_for)


def remembered(key: Callable[..., Hashable]) -> Callable[[Function], Function]:
    """Marks a function that is pure, and whose callers leave what it returns as it is. `key` takes its arguments, and returns all that it depends on."""

    def mark(function: Function) -> Function:
        memory = Memory()

        @wraps(function)
        def call(*arguments: Any, **options: Any) -> Any:
            if not is_keeping():
                return function(*arguments, **options)
            name = key(*arguments, **options)
            found = memory.find(name)
            if found is None:
                memory.put(name, found := (function(*arguments, **options),))
            return found[0]

        return call  # type: ignore[return-value]

    return mark


def keep(around: Hashable) -> None:
    """From now on, what marked functions return is kept, for as long as `around` is the same: what they depend on besides their arguments."""
    if _keeps_for != [around]:
        forget()
        _keeps_for.append(around)


def kept_for() -> Hashable:
    """Returns what that is; None if nothing is kept."""
    return _keeps_for[0] if _keeps_for else None


def forget_unused() -> None:
    """Lets go of what nothing has asked for since the build before the last one."""
    for memory in _memories:
        memory.forget_unused()


def forget() -> None:
    """Lets go of everything, and keeps nothing from now on."""
    _keeps_for.clear()
    for memory in _memories:
        memory.used, memory.unused = {}, {}
