"""Playbooks for tests: one small, valid entry of every kind, and whatever a test lays over it.

Writes a playbook into a folder, and returns what the commands say of it.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path

from click.testing import CliRunner

from macros.cli.main import main

COMMAND = Path(sys.executable).with_name("playbook")
SECONDS = 600
"""A command that takes longer hangs; no test depends on how fast the machine is."""

BASE = {
    "playbook_data/playbook.yml": """\
title: Small playbook
summary: A playbook with one entry of each kind.
lab: A lab
licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}
contact: lab@example.org
""",
    "playbook_data/pillars/shared-aims.yml": """\
title: Shared aims
summary: Partners want the same result.
mark: arch
about: Partners agree on what changes for people.
good: [Each partner names the same aim]
signs: [Each partner names another aim]
sources: [{source: nao, at: para 9}]
""",
    "playbook_data/questions/permission.yml": """\
title: Do you have permission?
summary: Somebody with authority has said that you may do this.
question: Has somebody with authority said that you may do this?
pillar: shared-aims
stage: decide
why: Work without permission stops when it meets the first objection.
good: [You can name the person]
signs: [Nobody knows who decided]
reveals: [data-sharing]
try: [shared-space]
sources: [{source: nao, at: para 10}]
""",
    "playbook_data/barriers/data-sharing.yml": """\
title: Data stays apart
summary: Partners cannot see what the others know.
problem: Each partner holds a part of the story.
signs: [People tell their story again]
felt_by: [delivery-team]
hits: [shared-aims]
evidence: [{source: nao, at: para 11, claim: Few partners shared data.}]
sources: [{source: nao, at: para 11}]
""",
    "playbook_data/insights/shared-space.yml": """\
title: Sit together
summary: People who sit together solve problems together.
point: Trust grows where people meet every day.
how: [Find one room]
eases: [data-sharing]
serves: [shared-aims]
roles: [delivery-team]
evidence: [{source: nao, at: para 12, claim: Teams in one room decided faster.}]
sources: [{source: nao, at: para 12}]
""",
    "playbook_data/cases/one-front-door.yml": """\
title: One front door
summary: Three services opened one office.
name: One front door
period: {from: 1999, to: 2001}
place: England
partners: [A council, A charity]
forms: [partnership]
story: Three services moved into one office.
results: People came once instead of three times.
limits: [Nobody counted the cost]
shows: [shared-space]
meets: [data-sharing]
sources: [{source: nao, at: para 13}]
""",
    "playbook_data/stages/decide.yml": """\
title: Decide
summary: Decide whether to join up at all.
about: Partners decide whether working together is worth its cost.
done: [Somebody has said yes]
""",
    "playbook_data/roles/delivery-team.yml": """\
title: Delivery team
summary: The people who do the work.
about: The people from all partners who do the work.
does: [Ask for a mandate]
""",
    "playbook_data/forms/partnership.yml": """\
title: Partnership
summary: Partners share money and decisions.
about: Partners sign an agreement and share a budget.
suits: [Work that lasts for years]
costs: [Time to agree]
sources: [{source: nao, at: para 14}]
""",
    "playbook_data/open-questions/who-pays.yml": """\
title: Who pays?
summary: One partner pays and another one saves.
theme: powers and capabilities
question: Who should pay when another partner saves?
why: Budgets follow organisations.
touches: [data-sharing]
sources: [{source: nao, at: para 15}]
""",
    "playbook_data/terms/joining-up.yml": """\
title: Joining up
summary: Organisations working as one for a person.
meaning: Several organisations act as one towards a person.
see: [shared-aims, who-pays]
""",
    "playbook_data/sources/nao.yml": """\
title: Joining Up to Improve Public Services
summary: A report on how departments worked together.
work: Joining Up to Improve Public Services
publisher: National Audit Office
published: 2001-12-07
about: Auditors looked at five examples.
taken: The facts in this playbook.
""",
}
"""The files of a playbook that has no problems, by their paths."""

AUDIT = """\
title: An audit
summary: A report on offices.
work: An audit of offices
publisher: Auditors
about: Auditors looked at offices.
taken: The facts.
"""
"""A source for a playbook that needs one more."""

Files = Mapping[str, str | bytes]


def facts_with_tags(*tags: str) -> dict[str, str]:
    """The playbook's own file, which lists these tags."""
    path = "playbook_data/playbook.yml"
    return {path: f"{BASE[path]}tags: {json.dumps(tags, ensure_ascii=False)}\n"}


def write_playbook(folder: Path, files: Files | None = None) -> Path:
    """The base playbook in `folder`, with `files` laid over it."""
    for path, content in {**BASE, **(files or {})}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def changed(path: str, old: str, new: str) -> dict[str, str]:
    """The base file at `path`, with `new` in the place of `old`."""
    assert BASE[path].count(old) == 1, f"{old!r} stands {BASE[path].count(old)} times in {path}"
    return {path: BASE[path].replace(old, new)}


def run_playbook(folder: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """`playbook ...` as a person runs it in `folder`, but in this process, which takes a tenth of the time."""
    with chdir(folder):
        done = CliRunner().invoke(main, arguments, prog_name="playbook", env=environment, catch_exceptions=False)
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)


def run_playbook_process(folder: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """`playbook ...` in a process of its own that may not read what is forbidden, not even where the tests run as root."""
    return subprocess.run(
        [COMMAND, *arguments], cwd=folder, env={**os.environ, **(environment or {})}, capture_output=True, encoding="utf-8", timeout=SECONDS,
        check=False, preexec_fn=_give_up_privileges,
    )  # fmt: skip


def _give_up_privileges() -> None:
    """Not even root reads every file then: without CAP_DAC_OVERRIDE (1) and CAP_DAC_READ_SEARCH (2)."""
    drop_from_bounding_set = 24
    if os.geteuid() == 0:
        for capability in (1, 2):
            ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)
