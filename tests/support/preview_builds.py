"""`python -m tests.support.preview_builds COMMAND EDITS`: builds a site after each edit in one process.

COMMAND is `serve` for builds that keep what has not changed, as those of a preview, or `build`. EDITS is a JSON file: a list of `{path: text}`,
where null deletes the file. The site after the edit N is copied to the folder `after-N`; there is none if the build refused.
"""

from __future__ import annotations

import json
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

SITE = "shown"


def main(command: str, edits: Path) -> None:
    """Builds in the working directory, once for each edit."""
    site = Path(SITE).resolve()
    for number, files in enumerate(json.loads(edits.read_text("utf-8"))):
        apply(files)
        if command == "build":
            shutil.rmtree(site, ignore_errors=True)
        config = load_config("mkdocs.yml", site_dir=str(site))
        if number == 0:
            config.plugins.on_startup(command=command, dirty=False)
        with suppress(Abort):
            build(config)
            shutil.copytree(site, f"after-{number}")


def apply(files: dict[str, str | None], folder: Path = Path()) -> None:
    """Makes one edit."""
    for path, text in files.items():
        file = folder / path
        file.unlink(missing_ok=True)
        if text is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
