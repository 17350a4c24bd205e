"""Whatever is written where an id belongs is told which entry it means: a former id, a title, a file, an address, several ids in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.playbook.load import read_playbook
from macros.playbook.names import EntryNames, folded_title, missing_entry
from tests.support.playbooks import changed, write_playbook

NAMES = EntryNames(
    {"data-sharing": ("barriers",), "delivery-team": ("roles",), "front-line": ("roles",)},
    {"sharing": "data-sharing"},
    {folded_title("Data stays apart"): "data-sharing"},
)
ROLES = "an id is the name of a file in playbook_data/roles/, without .yml"


@pytest.mark.parametrize(
    ("typed", "to", "said"),
    [
        ("sharing", None, ("'sharing' is called 'data-sharing' now", "write 'data-sharing'")),
        (
            "sharing",
            "roles",
            ("'sharing' is called 'data-sharing' now", f"it is one of the barriers, expected one of the roles; {ROLES}"),
        ),
        ("data stays  apart", None, ("there is no entry 'data stays  apart'", "did you mean 'data-sharing' (barriers)?")),
        ("Data stays apart", "roles", ("there is no entry 'Data stays apart'", f"'data-sharing' is close, but is one of the barriers; {ROLES}")),
        ("Delivery_Team.yml", "roles", ("there is no entry 'Delivery_Team.yml'", "did you mean 'delivery-team' (roles)?")),
        ("/roles/delivery-team/#try", None, ("there is no entry '/roles/delivery-team/#try'", "did you mean 'delivery-team' (roles)?")),
        ("unicorn", "roles", ("there is no entry 'unicorn'", ROLES)),
    ],
)
def test_what_is_no_id_is_told_which_entry_it_means(typed: str, to: str | None, said: tuple[str, str]) -> None:
    assert missing_entry(NAMES, typed, to) == said


@pytest.mark.parametrize(
    ("written", "message", "help"),
    [
        ("felt_by: [delivery-team.yml]", "'delivery-team.yml' cannot be an id", "did you mean 'delivery-team' (roles)?"),
        ("felt_by: [delivery-team; front-line]", "'delivery-team; front-line' is more than one id", "write a comma between them: delivery-team, front-line"),
        ("felt_by:\n  - delivery-team, front-line", "'delivery-team, front-line' is more than one id",
         "write each on a line that begins with '- ': delivery-team, front-line"),
        ("felt_by: [delivery-team and front-line]", "'delivery-team and front-line' is more than one id", "write a comma between them: delivery-team, front-line"),
        ("felt_by: delivery-team front-line", "expected a list, found text ('delivery-team front-line')", "write `felt_by: [delivery-team, front-line]`"),
        ("felt_by: [delivery-team, delivery-taem]", "there is no entry 'delivery-taem'",
         "did you mean 'delivery-team' (roles)? It is named here already: remove this one"),
        ("felt_by: [data-sharing]", "'data-sharing' is this entry itself", "name another entry, or remove it"),
    ],
)  # fmt: skip
def test_ids_in_the_wrong_form_are_told_once(tmp_path: Path, written: str, message: str, help: str) -> None:
    front_line = {"playbook_data/roles/front-line.yml": "title: Front line\nsummary: They meet people.\nabout: They meet people.\ndoes: [Listen]\n"}
    files = changed("playbook_data/barriers/data-sharing.yml", "felt_by: [delivery-team]", written)
    _, problems = read_playbook(write_playbook(tmp_path, files | front_line))
    assert [(problem.message, problem.help) for problem in problems] == [(message, help)]
