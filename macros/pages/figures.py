"""Figures and dates as people read them.

Enters: a value and its unit. Leaves: `£30,000`, `61%`, `£1.2 billion`, `over 30 funds`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from macros.playbook.playbook import Playbook
from macros.schema.entry import Entry
from macros.schema.parts import Figure


@dataclass(frozen=True, slots=True)
class Owned:
    """A figure and the entry that it belongs to."""

    entry: Entry
    figure: Figure

    @property
    def year(self) -> int | None:
        """The last year that `when` names, to sort by."""
        years = re.findall(r"\b[12]\d{3}\b", self.figure.when or "")
        return max(map(int, years), default=None)


def figures_of(playbook: Playbook) -> tuple[Owned, ...]:
    """Every figure of the current entries: those of cases first, then by kind, each entry's in its own order."""
    owners = [
        *playbook.of_kind("cases"),
        *(entry for model in playbook.kinds if model.kind.folder != "cases" for entry in playbook.of_kind(model.kind.folder)),
    ]
    return tuple(Owned(entry, figure) for entry in owners for figure in getattr(entry, "figures", ()))
