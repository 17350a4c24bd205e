"""Files that are broken, or made to break: each is refused at its place, and nothing of it runs."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from macros.schema.patterns import slug_of
from tests.support.playbooks import BASE, run_playbook, run_playbook_process, write_playbook

TERM = "playbook_data/terms/mandate.yml"
GOOD = "title: Mandate\nsummary: The right to act.\nmeaning: Somebody with authority has said yes.\n"
ESCAPES = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]")
"""Characters that must not reach a terminal: all that control it, but line breaks."""


def assert_refused(folder: Path, file: str, *rules: str) -> str:
    """`check` exits with 1 and names `rules` in `file` alone, in order."""
    done = run_playbook(folder, "check")
    assert (done.returncode, done.stderr) == (1, "")
    assert rules_of(done.stdout, file) == list(rules)
    assert done.stdout.endswith(" in 1 file\n")
    assert not ESCAPES.search(done.stdout)
    return done.stdout


def rules_of(said: str, file: str) -> list[str]:
    return re.findall(rf"^{re.escape(file)}:\d+:\d+: error\[([a-z0-9-]+)\]", said, re.MULTILINE)


def nested(levels: int, opening: str, closing: str = "") -> str:
    return f"see: {opening * levels}{closing * levels}\n"


CONTENTS = {
    "an empty file": ("", "empty-file"),
    "a file of spaces": (" \n \n", "empty-file"),
    "a file of comments": ("# later\n", "empty-file"),
    "a text": ("Mandate\n", "not-a-mapping"),
    "a list": ("- Mandate\n", "not-a-mapping"),
    "a number": ("42\n", "not-a-mapping"),
    "nothing, in words": ("null\n", "empty-file"),
    "a tab for indentation": (GOOD + "see:\n\t- nao\n", "not-yaml"),
    "an unclosed quote": (GOOD.replace("Mandate", '"Mandate'), "not-yaml"),
    "an unclosed bracket": (GOOD + "see: [nao\n", "not-yaml"),
    "a brace alone": ("{", "not-yaml"),
    "a quote alone": ('"', "not-yaml"),
    "a key that stands twice": (GOOD + "title: Authority\n", "duplicate-key"),
    "a key that stands twice deep inside": (GOOD + "sources: [{source: nao, at: x, at: y}]\n", "duplicate-key"),
    "an anchor and an alias": (GOOD + "also: &a [x]\ntags: *a\n", "alias alias"),
    "a merge key": (GOOD + "reviewed: {<<: {on: 2026-01-01}}\n", "merge-key"),
    "an alias to itself": ("see: &a [*a]\n", "alias alias"),
    "an alias as a key": ("*a : x\n", "alias"),
    "an object of Python": ("title: !!python/object/apply:os.system ['touch /tmp/owned']\n", "tag"),
    "a module of Python": ("!!python/module:os\n", "tag"),
    "binary data": ("title: !!binary aGk=\n", "tag"),
    "a set": ("title: !!set {a, b}\n", "tag"),
    "two documents": (GOOD + "---\n" + GOOD, "two-documents"),
    "lists in lists, 100,000 of them": (nested(100_000, "[", "]"), "too-large"),
    "lists in lists that never end, 100,000 of them": (nested(100_000, "["), "too-deep"),
    "lists in lists, 90,000 of them": (nested(90_000, "[", "]"), "too-deep"),
    "mappings in mappings, 100,000 of them": (nested(100_000, "{a: ", "}"), "too-large"),
    "mappings in mappings, 39,000 of them": (nested(39_000, "{a: ", "}"), "too-deep"),
    "mappings in mappings that never end, 39,000 of them": (nested(39_000, "{a: "), "too-deep"),
    "dashes in dashes": ("- " * 99_000, "too-deep"),
    "keys in keys": ("? " * 99_000, "too-deep"),
    "deep indentation": ("".join(f"{' ' * level}a:\n" for level in range(600)), "too-deep"),
    "dashes at deep indentation": ("".join(f"{' ' * level}-\n" for level in range(600)), "too-deep"),
    "a NUL": (GOOD.replace("Mandate", "Man\0date"), "hidden-character"),
    "a NUL alone": ("\0", "hidden-character"),
    "an escape code": (GOOD.replace("Mandate", "\x1b[2J\x1b[31mMandate"), "hidden-character"),
    "an escape code of one byte": (GOOD.replace("Mandate", "\x9b31mMandate"), "hidden-character"),
    "an escape code written as a code": (GOOD.replace("Mandate", r'"\e[2J\x02"'), "hidden-character"),
    "an escape code in a choice": (GOOD + 'status: "\\x9b31m\\e]0;owned\\a"\n', "not-allowed"),
    "an escape code in an id": (GOOD + 'see: ["\\e[31mnao"]\n', "not-an-id"),
    "an escape code in a key": (GOOD + '"\\e[31mcolour": red\n', "unknown-field"),
    "text that is read from right to left": (GOOD.replace("Mandate", "Man\u202edate"), "hidden-character"),
    "Latin-1": (GOOD.replace("Mandate", "Coopération").encode("latin-1"), "not-utf-8"),
    "UTF-16": (GOOD.encode("utf-16"), "not-utf-8"),
    "UTF-16 without a mark": (GOOD.encode("utf-16-le"), "hidden-character"),
    "UTF-8 that ends half-way": (GOOD.encode() + "é".encode()[:1], "not-utf-8"),
    "half a character": (GOOD.encode() + b"\xed\xa0\x80", "not-utf-8"),
    "no as a title": (GOOD.replace("Mandate", "no"), "not-text"),
    "a version as a title": (GOOD.replace("Mandate", "1.10"), "not-text"),
    "a day as a title": (GOOD.replace("Mandate", "2026-01-01"), "not-text"),
    "a number of 5,000 digits": (GOOD + f"order: {'9' * 5000}\n", "not-a-value"),
    "a number of 150,000 digits": (GOOD + f"order: 0x{'F' * 150_000}\n", "not-a-value"),
    "a number in sixties": (GOOD + f"order: 1{':59' * 50_000}\n", "not-a-value"),
    "a time zone that does not exist": (GOOD + "order: 2026-01-01 10:00:00 +99:99\n", "not-a-value"),
    "a day that does not exist": (GOOD + "order: 2026-02-31\n", "not-a-value"),
    "a source of the wrong kind": (GOOD + "sources: [{source: shared-aims, at: x}]\n", "wrong-kind"),
    "its own name": (GOOD + "see: [its-own-name]\n", "names-itself"),
}
NAMES = {
    "terms/Mandate for all.yml": "bad-name",
    "terms/2001.yml": "bad-name",
    f"terms/{'a' * 61}.yml": "bad-name",
    "terms/mandate.yml.yml": "bad-name",
    "terms/Joining-Up.yml": "same-but-case",
    "terms/NAO.yml": "same-but-case",
    "terms/nao.yml": "id-taken",
    "terms/joining-up.yaml": "two-files",
    "terms/mandate.yaml": "wrong-ending",
    "terms/mandate": "stray-file",
    "mandate.yml": "stray-file",
    "terms/\x1b[2Jmandate.yml": "bad-name",
    "terms/man\ndate.yml": "bad-name",
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What `check` says of one playbook with all of these files."""
    contents = {f"playbook_data/terms/{slug_of(name)}.yml": content for name, (content, _) in CONTENTS.items()}
    names = {f"playbook_data/{name}": GOOD for name in NAMES}
    folder = write_playbook(tmp_path_factory.mktemp("playbook"), contents | names)
    done = run_playbook(folder, "check")
    assert (done.returncode, done.stderr) == (1, "")
    return done.stdout


