"""Which front matter a page written by hand has, by its folder."""

from __future__ import annotations

from macros.schema.approach import APPROACH_FOLDER, ApproachFrontMatter
from macros.schema.front_matter import FrontMatter
from macros.schema.parts import Part

FOLDERS: dict[str, type[Part]] = {APPROACH_FOLDER: ApproachFrontMatter}
"""Folders whose pages have fields of their own."""
PAGE_MODELS = (FrontMatter, *FOLDERS.values())


def model_of_page(path: str) -> type[Part]:
    """Returns the model of the front matter of the page at `path`, such as `docs/approach/joined-up.md`."""
    return next((model for folder, model in FOLDERS.items() if path.startswith(folder)), FrontMatter)
