"""One build of the site: what the hooks and the macros share. Enters: MkDocs' configuration. Leaves: nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from macros.glossary import Glossary
from macros.ledger.fates import Ledger
from macros.links import Document
from macros.playbook import Playbook
from macros.problems import Problem
from macros.render import Renderer


@dataclass
class Build:
    """The playbook that is published, and what the build has found out on the way."""

    root: Path
    playbook: Playbook
    ledger: Ledger
    site: Path
    """Where the finished site goes; MkDocs writes beside it until nothing can fail any more."""
    glossary: Glossary
    version: str
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    """From a page's address to the file that it was made from."""
    made_from: dict[str, str] = field(default_factory=dict)
    """From a page's path in MkDocs to the file that people edit."""

    def view(self, url: str, file: str = "") -> Renderer:
        """A renderer for the page at `url`, which was written by hand in `file` or is made by the build."""
        return Renderer(self.playbook, url, file, self.ledger.present.chronicle)


_ATTRIBUTE = "playbook_build"


def start_build(config: object, build: Build) -> None:
    """Remember `build` for as long as MkDocs keeps `config`."""
    setattr(config, _ATTRIBUTE, build)


def url_of(page) -> str:
    """The address of a page; MkDocs calls that of the home page `./`."""
    return "" if page.file.url == "./" else page.file.url


def build_of(config: object) -> Build:
    """The build that `config` belongs to."""
    return getattr(config, _ATTRIBUTE)