@pytest.mark.parametrize("name", CONTENTS)
def test_a_broken_file_is_refused_at_its_place(said: str, name: str) -> None:
    assert rules_of(said, f"playbook_data/terms/{slug_of(name)}.yml") == CONTENTS[name][1].split()


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_makes_no_address_is_refused(said: str, name: str) -> None:
    assert rules_of(said, re.sub(r"[\x00-\x1f]", "�", f"playbook_data/{name}")) == [NAMES[name]]


def test_nothing_in_broken_files_runs_or_reaches_the_terminal(said: str) -> None:
    assert not Path("/tmp/owned").exists()
    assert not ESCAPES.search(said)
    assert "Traceback" not in said


@pytest.mark.parametrize(("name", "written"), [("no as a title", "no"), ("a version as a title", "1.10"), ("a day as a title", "2026-01-01")])
def test_what_yaml_takes_for_something_else_is_shown_as_it_is_written(said: str, name: str, written: str) -> None:
    at_its_place = said.partition(f"playbook_data/terms/{slug_of(name)}.yml:1:8: ")[2]
    assert at_its_place.splitlines()[3] == f'  help: put it in quotes: "{written}"'


def test_a_bomb_of_aliases_is_refused_before_it_unfolds(tmp_path: Path) -> None:
    layers = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 60)]
    write_playbook(tmp_path, {TERM: "a0: &a0 [lol]\n" + "".join(layers)})
    assert_refused(tmp_path, TERM, *["alias"] * (1 + 59 * 11))


