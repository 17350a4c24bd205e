"""`python -m tests.support.preview_builds EDITS`: builds a site after each edit in one process, as a preview does.

EDITS is a JSON file: a list of `{path: text}`, where null deletes the file. The site after the edit N is put into the folder `after-N`; there is
none if the build refused.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort


def main(edits: Path) -> None:
    """Builds in the working directory, once for each edit."""
    for number, files in enumerate(json.loads(edits.read_text("utf-8"))):
        apply(files)
        site = Path(f"after-{number}").resolve()
        config = load_config("mkdocs.yml", site_dir=str(site))
        if number == 0:
            config.plugins.on_startup(command="serve", dirty=False)
        with suppress(Abort):
            build(config)


def apply(files: dict[str, str | None], folder: Path = Path()) -> None:
    """Makes one edit."""
    for path, text in files.items():
        file = folder / path
        file.unlink(missing_ok=True)
        if text is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
