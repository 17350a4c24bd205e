"""What all tests may ask for."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.playbooks import write_playbook
from tests.support.published import Life, live
from tests.support.sites import PROJECT, build_in_new_process, serve

CHROMIUM_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
"""Root needs no sandbox; the rest keeps Chromium itself from asking its makers for anything."""


@pytest.fixture
def playbook(tmp_path: Path) -> Path:
    """The folder of a small playbook that has one entry of each kind and no problems."""
    return write_playbook(tmp_path)


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this repository's own playbook, built strictly."""
    site = tmp_path_factory.mktemp("real") / "site"
    done = build_in_new_process(PROJECT, "--strict", "--site-dir", str(site))
    assert done.returncode == 0, done.stderr
    return site


@pytest.fixture(scope="session")
def real_address(real_site: Path) -> Iterator[str]:
    """Where that site is served, as by any static host: `http://127.0.0.1:…/`."""
    with serve(real_site) as address:
        yield address


@pytest.fixture(scope="session")
def life(tmp_path_factory: pytest.TempPathFactory) -> Life:
    """A small playbook after three releases, in its repository and as it is published."""
    return live(tmp_path_factory.mktemp("life"))


@pytest.fixture(scope="session")
def address(life: Life) -> Iterator[str]:
    """Where that is served, as by any static host."""
    with serve(life.published) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser."""
    path = subprocess.run([PROJECT / "tests" / "find-chromium"], capture_output=True, text=True, check=True).stdout.strip()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()
