"""The server of a preview: it shows the last good site, and learns of edits as they happen.

MkDocs itself compares all files twice a second, which takes long with many of them. `tell_at_once` takes the server before it watches anything but the
folder of pages and the settings.
"""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import click
from mkdocs.exceptions import Abort

from macros.engines.edits import edits
from macros.engines.mkdocs.telling import refused

BEGINS_WITHIN = 10
"""Seconds in which the system surely begins to watch."""
BUILD_DELAY = 0.02
"""Seconds without a further edit before a preview builds; those of one save come together already."""
SWEEPS_AFTER = 2.0
"""Seconds after a build in which nobody edits anything, until the preview looks for what nothing refers to any more."""
log = logging.getLogger("mkdocs.playbook")


def keep_last_good(server: Any) -> None:
    """Has the server show the last good site after a build that failed: MkDocs would hold back every page."""
    build_site = server.builder
    sweeps: list[threading.Timer] = []

    def build_or_keep() -> None:
        while sweeps:
            sweeps.pop().cancel()
        try:
            build_site()
        except Abort as stopped:
            click.echo(stopped, err=True)
        except OSError as error:
            click.echo(refused(error), err=True)
        except Exception:  # a fault in a template or in Python: its author needs to see where
            log.exception("The preview was left as it was.")
        finally:
            sweeps.append(threading.Timer(SWEEPS_AFTER, gc.collect))
            sweeps[0].daemon = True
            sweeps[0].start()

    server.builder = build_or_keep
    server.build_delay = BUILD_DELAY


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