@pytest.mark.slow
def test_thousands_of_problems_are_told_within_seconds(tmp_path: Path) -> None:
    contents = [
        GOOD + "see: [" + ", ".join(f"unicorn-{n}" for n in range(4_000)) + "]\n",
        GOOD + "".join(f"field{n}: x\n" for n in range(4_000)),
        GOOD.replace("Somebody", "|\n  " + "[[unicorn]] " * 4_000),
        GOOD.replace("Somebody", "|\n  " + "[x](javascript:1) " * 4_000),
        "title: T\n" * 7_000,
        "---\n" * 15_000,
    ]
    write_playbook(tmp_path, {f"playbook_data/terms/many-{n}.yml": content for n, content in enumerate(contents)})
    done = run_playbook(tmp_path, "check")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.endswith("\n37998 problems in 6 files\n")


@pytest.mark.slow
def test_markup_that_is_made_to_be_slow_is_read_within_seconds(tmp_path: Path) -> None:
    texts = ["[" * 30_000, "![[" * 10_000, "*_a " * 30_000, ">" * 190_000, "[[a|" * 8_000, "&#x" * 30_000, "`" * 90_000, "|-" * 90_000]
    files = {f"playbook_data/terms/slow-{n}.yml": GOOD.replace("Somebody", f"|\n  [ {text}\n\n  ") for n, text in enumerate(texts)}
    said = run_playbook(write_playbook(tmp_path, files), "check").stdout
    assert said.startswith("playbook_data/terms/slow-4.yml:4:5: error[broken-link]")
    assert said.endswith("\n8001 problems in 2 files\n")


def test_a_file_of_50_mb_is_not_read(tmp_path: Path) -> None:
    write_playbook(tmp_path, {TERM: b"also: [x]\n" * 5_000_000})
    assert "the file has 50,000,000 bytes, the most is 200,000" in assert_refused(tmp_path, TERM, "too-large")


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf" + GOOD.encode(), GOOD.replace("\n", "\r\n").encode(), GOOD.replace("\n", "\r").encode()])
def test_a_byte_order_mark_and_other_line_ends_are_fine(tmp_path: Path, content: bytes) -> None:
    write_playbook(tmp_path, {TERM: content})
    assert run_playbook(tmp_path, "check").stdout == "no problems\n"


