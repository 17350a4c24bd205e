r"""Every problem that `playbook check` can find, told in the files of tests/specs/problems/.

A spec is a Markdown file: a heading that claims something, the files that are laid over a valid playbook, and what
`check` says of them, to the letter, or what a command says that stands after the last fence. The first word after a fence says how its file is made, the second is its path:

- `yaml`, `markdown`: as it stands; `escaped`: with `\x00` and the like; `huge`: repeated until it is too large;
- `inventory`: the inventory of another playbook, with these rows compressed;
- `link`: a symbolic link; `pipe`: a named pipe; `unreadable`: a file that nobody may read; `gone`: no file at all.

`UPDATE_SPECS=1 pytest tests/problems/test_rules_by_example.py` writes down what `check` says now: read the difference before you keep it.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import macros
from macros.files.layout import LARGEST_FILE
from macros.playbook.checks.fields import WANTED
from macros.yamlfile.syntax_errors import EXPLANATIONS
from tests.support.inventories import inventory_of
from tests.support.playbooks import run_playbook, run_playbook_process, write_playbook
from tests.support.sites import PROJECT

SPECS = sorted((PROJECT / "tests" / "specs" / "problems").glob("*.md"))
BLOCK = re.compile(r"^(?P<fence>`{3,})(?P<how>\w+) ?(?P<path>.*)\n(?P<content>(?s:.*?))^(?P=fence)$", re.MULTILINE)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)
def test_problem(spec: Path, tmp_path: Path) -> None:
    text = spec.read_text()
    *files, expected = BLOCK.finditer(text)
    assert re.match(r"# [A-Z].*[^.]\n\n", text), "a spec begins with its claim"
    assert expected["how"] == "text", "a spec ends with what `check` says"
    write_playbook(tmp_path)
    for block in files:
        make_file(tmp_path / block["path"], block["how"], block["content"])
    said = check(tmp_path, *(expected["path"] or "check").split(), as_stranger="```unreadable" in text)
    if os.environ.get("UPDATE_SPECS"):
        spec.write_text(text[: expected.start("content")] + said + text[expected.end("content") :])
    else:
        assert said == expected["content"]


def make_file(file: Path, how: str, content: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if how in ("gone", "link", "pipe"):
        file.unlink(missing_ok=True)
    if how == "link":
        file.symlink_to(content.strip())
    elif how == "pipe":
        os.mkfifo(file)
    elif how != "gone":
        data = content.encode("latin-1").decode("unicode_escape").encode("latin-1") if how == "escaped" else content.encode()
        data = inventory_of(data) if how == "inventory" else data
        file.write_bytes(data * (LARGEST_FILE // len(data) + 1) if how == "huge" else data)
    if how == "unreadable":
        file.chmod(0)


def check(folder: Path, *typed: str, as_stranger: bool) -> str:
    """What `playbook check` prints; only a process of its own can give up the right to read everything."""
    return (run_playbook_process if as_stranger else run_playbook)(folder, *typed).stdout


def test_every_rule_has_a_spec() -> None:
    """But those that need a built site."""
    told = {rule for spec in SPECS for rule in re.findall(r"^\S.*: (?:error|warning|note)\[([a-z0-9-]+)\]", spec.read_text(), re.MULTILINE)}
    found = Path(macros.__file__).parent.rglob("*.py")
    modules = [module for module in found if module.name not in ("check_built.py", "macros_plugin.py")]
    rules = {rule for module in modules for rule in rules_in(ast.parse(module.read_text()))} | {rule for rule, _ in WANTED.values()}
    assert rules - told == set(), "rules without a spec"
    assert told - rules == set(), "specs of rules that are gone"


RULE_AT = {
    "Finding": 1,
    "Unusable": 0,
    "Wrong": 0,
    "Pattern": 1,
    "TextProblem": 0,
    "Sign": 0,
    "Problem": 1,
    "problem": 1,
    "file_problem": 1,
    "CoverageRule": 1,
    "Need": 0,
    "_warning": 1,
    "_problem": 2,
    "_at": 3,
    "_at_line": 2,
}
"""Which argument of a call is the name of a rule."""


def rules_in(tree: ast.AST) -> Iterator[str]:
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        arguments = [*call.args[RULE_AT.get(name, 99) :][:1], *(keyword.value for keyword in call.keywords if keyword.arg == "rule")]
        yield from (argument.value for argument in arguments if isinstance(argument, ast.Constant))


@pytest.mark.parametrize("message", dict.fromkeys(message for _, _, message, _ in EXPLANATIONS))
def test_every_explanation_has_a_spec(message: str) -> None:
    assert any(f"error[not-yaml] {message}\n" in spec.read_text() for spec in SPECS)


def test_a_spec_s_name_is_its_claim_in_short() -> None:
    claims = [spec.read_text().partition("\n")[0] for spec in SPECS]
    assert len(set(claims)) == len(claims), "two specs claim the same"
