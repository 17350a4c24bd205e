"""What belongs to one build of MkDocs, kept in its configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from macros.engines.mkdocs.unchanged import PreviewBuild
from macros.pages.catalogue import Page
from macros.problems.problem import Problem
from macros.site.plan import SitePlan

_ATTRIBUTE = "playbook_build"


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


def start_build(config: object, build: Build) -> None:
    """Remember `build` for as long as MkDocs keeps `config`."""
    setattr(config, _ATTRIBUTE, build)


def build_of(config: object) -> Build:
    """The build that `config` belongs to."""
    return getattr(config, _ATTRIBUTE)
