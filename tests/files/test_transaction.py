"""A change of several files happens as one, whenever and however it is stopped; a journal that somebody sent does nothing."""

from __future__ import annotations

import fcntl
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from macros.cli.main import main
from macros.files.journal import digest
from macros.files.lock import BUSY
from macros.files.transaction import FileChange, finish_change, make_changes
from macros.problems.user_error import UserError
from tests.support.playbooks import BASE, COMMAND, SECONDS, run_playbook, run_playbook_process, write_playbook
from tests.support.sites import build, write_project

TERM = "playbook_data/terms/joining-up.yml"
FORM = "playbook_data/forms/partnership.yml"
PENDING = "playbook_data/.change"
JOURNAL = f"{PENDING}/journal.json"
EVENTS = ("open", "os.chmod", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.utime", "shutil.rmtree")
"""What Python tells an audit hook of, just before it does it."""


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of the data and the pages, also hidden ones."""
    rooms = [path for room in ("playbook_data", "docs") for path in (folder / room).rglob("*")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(rooms) if path.is_file()}


def rename(folder: Path) -> None:
    """The real command, in this process."""
    done = CliRunner().invoke(main, ["-C", str(folder), "rename", "data-sharing", "shared-data"], catch_exceptions=False)
    assert done.exit_code == 0, done.output


def in_a_child(action: Callable[[], None]) -> int:
    """Do something in a copy of this process, which may be killed; minus the signal that ended it, or its exit code."""
    child = os.fork()
    if child == 0:
        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever started the tests may have these ignored, as nohup does
            for number in (signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)
            action()
        except BaseException:  # noqa: BLE001 - whatever it is, it ends the child and nothing else
            os._exit(3)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def at_step(number: int, act: Callable[[], object]) -> None:
    """From now on, `act` just before this process touches files for the nth time since a change began to be written."""
    seen = [0]

    def watch(event: str, arguments: tuple) -> None:
        touches = event in EVENTS and (event != "open" or (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR))
        if touches and (seen[0] or ".change-" in str(arguments)):
            seen[0] += 1
            if seen[0] == number:
                act()

    sys.addaudithook(watch)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def stopped_at(folder: Path, number: int, act: Callable[[], object] = die) -> int:
    def run() -> None:
        at_step(number, act)
        rename(folder)

    return in_a_child(run)


@pytest.fixture
def states(tmp_path: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The files of a small playbook before and after a rename."""
    folder = with_a_page(tmp_path / "states")
    before = contents(folder)
    rename(folder)
    after = contents(folder)
    assert before.keys() ^ after.keys() == {"playbook_data/barriers/data-sharing.yml", "playbook_data/barriers/shared-data.yml"}
    assert len(before.items() - after.items()) == 6
    return before, after


def with_a_page(folder: Path) -> Path:
    folder.mkdir()
    return write_playbook(folder, {"docs/page.md": '{{ link("data-sharing") }}\n'})


@pytest.mark.slow
def test_a_rename_killed_at_any_step_leaves_the_old_state_or_the_new_one(tmp_path: Path, states: tuple) -> None:
    """Killed before each thing that it does to files; the next command, whichever it is, finds one state and leaves no trace."""
    ends, number, mixed = [], 0, 0
    while True:
        number += 1
        folder = with_a_page(tmp_path / str(number))
        code = stopped_at(folder, number)
        without_trace = {path: data for path, data in contents(folder).items() if ".change" not in path}
        mixed += without_trace not in states
        done = CliRunner().invoke(main, ["-C", str(folder), "check"])
        assert (done.exit_code, done.stdout) == (0, "no problems\n"), number
        assert contents(folder) in states, number
        assert not list((folder / "playbook_data").glob(".change*")), number
        ends.append(states.index(contents(folder)))
        shutil.rmtree(folder)
        if code == 0:
            break
        assert code == -signal.SIGKILL
    assert ends == sorted(ends), "once it has happened, it stays so"
    assert ends[0] == 0
    assert ends[-1] == 1
    assert number > 25
    assert mixed > 4, "the kills did hit where files were half old and half new"


@pytest.mark.slow
def test_a_command_that_is_killed_by_the_system_is_finished_by_the_next(tmp_path: Path, states: tuple) -> None:
    """The real program, at moments that nobody chose."""
    for number in range(4):
        folder = with_a_page(tmp_path / str(number))
        process = subprocess.Popen([COMMAND, "-C", str(folder), "rename", "data-sharing", "shared-data"], stdout=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while time.monotonic() < until and process.poll() is None and not list((folder / "playbook_data").glob(".change*")):
            pass
        time.sleep(0.002 * number)
        process.kill()
        process.wait()
        assert run_playbook(folder, "list").returncode == 0
        assert contents(folder) in states


def halfway(folder: Path, states: tuple) -> Path:
    """A playbook in which a rename was killed between two of its files."""
    for number in range(1, 60):
        with_a_page(folder)
        stopped_at(folder, number)
        left = contents(folder)
        if JOURNAL in left and {path: data for path, data in left.items() if ".change" not in path} not in states:
            return folder
        shutil.rmtree(folder)
    raise AssertionError("it was never halfway")


@pytest.mark.slow
def test_what_was_finished_is_told_apart_from_what_was_asked_for(tmp_path: Path, states: tuple) -> None:
    folder = halfway(tmp_path / "halfway", states)
    done = run_playbook(folder, "show", "shared-data", "--json")
    assert json.loads(done.stdout)["id"] == "shared-data"
    assert done.stderr.startswith("finished an interrupted change; files put in place: ")
    assert contents(folder) == states[1]
    assert run_playbook(folder, "show", "shared-data").stderr == ""


@pytest.mark.slow
def test_a_build_finishes_it_too(tmp_path: Path, states: tuple) -> None:
    folder = halfway(tmp_path / "halfway", states)
    write_project(tmp_path / "project", {"docs/page.md": "x"})
    for name in ("mkdocs.yml", "overrides", "macros"):
        (tmp_path / "project" / name).rename(folder / name)
    (folder / "docs/index.md").write_text("# Home\n")
    shutil.copytree(tmp_path / "project/docs/assets", folder / "docs/assets")
    done = build(folder, "--strict")
    assert done.returncode == 0, done.stderr
    assert (folder / "site/barriers/shared-data/index.html").is_file()
    assert not (folder / PENDING).exists()


@pytest.mark.slow
def test_a_change_that_cannot_be_finished_stops_a_build_and_a_command(tmp_path: Path) -> None:
    folder = write_project(tmp_path)
    (folder / PENDING).mkdir()
    command, built = run_playbook(folder, "check"), build(folder)
    said = "Error: playbook_data/.change holds no journal; look at what it holds, then delete playbook_data/.change\n"
    assert (command.returncode, command.stdout, command.stderr) == (1, "", said)
    assert built.returncode == 1
    assert said in built.stderr
    assert not (folder / "site").exists()


@pytest.mark.slow
def test_a_file_that_was_edited_before_the_change_was_finished_is_not_overwritten(tmp_path: Path, states: tuple) -> None:
    folder = halfway(tmp_path / "halfway", states)
    path, data = next(
        (path, data) for path, data in contents(folder).items() if ".change" not in path and data == states[0].get(path) != states[1].get(path)
    )
    (folder / path).write_bytes(data + b"# edited\n")
    edited = contents(folder)
    done = run_playbook(folder, "check")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"Error: a change was stopped halfway, and {path} was edited since. To finish the change, take that edit back; "
        "to keep the files as they are, delete playbook_data/.change\n"
    )
    assert contents(folder) == edited
    (folder / path).write_bytes(data)
    assert run_playbook(folder, "check").returncode == 0
    assert contents(folder) == states[1]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.slow
def test_a_request_to_end_waits_until_the_change_is_whole(tmp_path: Path, states: tuple, number: signal.Signals) -> None:
    ends = []
    for nth in range(1, 30, 3):
        folder = with_a_page(tmp_path / str(nth))
        stopped_at(folder, nth, lambda: os.kill(os.getpid(), number))
        ends.append({path: data for path, data in contents(folder).items() if ".change-" not in path})
    assert all(end in states for end in ends)
    assert {states.index(end) for end in ends} == {0, 1}


def test_ctrl_c_before_that_leaves_no_trace(tmp_path: Path, states: tuple) -> None:
    folder = with_a_page(tmp_path / "folder")
    assert stopped_at(folder, 4, lambda: os.kill(os.getpid(), signal.SIGINT)) == 3
    assert contents(folder) == states[0]
    assert not list((folder / "playbook_data").glob(".change*"))


@pytest.mark.parametrize("size", [0, 100, 300, 600])
def test_a_disk_that_takes_no_more_leaves_the_old_state(tmp_path: Path, size: int) -> None:
    write_playbook(tmp_path)
    before = contents(tmp_path)

    def run() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        with pytest.raises(UserError, match=r"^a new file cannot be written: file too large; nothing is changed$"):
            make_changes(tmp_path, [FileChange(TERM, before[TERM], b"x" * 500), FileChange(FORM, before[FORM], b"y" * 700)])

    assert in_a_child(run) == 0
    assert contents(tmp_path) == before


def test_a_disk_that_takes_no_more_is_told_in_one_line(tmp_path: Path) -> None:
    write_playbook(tmp_path)
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200)); from macros.cli.main import main; main(['-C', {str(tmp_path)!r}, 'rename', 'nao', 'x'])"
    done = subprocess.run([sys.executable, "-B", "-c", limited], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("because the playbook cannot be copied: file too large; nothing is changed\n")
    assert done.stderr.count("\n") == 1
    assert contents(tmp_path) == {path: text.encode() for path, text in BASE.items()}


# ---- refused before anything is written ----


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (FileChange(TERM, b"another text", b"new"), f"{TERM} was edited in the meantime; nothing is changed"),
        (FileChange(TERM, None, b"new"), f"{TERM} was edited in the meantime; nothing is changed"),
        (FileChange("playbook_data/terms/x.yml", b"old", b"new"), "playbook_data/terms/x.yml was edited in the meantime; nothing is changed"),
        (FileChange("README.md", None, b"new"), "'README.md' is not a file that a change may touch; nothing is changed"),
        (FileChange("docs/../x.md", None, b"new"), "'docs/../x.md' is not a file that a change may touch; nothing is changed"),
        (FileChange("docs/x.py", None, b"new"), "'docs/x.py' is not a file that a change may touch; nothing is changed"),
        (FileChange("playbook_data/new/x.yml", None, b"new"), "'playbook_data/new' is not a folder of this playbook; nothing is changed"),
        (FileChange("playbook_data/terms/link.yml", None, b"new"), "'playbook_data/terms/link.yml' is not a plain file; nothing is changed"),
    ],
)
def test_what_is_not_as_it_was_read_or_may_not_be_touched_stops_every_change(tmp_path: Path, change: FileChange, said: str) -> None:
    write_playbook(tmp_path)
    (tmp_path / "playbook_data/terms/link.yml").symlink_to("joining-up.yml")
    before = contents(tmp_path)
    with pytest.raises(UserError) as refused:
        make_changes(tmp_path, [FileChange(FORM, before[FORM], b"new"), change])
    assert str(refused.value) == said
    assert contents(tmp_path) == before


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Path]:
    """A playbook that another command is changing."""
    write_playbook(tmp_path)
    handle = os.open(tmp_path / "playbook_data", os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    yield tmp_path
    os.close(handle)


def test_a_second_change_waits_and_is_then_refused(held: Path) -> None:
    before = contents(held)
    with pytest.raises(UserError, match=BUSY):
        make_changes(held, [FileChange(TERM, before[TERM], b"new")], timeout=0.1)
    assert contents(held) == before


def test_what_another_command_has_begun_is_neither_finished_nor_swept(held: Path) -> None:
    (held / f"{PENDING}-x").mkdir()
    assert finish_change(held) == 0
    assert (held / f"{PENDING}-x").exists()
    (held / PENDING).mkdir()
    with pytest.raises(UserError, match=BUSY):
        finish_change(held, timeout=0.1)
    assert (held / PENDING).exists()


@pytest.mark.slow
def test_renames_at_the_same_time_do_not_mix(tmp_path: Path) -> None:
    write_playbook(tmp_path)
    wanted = {"data-sharing": "shared-data", "shared-aims": "aims", "delivery-team": "doers", "nao": "audit"}
    running = [
        subprocess.Popen([COMMAND, "-C", str(tmp_path), "rename", old, new], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for old, new in wanted.items()
    ]
    ends = [(process.communicate(timeout=SECONDS), process.returncode) for process in running]
    assert run_playbook(tmp_path, "check").stdout == "no problems\n"
    ids = {path.stem for path in (tmp_path / "playbook_data").rglob("*.yml")}
    for ((_, errors), code), (old, new) in zip(ends, wanted.items(), strict=True):
        assert (new in ids, old in ids) == (code == 0, code != 0)
        assert code == 0 or errors.startswith("Error: "), errors
        assert "Traceback" not in errors
    assert any(code == 0 for _, code in ends)
    assert not list((tmp_path / "playbook_data").glob(".change*"))


def test_files_keep_their_permissions_and_new_ones_get_those_that_they_should(tmp_path: Path) -> None:
    write_playbook(tmp_path)
    before = contents(tmp_path)
    (tmp_path / TERM).chmod(0o640)
    (tmp_path / FORM).chmod(0o600)
    moved = FileChange("playbook_data/forms/moved.yml", None, b"m", like=FORM)
    make_changes(
        tmp_path, [FileChange(TERM, before[TERM], b"new"), moved, FileChange(FORM, before[FORM], None), FileChange("docs.yml", None, None)][:3]
    )
    assert {path: (tmp_path / path).stat().st_mode & 0o777 for path in (TERM, moved.path)} == {TERM: 0o640, moved.path: 0o600}
    assert not (tmp_path / FORM).exists()


def test_what_is_left_of_a_change_that_never_happened_is_swept_up(tmp_path: Path) -> None:
    write_playbook(tmp_path)
    (tmp_path / f"{PENDING}-abc").mkdir()
    (tmp_path / f"{PENDING}-abc/0").write_text("half a fi")
    (tmp_path / f"{PENDING}-link").symlink_to(tmp_path / "playbook_data/terms")
    assert run_playbook(tmp_path, "check").returncode == 0
    assert not (tmp_path / f"{PENDING}-abc").exists()
    assert (tmp_path / TERM).exists()


def test_a_playbook_that_nobody_may_write_is_read_all_the_same(tmp_path: Path) -> None:
    write_playbook(tmp_path)
    (tmp_path / f"{PENDING}-abc").mkdir()
    (tmp_path / "playbook_data").chmod(0o555)
    done = run_playbook_process(tmp_path, "check")
    (tmp_path / "playbook_data").chmod(0o755)
    assert (done.returncode, done.stdout, done.stderr) == (0, "no problems\n", "")


# ---- journals that somebody sent ----


def plant(folder: Path, *, steps: object = None, staged: bytes = b"planted", text: bytes | None = None, written: object = 1_200_000_000) -> Path:
    """A change that claims to have happened: by default a good one, which puts another text in the place of a term."""
    pending = folder / PENDING
    pending.mkdir()
    (pending / "0").write_bytes(staged)
    steps = [step()] if steps is None else steps
    (pending / "journal.json").write_bytes(json.dumps({"format": 1, "written": written, "steps": steps}).encode() if text is None else text)
    os.utime(pending / "journal.json", (1_200_000_000, 1_200_000_000))
    return pending


def step(path: object = TERM, old: object = digest(BASE[TERM].encode()), new: object = digest(b"planted")) -> dict[str, object]:
    return {"path": path, "old": old, "new": new}


def test_a_planted_journal_would_be_followed_if_nothing_were_wrong_with_it(tmp_path: Path) -> None:
    """Else the tests below would prove nothing."""
    plant(write_playbook(tmp_path))
    assert finish_change(tmp_path) == 1
    assert (tmp_path / TERM).read_bytes() == b"planted"
    assert finish_change(tmp_path) == 0


def test_a_journal_whose_author_guessed_when_it_would_be_checked_out_is_not_followed(tmp_path: Path) -> None:
    soon = 1_900_000_000
    pending = plant(write_playbook(tmp_path), written=soon)
    os.utime(pending / "journal.json", (soon, soon))
    with pytest.raises(UserError, match="was not begun on this disk, it came with other files"):
        finish_change(tmp_path)
    assert (tmp_path / TERM).read_bytes() == BASE[TERM].encode()


ABSENT = {"old": None}
BAD_STEPS = {
    "out of the playbook": [step("../x.yml", **ABSENT)],
    "out of the data": [step("playbook_data/../../x.yml", **ABSENT)],
    "from the root": [step("/tmp/x.yml", **ABSENT)],
    "in the root": [step("x.yml", **ABSENT)],
    "the program": [step("macros/x.md", **ABSENT)],
    "a workflow": [step(".github/workflows/x.yml", **ABSENT)],
    "the git folder": [step("docs/.git/x.md", **ABSENT)],
    "a hidden file": [step("playbook_data/terms/.x.yml", **ABSENT)],
    "a change": [step("playbook_data/.change/1.yml", **ABSENT)],
    "a script": [step("docs/x.js", **ABSENT)],
    "a page of HTML": [step("docs/x.html", **ABSENT)],
    "a backslash": [step("docs\\..\\x.md", **ABSENT)],
    "a zero byte": [step("docs/x\0.md", **ABSENT)],
    "two slashes": [step("docs//x.md", **ABSENT)],
    "a dot": [step("docs/./x.md", **ABSENT)],
    "nothing": [step("", **ABSENT)],
    "an escape": [step("docs/\x1b[31m.py", **ABSENT)],
    "a folder that is a link": [step("playbook_data/linked/x.yml", **ABSENT)],
    "a file that is a link": [step("playbook_data/terms/link.yml", digest(b"secret"))],
    "a folder that is not there": [step("playbook_data/nowhere/x.yml", **ABSENT)],
    "a folder": [step("docs/folder.md", **ABSENT)],
    "below a file": [step(f"{TERM}/x.yml", **ABSENT)],
    "a good step and a bad one": [step(), step("../x.yml", **ABSENT)],
    "one file twice": [step(), step()],
    "a deletion outside": [step("../outside/secret.yml", digest(b"secret"), None)],
    "a deletion and a new content": [step(new=None)],
    "another old content": [step(old=digest(b"x"))],
    "another new content": [step(new=digest(b"x"))],
    "no list": {"path": TERM},
    "a number": 1,
    "rows that are none": [1],
    "a path that is a number": [step(1)],
    "a digest that is a list": [step(old=[])],
    "a digest that is missing": [{"path": TERM, "old": None}],
    "a field too many": [{**step(), "mode": 0o777}],
}


@pytest.mark.parametrize("steps", BAD_STEPS.values(), ids=BAD_STEPS.keys())
def test_a_plan_with_such_a_step_is_refused_whole(tmp_path: Path, steps: object) -> None:
    plant(hostile(tmp_path), steps=steps)
    assert_refused(tmp_path)


BAD_TEXTS = {
    "nothing": b"",
    "no JSON": b"{",
    "another shape": b"[]",
    "not even text": b"\xff\xfe\x00",
    "too deep": b"[" * 100_000,
    "too long a number": b'{"format": 1, "written": ' + b"1" * 5000 + b', "steps": []}',
    "no number": b'{"format": 1, "written": NaN, "steps": []}',
    "another format": b'{"format": 2, "written": 1200000000, "steps": []}',
    "a field too many": b'{"format": 1, "written": 1200000000, "steps": [], "run": "x"}',
    "another time": b'{"format": 1, "written": 1200000001, "steps": []}',
    "too large": b" " * 11_000_000,
}


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS.keys())
def test_what_is_no_plan_is_refused(tmp_path: Path, text: bytes) -> None:
    plant(hostile(tmp_path), text=text)
    assert_refused(tmp_path)


def _link(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.parents[2].parent / "outside/secret.yml")


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("name", ["0", "journal.json"])
@pytest.mark.parametrize("becomes", [_link, _pipe, _folder])
def test_a_folder_of_a_change_holds_plain_files(tmp_path: Path, name: str, becomes: Callable[[Path], None]) -> None:
    pending = plant(hostile(tmp_path), steps=[step(new=digest(b"secret"))])
    becomes(pending / name)
    assert_refused(tmp_path)


@pytest.mark.parametrize("kind", ["link", "file", "pipe"])
def test_the_folder_of_a_change_is_a_folder(tmp_path: Path, kind: str) -> None:
    pending = plant(hostile(tmp_path))
    pending.rename(tmp_path / "outside/pending")
    if kind == "link":
        pending.symlink_to(tmp_path / "outside/pending")
    elif kind == "file":
        pending.write_text("x")
    else:
        os.mkfifo(pending)
    assert_refused(tmp_path)


def test_a_change_that_came_with_a_pull_request_is_not_followed(tmp_path: Path) -> None:
    """Git keeps no times, and these tell a journal that was written on this disk."""
    origin = hostile(tmp_path)
    plant(origin)
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for arguments in (["init", "-q"], ["add", "-A", "-f"], ["commit", "-q", "-m", "x", "--date", "2008-01-10T21:20:00Z"]):
        subprocess.run([*git, *arguments], cwd=origin, check=True, env={**os.environ, "GIT_COMMITTER_DATE": "2008-01-10T21:20:00Z"})
    subprocess.run(["git", "clone", "-q", str(origin), str(tmp_path / "clone")], check=True)
    before = contents(tmp_path / "clone")
    done = run_playbook(tmp_path / "clone", "check")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "Error: playbook_data/.change was not begun on this disk, it came with other files; look at what it holds, then delete playbook_data/.change\n"
    )
    assert contents(tmp_path / "clone") == before


def hostile(folder: Path) -> Path:
    """A playbook with links that lead out of it."""
    write_playbook(folder)
    (folder / "outside").mkdir()
    (folder / "outside/secret.yml").write_text("secret")
    (folder / "docs/folder.md").mkdir(parents=True)
    (folder / "playbook_data/linked").symlink_to(folder / "outside")
    (folder / "playbook_data/terms/link.yml").symlink_to(folder / "outside/secret.yml")
    return folder


def assert_refused(folder: Path) -> None:
    """With one line that says what to do; no file is touched."""
    before, outside = contents(folder), (folder / "outside/secret.yml").read_text()
    signal.alarm(SECONDS)  # a pipe would be waited for
    done = CliRunner().invoke(main, ["-C", str(folder), "check"])
    signal.alarm(0)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: ")
    assert done.stderr.endswith("delete playbook_data/.change\n")
    assert done.stderr.count("\n") == 1
    assert "\x1b" not in done.stderr
    assert contents(folder) == before
    assert (folder / "outside/secret.yml").read_text() == outside
    assert not [path for path in folder.iterdir() if path.name not in ("playbook_data", "docs", "outside")]
    assert not list(Path("/tmp").glob("x.yml"))
