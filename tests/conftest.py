"""What all tests may ask for."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

from tests.support.browsers import LONGEST_WAIT
from tests.support.forked_modules import stop_server
from tests.support.long_lists import build_long_site
from tests.support.playbooks import write_playbook
from tests.support.published import PublishedPlaybook, publish_three_releases, release_three_times
from tests.support.sites import PROJECT, build_in_new_process, serve

CHROMIUM_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
"""Root needs no sandbox; the rest keeps Chromium itself from asking its makers for anything."""

settings.register_profile("the same each time", deadline=None, derandomize=True)
settings.load_profile("the same each time")
"""A test finds a fault or finds none, and not by chance: `make fuzz` tries other examples."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests that need a browser or a site that takes long, and puts the files that take longest first, so that no processor waits for another at the end."""
    for item in items:
        if "chromium" in item.fixturenames:
            item.add_marker(pytest.mark.browser)
        if {"real_site", "published_playbook", "long_site"} & {*item.fixturenames}:
            item.add_marker(pytest.mark.slow)
    slow = {item.path for item in items if item.get_closest_marker("browser") or item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors, as a test often waits: for a browser, a disk, or a program that it has begun."""
    return (os.cpu_count() or 1) + 1


def pytest_sessionfinish() -> None:
    """Leaves no process behind."""
    stop_server()


@pytest.fixture
def playbook(tmp_path: Path) -> Path:
    """The folder of a small playbook that has one entry of each kind and no problems."""
    return write_playbook(tmp_path)


def made_once(factory: pytest.TempPathFactory, worker_id: str, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the first process to ask for it fills, and all processes of the test run share; nobody may change what is in it."""
    folder = (factory.getbasetemp() if worker_id == "master" else factory.getbasetemp().parent) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            (folder / "made").touch()
    return folder


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The site of this repository's own playbook, built strictly."""

    def make(folder: Path) -> None:
        done = build_in_new_process(PROJECT, "--strict", "--site-dir", str(folder / "site"))
        assert done.returncode == 0, done.stderr

    return made_once(tmp_path_factory, worker_id, "real", make) / "site"


@pytest.fixture(scope="session")
def real_address(real_site: Path) -> Iterator[str]:
    """Where that site is served, as by any static host: `http://127.0.0.1:…/`."""
    with serve(real_site) as address:
        yield address


@pytest.fixture(scope="session")
def long_site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The site of a playbook with 251 barriers, whose list was short when it was released."""
    return made_once(tmp_path_factory, worker_id, "long", build_long_site) / "site"


@pytest.fixture(scope="session")
def published_playbook(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> PublishedPlaybook:
    """A small playbook after three releases, in its repository and as it is published."""
    folder = made_once(tmp_path_factory, worker_id, "published-playbook", publish_three_releases)
    return PublishedPlaybook(folder / "repository", folder / "published")


@pytest.fixture(scope="session")
def released_playbook(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The repository of the same playbook after the same releases, without what is published of it."""
    return made_once(tmp_path_factory, worker_id, "released-playbook", lambda folder: release_three_times(folder / "repository")) / "repository"


@pytest.fixture(scope="session")
def address(published_playbook: PublishedPlaybook) -> Iterator[str]:
    """Where that is served, as by any static host."""
    with serve(published_playbook.published) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser."""
    path = subprocess.run([PROJECT / "tests" / "find-chromium"], capture_output=True, text=True, check=True).stdout.strip()
    expect.set_options(timeout=LONGEST_WAIT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS, timeout=LONGEST_WAIT)
        yield browser
        browser.close()