def test_lines_and_columns_are_right_after_a_byte_order_mark_and_with_line_ends_of_windows(tmp_path: Path) -> None:
    write_playbook(tmp_path, {TERM: b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").replace("Mandate", "1.10").encode() + b"order: x\r\n"})
    said = assert_refused(tmp_path, TERM, "not-text", "not-a-number")
    assert f"{TERM}:1:8: " in said
    assert f"{TERM}:4:8: " in said


def test_a_name_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    terms = os.fsencode(write_playbook(tmp_path) / "playbook_data/terms")
    Path(os.fsdecode(terms + b"/man\xff\xfedate.yml")).write_text(GOOD)
    assert_refused(tmp_path, "playbook_data/terms/man��date.yml", "bad-name")
    assert json.loads(run_playbook(tmp_path, "check", "--format", "json").stdout)[0]["rule"] == "bad-name"


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    write_playbook(tmp_path, {"playbook_data/barrier/mandate.yml": GOOD})
    assert "help: did you mean 'barriers'?" in assert_refused(tmp_path, "playbook_data/barrier/mandate.yml", "unknown-kind")


def test_a_playbook_without_its_facts_is_refused(playbook: Path) -> None:
    (playbook / "playbook_data/playbook.yml").unlink()
    assert_refused(playbook, "playbook_data/playbook.yml", "missing-file")


@pytest.mark.parametrize("target", ["/etc/passwd", "../../secrets", "nowhere", "more"])
def test_a_symbolic_link_is_not_followed(playbook: Path, target: str) -> None:
    (playbook / "secrets").mkdir()
    (playbook / "secrets/secret.yml").write_text("secret: root\n")
    shutil.rmtree(playbook / "playbook_data/barriers")
    (playbook / "playbook_data/playbook.yml").unlink()
    links = ["barriers", "more", "playbook.yml", "releases", "terms/mandate.yml", "terms/more"]
    for link in links:
        (playbook / "playbook_data" / link).symlink_to(target)
    done = run_playbook(playbook, "check")
    assert (done.returncode, done.stderr) == (1, "")
    assert [rules_of(done.stdout, f"playbook_data/{link}") for link in links] == [["symbolic-link"]] * len(links)
    assert "root" not in done.stdout


def test_a_page_that_is_a_symbolic_link_is_not_followed(playbook: Path) -> None:
    (playbook / "secret.md").write_text("---\nsecret: root\n---\n")
    (playbook / "docs").mkdir()
    (playbook / "docs/index.md").symlink_to("../secret.md")
    assert "root" not in assert_refused(playbook, "docs/index.md", "symbolic-link")


def test_a_playbook_that_is_itself_a_link_is_not_followed(playbook: Path) -> None:
    (playbook / "playbook_data").rename(playbook / "elsewhere")
    (playbook / "playbook_data").symlink_to("elsewhere")
    assert_refused(playbook, "playbook_data", "symbolic-link")


@pytest.mark.parametrize("path", ["playbook_data/terms/mandate.yml", "playbook_data/playbook.yml", "docs/index.md"])
def test_a_pipe_is_not_waited_for(playbook: Path, path: str) -> None:
    pipe = playbook / path
    pipe.parent.mkdir(exist_ok=True)
    pipe.unlink(missing_ok=True)
    os.mkfifo(pipe)
    assert_refused(playbook, path, "not-a-file")


@pytest.mark.parametrize("path", ["playbook_data/terms", "playbook_data", "playbook_data/terms/joining-up.yml"])
def test_what_may_not_be_read_is_named(playbook: Path, path: str) -> None:
    (playbook / path).chmod(0)
    done = run_playbook_process(playbook, "check")
    (playbook / path).chmod(0o755)
    assert (done.returncode, done.stderr) == (1, "")
    assert f"{path}:1:1: error[unreadable] it cannot be read: permission denied" in done.stdout


def test_a_folder_in_the_place_of_a_file_is_refused(playbook: Path) -> None:
    (playbook / "playbook_data/playbook.yml").unlink()
    (playbook / "playbook_data/playbook.yml").mkdir()
    (playbook / "docs/index.md").mkdir(parents=True)
    done = run_playbook(playbook, "check")
    assert (done.returncode, done.stderr) == (1, "")
    assert re.findall(r"^(\S+):1:1: error\[not-a-file\]", done.stdout, re.MULTILINE) == ["docs/index.md", "playbook_data/playbook.yml"]


def test_a_circle_is_told_once_at_each_of_its_entries_however_long_it_is(tmp_path: Path) -> None:
    form = BASE["playbook_data/forms/partnership.yml"]
    chain = {f"playbook_data/forms/form-{n}.yml": f"{form}within: form-{(n + 1) % 1200}\n" for n in range(1200)}
    write_playbook(tmp_path, chain)
    done = run_playbook(tmp_path, "check")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.endswith("\n1200 problems in 1200 files\n")
    assert max(map(len, done.stdout.splitlines())) < 400


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_escape_code_reaches_the_terminal(tmp_path: Path, form: str) -> None:
    files = {
        "playbook_data/terms/\x1b]0;owned\x07.yml": GOOD,
        "playbook_data/\x1b[31m/x.yml": GOOD,
        TERM: GOOD + '"\\x9b31m": "\\e[2J"\nstatus: "\\e[2J\\u202e"\nsee: ["\\x9b31m"]\ntags: ["\\e"]\n',
        "playbook_data/terms/raw.yml": GOOD + "also: [\x1b[31m, \x9b31m]\n",
        "docs/\x1b[31m.md": "---\n\x1b[31m: x\n---\n",
    }
    done = run_playbook(write_playbook(tmp_path, files), "check", "--format", form)
    assert done.returncode == 1
    assert not ESCAPES.search(done.stdout + done.stderr)
