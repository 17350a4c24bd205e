"""The data exports by their paths inside the site."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from macros.playbook.playbook import Playbook
from macros.site.exports.evidence import evidence_csv, evidence_json
from macros.site.exports.figures import figures_csv, figures_json

EXPORTS: Mapping[str, Callable[[Playbook], bytes]] = {
    "figures/figures.csv": figures_csv,
    "figures/figures.json": figures_json,
    "evidence/evidence.csv": evidence_csv,
    "evidence/evidence.json": evidence_json,
}
"""What makes each export, by its path. The paths are a promise to those who fetch them."""


def export_files(playbook: Playbook) -> Mapping[str, bytes]:
    """Returns every export as bytes, by path."""
    return {path: make(playbook) for path, make in EXPORTS.items()}
