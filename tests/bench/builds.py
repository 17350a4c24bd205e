"""Generated playbooks of any size with their sites, each built once for all measurements of a run."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.generated import generated_entries
from tests.bench.spent import Spent, spent
from tests.support.sites import write_project

BUILD = (sys.executable, "-m", "mkdocs", "build", "--strict")


@dataclass(frozen=True, slots=True)
class Built:
    """A project whose site is built, and what the build cost."""

    project: Path
    spent: Spent

    @property
    def pages(self) -> int:
        """How many pages the site has."""
        return sum(1 for _ in (self.project / "site").rglob("index.html"))


@dataclass(frozen=True, slots=True)
class Builds:
    """The builds of one run, below `folder`, by the number of entries."""

    folder: Path
    done: dict[int, Built] = field(default_factory=dict)

    def of(self, entries: int) -> Built:
        """The project with so many entries."""
        if entries not in self.done:
            project = write_project(self.folder / f"{entries}-entries", generated_entries(entries))
            self.done[entries] = Built(project, spent(BUILD, project))
        return self.done[entries]
