"""Tells MkDocs of edits as they happen. MkDocs itself compares all files twice a second, which takes long with many of them.

`tell_at_once` takes the server of a preview, before it watches anything but the folder of pages and the settings.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from watchfiles import watch

STEP_MILLISECONDS = 20
"""How long to wait for further files of the same edit."""


def tell_at_once(server: Any, watched: tuple[str, ...]) -> None:
    """Gives the server another observer, for the paths `watched` so far and for those to come."""
    for path in watched:
        server.unwatch(path)
    server.observer = Observer()
    for path in watched:
        server.watch(path)


class Observer:
    """What MkDocs asks of an observer, done by watchfiles: by what the system tells or, where it tells nothing, by looking often."""

    def __init__(self) -> None:
        self._handlers: dict[str, Any] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.start: Callable[[], None] = self._thread.start
        self.join: Callable[..., None] = self._thread.join
        self.stop: Callable[[], None] = self._ended.set

    def schedule(self, handler: Any, path: str, **_: Any) -> str:
        """Tells `handler` of changes at `path` and below, once the observer has started."""
        self._handlers[path] = handler
        return path

    def unschedule(self, path: str) -> None:
        """Ends that."""
        self._handlers.pop(path, None)

    def _run(self) -> None:
        for changes in watch(*self._handlers, stop_event=self._ended, step=STEP_MILLISECONDS, raise_interrupt=False):
            for path, handler in [*self._handlers.items()]:
                if any(file.startswith(path) for _, file in changes):
                    handler.on_any_event(SimpleNamespace(is_directory=False))
