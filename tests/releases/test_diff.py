"""What `playbook diff` tells of each sort of change, in the files of tests/specs/diff/.

A spec is a Markdown file: a claim; how files of a small playbook are at the base (`base`) and how they become (`now`), each block
one of `write`, `add` (to its end), `replace` (old, a line `=>`, new) or `remove`; and what `diff HEAD` prints, in a fence `text`.
The base is a commit in a real git repository; what becomes of it lies there without being committed.

`UPDATE_SPECS=1 pytest tests/releases/test_diff.py` writes down what `diff` says now: read the difference before you keep it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from macros.cli.main import main
from macros.playbook.load import load_playbook
from macros.releases.diff.entries import compare
from macros.releases.diff.model import ENTRY_CHANGE_TYPES, DiffBase
from macros.releases.diff.rows import HEADINGS
from macros.releases.fingerprint import fingerprint
from macros.releases.record import new_record
from macros.releases.snapshot import Snapshot, snapshot_of
from tests.support.playbooks import write_playbook
from tests.support.repositories import commit, git
from tests.support.sites import PROJECT

SPECS = sorted((PROJECT / "tests" / "specs" / "diff").glob("*.md"))
BLOCK = re.compile(r"^```(?P<when>base|now) (?P<how>write|add|replace|remove) (?P<path>[^\n]+)\n(?P<content>.*?)^```$", re.MULTILINE | re.DOTALL)
EXPECTED = re.compile(r"^```text\n(?P<content>.*?)^```$", re.MULTILINE | re.DOTALL)


def make(folder: Path, block: re.Match[str]) -> None:
    """One block of a spec, done in the playbook."""
    file, content = folder / block["path"], block["content"]
    if block["how"] == "remove":
        file.unlink()
        if not any(file.parent.iterdir()):
            file.parent.rmdir()
        return
    if block["how"] == "add":
        content = file.read_text("utf-8") + content
    elif block["how"] == "replace":
        old, new = re.fullmatch(r"(.*?)\n=>\n(.*?)\n?", content, re.DOTALL).groups()
        text = file.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {block['path']}"
        content = text.replace(old, new)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, "utf-8")


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)
def test_change(spec: Path, tmp_path: Path) -> None:
    text = spec.read_text("utf-8")
    assert re.match(r"# [A-Z].*[^.]\n\n", text), "a spec begins with its claim"
    blocks, expected = list(BLOCK.finditer(text)), EXPECTED.search(text)
    write_playbook(tmp_path)
    for block in (block for block in blocks if block["when"] == "base"):
        make(tmp_path, block)
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    for block in (block for block in blocks if block["when"] == "now"):
        make(tmp_path, block)
    output = CliRunner().invoke(main, ["-C", str(tmp_path), "diff", "HEAD"], catch_exceptions=False).output
    if os.environ.get("UPDATE_SPECS"):
        spec.write_text(text[: expected.start("content")] + output + text[expected.end("content") :], "utf-8")
    else:
        assert output == expected["content"]


def test_every_sort_of_change_has_a_spec() -> None:
    text = "".join(EXPECTED.search(spec.read_text("utf-8"))["content"] for spec in SPECS)
    assert set(HEADINGS) == set(ENTRY_CHANGE_TYPES)
    assert [heading for heading in HEADINGS.values() if f"\n{heading}: " not in text] == []


def test_each_spec_claims_something_else() -> None:
    claims = [spec.read_text("utf-8").split("\n")[0] for spec in SPECS]
    assert len(set(claims)) == len(claims)


def test_a_release_of_an_older_algorithm_is_compared_by_what_its_pages_show() -> None:
    fields = {"title": "T", "summary": "S", "meaning": "So:\n- one\n- two\n"}
    now = new_record("terms", "mandate", {**fields, "meaning": "So: - one - two"})
    for algorithm, means_other in (("1", False), ("2", True)):
        before = new_record("terms", "mandate", fields).model_copy(update={"fingerprint": fingerprint("terms", fields, algorithm)})
        diff = compare(Snapshot({"mandate": before}), Snapshot({"mandate": now}), DiffBase("1.0.0"))
        assert [change.change_type for entry in diff.entries for change in entry.fields] == ["layout"]
        assert (diff.step.name, diff.entries[0].meaning_changed) == ("patch", means_other)
        assert compare(Snapshot({"mandate": before}), Snapshot({"mandate": new_record("terms", "mandate", fields)}), DiffBase("1.0.0")).entries == ()


def test_a_field_of_the_facts_that_nobody_filled_in_is_in_no_snapshot(playbook: Path) -> None:
    """A release that an older program recorded lacks it, and nothing has changed."""
    assert [name for name, value in snapshot_of(load_playbook(playbook)).settings.items() if value in ([], None)] == []
