"""What `make bench` prints is what it says: the cost of the command alone, and other programs without anything of ours."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

from tests.bench import programs
from tests.bench.__main__ import MEASUREMENTS, ONLY_BY_NAME
from tests.bench.programs import plain_material
from tests.bench.spent import Spent, spent
from tests.support.sites import PROJECT

FREE = Spent(cpu=1, memory=1)
OURS = """\
site_name: A playbook
theme: {name: material, custom_dir: overrides, variant: classic, icon: {logo: playbook/arch}, features: [navigation.prune]}
plugins: [{search: {enabled: false}}]
extra: {playbook: {top: /}}
not_in_nav: /barriers/*/
"""


def test_the_memory_of_a_command_is_its_own_and_not_that_of_whoever_measures_it(tmp_path: Path) -> None:
    held = bytearray(b"x") * 200_000_000
    assert spent((sys.executable, "-S", "-c", "pass"), tmp_path).memory < len(held) / 2e6


def test_memory_and_time_of_what_a_command_starts_are_counted(tmp_path: Path) -> None:
    inner = "import subprocess, sys; subprocess.run([sys.executable, '-S', '-c', \"b'x' * 200_000_000\"])"
    assert spent((sys.executable, "-S", "-c", inner), tmp_path).memory > 200


def test_a_command_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="no such thing"):
        spent((sys.executable, "-c", "raise SystemExit('no such thing')"), tmp_path)


def test_material_builds_the_same_pages_with_its_own_search_and_nothing_of_ours(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    (pages / "docs").mkdir(parents=True)
    (pages / "docs/index.md").write_text("# Home\n")
    (pages / "mkdocs.yml").write_text(OURS)
    folder = plain_material(pages)
    assert (folder / "docs/index.md").read_text() == "# Home\n"
    assert yaml.safe_load((folder / "mkdocs.yml").read_text()) == {
        "site_name": "A playbook",
        "theme": {"name": "material", "features": ["navigation.prune"]},
        "plugins": ["search"],
        "not_in_nav": "/barriers/*/",
    }


def test_a_program_that_is_not_installed_is_named_with_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("ELEVENTY", "ZENSICAL"):
        monkeypatch.setattr(programs, name, tmp_path / "missing")
    programs.compare_zensical(tmp_path, FREE)
    programs.compare_eleventy(tmp_path, FREE)
    said = capsys.readouterr().out.splitlines()
    targets = [".venv.zensical/.ready", ".cache/eleventy/.ready"]
    assert [line.partition("type: make ")[2] for line in said] == targets
    assert ".cache/%/.ready:" in (PROJECT / "Makefile").read_text("utf-8")


def test_whatever_runs_only_by_its_name_has_one() -> None:
    assert set(MEASUREMENTS) >= ONLY_BY_NAME


@pytest.mark.parametrize("folder", ["tests/editor", "tests/bench/eleventy"])
def test_a_lock_file_of_npm_holds_a_digest_of_each_package_and_no_address(folder: str) -> None:
    text = (PROJECT / folder / "package-lock.json").read_text("utf-8")
    assert "://" not in text
    assert text.count('"integrity": "sha512-') == text.count('"node_modules/')
