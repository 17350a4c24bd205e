"""A playbook with one kind that needs several pages: 250 small barriers, with titles in several alphabets, under three tags."""

from __future__ import annotations

from pathlib import Path

from tests.support.playbooks import BASE, changed, facts_with_tags
from tests.support.releases import record_release
from tests.support.repositories import commit, edit, git
from tests.support.sites import build, write_project

NUMBER = 250
FIRST_RELEASED = 190
"""Only the barriers from this one on are in the release that was made while the list was short."""
TAGS = ("Money and risk", "Data", "People")
WORDS = ("Budgets", "Élan", "agreements", "Жалобы", "2 budgets", "“Doing more”", "漢字", "data", "Őrség", "Staff")
"""What the titles begin with. Half begin with the last word, so that its letter needs several pages."""
BARRIER = BASE["playbook_data/barriers/data-sharing.yml"]
LAST = f"barrier-{NUMBER - 1}"
"""The id of a barrier that the first page does not show."""


def barrier(n: int) -> str:
    """The file of one barrier."""
    title = f"{WORDS[n // 2 % len(WORDS)] if n % 2 else WORDS[-1]} come apart in place {n:03}"
    figure = f"figures: [{{name: staff, value: {n}, unit: '%', measures: Staff held back, source: nao, at: para 2}}]\n"
    text = BARRIER.replace("Data stays apart", title).replace("Partners cannot see", f"In place {n}, partners cannot see")
    return f"{text}order: {n}\ntags: [{TAGS[n % 7 % 3]}]\n{figure}"


def eased(first: int) -> dict[str, str]:
    """The insight that eases all barriers from the number `first` on."""
    ids = ", ".join(f"barrier-{n}" for n in range(first, NUMBER))
    return changed("playbook_data/insights/shared-space.yml", "eases: [data-sharing]", f"eases: [data-sharing, {ids}]")


LONG = {
    **facts_with_tags(*TAGS),
    **changed("playbook_data/barriers/data-sharing.yml", "sources:", "tags: [Data]\nsources:"),
    **eased(0),
    **{f"playbook_data/barriers/barrier-{n}.yml": barrier(n) for n in range(NUMBER)},
    f"playbook_data/barriers/{LAST}.yml": f"{barrier(NUMBER - 1)}formerly: [barrier-last]\n",
    "docs/overview.md": (
        '# Overview\n\n{{ entries("barriers", group_by="tags") }}\n\n'
        f'See [one](barriers/index.md#{LAST}) and <a href="../barriers/#{LAST}">the same</a>.\n'
    ),
    "docs/figures.md": "# Figures\n\n{{ figure_table() }}\n",
}
"""The files of the playbook, for `write_project`."""


def build_long_site(folder: Path) -> None:
    """Writes the playbook into `folder`, released once while its lists were short, and builds its site."""
    late = {f"playbook_data/barriers/barrier-{n}.yml" for n in range(FIRST_RELEASED)}
    short = {path: text for path, text in LONG.items() if path not in late}
    project = write_project(folder, {**short, **eased(FIRST_RELEASED), ".gitignore": "site/\n"})
    git(project, "init", "--quiet")
    commit(project)
    record_release(project, "1.0.0")
    edit(project, LONG)
    done = build(project, "--strict")
    assert done.returncode == 0, done.stderr
