"""A new site takes the place of the old one whole, or the old one stays."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import stat
import threading
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from mkdocs.exceptions import Abort

from macros.engines.mkdocs import hooks
from macros.engines.mkdocs.date_of_build import require_date_of_build
from macros.files import exchange
from macros.files.folders import delete_folder
from macros.problems.user_error import UserError
from macros.site import replace, unfinished
from macros.site.replace import replace_site


def site_of(folder: Path, words: str) -> Path:
    folder.mkdir()
    (folder / "index.html").write_text(words, "utf-8")
    return folder


@pytest.fixture
def without_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that cannot exchange two folders."""
    monkeypatch.setattr(replace, "exchange", lambda *_: False)


@pytest.mark.usefixtures("without_exchange")
def test_a_new_site_that_cannot_take_its_place_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, finished = site_of(tmp_path / "site", "old"), site_of(tmp_path / ".site-x", "new")
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if (path, target) == (finished, site):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OSError, match="No space left"):
        replace_site(site, finished)
    assert (site / "index.html").read_text("utf-8") == "old"
    assert not (tmp_path / ".site-x-old").exists()


@pytest.mark.usefixtures("without_exchange")
def test_a_build_that_is_killed_before_the_new_site_takes_its_place_has_the_old_one_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = site_of(tmp_path / "site", "old")
    folder = Path(unfinished.open_folder(site))
    rename = Path.rename

    def killed(path: Path, target: Path) -> Path:
        if target == site:
            raise KeyboardInterrupt
        return rename(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", killed)
        with pytest.raises(KeyboardInterrupt):
            replace_site(site, folder)
    assert not site.exists()
    unfinished.open_folder(site)
    unfinished.clear()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (site / "index.html").read_text("utf-8") == "old"


@pytest.mark.parametrize("exchanges", [True, False])
def test_a_site_replaces_the_old_one_and_leaves_nothing_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchanges: bool) -> None:
    """Also where a folder of the old site may not be written, and where the site is reached by a link."""
    if not exchanges:
        monkeypatch.setattr(replace, "exchange", lambda *_: False)
    site, link = site_of(tmp_path / "site", "old"), tmp_path / "link"
    link.symlink_to(site)
    (site / ".git").mkdir()
    (site / ".git" / "HEAD").write_text("ref", "utf-8")
    (site / ".git" / "now").symlink_to("HEAD")
    for word in ("new", "newer"):
        replace_site(link, site_of(tmp_path / ".site-x", word))
        assert (site / "index.html").read_text("utf-8") == word
        assert ((site / ".git" / "now").read_text("utf-8"), (site / ".git" / "now").is_symlink()) == ("ref", True)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "site"]


def test_a_folder_is_deleted_though_nobody_may_write_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locked = site_of(tmp_path / "site", "old") / "barriers"
    site_of(locked, "old").chmod(0o500)
    delete = shutil.rmtree

    def as_a_user(folder: Path, **options: bool) -> None:
        """Root may write everywhere."""
        if not locked.exists() or locked.stat().st_mode & stat.S_IWUSR:
            delete(folder, **options)

    monkeypatch.setattr(shutil, "rmtree", as_a_user)
    delete_folder(tmp_path / "site")
    assert [*tmp_path.iterdir()] == []


def test_a_folder_that_takes_no_new_one_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, *_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), path)

    monkeypatch.setattr(os, "mkdir", refuse)
    with pytest.raises(OSError, match="Read-only file system") as refused:
        unfinished.open_folder(tmp_path / "site")
    assert refused.value.filename == str(tmp_path)


def test_a_site_that_the_system_will_not_exchange_stays_and_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where another disk begins at `site`."""

    def refuse(*_: object) -> int:
        ctypes.set_errno(errno.EBUSY)
        return -1

    monkeypatch.setattr(exchange, "_step", lambda: refuse)
    site, finished = site_of(tmp_path / "site", "old"), site_of(tmp_path / ".site-x", "new")
    with pytest.raises(OSError, match="busy") as refused:
        replace_site(site, finished)
    assert refused.value.filename == str(site)
    assert (site / "index.html").read_text("utf-8") == "old"


def test_two_builds_put_their_sites_in_place_one_after_the_other(tmp_path: Path) -> None:
    site, finished = site_of(tmp_path / "site", "old"), site_of(tmp_path / ".site-x", "new")
    other = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)
    waiting = threading.Thread(target=replace_site, args=(site, finished))
    waiting.start()
    waiting.join(0.1)
    assert (site / "index.html").read_text("utf-8") == "old"
    os.close(other)
    waiting.join()
    assert (site / "index.html").read_text("utf-8") == "new"


@pytest.mark.parametrize(
    ("file", "said"), [(("site/index.html",), "site/index.html cannot be used"), ((), "the new site cannot be written")], ids=["a file", "no file"]
)
def test_a_build_that_the_machine_refuses_ends_in_a_line(capsys: pytest.CaptureFixture[str], file: tuple[str, ...], said: str) -> None:
    with pytest.raises(Abort) as ended:
        hooks.on_build_error(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), *file))
    assert isinstance(ended.value, click.ClickException)
    assert ended.value.message == "The site was left as it was."
    assert capsys.readouterr().err == f"Error: {said}: no space left on device\nmake room on the disk, then try again\n"


def test_a_build_deletes_what_builds_before_it_left_but_not_what_another_one_writes(tmp_path: Path) -> None:
    site = site_of(tmp_path / "site", "old")
    for name in (".site-new-12345678-old", ".site-new-killed78", ".site-packages"):
        site_of(tmp_path / name, "left")
    running = site_of(tmp_path / ".site-new-running", "half")
    handle = os.open(running, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    folder = Path(unfinished.open_folder(site))
    replace_site(site, folder)
    unfinished.let_go(str(folder))
    os.close(handle)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site-new-running", ".site-packages", "site"]


def test_a_build_that_fails_leaves_no_folder(tmp_path: Path) -> None:
    unfinished.open_folder(tmp_path / "site")
    unfinished.clear()
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(("given", "is_date"), [("0", True), ("1790000000", True), ("-1", True), ("", False), ("abc", False), ("9" * 30, False)])
def test_a_build_says_that_its_date_is_none(monkeypatch: pytest.MonkeyPatch, given: str, is_date: bool) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    with nullcontext() if is_date else pytest.raises(UserError, match="which is no number of seconds since 1970"):
        require_date_of_build()


def test_a_build_that_is_refused_says_why_and_what_to_do_on_lines_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "noon")
    with pytest.raises(Abort):
        hooks.on_config(SimpleNamespace(config_file_path=str(tmp_path / "mkdocs.yml")))
    assert capsys.readouterr().err.endswith("since 1970\ntype: unset SOURCE_DATE_EPOCH\n")
