"""Keeps what pure functions returned from one build of a preview to the next, by the content that they were given.

`remembered` marks such a function. Nothing is kept before a preview calls `keep`; `forget_unused` follows each build that succeeds.
No rule says when a result is out of date: other content is another key, and other code is another process.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass
class _Memory:
    """What one function returned, by key: for calls since the last build that succeeded, and for those before."""

    used: dict[Any, Any] = field(default_factory=dict)
    unused: dict[Any, Any] = field(default_factory=dict)

    def forget_unused(self) -> None:
        self.used, self.unused = {}, self.used


_memories: list[_Memory] = []
_keeps_for: list[Hashable] = []
"""What is the same for all calls as long as results are kept; empty if none are."""


def remembered(key: Callable[..., Any]) -> Callable[[Function], Function]:
    """Marks a function that is pure, and whose callers leave what it returns as it is. `key` takes its arguments, and returns all that it depends on."""

    def mark(function: Function) -> Function:
        memory = _Memory()
        _memories.append(memory)

        @wraps(function)
        def call(*arguments: Any, **options: Any) -> Any:
            if not _keeps_for:
                return function(*arguments, **options)
            name = key(*arguments, **options)
            if name not in memory.used:
                memory.used[name] = memory.unused.pop(name) if name in memory.unused else function(*arguments, **options)
            return memory.used[name]

        return call  # type: ignore[return-value]

    return mark


def keep(around: Hashable) -> None:
    """From now on, what marked functions return is kept, for as long as `around` is the same: what they depend on besides their arguments."""
    if _keeps_for != [around]:
        forget()
        _keeps_for.append(around)


def forget_unused() -> None:
    """Lets go of what nothing has asked for since the build before the last one."""
    for memory in _memories:
        memory.forget_unused()


def forget() -> None:
    """Lets go of everything, and keeps nothing from now on."""
    _keeps_for.clear()
    for memory in _memories:
        memory.used, memory.unused = {}, {}
