"""Tells MkDocs of edits as they happen. MkDocs itself compares all files twice a second, which takes long with many of them.

`tell_at_once` takes the server of a preview, before it watches anything but the folder of pages and the settings.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from macros.engines.edits import edits

BEGINS_WITHIN = 10
"""Seconds in which the system surely begins to watch."""


def tell_at_once(server: Any, watched: tuple[str, ...]) -> None:
    """Gives the server another observer, for the paths `watched` so far and for those to come."""
    for path in watched:
        server.unwatch(path)
    server.observer = Observer()
    for path in watched:
        server.watch(path)


class Observer:
    """What MkDocs asks of an observer."""

    def __init__(self) -> None:
        self._handlers: dict[str, Any] = {}
        self._looks, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.join: Callable[..., None] = self._thread.join
        self.stop: Callable[[], None] = self._ended.set

    def start(self) -> None:
        """Returns when no further edit can be missed."""
        self._thread.start()
        self._looks.wait(BEGINS_WITHIN)

    def schedule(self, handler: Any, path: str, **_: Any) -> str:
        """Tells `handler` of changes at `path` and below, once the observer has started."""
        self._handlers[path] = handler
        return path

    def unschedule(self, path: str) -> None:
        """Ends that."""
        self._handlers.pop(path, None)

    def _run(self) -> None:
        for changed in edits(tuple(self._handlers), self._ended):
            self._looks.set()
            for handler in [*self._handlers.values()][:1] if changed else ():  # each of them has the whole site built again
                handler.on_any_event(SimpleNamespace(is_directory=False))
