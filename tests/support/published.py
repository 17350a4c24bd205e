"""A playbook that lives through three releases, in a scratch repository: everything that can happen to an address happens to one.

Takes a folder. Returns a git repository in it, a release at a time, each published on the branch `gh-pages`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.support.forked_modules import run_module
from tests.support.playbooks import BASE, SECONDS, run_playbook
from tests.support.releases import DAY, record_release
from tests.support.repositories import commit, edit, git
from tests.support.sites import QUIET, write_project

IDENTITY = {"GIT_COMMITTER_NAME": "A tester", "GIT_COMMITTER_EMAIL": "tester@example.org"}
PUBLISHER = "macros.engines.mike"
ADDRESS = "https://playbook.example.org/"
VERSIONS = {"1.0.0": "2026-10-01", "2.0.0": "2026-11-01", "3.0.0": "2026-11-20"}
"""Each release and its day."""

_BARRIER = "playbook_data/barriers/"
_COST = "figures: [{{name: {name}, value: 5000, unit: £, measures: Cost of one bid, source: nao, at: para 1}}]\n"


def barrier(title: str, more: str = "") -> str:
    """A barrier of that title."""
    return BASE["playbook_data/barriers/data-sharing.yml"].replace("Data stays apart", title) + more


def insight(*eases: str) -> str:
    """The insight that eases all these."""
    return (
        BASE["playbook_data/insights/shared-space.yml"].replace("Sit together", "Help each other").replace("[data-sharing]", f"[{', '.join(eases)}]")
    )


def case(*forms: str) -> str:
    """The case, in these forms."""
    return BASE["playbook_data/cases/one-front-door.yml"].replace("forms: [partnership]", f"forms: [{', '.join(forms)}]")


FIRST = {
    ".gitignore": "site/\n.site-*\n",
    f"{_BARRIER}locked-doors.yml": barrier("Doors stay locked"),
    f"{_BARRIER}short-funding.yml": barrier("Money ends early", _COST.format(name="cost")),
    f"{_BARRIER}old-systems.yml": barrier("Systems are old"),
    f"{_BARRIER}two-things.yml": barrier("Two things at once"),
    f"{_BARRIER}many-words.yml": barrier("Many words are used"),
    f"{_BARRIER}few-words.yml": barrier("Few words are used"),
    "playbook_data/insights/help.yml": insight("locked-doors", "short-funding", "old-systems", "two-things", "many-words", "few-words"),
    "playbook_data/terms/mandate.yml": "title: Mandate\nsummary: The right to act.\nmeaning: Somebody said yes.\n",
    "docs/us.md": "# About us\n\n## What we see { #symptoms }\n\nWords.\n\n## The team\n\nPeople.\n",
    "docs/health-check.md": '# Health check\n\n{{ health_check("shared-aims") }}\n',
    "docs/figures.md": "# Figures\n\n{{ figure_table() }}\n",
    "docs/CNAME": "playbook.example.org\n",
    "docs/robots.txt": "User-agent: *\nDisallow: /barriers/\n",
    "docs/.well-known/security.txt": "Contact: mailto:lab@example.org\n",
}
SECOND = {
    "playbook_data/terms/mandate.yml": None,
    "playbook_data/forms/mandate.yml": BASE["playbook_data/forms/partnership.yml"].replace("title: Partnership", "title: Mandate"),
    "playbook_data/cases/one-front-door.yml": case("partnership", "mandate"),
    f"{_BARRIER}short-funding.yml": barrier(
        "Money ends early", _COST.format(name="cost-per-bid") + "former_anchors: [{anchor: figure-cost, now: figure-cost-per-bid}]\n"
    ),
    f"{_BARRIER}two-things.yml": barrier(
        "Two things at once", "status: withdrawn\nreason: It was two barriers.\nreplaced_by: [thing-one, thing-two]\n"
    ),
    f"{_BARRIER}thing-one.yml": barrier("One thing"),
    f"{_BARRIER}thing-two.yml": barrier("Another thing"),
    f"{_BARRIER}old-systems.yml": barrier("Systems are old", "status: withdrawn\nreason: Systems are new now.\nreplaced_by: null\n"),
    f"{_BARRIER}plain-words.yml": barrier("Plain words are missing", "formerly: [many-words, few-words]\n"),
    f"{_BARRIER}many-words.yml": None,
    f"{_BARRIER}few-words.yml": None,
    "playbook_data/insights/help.yml": insight("closed-doors", "short-funding", "thing-one", "thing-two", "plain-words"),
    "docs/us.md": None,
    "docs/robots.txt": None,
    "playbook_data/playbook.yml": BASE["playbook_data/playbook.yml"].replace("lab@example.org", "new-lab@example.org"),
    "docs/about/team.md": (
        "---\nformerly: [us/]\nformer_anchors:\n  - {anchor: symptoms, now: signs}\n  - {anchor: the-team, reason: The team has left.}\n---\n\n"
        "# About us\n\n## What we see { #signs }\n\nWords.\n"
    ),
}
THIRD = {
    f"{_BARRIER}old-systems.yml": barrier("Systems are old", "order: 3\n"),
    f"{_BARRIER}thing-two.yml": barrier("Another thing", "status: withdrawn\nreason: Nobody meets it.\nreplaced_by: [thing-one]\n"),
    f"{_BARRIER}short-funding.yml": barrier(
        "Money ends early for all",
        "former_anchors:\n"
        "  - {anchor: figures, reason: The report withdrew its figures.}\n"
        "  - {anchor: figure-cost, reason: The report withdrew it.}\n"
        "  - {anchor: figure-cost-per-bid, reason: The report withdrew it.}\n",
    ),
    "playbook_data/insights/help.yml": insight("shut-doors", "short-funding", "thing-one", "old-systems", "plain-words"),
}


@dataclass(frozen=True)
class Promise:
    """An address and an anchor that a release published."""

    version: str
    url: str
    anchor: str


@dataclass(frozen=True)
class PublishedPlaybook:
    """The repository, and what is published from it, checked out as a host would serve it."""

    repository: Path
    published: Path

    def promises(self) -> Iterator[Promise]:
        """Every address with every anchor of every release, read off its files without the program under test."""
        for version in VERSIONS:
            entries = (self.repository / f"playbook_data/releases/{version}.jsonl").read_text("utf-8").splitlines()
            pages = json.loads((self.repository / f"playbook_data/releases/{version}.json").read_text("utf-8"))["pages"]
            for row in (*map(json.loads, entries), *pages):
                yield from (Promise(version, row["url"], anchor) for anchor in ("", *row.get("anchors", ())))


def create_repository(folder: Path) -> Path:
    """The repository before its first release."""
    write_project(folder, FIRST)
    git(folder, "init", "--quiet")
    commit(folder)
    return folder


def change_for_second_release(folder: Path) -> None:
    """What happens until release 2.0.0."""
    run_successfully(folder, "rename", "locked-doors", "closed-doors")
    edit(folder, SECOND)
    commit(folder)


def change_for_third_release(folder: Path) -> None:
    """What happens until release 3.0.0."""
    run_successfully(folder, "rename", "closed-doors", "shut-doors")
    edit(folder, THIRD)
    commit(folder)


def release(folder: Path, version: str, why: str = "") -> None:
    """Record and commit a release."""
    record_release(folder, version, on=VERSIONS.get(version, DAY), why=why)


def run_successfully(folder: Path, *arguments: str) -> str:
    """What a command of `playbook` says that must go well."""
    done = run_playbook(folder, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def publish(folder: Path, *arguments: str, identity: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """`make publish`, but for the check before it."""
    return run_module(folder, PUBLISHER, arguments, _environment(IDENTITY if identity is None else identity))


def start_publishing(folder: Path) -> subprocess.Popen[str]:
    """The same in a new process that goes on by itself, as the first of a group of its own."""
    command, environment = [sys.executable, "-m", PUBLISHER], _environment(IDENTITY)
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=pipe, stderr=pipe, encoding="utf-8", start_new_session=True)


def wait_for_all(process: subprocess.Popen[str]) -> None:
    """Waits until a process that `start_publishing` started has ended, and every program that it had begun."""
    process.communicate(timeout=SECONDS)
    with suppress(ProcessLookupError):
        for _ in range(100 * SECONDS):
            os.killpg(process.pid, 0)
            time.sleep(0.01)


def _environment(identity: dict[str, str]) -> dict[str, str]:
    return {**QUIET, **identity, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def release_three_times(folder: Path) -> Path:
    """The whole life of a playbook until its third release, in a repository that nothing is published from."""
    repository = create_repository(folder)
    for make, version in ((None, "1.0.0"), (change_for_second_release, "2.0.0"), (change_for_third_release, "3.0.0")):
        if make:
            make(repository)
        release(repository, version, f"The reason for {version}.")
    return repository


def publish_three_releases(folder: Path) -> PublishedPlaybook:
    """The same, of which the first release is tagged, and one publication of all. A file that nobody committed lies about."""
    repository = release_three_times(folder / "repository")
    git(repository, "tag", "v1.0.0", "HEAD~4")
    (repository / "docs/assets/notes.txt").write_text("Nobody committed this.\n", "utf-8")
    done = publish(repository)
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        "published 1.0.0, 2.0.0 and 3.0.0 in /1.0/, /2.0/, /3.0/ and /latest/ on the branch gh-pages; "
        "to show it to readers, push that branch to the host of the site\n"
        "left out, because it is not committed: docs/assets/notes.txt\n"
    )
    return PublishedPlaybook(repository, check_out_pages(repository, folder / "published"))


def check_out_pages(repository: Path, folder: Path) -> Path:
    """What is on the branch, as files."""
    git(repository, "clone", "--quiet", "--branch", "gh-pages", str(repository), str(folder))
    return folder
