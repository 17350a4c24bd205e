"""The data exports by their paths inside the site."""

from __future__ import annotations

from collections.abc import Mapping

from macros.playbook.playbook import Playbook
from macros.site.exports.figures import figures_csv, figures_json


def export_files(playbook: Playbook) -> Mapping[str, bytes]:
    """Returns every export as bytes, by path. The paths are a promise to those who fetch them."""
    return {"figures/figures.csv": figures_csv(playbook), "figures/figures.json": figures_json(playbook)}
