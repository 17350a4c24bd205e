"""The preview: `mkdocs serve`, started again whenever what it keeps in memory has changed.

MkDocs reloads data, templates and pages by itself; edited Python and mkdocs.yml need a new process, and so does
a preview that could not begin because something was broken.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from watchfiles import watch

WATCHED = ("mkdocs.yml", "macros", "playbook_data", "docs", "overrides")
COMMAND = (sys.executable, "-m", "mkdocs", "serve", "--livereload", "--strict")


def needs_restart(changed: Iterable[str], *, running: bool) -> bool:
    """Whether the preview must begin again after these files changed."""
    return not running or any(path.endswith(".py") or Path(path).name == "mkdocs.yml" for path in changed)


def main() -> None:
    """Run until Ctrl-C."""
    server = subprocess.Popen(COMMAND)
    try:
        for changes in watch(*WATCHED, raise_interrupt=True):
            if needs_restart((path for _, path in changes), running=server.poll() is None):
                server.terminate()
                server.wait()
                server = subprocess.Popen(COMMAND)
    except KeyboardInterrupt:
        pass
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
