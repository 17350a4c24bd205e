"""The playbook's data for other tools. Enters: a Playbook. Leaves: files by their paths inside the site, as bytes."""

from __future__ import annotations

from collections.abc import Mapping

from macros.playbook.playbook import Playbook
from macros.site.exports.figures import figures_csv, figures_json


def exports(playbook: Playbook) -> Mapping[str, bytes]:
    """Every export. The paths are a promise to those who fetch them."""
    return {"figures/figures.csv": figures_csv(playbook), "figures/figures.json": figures_json(playbook)}
