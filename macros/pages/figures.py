"""The figures of a playbook, each with the entry that holds it, in the order in which pages and exports show them."""

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
    """Every figure of the current entries: first those of kinds that are set to come first, then by kind, each entry's in its own order."""
    kinds = sorted((model.kind for model in playbook.kinds), key=lambda kind: not kind.figures_first)
    owners = [entry for kind in kinds for entry in playbook.of_kind(kind.folder)]
    return tuple(Owned(entry, figure) for entry in owners for figure in getattr(entry, "figures", ()))
