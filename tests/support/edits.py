"""Edits of a small playbook, of every kind that a preview sees, and the playbook in which they are made."""

from __future__ import annotations

from tests.support.playbooks import BASE, Files

BARRIER, INSIGHT, CASE = (
    "playbook_data/barriers/data-sharing.yml",
    "playbook_data/insights/shared-space.yml",
    "playbook_data/cases/one-front-door.yml",
)
TERM, SETTINGS, QUESTION = "playbook_data/terms/outcome.yml", "playbook_data/playbook.yml", "playbook_data/questions/permission.yml"
SECOND, SPARE = "playbook_data/barriers/no-mandate.yml", "playbook_data/barriers/spare.yml"
TEAM, PLAN, ROTA = "docs/about/team.md", "docs/about/plan.md", "docs/about/rota.csv"
PAGE = (
    "# Our team { #team }\n\nThe aim is one outcome.\n\n## Barriers { #barriers }\n\n"
    '{{ entries("barriers") }}\n\n{{ link("shared-aims") }}\n\n## Pillars { #pillars }\n\n{{ entries("pillars", show="full") }}\n'
)
_SPARE = BASE[BARRIER].replace("Data stays apart", "Nobody has time")
_DRAFT = "status: draft\n"
STARTS: Files = {
    TERM: "title: Outcome\nsummary: What changes for people.\nmeaning: It is what people notice.\n",
    TEAM: PAGE,
    INSIGHT: BASE[INSIGHT].replace("Trust grows", "An outcome is shared, and trust grows,"),
    SPARE: f"{_SPARE}figures: [{{name: hours, value: 3, unit: hours, measures: Time a week, source: nao, at: para 2}}]\n",
}


def _in(path: str, old: str, new: str) -> Files:
    text = {**BASE, **STARTS}[path]
    assert text.count(old) == 1, (path, old)
    return {path: text.replace(old, new)}


EDITS: tuple[Files, ...] = (
    _in(BARRIER, "title: Data stays apart", "title: Partners keep their data"),
    _in(BARRIER, "problem: Each partner holds a part of the story.", "problem: Nobody sees the outcome."),
    _in(BARRIER, "summary: ", "summary: In short, "),
    _in(BARRIER, "problem:", "problm:"),
    {BARRIER: f"{BASE[BARRIER]}order: 7\n"},
    {BARRIER: f"{BASE[BARRIER]}status: draft\n"},
    {BARRIER: f"{BASE[BARRIER]}status: withdrawn\nreason: It says the same as another one.\nreplaced_by: [spare]\n"},
    {BARRIER: BASE[BARRIER]},
    _in(INSIGHT, "eases: [data-sharing]", "eases: [data-sharing, spare]"),
    _in(INSIGHT, "evidence: [{source: nao, at: para 12, claim: Teams in one room decided faster.}]\n", ""),
    _in(INSIGHT, "at: para 12}]", "at: para 30}]"),
    _in(CASE, "name: One front door", "name: The first door"),
    _in(CASE, "shows: [shared-space]\n", ""),
    _in(QUESTION, "try: [shared-space]", "try: []"),
    _in(TERM, "What changes", "All that changes"),
    _in(TERM, "title: Outcome", "title: Result\nalso: [story]"),
    {TERM: STARTS[TERM]},
    {TEAM: PAGE.replace("Our team", "The *whole* team")},
    {TEAM: PAGE.replace("## Barriers", "## What is in the way")},
    {TEAM: "---\ntitle: Who we are\n---\n" + PAGE},
    {TEAM: PAGE},
    {PLAN: "# A plan\n\nSee [the team](team.md#barriers).\n"},
    {PLAN: '# A plan\n\n<p>See <a href="nowhere/">what is not there</a>.</p>\n'},
    {PLAN: None},
    {ROTA: "who,when\nAnn,Monday\n"},
    {ROTA: "who,when\nAnn,Friday\n"},
    {ROTA: None},
    {SECOND: BASE[BARRIER].replace("Data stays apart", "Nobody may decide")},
    {SECOND: None},
    {SECOND: f"{STARTS[SPARE]}formerly: [spare]\n", SPARE: None},
    _in(SPARE, "name: hours", "name: time"),
    {SPARE: STARTS[SPARE].replace("value: 3,", "value: 3.0,")},
    {SPARE: STARTS[SPARE].replace("name: hours", "name: time") + "former_anchors: [{anchor: figure-hours, now: figure-time}]\n"},
    {SPARE: STARTS[SPARE] + _DRAFT},
    {SPARE: STARTS[SPARE].replace("has time", "has any time") + _DRAFT},
    {SPARE: STARTS[SPARE]},
    {SETTINGS: BASE[SETTINGS].replace("Small playbook", "Smaller playbook")},
    {SETTINGS: BASE[SETTINGS].replace("lab@example.org", "help@example.org")},
    {SETTINGS: BASE[SETTINGS] + "state: archived\n"},
    {SETTINGS: BASE[SETTINGS]},
)
"""Some are wrong, and are refused; each may follow any other one."""

ONE_AFTER_THE_OTHER: tuple[Files, ...] = (
    {**_in(BARRIER, "title: Data stays apart", "title: Partners keep their data"), ROTA: "who,when\nAnn,Monday\n"},
    {SPARE: STARTS[SPARE] + _DRAFT, ROTA: "who,when\nAnn,Friday\n"},
    {SPARE: STARTS[SPARE].replace("has time", "has any time") + _DRAFT, **_in(TERM, "What changes", "All that changes")},
    _in(BARRIER, "problem:", "problm:"),
    {BARRIER: None, ROTA: None},
    {SETTINGS: f"{BASE[SETTINGS]}repository: {{url: https://example.org/code}}\n", BARRIER: BASE[BARRIER]},
    {SECOND: f"{STARTS[SPARE]}formerly: [spare]\n", SPARE: None, TEAM: PAGE.replace("Our team", "The *whole* team")},
)
"""Edits in an order in which much of what a preview might forget shows."""
