"""What belongs to one build of MkDocs, kept in its configuration; and whether this process builds for a preview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from macros.engines.mkdocs.unchanged import PreviewBuild
from macros.files.layout import DOCS
from macros.pages.catalogue import Page
from macros.problems.problem import Problem
from macros.site.plan import PlannedPage, SitePlan
from macros.site.shell import planned_shell

_ATTRIBUTE = "playbook_build"
_previewing: list[bool] = []


@dataclass(slots=True)
class Build:
    """The plan of a site, and where the finished site goes; MkDocs writes beside it until nothing can fail any more."""

    plan: SitePlan
    site: Path
    shells: Mapping[str, Page]
    """The pages that MkDocs builds in the place of many, by their paths."""
    problems: list[Problem] = field(default_factory=list)
    """Wrong calls of macros in pages that another program added."""
    preview: PreviewBuild | None = None
    """What a preview need not build again."""

    def page(self, path: str) -> Page | None:
        """Returns the page whose file in docs/ is at `path`; None if another program added it."""
        return self.shells.get(f"{DOCS}/{path}") or self.plan.pages.get(self.plan.page_at(f"{DOCS}/{path}").url)

    def planned(self, page: Page) -> PlannedPage:
        """Returns one of these pages for MkDocs."""
        return planned_shell(page) if page.kind == "shell" else self.plan.planned(page)


def start_process(*, is_preview: bool) -> None:
    """Remember what this process is for."""
    _previewing[:] = [is_preview]


def previews() -> bool:
    """Whether this process shows a preview."""
    return any(_previewing)


def start_build(config: object, build: Build) -> None:
    """Remember `build` for as long as MkDocs keeps `config`."""
    setattr(config, _ATTRIBUTE, build)


def build_of(config: object) -> Build:
    """The build that `config` belongs to."""
    return getattr(config, _ATTRIBUTE)
